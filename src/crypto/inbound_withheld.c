#include "crypto/inbound_withheld.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "crypto/inbound.h"
#include "crypto/inbound_session.h"

/* Who sends more than this is not kept; and all are forgotten when no event can wait for them any more. */
enum { WITHHELD_PER_SENDER_MAX = 1000, WITHHELD_DAYS = 14 };

enum { Q_SET, Q_WHY, Q_FORGET, Q_COUNT, Q_PRUNE, Q_MAX };
static const char *const sql[] = {
	[Q_SET] = "INSERT OR REPLACE INTO inbound_withheld (sender, room, session, code, at_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
	[Q_WHY] = "SELECT code FROM inbound_withheld WHERE sender = ?1 AND room = ?2 AND session = ?3",
	[Q_FORGET] = "DELETE FROM inbound_withheld WHERE sender = ?1 AND room = ?2 AND session = ?3",
	[Q_COUNT] = "SELECT count(*) FROM inbound_withheld WHERE sender = ?1",
	[Q_PRUNE] = "DELETE FROM inbound_withheld WHERE at_ms < ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements inbound_withheld_statements = { "crypto/inbound_withheld", sql, Q_MAX };

/* The codes of the specification, and what the log calls them. */
static const struct {
	const char *code;
	const char *why;
} codes[] = {
	{ "m.blacklisted", "withheld-blacklisted" },
	{ "m.unverified", "withheld-unverified" },
	{ "m.unauthorised", "withheld-unauthorised" },
	{ "m.unavailable", "withheld-unavailable" },
	{ "m.no_olm", "withheld-no-olm" },
	{ "m.history_not_shared", "withheld-history" },
};

static const char *why_of(const char *code)
{
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		if (str_equal(code, codes[i].code))
			return codes[i].why;
	}
	return NULL;
}

static struct stmt *query_about(struct stmt *q, const char *room, const char *session, const char *sender)
{
	stmt_bind_text(q, 1, sender);
	stmt_bind_text(q, 2, room);
	stmt_bind_text(q, 3, session);
	return q;
}

const char *inbound_why_withheld(struct view *view, const char *room, const char *session, const char *sender)
{
	struct stmt *q = query_about(view_query(view, &inbound_withheld_statements, Q_WHY), room, session, sender);
	const char *why = NULL;

	while (stmt_step(q))
		why = why_of(stmt_text(q, 0));
	return why ? why : "no-key";
}

void inbound_forget_withheld(struct turn *turn, const char *room, const char *session, const char *sender)
{
	(void)stmt_run(query_about(turn_query(turn, &inbound_withheld_statements, Q_FORGET), room, session, sender));
}

static bool has_room(struct turn *turn, const char *sender)
{
	struct stmt *q = turn_query(turn, &inbound_withheld_statements, Q_PRUNE);

	stmt_bind_int(q, 1, turn_now_ms(turn) - WITHHELD_DAYS * MS_PER_DAY);
	(void)stmt_run(q);
	q = turn_query(turn, &inbound_withheld_statements, Q_COUNT);
	stmt_bind_text(q, 1, sender);
	return stmt_one_int(q, 0) < WITHHELD_PER_SENDER_MAX;
}

void inbound_take_withheld(struct crypto *crypto, struct turn *turn, const struct message *message)
{
	const char *room = json_str(message->content, "room_id");
	const char *session = json_str(message->content, "session_id");
	const char *code = json_str(message->content, "code");
	struct stmt *q;

	(void)crypto;
	if (!why_of(code) || !has_room(turn, message->sender))
		return;
	log_info("crypto.withheld", "sender=%s code=%s", message->sender, code);
	/* m.no_olm is about every session of that device, and names none. */
	if (!ident_is_room(room) || !inbound_session_is_id(session))
		return;
	q = query_about(turn_query(turn, &inbound_withheld_statements, Q_SET), room, session, message->sender);
	stmt_bind_text(q, 4, code);
	stmt_bind_int(q, 5, turn_now_ms(turn));
	(void)stmt_run(q);
}
