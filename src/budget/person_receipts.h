/*
 * What the books remember of one person. Amounts, lines, photos and who is a receipt's owner stay: the money must be
 * accounted for, and four eyes remain four. What goes is a call that became no receipt, the words before an edit, why he
 * wanted a move that never came, and the texts of the ledger's notes about him, which name him; the chain stays whole
 * without them (docs/LEDGER.md).
 */
#ifndef ROTONDE_BUDGET_PERSON_RECEIPTS_H
#define ROTONDE_BUDGET_PERSON_RECEIPTS_H

#include <stdbool.h>

#include "base/compiler.h"
#include "people/memory.h"

extern const struct statements person_receipts_statements;
extern const struct memory person_receipts;

/* The books know him: he owns a receipt, or an entry is by him or about him. */
bool person_receipts_any(struct view *view, int64_t person) MUST_CHECK;

#endif
