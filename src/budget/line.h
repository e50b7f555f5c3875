/*
 * Budget lines (potjes): money set aside for one core, for an area of several cores or for the whole
 * neighbourhood, and which of them a receipt belongs to.
 */
#ifndef ROTONDE_BUDGET_LINE_H
#define ROTONDE_BUDGET_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/money.h"
#include "config/config.h"
#include "people/group.h"
#include "store/turn.h"

extern const struct statements line_statements;

struct line {
	int64_t id;
	enum line_owner owner;
	const char *owner_slug; /* the core's or area's; "buurt" for the neighbourhood */
	int64_t core;           /* when LINE_OWNER_CORE, else 0 */
	const char *name;
	enum line_kind kind;
	struct cents granted;
	struct cents spent;
	struct cents left;      /* below zero when overspent */
};

struct line line_get(struct view *view, int64_t id);

/* The line of this owner with exactly this name. */
bool line_find(struct view *view, const char *owner_slug, const char *name, struct line *ret_line) MUST_CHECK;

/* All lines: by owner, those of cores first, each owner's in the order of the budget. */
struct line *line_list(struct view *view, size_t *ret_len);

/*
 * The lines a receipt may go to: a core's own and its area's, its own first; core 0 (the coordinators'
 * room and the like): the neighbourhood's.
 */
struct line *line_list_of(struct view *view, int64_t core, size_t *ret_len);

/* All lines' grants together. */
struct cents line_total_granted(struct view *view);

/* Spent on handling costs, of all lines of that kind together. */
struct cents line_total_handling(struct view *view);

/* As the database and the ledger spell it: "free", "focus", "handling". */
const char *line_kind_word(enum line_kind kind);

/* For the import: a line with nothing granted yet; its id. */
int64_t line_add(struct turn *turn, const struct config_line *from);

/* For the ledger alone: an entry changes what a line was granted or has spent. */
void line_count(struct turn *turn, int64_t id, struct cents granted, struct cents spent);

/* How the words of a receipt point at a line. */
enum line_match_kind {
	LINE_MATCH_CLEAR,   /* one line fits better than all others */
	LINE_MATCH_FREE,    /* none fits, or the words say nothing; there is one free line */
	LINE_MATCH_UNCLEAR, /* ask; `options` are the lines worth naming */
};

struct line_match {
	enum line_match_kind kind;
	size_t chosen;         /* index in the lines given; unless LINE_MATCH_UNCLEAR */
	size_t *options;       /* indexes, in their order; when LINE_MATCH_UNCLEAR */
	size_t options_len;
};

/*
 * Which of these lines the words mean (DESIGN.md decision 18): letter case, accents, hyphens, a plural
 * and what a compound adds behind do not matter ("moestuinaarde" means Moestuin), short and common
 * words do not count. Pure.
 */
struct line_match line_match(struct arena *arena, const char *words, const struct line *lines, size_t lines_len);

/*
 * The line a person named on purpose, by its whole name or by words only it has; never the free line
 * for want of better, unless its kind was named ("vrij", "free").
 */
struct line_match line_match_named(struct arena *arena, const char *name, const struct line *lines, size_t lines_len);

#endif
