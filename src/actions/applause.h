/*
 * Thanks for somebody, said aloud: no counts, no ranking, and nobody claps for himself. Who does not want to be
 * named is not; what he is thanked for may still be told.
 */
#ifndef ROTONDE_ACTIONS_APPLAUSE_H
#define ROTONDE_ACTIONS_APPLAUSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "store/turn.h"

extern const struct statements applause_statements;

/* In code points, of each of the two texts. */
enum { APPLAUSE_TEXT_MAX = 200 };

struct applause {
	int64_t id;
	int64_t giver;
	int64_t person;      /* for whom; 0: nobody we know, see called */
	int64_t group;
	int64_t core;        /* 0: of no core */
	const char *called;  /* how the giver called whom we do not know; "" with a person */
	const char *why;     /* "voor de eten-deel-kasten"; "" unsaid */
	bool own_only;       /* `why` is not for other groups: it may name a neighbour, or its giver's words do not go on from a sentence of ours */
	bool quiet;          /* the person does not want to be named */
};

struct applause_draft {
	int64_t giver;
	int64_t person;      /* or 0 and ... */
	const char *called;  /* ... this, clean and on one line; else "" */
	const char *why;     /* the same; "" unsaid */
	bool own_only;       /* `why` does not go on from "applause" */
	int64_t group;
	int64_t core;
	const char *event;
};

enum applause_verdict {
	APPLAUSE_GIVEN,
	APPLAUSE_GIVEN_QUIETLY, /* given; he must not be named */
	APPLAUSE_FOR_ONESELF,
	APPLAUSE_EMPTY,
	APPLAUSE_TOO_LONG,
};

/* One that the same message gave before, and that reads otherwise now, is replaced. Sets *ret_applause when it was given. */
enum applause_verdict applause_give(struct turn *turn, const struct applause_draft *draft, struct applause *ret_applause) MUST_CHECK;

/* By the message it came from. */
bool applause_find_by_source(struct view *view, const char *event, struct applause *ret_applause) MUST_CHECK;

/* The same person gave this before, in the same words in the same group, within ten minutes: a double tap, or a bridge that sends twice. */
bool applause_has_twin(struct view *view, int64_t id) MUST_CHECK;

/* Its giver took his message back. */
void applause_drop(struct turn *turn, int64_t id);

/* Be named, or not, in applause from now on, also in what was given before. False when it was like that already. */
bool applause_set_quiet(struct turn *turn, int64_t person, bool quiet);

/* Given in this group after since_ms, in order, at most limit. */
struct applause *applause_list(struct view *view, int64_t group, int64_t since_ms, int64_t limit, size_t *ret_len);

/* Given in groups of other cores than this one, core by core, the latest first, at most limit of all. */
struct applause *applause_list_elsewhere(struct view *view, int64_t core, int64_t since_ms, int64_t limit, size_t *ret_len);

#endif
