/*
 * Who wants to be left alone for a while, `!stil 2 weken`. A group that is quiet hears no day post and no reminders;
 * that something is called off or moved at the last moment it still hears, for people would stand before a closed
 * door. A person who is quiet is not mentioned, and not asked anything in his private room. Answers are always given.
 */
#ifndef ROTONDE_PEOPLE_QUIET_H
#define ROTONDE_PEOPLE_QUIET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "store/turn.h"

extern const struct statements quiet_statements;

/* In a statement: this person is quiet at that moment. */
#define QUIET_PERSON(person, now_ms)                                                              \
	"EXISTS (SELECT 1 FROM person s JOIN person_quiet q ON q.person = ifnull(s.joined, s.id)" \
	" WHERE s.id = " person " AND q.until_ms > " now_ms ")"

/* Until then; a moment that is not after now ends it. by: who asked for it. */
void quiet_set_group(struct turn *turn, int64_t group, int64_t by, int64_t until_ms);
void quiet_set_person(struct turn *turn, int64_t person, int64_t until_ms);

/* Until when, 0 when it is not quiet now. */
int64_t quiet_group_until(struct view *view, int64_t group);
int64_t quiet_person_until(struct view *view, int64_t person);

/* It is quiet, or was at some moment after this one. */
bool quiet_group_since(struct view *view, int64_t group, int64_t since_ms) MUST_CHECK;

#endif
