#include "budget/move.h"

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "budget/ledger.h"
#include "budget/receipt_rows.h"
#include "people/group.h"
#include "people/proposal.h"

enum { Q_ADD, Q_GET, Q_GRANTED_HANDLING, Q_MAX };

static const char *const move_sql[] = {
	[Q_ADD] = "INSERT INTO money_move (proposal, from_line, to_line, cents, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
	[Q_GET] = "SELECT from_line, to_line, cents, reason FROM money_move WHERE proposal = ?1",
	[Q_GRANTED_HANDLING] = "SELECT sum(granted_cents) FROM line WHERE kind = 'handling'",
};
_Static_assert(ARRAY_LEN(move_sql) == Q_MAX, "a statement for every name");

const struct statements money_move_statements = { "budget/move", move_sql, Q_MAX };

/* May this money move as the lines are now? Fills in cap and handling. */
static enum money_move_verdict judge(struct view *view, struct money_move *move)
{
	struct cents granted = cents_from_int64(stmt_one_int(view_query(view, &money_move_statements, Q_GRANTED_HANDLING), 0));

	move->cap = cents_share(line_total_granted(view), HANDLING_CAP_PERCENT);
	move->handling = granted;
	if (move->to.kind == LINE_KIND_HANDLING && move->from.kind != LINE_KIND_HANDLING)
		move->handling = cents_add(granted, move->amount);
	if (move->from.id == move->to.id)
		return MONEY_MOVE_SAME_LINE;
	if (cents_exceeds(move->amount, move->from.left))
		return MONEY_MOVE_TOO_MUCH;
	if (move->to.kind == LINE_KIND_HANDLING && cents_exceeds(move->handling, move->cap))
		return MONEY_MOVE_CAPPED;
	return MONEY_MOVE_DONE;
}

enum money_move_verdict money_move_propose(struct turn *turn, const struct actor *actor, const struct money_move_draft *draft,
					   struct money_move *ret_move)
{
	struct view *view = turn_view(turn);
	struct money_move move = { .from = line_get(view, draft->from), .to = line_get(view, draft->to), .amount = draft->amount, .reason = draft->reason };
	enum money_move_verdict verdict = judge(view, &move);
	struct stmt *q;

	*ret_move = move;
	if (!(actor->roles & MONEY_MOVE_ROLES))
		return MONEY_MOVE_NO_OFFICE;
	if (verdict != MONEY_MOVE_DONE)
		return verdict;
	ret_move->proposal = proposal_add(turn, actor, PROPOSAL_MOVE, draft->group, draft->language);
	q = turn_query(turn, &money_move_statements, Q_ADD);
	stmt_bind_int(q, 1, ret_move->proposal);
	stmt_bind_int(q, 2, draft->from);
	stmt_bind_int(q, 3, draft->to);
	stmt_bind_int(q, 4, cents_to_int64(draft->amount));
	stmt_bind_text(q, 5, draft->reason);
	(void)stmt_run(q);
	return MONEY_MOVE_DONE;
}

struct money_move money_move_get(struct view *view, int64_t proposal)
{
	struct stmt *q = view_query(view, &money_move_statements, Q_GET);
	struct money_move move = { .proposal = proposal };
	int64_t from, to;

	stmt_bind_int(q, 1, proposal);
	INVARIANT(stmt_step(q));
	from = stmt_int(q, 0);
	to = stmt_int(q, 1);
	move.amount = cents_from_int64(stmt_int(q, 2));
	move.reason = stmt_text(q, 3);
	stmt_reset(q);
	move.from = line_get(view, from);
	move.to = line_get(view, to);
	return move;
}

static void book(struct turn *turn, const struct actor *actor, const struct money_move *move, int64_t line, struct cents cents, const char *why)
{
	(void)ledger_append(turn, &(struct entry){ .kind = ENTRY_MOVE, .line = line, .person = actor->person, .proposal = move->proposal, .cents = cents },
			    why);
}

enum money_move_verdict money_move_carry_out(struct turn *turn, const struct actor *actor, int64_t proposal, const char *alone,
					     struct money_move *ret_move)
{
	struct view *view = turn_view(turn);
	struct money_move move = money_move_get(view, proposal);
	enum money_move_verdict verdict = judge(view, &move);
	const char *why = alone ? arena_printf(turn_arena(turn), "%s (%s)", move.reason, alone) : move.reason;

	*ret_move = move;
	if (!(actor->roles & MONEY_MOVE_AGREE_ROLES))
		return MONEY_MOVE_NO_OFFICE;
	if (verdict != MONEY_MOVE_DONE)
		return verdict;
	book(turn, actor, &move, move.from.id, cents_negate(move.amount), why);
	book(turn, actor, &move, move.to.id, move.amount, why);
	ret_move->from = line_get(view, move.from.id);
	ret_move->to = line_get(view, move.to.id);
	if (!cents_is_negative(ret_move->to.left))
		receipt_lift_over(turn, move.to.id);
	return MONEY_MOVE_DONE;
}

/* Is it this line's money that the core spends? */
static bool spends(const struct line *line, const struct core *core)
{
	switch (line->owner) {
	case LINE_OWNER_CORE:
		return line->core == core->id;
	case LINE_OWNER_AREA:
		return str_equal(line->owner_slug, core->area);
	case LINE_OWNER_NEIGHBOURHOOD:
		return false;
	}
	die("line owner %d", (int)line->owner);
}

int64_t *money_move_groups(struct view *view, const struct money_move *move, size_t *ret_len)
{
	size_t groups_len, len = 0;
	const struct group *groups = group_list(view, 0, true, &groups_len);
	int64_t *told = arena_array(view_arena(view), int64_t, groups_len);

	for (size_t i = 0; i < groups_len; i++) {
		struct core core;

		if (!groups[i].core)
			continue;
		core = core_get(view, groups[i].core);
		if (spends(&move->from, &core) || spends(&move->to, &core))
			told[len++] = groups[i].id;
	}
	*ret_len = len;
	return told;
}
