/*
 * The room that one person has with us alone: a group of kind `private` that is called by his id. What is nobody
 * else's business is said there.
 */
#ifndef ROTONDE_PEOPLE_PRIVATE_H
#define ROTONDE_PEOPLE_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "people/group.h"
#include "people/person.h"
#include "store/turn.h"

extern const struct statements private_statements;

/* How the private group of who writes from this id is called: "@fatima:example.org"; on the console "@fatima". */
const char *private_group_name(struct arena *arena, const char *sender) MUST_CHECK;

/* The private group of this person that has a joined room; of several ids' the one linked last. */
bool private_group_find(struct view *view, int64_t person, struct group *ret_group) MUST_CHECK;

/* Whose private group this is; false when nobody writes from that id any more. */
bool private_find_person(struct view *view, const struct group *group, struct person *ret_person) MUST_CHECK;

/* How many rooms we are in, or asked into, with this id alone, beside `room`. */
int64_t private_count_rooms(struct view *view, const char *sender, const char *room);

#endif
