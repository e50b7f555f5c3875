/*
 * The K-buurt's books on a scratch database: its cores, persons and lines, EUR 96,000 granted.
 */
#ifndef ROTONDE_TESTS_BOOKS_H
#define ROTONDE_TESTS_BOOKS_H

#include "base/arena.h"
#include "budget/import.h"
#include "budget/ledger.h"
#include "budget/line.h"
#include "config/config.h"
#include "people/actor.h"
#include "people/group.h"
#include "people/link.h"
#include "people/people.h"
#include "people/person.h"
#include "unit/scratch.h"

struct books {
	struct scratch scratch;
	struct config *config;
};

static inline void books_import(struct turn *turn, void *context)
{
	const struct config *config = context;

	people_import(turn, config);
	(void)budget_import(turn, config);
}

static inline void books_open(struct books *books, const struct statements *const *rooms)
{
	books->config = config_builtin();
	scratch_open(&books->scratch, rooms);
	scratch_turn(&books->scratch, books_import, books->config);
}

static inline void books_close(struct books *books)
{
	scratch_close(&books->scratch);
	config_destroy(books->config);
}

static inline int64_t books_core(struct view *view, const char *slug)
{
	struct core core;

	assert_true(core_find(view, slug, &core));
	return core.id;
}

static inline struct line books_line(struct view *view, const char *owner, const char *name)
{
	struct line line;

	assert_true(line_find(view, owner, name, &line));
	return line;
}

/* Recompute everything; what was found. */
static inline size_t books_findings(struct view *view)
{
	struct ledger_report report;

	ledger_verify(view, cents_from_int64(9600000), NULL, &report);
	for (size_t i = 0; i < report.findings_len; i++)
		print_message("%d of %lld: %s\n", (int)report.findings[i].kind, (long long)report.findings[i].subject, report.findings[i].what);
	return report.findings_len + report.more;
}

/* Each test is one turn; afterwards the books must be right. */
static inline void books_turn(struct books *books, void (*work)(struct turn *turn, void *context))
{
	struct view *view;

	scratch_turn(&books->scratch, work, NULL);
	view = view_open(books->scratch.store, 0);
	assert_int_equal(books_findings(view), 0);
	view_close(view);
}

#endif
