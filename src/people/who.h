/*
 * Whom a text means: "@Joke" in the middle of it, or a name alone. An app that mentions somebody says who it is
 * by his id, and that is believed before any name; a name counts when only one neighbour goes by it.
 */
#ifndef ROTONDE_PEOPLE_WHO_H
#define ROTONDE_PEOPLE_WHO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/event.h"
#include "store/turn.h"

extern const struct statements who_statements;

enum who_verdict {
	WHO_FOUND,
	WHO_NOBODY,  /* the text names nobody */
	WHO_UNKNOWN, /* nobody we know goes by `name` */
	WHO_SEVERAL, /* more than one do */
};

struct who {
	int64_t person;   /* WHO_FOUND */
	const char *name; /* as typed, without the @; NULL with WHO_NOBODY */
	const char *rest; /* the text without the name, tidied */
};

/*
 * Who is mentioned in text, a part of event's body: the first the app names beside `own` (our own id), else what
 * follows the first @: a name, of several words as far as somebody is called so, or a whole id.
 */
enum who_verdict who_in_text(struct turn *turn, const struct event *event, const char *own, const char *text, struct who *ret_who) MUST_CHECK;

/* Who else is mentioned, in before->rest: another than before->person, when the app names him. */
enum who_verdict who_next_in_text(struct turn *turn, const struct event *event, const char *own, const struct who *before, struct who *ret_who) MUST_CHECK;

/* The neighbour called exactly this, or by this first name: letter case and accents do not matter. *ret_person with WHO_FOUND. */
enum who_verdict who_named(struct view *view, const char *name, int64_t *ret_person) MUST_CHECK;

/*
 * Is a word of text a neighbour's first name, or a longer part of his name? It may be any other word too: for hiding what
 * others must not read, never for finding somebody.
 */
bool who_may_be_named(struct view *view, const char *text);

#endif
