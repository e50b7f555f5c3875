/*
 * From the budget file into the books: once. A budget file that changes afterwards changes nothing by
 * itself (DESIGN.md decision 16); the differences are told, and enter only by a decision of people.
 */
#ifndef ROTONDE_BUDGET_IMPORT_H
#define ROTONDE_BUDGET_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "base/money.h"
#include "config/config.h"
#include "store/turn.h"

/* Make every line and grant it its amount, when the books are empty; else change nothing. True when it did. The cores must be there. */
bool budget_import(struct turn *turn, const struct config *config);

enum budget_difference_kind {
	BUDGET_DIFFERENCE_NEW,    /* a line of the file is not in the books */
	BUDGET_DIFFERENCE_GONE,   /* a line of the books is not in the file */
	BUDGET_DIFFERENCE_AMOUNT, /* another amount */
	BUDGET_DIFFERENCE_KIND,   /* another kind of line */
};

struct budget_difference {
	enum budget_difference_kind kind;
	const char *owner_slug;
	const char *name;
	struct cents in_file;    /* zero when gone */
	struct cents in_books;   /* as it was granted from a file; zero when new */
	struct config_mark mark; /* the line in the file; file NULL when gone */
};

/* What the file says and the books do not, or the other way round. Money that people moved between lines is no difference. */
struct budget_difference *budget_differences(struct view *view, const struct config *config, size_t *ret_len) MUST_CHECK;

#endif
