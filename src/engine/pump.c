/*
 * The outbox on its way to the transport. Rows that need nothing are sealed in the turn that made
 * them; merged late answers are sealed just before they go. One message a room is under way at a time,
 * so that order is kept; rooms do not wait for each other.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/die.h"
#include "base/log.h"
#include "base/str.h"
#include "engine/crash.h"
#include "engine/engine_internal.h"
#include "engine/guard.h"
#include "people/group.h"
#include "people/room.h"
#include "store/incident.h"
#include "store/outbox_owner.h"
#include "text/html.h"

/* A head that waits for keys is looked at again when anything changed, and this often. */
#define STALL_MS MS_PER_SECOND

enum { SERVER_FAULTS_MAX = 20, MERGED_BYTES_MAX = 16 * 1024, ENDS_BYTES_MAX = 8 * 1024 * 1024 };

static const char *txn_id_format(struct engine *engine, struct arena *arena, int64_t id)
{
	return arena_printf(arena, "%" PRId64 "-%" PRId64, engine->epoch, id);
}

/* False when we may not speak in the room at all. */
static bool may_speak_in(struct turn *turn, const char *room_id, bool *ret_encrypted)
{
	struct room room;

	if (!room_find(turn_view(turn), room_id, &room) || room.membership != MEMBERSHIP_JOINED || !room_may_speak(&room))
		return false;
	*ret_encrypted = room.encrypted;
	return true;
}

static const char *compose(struct engine *engine, struct turn *turn, const struct outbox_row *row, const char *body, bool as_text)
{
	if (row->content)
		return row->content;
	return engine->transport->compose(engine->transport->self, turn_arena(turn), &(struct utterance){
		.body = body,
		.html = html_twin(turn_arena(turn), body),
		.reply_to = row->reply_to,
		.thread = row->thread,
		.mentions = row->mentions,
		.mentions_len = row->mentions_len,
		.as_text = as_text,
	});
}

/* Freeze a row, or bury it where we may not speak. False when it has to wait for keys. */
static bool seal_row(struct engine *engine, struct turn *turn, const struct outbox_row *row, const char *body)
{
	const char *txn_id = txn_id_format(engine, turn_arena(turn), row->id);
	const char *content;
	struct group group;
	bool known, encrypted;

	if (!may_speak_in(turn, row->room, &encrypted)) {
		outbox_mark_dead(turn, row->id, "the bot may not speak in the room");
		log_warn("outbox.dead", "id=%" PRId64 " room=\"%s\" why=cannot_speak_here", row->id, row->room);
		return true;
	}
	known = group_find_by_room(turn_view(turn), row->room, &group);
	if (encrypted && !keys_may_speak(engine, turn, row->room, known ? &group : NULL, row->content != NULL))
		return false;
	/* Bridges drop notices in some groups. */
	content = compose(engine, turn, row, body, known && group.as_text);
	if (encrypted)
		outbox_seal(turn, row->id, txn_id, KEYS_SEALED_TYPE, keys_seal(engine, turn, row->room, row->type, content));
	else
		outbox_seal(turn, row->id, txn_id, row->type, content);
	return true;
}

/* Late answers to one person in one room become one message, in their order. */
static bool seal_merged(struct engine *engine, struct turn *turn, const struct outbox_row *head)
{
	size_t len;
	struct outbox_row *rows = outbox_mergeable(turn_view(turn), head->room, head->merge_key, &len);
	size_t taken = 0;
	AUTO_BUF body = { 0 };

	buf_init(&body, MERGED_BYTES_MAX);
	for (; taken < len; taken++) {
		if (body.len && (!buf_add_text(&body, "\n\n") || !buf_add_text(&body, rows[taken].body)))
			break;
		if (!body.len && !buf_add_text(&body, rows[taken].body))
			break;
	}
	if (!seal_row(engine, turn, head, arena_dup(turn_arena(turn), body.data)))
		return false;
	for (size_t i = 0; i < taken; i++) {
		if (rows[i].id != head->id)
			outbox_merge(turn, rows[i].id, head->id);
	}
	return true;
}

/* Is this room's lane free, with a place on the wire for it? */
static bool lane_is_free(const struct engine *engine, const char *room)
{
	bool found = false;

	for (int i = 0; i < LANES_MAX; i++) {
		if (!engine->lanes[i].id)
			found = true;
		else if (str_equal(engine->lanes[i].room, room))
			return false;
	}
	return found;
}

/* May anything go now? */
static bool may_send(const struct engine *engine)
{
	return engine->connected && !engine->old_copy && engine->send_backoff.until_ms <= engine_now_ms(engine);
}

static bool is_stale(const struct outbox_head *head, int64_t now_ms)
{
	return head->expires_at_ms && head->expires_at_ms < now_ms && !head->attempts;
}

struct seal_work {
	struct engine *engine;
	bool changed; /* something was sealed or dropped */
};

/* True when it changed. */
static bool seal_head(struct engine *engine, struct turn *turn, const struct outbox_head *head)
{
	struct outbox_row row;

	if (is_stale(head, turn_now_ms(turn))) {
		outbox_mark_dead(turn, head->id, "not said in time");
		log_info("outbox.skipped", "id=%" PRId64 " room=\"%s\" why=expired", head->id, head->room);
		return true;
	}
	if (head->sealed)
		return false;
	row = outbox_get(turn_view(turn), head->id);
	return row.merge_key ? seal_merged(engine, turn, &row) : seal_row(engine, turn, &row, row.body);
}

/* The heads of all lanes together, just before they go: dropped when stale, sealed when they may be. */
static void seal_heads(struct turn *turn, void *context)
{
	struct seal_work *work = context;
	size_t len;
	struct outbox_head *heads = outbox_heads(turn_view(turn), &len);

	for (size_t i = 0; i < len; i++) {
		if (lane_is_free(work->engine, heads[i].room) && seal_head(work->engine, turn, &heads[i]))
			work->changed = true;
	}
	crash_here(CRASH_SEAL_BEFORE_COMMIT);
}

/*
 * What goes as soon as this turn is over needs no turn of its own to be sealed in. Late answers still wait for more to
 * merge with.
 */
static void seal_early(struct engine *engine, struct turn *turn, const struct outbox_head *head)
{
	if (!head->merges && lane_is_free(engine, head->room))
		(void)seal_head(engine, turn, head);
}

static void seal_lanes(struct engine *engine, struct turn *turn)
{
	size_t len;
	const struct outbox_head *heads;

	if (!engine->crypto || !may_send(engine))
		return;
	heads = outbox_heads(turn_view(turn), &len);
	for (size_t i = 0; i < len; i++)
		seal_early(engine, turn, &heads[i]);
}

/* What stood behind a message that was sent. */
static void seal_next(struct engine *engine, struct turn *turn, const char *room)
{
	struct outbox_head head;

	if (engine->crypto && may_send(engine) && outbox_head_find(turn_view(turn), room, &head))
		seal_early(engine, turn, &head);
}

void pump_seal(struct engine *engine, struct turn *turn)
{
	size_t len;
	struct outbox_row *rows = outbox_sealable(turn_view(turn), &len);

	for (size_t i = 0; i < len; i++) {
		bool encrypted;

		/* What is to be encrypted is so just before it goes: its room may change until then. */
		if (!may_speak_in(turn, rows[i].room, &encrypted) || !encrypted)
			(void)seal_row(engine, turn, &rows[i], rows[i].body);
	}
	seal_lanes(engine, turn);
}

static void send_head(struct engine *engine, struct view *view, const struct outbox_head *head)
{
	const struct outbox_row row = outbox_get(view, head->id);

	for (int i = 0; i < LANES_MAX; i++) {
		if (engine->lanes[i].id)
			continue;
		crash_here(CRASH_SEND_BEFORE);
		engine->lanes[i].id = row.id;
		engine->lanes[i].room = xstrdup(row.room);
		engine->transport->send(engine->transport->self, row.id, row.room, row.wire_type, row.txn_id, row.wire_content);
		crash_here(CRASH_SEND_UNDER_WAY);
		return;
	}
}

/* Send the heads that are ready. True when others have to be sealed or dropped first. */
static bool send_heads(struct engine *engine)
{
	struct view *view = view_open(engine->store, engine_now_ms(engine));
	size_t len;
	struct outbox_head *heads = outbox_heads(view, &len);
	bool more = false;

	for (size_t i = 0; i < len; i++) {
		if (!lane_is_free(engine, heads[i].room))
			continue;
		if (heads[i].sealed && !is_stale(&heads[i], view_now_ms(view)))
			send_head(engine, view, &heads[i]);
		else
			more = true;
	}
	view_close(view);
	return more;
}

void pump_start(struct engine *engine)
{
	struct seal_work work = { .engine = engine };

	if (!may_send(engine))
		return;
	while (send_heads(engine) && !lull_holds(engine, &engine->stalled, engine->turns)) {
		work.changed = false;
		if (!engine_turn(engine, seal_heads, &work))
			return;
		if (work.changed)
			crash_here(CRASH_SEAL_AFTER_COMMIT);
		else
			engine->stalled = lull_begin(engine->turns, engine_now_ms(engine) + STALL_MS);
	}
}

static void lane_release(struct engine *engine, int64_t id)
{
	for (int i = 0; i < LANES_MAX; i++) {
		if (engine->lanes[i].id == id) {
			guard_said(engine->guard, engine->lanes[i].room);
			free(engine->lanes[i].room);
			engine->lanes[i].room = NULL;
			engine->lanes[i].id = 0;
		}
	}
}

bool pump_under_way(const struct engine *engine)
{
	for (int i = 0; i < LANES_MAX; i++) {
		if (engine->lanes[i].id)
			return true;
	}
	return false;
}

static void bury(struct turn *turn, const struct arrival *arrival, const char *detail)
{
	const char *why = arrival->error ? arrival->error : "refused";

	outbox_mark_dead(turn, arrival->id, why);
	(void)incident_note(turn, "send.failed", arrival->room ? arrival->room : "?", arena_printf(turn_arena(turn), "%s (%s)", detail, why));
}

/* What became of one message. */
static void note_end(struct engine *engine, struct turn *turn, const struct arrival *arrival)
{
	bool counts = !engine->lost_since_ms;

	switch (arrival->outcome) {
	case OUTCOME_OK:
		outbox_mark_sent(turn, arrival->id, arrival->event_id);
		incident_clear(turn, "send.failed", arrival->room ? arrival->room : "?");
		if (arrival->room)
			seal_next(engine, turn, arrival->room);
		crash_here(CRASH_SENT_BEFORE_COMMIT);
		return;
	case OUTCOME_TROUBLE:
	case OUTCOME_LIMITED:
	case OUTCOME_LOGOUT:
		outbox_mark_tried(turn, arrival->id, engine->send_backoff.until_ms, false);
		return;
	case OUTCOME_SERVER:
		/* Only while /sync works: a proxy before a server that is down says 502 to everything. */
		if (counts && outbox_attempts(turn_view(turn), arrival->id) + 1 >= SERVER_FAULTS_MAX)
			bury(turn, arrival, "The server failed on one message too often; it was given up.");
		else
			outbox_mark_tried(turn, arrival->id, engine->send_backoff.until_ms, counts);
		return;
	case OUTCOME_REFUSED:
	case OUTCOME_TOO_BIG:
		bury(turn, arrival, "The server refuses our message in this room; see whether the bot may speak there.");
		return;
	}
}

/* Messages whose end arrived together. */
struct sent_work {
	struct engine *engine;
	struct arena *arena; /* the arrivals' strings */
	struct arrival arrivals[LANES_MAX];
	size_t len;
};

static void note_ends(struct turn *turn, void *context)
{
	const struct sent_work *work = context;

	for (size_t i = 0; i < work->len; i++)
		note_end(work->engine, turn, &work->arrivals[i]);
}

/* Its lane is free, and the next goes at once or later. */
static void settle_lane(struct engine *engine, const struct arrival *arrival)
{
	lane_release(engine, arrival->id);
	switch (arrival->outcome) {
	case OUTCOME_OK:
	case OUTCOME_REFUSED:
	case OUTCOME_TOO_BIG:
		backoff_succeed(&engine->send_backoff);
		return;
	case OUTCOME_TROUBLE:
	case OUTCOME_LIMITED:
	case OUTCOME_SERVER:
		backoff_fail(engine, &engine->send_backoff, arrival->retry_after_ms);
		log_warn("send.trouble", "id=%" PRId64 " why=%s", arrival->id, arrival->error ? arrival->error : "?");
		return;
	case OUTCOME_LOGOUT:
		engine->stop_reason = "the server no longer knows this login; see 'rotonde login'";
		return;
	}
}

/* The transport's own are gone with its next wait. */
static void keep(struct sent_work *work, const struct arrival *arrival)
{
	work->arrivals[work->len++] = (struct arrival){
		.kind = ARRIVAL_SENT,
		.outcome = arrival->outcome,
		.error = arena_dup(work->arena, arrival->error),
		.retry_after_ms = arrival->retry_after_ms,
		.id = arrival->id,
		.room = arena_dup(work->arena, arrival->room),
		.event_id = arena_dup(work->arena, arrival->event_id),
	};
}

void pump_sent(struct engine *engine, struct arrival *arrival)
{
	AUTO_ARENA arena = arena_create(ENDS_BYTES_MAX);
	struct sent_work work = { .engine = engine, .arena = arena };
	bool any_sent = false;

	while (arrival->kind == ARRIVAL_SENT && work.len < LANES_MAX) {
		any_sent |= arrival->outcome == OUTCOME_OK;
		settle_lane(engine, arrival);
		keep(&work, arrival);
		*arrival = (struct arrival){ .kind = ARRIVAL_NOTHING };
		if (pump_under_way(engine))
			engine->transport->wait(engine->transport->self, NULL, 0, 0, arrival);
	}
	if (!engine_turn_outbox(engine, note_ends, &work)) {
		/* They go out once more, under the same ids; not at once. */
		backoff_fail(engine, &engine->send_backoff, 0);
		return;
	}
	if (any_sent)
		crash_here(CRASH_SENT_AFTER_COMMIT);
}

void pump_echo(struct engine *engine, struct turn *turn, const struct event *event)
{
	const char *dash = strchr(event->txn_id, '-');
	struct arena *arena = turn_arena(turn);
	int64_t epoch, id;

	if (!dash || !parse_int64(arena_dup_n(arena, event->txn_id, (size_t)(dash - event->txn_id)), &epoch) || !parse_int64(dash + 1, &id) ||
	    epoch != engine->epoch)
		return;
	if (id > engine->last_outbox_id) {
		engine->old_copy = true;
		(void)incident_raise(turn, OLD_COPY_INCIDENT, "rotonde.db",
		                     "The room holds messages this database never wrote: it is an older copy of itself. Nothing is said "
		                     "any more. Put the newest database back, or run 'rotonde restore'.");
		return;
	}
	outbox_mark_sent(turn, id, event->id);
}
