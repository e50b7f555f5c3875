#include "people/proposal.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "people/eyes.h"
#include "people/link.h"
#include "store/timer.h"

enum { Q_ADD, Q_FIND, Q_COUNT, Q_LIST, Q_COUNT_UNTOLD, Q_LIST_UNTOLD, Q_TELL, Q_NOTE_TOLD, Q_SETTLE, Q_MAX };

#define COLUMNS "id, kind, app_group, person, language, made_at_ms, expires_at_ms, state, ifnull(agreed_by, 0)"

#define UNTOLD  "state = 'expired' AND NOT told"

static const char *const sql[] = {
	[Q_ADD] = "INSERT INTO proposal (kind, app_group, person, language, made_at_ms, expires_at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[Q_FIND] = "SELECT " COLUMNS " FROM proposal WHERE id = ?1",
	[Q_COUNT] = "SELECT count(*) FROM proposal WHERE state = 'open'",
	[Q_LIST] = "SELECT " COLUMNS " FROM proposal WHERE state = 'open' ORDER BY id",
	[Q_COUNT_UNTOLD] = "SELECT count(*) FROM proposal WHERE app_group = ?1 AND " UNTOLD,
	[Q_LIST_UNTOLD] = "SELECT " COLUMNS " FROM proposal WHERE app_group = ?1 AND " UNTOLD " ORDER BY id",
	[Q_TELL] = "UPDATE proposal SET told = 1 WHERE app_group = ?1 AND " UNTOLD,
	[Q_NOTE_TOLD] = "UPDATE proposal SET told = 1 WHERE id = ?1",
	[Q_SETTLE] = "UPDATE proposal SET state = ?2, agreed_by = nullif(?3, 0), settled_at_ms = ?4 WHERE id = ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements proposal_statements = { "proposal", sql, Q_MAX };

static const char *const kinds[] = { [PROPOSAL_MOVE] = "move", [PROPOSAL_ROLE] = "role" };
static const char *const states[] = {
	[PROPOSAL_OPEN] = "open", [PROPOSAL_AGREED] = "agreed", [PROPOSAL_WITHDRAWN] = "withdrawn", [PROPOSAL_EXPIRED] = "expired",
};

/* The index of a word of ours that stands in a row. */
static size_t word_parse(const char *const *words, size_t len, const char *word)
{
	for (size_t i = 0; i < len; i++) {
		if (str_equal(words[i], word))
			return i;
	}
	die("proposal: \"%s\"", word);
}

static struct proposal read_proposal(struct stmt *q)
{
	struct proposal proposal = {
		.number = stmt_int(q, 0),
		.kind = (enum proposal_kind)word_parse(kinds, ARRAY_LEN(kinds), stmt_text(q, 1)),
		.group = stmt_int(q, 2),
		.person = stmt_int(q, 3),
		.made_at_ms = stmt_int(q, 5),
		.expires_at_ms = stmt_int(q, 6),
		.state = (enum proposal_state)word_parse(states, ARRAY_LEN(states), stmt_text(q, 7)),
		.agreed_by = stmt_int(q, 8),
	};

	if (!language_parse(stmt_text(q, 4), &proposal.language))
		die("proposal %" PRId64 " is in an unknown language", proposal.number);
	return proposal;
}

int64_t proposal_add(struct turn *turn, const struct actor *actor, enum proposal_kind kind, int64_t group, enum language language)
{
	struct stmt *q = turn_query(turn, &proposal_statements, Q_ADD);
	int64_t expires_at_ms = turn_now_ms(turn) + PROPOSAL_OPEN_MS;
	int64_t number;

	stmt_bind_text(q, 1, kinds[kind]);
	stmt_bind_int(q, 2, group);
	stmt_bind_int(q, 3, actor->person);
	stmt_bind_text(q, 4, language_format(language));
	stmt_bind_int(q, 5, turn_now_ms(turn));
	stmt_bind_int(q, 6, expires_at_ms);
	number = stmt_insert(q);
	timer_set(turn, PROPOSAL_TIMER, arena_printf(turn_arena(turn), "%" PRId64, number), expires_at_ms);
	return number;
}

bool proposal_find(struct view *view, int64_t number, struct proposal *ret_proposal)
{
	struct stmt *q = view_query(view, &proposal_statements, Q_FIND);

	stmt_bind_int(q, 1, number);
	if (!stmt_step(q))
		return false;
	*ret_proposal = read_proposal(q);
	stmt_reset(q);
	return true;
}

struct proposal *proposal_list_open(struct view *view, size_t *ret_len)
{
	size_t count = (size_t)stmt_one_int(view_query(view, &proposal_statements, Q_COUNT), 0), len = 0;
	struct proposal *list = arena_array(view_arena(view), struct proposal, count);
	struct stmt *q = view_query(view, &proposal_statements, Q_LIST);

	while (stmt_step(q))
		list[len++] = read_proposal(q);
	*ret_len = len;
	return list;
}

struct proposal *proposal_take_expired(struct turn *turn, int64_t group, size_t *ret_len)
{
	struct stmt *q = turn_query(turn, &proposal_statements, Q_COUNT_UNTOLD);
	struct proposal *list;
	size_t len = 0;

	stmt_bind_int(q, 1, group);
	list = arena_array(turn_arena(turn), struct proposal, (size_t)stmt_one_int(q, 0));
	q = turn_query(turn, &proposal_statements, Q_LIST_UNTOLD);
	stmt_bind_int(q, 1, group);
	while (stmt_step(q))
		list[len++] = read_proposal(q);
	q = turn_query(turn, &proposal_statements, Q_TELL);
	stmt_bind_int(q, 1, group);
	(void)stmt_run(q);
	*ret_len = len;
	return list;
}

static void settle(struct turn *turn, struct proposal *proposal, enum proposal_state state, int64_t agreed_by)
{
	struct stmt *q = turn_query(turn, &proposal_statements, Q_SETTLE);

	stmt_bind_int(q, 1, proposal->number);
	stmt_bind_text(q, 2, states[state]);
	stmt_bind_int(q, 3, agreed_by);
	stmt_bind_int(q, 4, turn_now_ms(turn));
	(void)stmt_run(q);
	timer_clear(turn, PROPOSAL_TIMER, arena_printf(turn_arena(turn), "%" PRId64, proposal->number));
	proposal->state = state;
	proposal->agreed_by = agreed_by;
}

/* A proposal that can still be settled. One whose time is over is left to its timer, which tells all who should hear. */
static enum proposal_verdict find_open(struct view *view, int64_t number, struct proposal *ret_proposal)
{
	if (!proposal_find(view, number, ret_proposal))
		return PROPOSAL_UNKNOWN;
	if (ret_proposal->state == PROPOSAL_OPEN && view_now_ms(view) >= ret_proposal->expires_at_ms)
		ret_proposal->state = PROPOSAL_EXPIRED;
	return ret_proposal->state == PROPOSAL_OPEN ? PROPOSAL_DONE : PROPOSAL_SETTLED;
}

enum proposal_verdict proposal_agree(struct turn *turn, const struct actor *actor, int64_t number, struct proposal *ret_proposal)
{
	enum proposal_verdict verdict = find_open(turn_view(turn), number, ret_proposal);

	if (verdict != PROPOSAL_DONE)
		return verdict;
	if (link_was_one(turn_view(turn), actor->person, ret_proposal->person))
		return PROPOSAL_OWN;
	settle(turn, ret_proposal, PROPOSAL_AGREED, actor->person);
	return PROPOSAL_DONE;
}

enum proposal_verdict proposal_agree_alone(struct turn *turn, const struct actor *actor, int64_t number, int64_t about, unsigned roles,
					   struct proposal *ret_proposal)
{
	enum proposal_verdict verdict = find_open(turn_view(turn), number, ret_proposal);
	struct view *view = turn_view(turn);
	const int64_t persons[] = { ret_proposal->person, about };

	if (verdict != PROPOSAL_DONE)
		return verdict;
	if (!link_is_one(view, actor->person, ret_proposal->person))
		return PROPOSAL_NOT_OWN;
	if (about && link_was_one(view, actor->person, about))
		return PROPOSAL_OWN;
	if (eyes_besides(view, persons, about ? 2 : 1, roles))
		return PROPOSAL_NOT_ALONE;
	settle(turn, ret_proposal, PROPOSAL_AGREED, actor->person);
	return PROPOSAL_DONE;
}

enum proposal_verdict proposal_withdraw(struct turn *turn, const struct actor *actor, int64_t number, struct proposal *ret_proposal)
{
	enum proposal_verdict verdict = find_open(turn_view(turn), number, ret_proposal);

	if (verdict != PROPOSAL_DONE)
		return verdict;
	if (!link_is_one(turn_view(turn), actor->person, ret_proposal->person))
		return PROPOSAL_NOT_OWN;
	settle(turn, ret_proposal, PROPOSAL_WITHDRAWN, 0);
	return PROPOSAL_DONE;
}

void proposal_note_told(struct turn *turn, int64_t number)
{
	struct stmt *q = turn_query(turn, &proposal_statements, Q_NOTE_TOLD);

	stmt_bind_int(q, 1, number);
	(void)stmt_run(q);
}

bool proposal_expire(struct turn *turn, int64_t number, struct proposal *ret_proposal)
{
	if (!proposal_find(turn_view(turn), number, ret_proposal) || ret_proposal->state != PROPOSAL_OPEN)
		return false;
	settle(turn, ret_proposal, PROPOSAL_EXPIRED, 0);
	return true;
}
