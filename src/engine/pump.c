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
#include "people/group.h"
#include "people/room.h"
#include "store/incident.h"
#include "store/outbox_owner.h"
#include "text/html.h"

enum { SERVER_FAULTS_MAX = 20, MERGED_BYTES_MAX = 16 * 1024 };

static const char *txn_id_format(struct engine *engine, struct arena *arena, int64_t id)
{
	return arena_printf(arena, "%" PRId64 "-%" PRId64, engine->epoch, id);
}

/* What would be said in the clear must not reach a room that is encrypted. */
static bool may_speak_in(struct turn *turn, const char *room_id, bool *ret_as_text)
{
	struct group group;
	struct room room;

	*ret_as_text = group_find_by_room(turn_view(turn), room_id, &group) && group.as_text;
	return room_find(turn_view(turn), room_id, &room) && room.membership == MEMBERSHIP_JOINED && !room.encrypted;
}

static void seal_row(struct engine *engine, struct turn *turn, const struct outbox_row *row, const char *body)
{
	struct utterance what = {
		.body = body,
		.html = html_twin(turn_arena(turn), body),
		.reply_to = row->reply_to,
		.thread = row->thread,
		.mentions = row->mentions,
		.mentions_len = row->mentions_len,
	};

	if (!may_speak_in(turn, row->room, &what.as_text)) {
		outbox_mark_dead(turn, row->id, "the room is encrypted or left");
		log_warn("outbox.dead", "id=%" PRId64 " room=\"%s\" why=cannot_speak_here", row->id, row->room);
		return;
	}
	outbox_seal(turn, row->id, txn_id_format(engine, turn_arena(turn), row->id), NULL,
	            engine->transport->compose(engine->transport->self, turn_arena(turn), &what));
}

void pump_seal(struct engine *engine, struct turn *turn)
{
	size_t len;
	struct outbox_row *rows = outbox_sealable(turn_view(turn), &len);

	for (size_t i = 0; i < len; i++)
		seal_row(engine, turn, &rows[i], rows[i].body);
}

/* Late answers to one person in one room become one message, in their order. */
static void seal_merged(struct engine *engine, struct turn *turn, const struct outbox_row *head)
{
	size_t len;
	struct outbox_row *rows = outbox_mergeable(turn_view(turn), head->room, head->merge_key, &len);
	AUTO_BUF body = { 0 };

	buf_init(&body, MERGED_BYTES_MAX);
	for (size_t i = 0; i < len; i++) {
		if (body.len && (!buf_add_text(&body, "\n\n") || !buf_add_text(&body, rows[i].body)))
			break;
		if (!body.len && !buf_add_text(&body, rows[i].body))
			break;
		if (rows[i].id != head->id)
			outbox_merge(turn, rows[i].id, head->id);
	}
	seal_row(engine, turn, head, arena_dup(turn_arena(turn), body.data));
}

struct seal_work {
	struct engine *engine;
	const struct outbox_row *head;
};

static void seal_head(struct turn *turn, void *context)
{
	struct seal_work *work = context;

	if (work->head->merge_key)
		seal_merged(work->engine, turn, work->head);
	else
		pump_seal(work->engine, turn);
	crash_here(CRASH_SEAL_BEFORE_COMMIT);
}

static void drop_expired(struct turn *turn, void *context)
{
	const struct outbox_row *row = context;

	outbox_mark_dead(turn, row->id, "not said in time");
	log_info("outbox.skipped", "id=%" PRId64 " room=\"%s\" why=expired", row->id, row->room);
}

/* A free lane for this room, or -1: none free, or the room has one under way. */
static int lane_free_for(const struct engine *engine, const char *room)
{
	int found = -1;

	for (int i = 0; i < LANES_MAX; i++) {
		if (!engine->lanes[i].id)
			found = i;
		else if (str_equal(engine->lanes[i].room, room))
			return -1;
	}
	return found;
}

static void send_head(struct engine *engine, const struct outbox_row *head)
{
	int lane = lane_free_for(engine, head->room);

	if (lane < 0)
		return;
	crash_here(CRASH_SEND_BEFORE);
	engine->lanes[lane].id = head->id;
	engine->lanes[lane].room = xstrdup(head->room);
	engine->transport->send(engine->transport->self, head->id, head->room, NULL, head->txn_id, head->wire_content);
	crash_here(CRASH_SEND_UNDER_WAY);
}

/* Look at the heads of the lanes. True when sealing or dropping one changed the picture: look again. */
static bool look(struct engine *engine)
{
	struct view *view = view_open(engine->store, engine_now_ms(engine));
	size_t len;
	struct outbox_row *heads = outbox_heads(view, &len);
	AUTO_ARENA kept = arena_create(1024 * 1024);
	struct outbox_row change = { 0 };
	void (*work)(struct turn *turn, void *context) = NULL;

	for (size_t i = 0; i < len; i++) {
		if (lane_free_for(engine, heads[i].room) < 0)
			continue;
		if (heads[i].expires_at_ms && heads[i].expires_at_ms < view_now_ms(view) && !heads[i].attempts) {
			work = drop_expired;
		} else if (!heads[i].sealed) {
			work = seal_head;
		} else {
			send_head(engine, &heads[i]);
			continue;
		}
		change = (struct outbox_row){ .id = heads[i].id, .room = arena_dup(kept, heads[i].room), .merge_key = arena_dup(kept, heads[i].merge_key),
		                              .reply_to = arena_dup(kept, heads[i].reply_to),
		                              .thread = arena_dup(kept, heads[i].thread) };
		break;
	}
	view_close(view);
	if (work == seal_head) {
		struct seal_work seal = { engine, &change };

		if (!engine_turn(engine, seal_head, &seal))
			return false;
		crash_here(CRASH_SEAL_AFTER_COMMIT);
		return true;
	}
	return work && engine_turn(engine, work, &change);
}

void pump_start(struct engine *engine)
{
	if (!engine->connected || engine->old_copy || engine->send_backoff.until_ms > engine_now_ms(engine))
		return;
	while (look(engine))
		;
}

static void lane_release(struct engine *engine, int64_t id)
{
	for (int i = 0; i < LANES_MAX; i++) {
		if (engine->lanes[i].id == id) {
			free(engine->lanes[i].room);
			engine->lanes[i].room = NULL;
			engine->lanes[i].id = 0;
		}
	}
}

struct sent_work {
	struct engine *engine;
	const struct arrival *arrival;
};

static void bury(struct turn *turn, const struct arrival *arrival, const char *detail)
{
	const char *why = arrival->error ? arrival->error : "refused";

	outbox_mark_dead(turn, arrival->id, why);
	(void)incident_raise(turn, "send.failed", arrival->room ? arrival->room : "?", arena_printf(turn_arena(turn), "%s (%s)", detail, why));
}

static void note_sent(struct turn *turn, void *context)
{
	const struct sent_work *work = context;
	const struct arrival *arrival = work->arrival;
	struct engine *engine = work->engine;
	bool counts = !engine->lost_since_ms;

	switch (arrival->outcome) {
	case OUTCOME_OK:
		outbox_mark_sent(turn, arrival->id, arrival->event_id);
		incident_clear(turn, "send.failed", arrival->room ? arrival->room : "?");
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

void pump_sent(struct engine *engine, const struct arrival *arrival)
{
	struct sent_work work = { engine, arrival };

	lane_release(engine, arrival->id);
	switch (arrival->outcome) {
	case OUTCOME_OK:
	case OUTCOME_REFUSED:
	case OUTCOME_TOO_BIG:
		backoff_succeed(&engine->send_backoff);
		break;
	case OUTCOME_TROUBLE:
	case OUTCOME_LIMITED:
	case OUTCOME_SERVER:
		backoff_fail(engine, &engine->send_backoff, arrival->retry_after_ms);
		log_warn("send.trouble", "id=%" PRId64 " why=%s", arrival->id, arrival->error ? arrival->error : "?");
		break;
	case OUTCOME_LOGOUT:
		engine->stop_reason = "the server no longer knows this login; see 'rotonde login'";
		break;
	}
	if (!engine_turn(engine, note_sent, &work)) {
		/* It goes out once more, under the same id; not at once. */
		backoff_fail(engine, &engine->send_backoff, 0);
		return;
	}
	if (arrival->outcome == OUTCOME_OK)
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
