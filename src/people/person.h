/*
 * Persons and the ids they write from. Several ids may be one person; an id belongs to exactly one.
 * Whoever writes for the first time becomes a person by that.
 */
#ifndef ROTONDE_PEOPLE_PERSON_H
#define ROTONDE_PEOPLE_PERSON_H

#include <stdbool.h>
#include <stdint.h>

#include "store/turn.h"
#include "text/language.h"

extern const struct statements person_statements;

struct person {
	int64_t id;
	const char *name; /* "Fatima"; "" when unknown. To be shown by name_shown() (people/name.h) alone */
	bool has_language;
	enum language language; /* when has_language */
};

bool person_find_by_sender(struct view *view, const char *sender, struct person *ret_person) MUST_CHECK;
struct person person_get(struct view *view, int64_t id);

/* The person behind sender, made when unknown. */
struct person person_ensure(struct turn *turn, const char *sender);

/* One of the person's ids, the last linked: for a mention. NULL when there is none. */
const char *person_sender(struct view *view, int64_t id);

/*
 * Remember how a sender calls himself, without the bridge's " (WA)". Ignored for persons of the
 * config, whose names stand there, and for who asked to be forgotten. Of a linked person each keeps the name of his own ids: both are known by it.
 */
void person_set_name(struct turn *turn, const char *sender, const char *display_name);

/* Does anybody else have a name that looks the same? */
bool person_name_is_shared(struct view *view, int64_t id);

void person_set_language(struct turn *turn, int64_t id, enum language language);

#endif
