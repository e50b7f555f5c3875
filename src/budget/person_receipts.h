/*
 * The receipts of one person: what he can be told that is kept of him, and what the books can do without when he
 * wants to be forgotten. A person is all who are he now (people/link.h).
 */
#ifndef ROTONDE_BUDGET_PERSON_RECEIPTS_H
#define ROTONDE_BUDGET_PERSON_RECEIPTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "store/turn.h"

extern const struct statements person_receipts_statements;

/* The numbers of the receipts he sent, newest first, at most limit. */
int64_t *person_receipts_list(struct view *view, int64_t person, int64_t limit, size_t *ret_len);

/* The books know him: he owns a receipt, or an entry is by him or about him. */
bool person_receipts_any(struct view *view, int64_t person) MUST_CHECK;

/*
 * Amounts, lines, photos and who is a receipt's owner stay: the money must be accounted for, and four eyes remain four.
 * What goes is a call that became no receipt, and the texts of the ledger's notes about him, which name him; the chain
 * stays whole without them (docs/LEDGER.md).
 */
void person_receipts_forget(struct turn *turn, int64_t person);

#endif
