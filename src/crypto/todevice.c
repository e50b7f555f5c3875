#include "crypto/todevice.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/json.h"
#include "base/str.h"
#include "crypto/generation.h"
#include "store/incident.h"

enum {
	MESSAGES_MAX = 250,
	CONTENT_MAX = 64 * 1024 - 1,   /* Synapse's limit */
	REQUEST_BYTES_MAX = 900 * 1000, /* proxies in front of a server often stop at a million */
	SERVER_FAULTS_MAX = 20,
};
#define LOST_KEPT_MS (30 * MS_PER_DAY)

enum {
	Q_JOINABLE,
	Q_OPEN,
	Q_JOIN,
	Q_ADD,
	Q_PENDING,
	Q_HEAD,
	Q_MESSAGES,
	Q_DELETE,
	Q_FAILED,
	Q_LOSE,
	Q_LOST_PRUNE,
	Q_LOST_FORGET,
	Q_HAS_LOST,
	Q_LOST,
	Q_MAX
};

static const char *const sql[] = {
	/* Behind everything its device has to get before. */
	[Q_JOINABLE] = ("SELECT max(r.id) FROM todevice_request r WHERE r.turn = ?1 AND r.type = ?2 AND r.messages < ?3 AND r.bytes <= ?4"
	                " AND NOT EXISTS (SELECT 1 FROM todevice m WHERE m.user = ?5 AND m.device = ?6 AND m.request >= r.id)"),
	[Q_OPEN] = "INSERT INTO todevice_request (turn, type) VALUES (?1, ?2)",
	[Q_JOIN] = "UPDATE todevice_request SET messages = messages + 1, bytes = bytes + ?2 WHERE id = ?1",
	[Q_ADD] = "INSERT INTO todevice (request, user, device, content, waiter) VALUES (?1, ?2, ?3, ?4, ?5)",
	[Q_PENDING] = "SELECT 1 FROM todevice WHERE waiter = ?1 LIMIT 1",
	[Q_HEAD] = "SELECT id, type FROM todevice_request WHERE id = (SELECT min(id) FROM todevice_request)",
	[Q_MESSAGES] = "SELECT user, device, content FROM todevice WHERE request = ?1 ORDER BY user, device",
	[Q_DELETE] = "DELETE FROM todevice_request WHERE id = ?1",
	[Q_FAILED] = "UPDATE todevice_request SET failures = failures + 1 WHERE id = ?1 RETURNING failures",
	[Q_LOSE] = "INSERT OR REPLACE INTO todevice_lost (waiter, user, device, at_ms)"
	           " SELECT waiter, user, device, ?2 FROM todevice WHERE request = ?1 AND waiter IS NOT NULL",
	[Q_LOST_PRUNE] = "DELETE FROM todevice_lost WHERE at_ms < ?1",
	[Q_LOST_FORGET] = "DELETE FROM todevice_lost WHERE waiter = ?1 AND user = ?2 AND device = ?3",
	[Q_HAS_LOST] = "SELECT 1 FROM todevice_lost WHERE waiter = ?1 LIMIT 1",
	[Q_LOST] = "SELECT at_ms FROM todevice_lost WHERE waiter = ?1 AND user = ?2 AND device = ?3",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements todevice_statements = { "crypto/todevice", sql, Q_MAX };

/* The request this message may travel with: one that was opened in this very turn, so that it never went out without it. */
static int64_t request_for(struct turn *turn, const char *type, const char *user, const char *device, size_t bytes)
{
	struct stmt *q = turn_query(turn, &todevice_statements, Q_JOINABLE);
	int64_t request;

	stmt_bind_int(q, 1, turn_serial(turn));
	stmt_bind_text(q, 2, type);
	stmt_bind_int(q, 3, MESSAGES_MAX);
	stmt_bind_int(q, 4, REQUEST_BYTES_MAX - (int64_t)bytes);
	stmt_bind_text(q, 5, user);
	stmt_bind_text(q, 6, device);
	request = stmt_one_int(q, 0);
	if (request)
		return request;
	q = turn_query(turn, &todevice_statements, Q_OPEN);
	stmt_bind_int(q, 1, turn_serial(turn));
	stmt_bind_text(q, 2, type);
	return stmt_insert(q);
}

static struct stmt *query_lost(struct stmt *q, const char *group, const char *user, const char *device)
{
	stmt_bind_text(q, 1, group);
	stmt_bind_text(q, 2, user);
	stmt_bind_text(q, 3, device);
	return q;
}

void todevice_add(struct turn *turn, const char *type, const char *user, const char *device, const char *content, const char *group)
{
	size_t bytes = strlen(content);
	int64_t request;
	struct stmt *q;

	INVARIANT(bytes <= CONTENT_MAX);
	bytes += strlen(user) + strlen(device);
	request = request_for(turn, type, user, device, bytes);
	q = turn_query(turn, &todevice_statements, Q_JOIN);
	stmt_bind_int(q, 1, request);
	stmt_bind_int(q, 2, (int64_t)bytes);
	(void)stmt_run(q);
	q = turn_query(turn, &todevice_statements, Q_ADD);
	stmt_bind_int(q, 1, request);
	stmt_bind_text(q, 2, user);
	stmt_bind_text(q, 3, device);
	stmt_bind_text(q, 4, content);
	stmt_bind_text(q, 5, group);
	(void)stmt_run(q);
	if (group)
		(void)stmt_run(query_lost(turn_query(turn, &todevice_statements, Q_LOST_FORGET), group, user, device));
}

bool todevice_pending(struct view *view, const char *group)
{
	struct stmt *q = view_query(view, &todevice_statements, Q_PENDING);
	bool pending;

	stmt_bind_text(q, 1, group);
	pending = stmt_step(q);
	stmt_reset(q);
	return pending;
}

bool todevice_has_lost(struct view *view, const char *group)
{
	struct stmt *q = view_query(view, &todevice_statements, Q_HAS_LOST);

	stmt_bind_text(q, 1, group);
	return stmt_one_int(q, 0) != 0;
}

int64_t todevice_lost_ms(struct view *view, const char *group, const char *user, const char *device)
{
	return stmt_one_int(query_lost(view_query(view, &todevice_statements, Q_LOST), group, user, device), 0);
}

/* {"messages": {user: {device: content}}}, the same bytes whenever it is asked. */
static const char *request_body(struct view *view, int64_t request)
{
	struct stmt *q = view_query(view, &todevice_statements, Q_MESSAGES);
	AUTO_JSON body = json_object_create();
	struct cJSON *messages = json_object_create();
	struct cJSON *devices = NULL;
	const char *whose = NULL;

	json_set(body, "messages", messages);
	stmt_bind_int(q, 1, request);
	while (stmt_step(q)) {
		const char *user = stmt_text(q, 0);
		const char *device = stmt_text(q, 1);
		const char *content = stmt_text(q, 2);

		if (!str_equal(user, whose)) {
			devices = json_object_create();
			json_set(messages, user, devices);
			whose = user;
		}
		json_set(devices, device, json_parse(content, strlen(content)));
	}
	return json_print(view_arena(view), body);
}

bool todevice_want(struct crypto *crypto, struct view *view, struct want *ret_want)
{
	struct stmt *q = view_query(view, &todevice_statements, Q_HEAD);
	const char *type;

	(void)crypto;
	if (!stmt_step(q))
		return false;
	*ret_want = (struct want){ .ref = stmt_int(q, 0) };
	type = stmt_text(q, 1);
	stmt_reset(q);
	ret_want->call = (struct call){
		.method = CALL_PUT,
		.path = arena_printf(view_arena(view), "/_matrix/client/v3/sendToDevice/%s/%" PRId64, type, ret_want->ref),
		.body = request_body(view, ret_want->ref),
	};
	return true;
}

static void delete(struct turn *turn, int64_t request)
{
	struct stmt *q = turn_query(turn, &todevice_statements, Q_DELETE);

	stmt_bind_int(q, 1, request);
	(void)stmt_run(q);
}

static void remember_lost(struct turn *turn, int64_t request)
{
	struct stmt *q = turn_query(turn, &todevice_statements, Q_LOSE);

	stmt_bind_int(q, 1, request);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	(void)stmt_run(q);
	q = turn_query(turn, &todevice_statements, Q_LOST_PRUNE);
	stmt_bind_int(q, 1, turn_now_ms(turn) - LOST_KEPT_MS);
	(void)stmt_run(q);
	generation_raise(turn);
}

/* What it held is lost. Those devices do without it: the queue behind it matters more. */
static void give_up(struct turn *turn, int64_t request, const struct want_reply *reply)
{
	remember_lost(turn, request);
	(void)incident_note(turn, "crypto.todevice_lost", "server",
	                    arena_printf(turn_arena(turn), "The server does not take messages to devices (%s); some devices may be unable to read the bot for a while.",
	                                 reply->error));
	delete(turn, request);
}

static int64_t count_failure(struct turn *turn, int64_t request)
{
	struct stmt *q = turn_query(turn, &todevice_statements, Q_FAILED);

	stmt_bind_int(q, 1, request);
	return stmt_one_int(q, 0);
}

void todevice_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply)
{
	(void)crypto;
	switch (reply->outcome) {
	case OUTCOME_OK:
		delete(turn, want->ref);
		return;
	case OUTCOME_SERVER:
		if (count_failure(turn, want->ref) >= SERVER_FAULTS_MAX)
			give_up(turn, want->ref, reply);
		return;
	case OUTCOME_REFUSED:
	case OUTCOME_TOO_BIG:
		give_up(turn, want->ref, reply);
		return;
	case OUTCOME_TROUBLE:
	case OUTCOME_LIMITED:
	case OUTCOME_LOGOUT:
		return;
	}
}
