/*
 * Adaptive budgeting: money that is left over on one line goes to another, after consultation. One person of the
 * office proposes it, both cores hear of it, a second person agrees (people/proposal.h), and only then two entries of
 * the ledger change what the lines were granted. The total stays what it was, nothing goes that a line no longer has,
 * and handling costs are never granted more than their share.
 */
#ifndef ROTONDE_BUDGET_MOVE_H
#define ROTONDE_BUDGET_MOVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/money.h"
#include "budget/line.h"
#include "config/config.h"
#include "people/actor.h"
#include "store/turn.h"
#include "text/language.h"

extern const struct statements money_move_statements;

/* Who may propose a move, and who may agree to one. */
enum {
	MONEY_MOVE_ROLES = 1 << ROLE_TREASURER | 1 << ROLE_COORDINATOR,
	MONEY_MOVE_AGREE_ROLES = ROLES_OF_OFFICE,
};

enum money_move_verdict {
	MONEY_MOVE_DONE,
	MONEY_MOVE_NO_OFFICE, /* his roles do not let him */
	MONEY_MOVE_SAME_LINE,
	MONEY_MOVE_TOO_MUCH,  /* more than the line has left */
	MONEY_MOVE_CAPPED,    /* handling costs would be granted more than their share: ret_move->cap and ->handling */
};

struct money_move {
	int64_t proposal;
	struct line from;       /* as they are now */
	struct line to;
	struct cents amount;
	const char *reason;     /* "" for none */
	struct cents cap;       /* with MONEY_MOVE_CAPPED: the most handling costs may be granted ... */
	struct cents handling;  /* ... and what they would be */
};

/* What is to be moved; `from`, `to` as line ids. */
struct money_move_draft {
	int64_t from;
	int64_t to;
	struct cents amount;
	const char *reason;
	int64_t group;          /* where it is proposed */
	enum language language;
};

/* Nothing moves yet. *ret_move, but for its proposal, is filled in whatever the verdict. */
enum money_move_verdict money_move_propose(struct turn *turn, const struct actor *actor, const struct money_move_draft *draft,
					   struct money_move *ret_move) MUST_CHECK;

/* Of a PROPOSAL_MOVE. */
struct money_move money_move_get(struct view *view, int64_t proposal);

/*
 * The proposal was agreed to by `actor`: move the money. alone: why its proposer went on without a second person,
 * which then stands in the books, or NULL. What the lines have may have changed since; then nothing
 * moves, and the agreement must not stand either.
 */
enum money_move_verdict money_move_carry_out(struct turn *turn, const struct actor *actor, int64_t proposal, const char *alone,
					     struct money_move *ret_move) MUST_CHECK;

/* The core groups to be told: of both lines' cores, or of all cores of their areas; each once. Those of the neighbourhood's lines are nobody's. */
int64_t *money_move_groups(struct view *view, const struct money_move *move, size_t *ret_len);

#endif
