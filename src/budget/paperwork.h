/*
 * Are the receipts of a core complete? What the first of the three things asked of every core comes down to.
 */
#ifndef ROTONDE_BUDGET_PAPERWORK_H
#define ROTONDE_BUDGET_PAPERWORK_H

#include <stdbool.h>
#include <stdint.h>

#include "store/turn.h"

extern const struct statements paperwork_statements;

/* Receipts that were not withdrawn or rejected. */
struct paperwork {
	int64_t receipts;
	int64_t without_photo;  /* none that is stored or on its way */
	int64_t without_amount;
	int64_t without_line;
};

struct paperwork paperwork_of(struct view *view, int64_t core);

/* Nothing is missing; so it is where nothing was spent. */
bool paperwork_is_complete(const struct paperwork *paperwork);

#endif
