/*
 * What a room of the house remembers of one person: what he is told of it (!mijn), and what goes when he wants to be
 * forgotten (!vergeet). A room has one constant record, beside its statements; command/memories.c lists them all.
 * docs/PRIVACY.md says of every column whether it goes, and why not.
 *
 * A person is all who are he now (people/link.h): ?1 of every statement is the one they became.
 */
#ifndef ROTONDE_PEOPLE_MEMORY_H
#define ROTONDE_PEOPLE_MEMORY_H

#include <stddef.h>
#include <stdint.h>

#include "people/link.h"
#include "store/turn.h"

/* In a statement: the ids he writes from, and the files he sent. */
#define MEMORY_SENDERS "(SELECT sender FROM identity WHERE person IN " LINK_MEMBERS ")"
#define MEMORY_FILES   "(SELECT id FROM media WHERE sender IN " MEMORY_SENDERS ")"

enum memory_told_as {
	MEMORY_NUMBERS, /* as people call them, "12, 7": the query gives at most ?2 of them, newest first */
	MEMORY_COUNT,   /* how many: the query gives one number */
};

struct memory_told {
	const char *key; /* of what !mijn says: with {numbers}, or {count} */
	enum memory_told_as as;
	size_t query;
};

struct memory {
	const struct statements *statements;
	const struct memory_told *told; /* closed by one without key; NULL: nothing is told apart */
	size_t forget_first;            /* the queries that forget, in their order: */
	size_t forget_end;              /* up to, and not with, this one */
};

/* The numbers of a MEMORY_NUMBERS, at most limit. */
int64_t *memory_numbers(struct view *view, const struct memory *memory, const struct memory_told *told, int64_t person, int64_t limit, size_t *ret_len);

/* The number of a MEMORY_COUNT. */
int64_t memory_count(struct view *view, const struct memory *memory, const struct memory_told *told, int64_t person);

/* Take away what can go. */
void memory_forget(struct turn *turn, const struct memory *memory, int64_t person);

#endif
