/*
 * A sample of receipts that nobody has looked at yet, drawn by a seed. Whoever knows the seed draws the same again, also
 * later, when some of them have been looked at: the receipts and the ledger of that moment are kept beside it, and
 * which of them were left out as own to who drew it first.
 *
 * The order is that of SHA-256("rotonde-sample-1\n" seed "\n" number "\n") in hexadecimal, over all receipts
 * that then waited; a sample of five is its first five. docs/LEDGER.md tells how to check it by hand.
 */
#ifndef ROTONDE_BUDGET_SAMPLE_H
#define ROTONDE_BUDGET_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/sha256.h"
#include "budget/receipt.h"
#include "people/actor.h"
#include "store/turn.h"

extern const struct statements sample_statements;

enum { SAMPLE_SEED_DIGITS = 6, SAMPLE_MAX = 20 };

struct sample {
	char seed[SAMPLE_SEED_DIGITS + 1];
	bool drawn_before;        /* with this seed, by anybody */
	struct receipt *receipts; /* as they are now */
	size_t len;
	size_t waiting;           /* how many it was drawn from */
};

/* Six hexadecimal digits, of any letter case; false when it is something else. */
bool sample_seed_parse(const char *text, char ret_seed[SAMPLE_SEED_DIGITS + 1]) MUST_CHECK;

/* Draw up to `count` (at most SAMPLE_MAX) receipts; of a seed that is new, none that is this person's own. seed NULL: a new one. */
struct sample sample_draw(struct turn *turn, const struct actor *actor, size_t count, const char *seed) MUST_CHECK;

/* The hash that a receipt is sorted by. */
struct sha256_sum sample_hash(struct arena *arena, const char *seed, int64_t number);

#endif
