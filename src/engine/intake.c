/*
 * What comes in: a batch is one turn, a page of history is one turn, and what waited runs in turns of
 * its own. Every event stands in the inbox once; what needs nothing runs in the turn that brought it.
 */
#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "config/config.h"
#include "engine/crash.h"
#include "engine/engine_internal.h"
#include "people/group.h"
#include "people/person.h"
#include "people/room.h"
#include "say/unread.h"
#include "say/warnings.h"
#include "store/gap.h"
#include "store/inbox.h"
#include "store/incident.h"
#include "store/outbox_owner.h"
#include "store/sync.h"

#define PHOTO_PATIENCE_MS MS_PER_MINUTE
#define FUTURE_MAX_MS     (5 * MS_PER_MINUTE)
#define OUTAGE_LEAST_MS   (10 * MS_PER_MINUTE)

enum { WAITING_PER_TURN = 50, GAP_PAGES_MAX = 200, GAP_BYTES_MAX = 32 * 1024 * 1024 };

/* What is in the inbox, however it is to go on there. */
enum readiness {
	READY,
	WAITS, /* for its key; the inbox knows */
	OVER,
};

static void record(struct turn *turn, const struct event *event)
{
	if (!inbox_known(turn_view(turn), event->id))
		(void)inbox_add(turn, event, INBOX_DONE, 0);
}

/* Whose a bridge's notice is, and its edit must be. A ghost's id may change between the two (WHATSAPP.md 0.5), and ghosts edit only what is theirs. */
static const char *notice_owner(const struct engine *engine, const struct event *event)
{
	return config_is_ghost(engine->house.config, event->sender) ? "" : event->sender;
}

/* Run it now, and note what became of it. */
static void run_now(struct engine *engine, struct turn *turn, const struct room *room, const struct event *event)
{
	int64_t row;

	switch (handle_event(engine, turn, room, event, true)) {
	case HANDLED:
		row = inbox_add(turn, event, INBOX_DONE, 0);
		if (event->bridge_notice)
			inbox_mark_stands_in(turn, row, notice_owner(engine, event));
		return;
	case HANDLED_WAIT:
		(void)inbox_add(turn, event, INBOX_WAIT_PHOTO, turn_now_ms(turn) + PHOTO_PATIENCE_MS);
		return;
	}
}

/*
 * Words in the clear in an encrypted room are nobody's: the server can put them there in any name (MATRIX.md 9.6).
 * Thumbs and deletions are in the clear everywhere.
 */
static bool is_injected(struct turn *turn, const struct room *room, const struct event *event)
{
	if (!room->encrypted || (event->kind != EVENT_MESSAGE && event->kind != EVENT_EDIT))
		return false;
	log_warn("event.plain", "room=\"%s\" event=\"%s\" sender=\"%s\"", event->room, event->id, event->sender);
	(void)incident_note(turn, "room.plaintext", event->room, "Messages in this encrypted room came unencrypted; they are not believed.");
	return true;
}

/* Ours, seen, another bot's, from before we listened, older than we still act on, or in nobody's name? Those that are new history are recorded. */
static bool is_history(struct engine *engine, struct turn *turn, const struct room *room, const struct event *event)
{
	const struct config *config = engine->house.config;

	if (str_equal(event->sender, engine->transport->own_id(engine->transport->self))) {
		if (event->txn_id)
			pump_echo(engine, turn, event);
		return true;
	}
	if (inbox_known(turn_view(turn), event->id))
		return true;
	if (config_is_bot(config, event->sender)) {
		record(turn, event);
		return true;
	}
	if (event->sent_at_ms < room->live_from_ms && group_get(turn_view(turn), room->group).bridged) {
		record(turn, event);
		return true;
	}
	if (turn_now_ms(turn) - event->sent_at_ms > config->neighbourhood.resident_age_ms) {
		const struct group group = group_get(turn_view(turn), room->group);

		log_warn("event.expired", "room=\"%s\" event=\"%s\"", event->room, event->id);
		warn_expired(&engine->house, turn, &group);
		record(turn, event);
		return true;
	}
	if (is_injected(turn, room, event)) {
		record(turn, event);
		return true;
	}
	return false;
}

/*
 * A bridge that cannot read a message yet leaves a notice in its place, and the message comes as that
 * notice's edit (WHATSAPP.md 0.4): it is a message then, the first time. The target stays: by that id
 * the room knows it.
 */
static bool unveil(const struct engine *engine, struct turn *turn, struct event *event)
{
	if (event->kind != EVENT_EDIT || !inbox_take_stand_in(turn, event->target, event->room, notice_owner(engine, event)))
		return false;
	event->kind = EVENT_MESSAGE;
	return true;
}

/* A clock that runs ahead: then the moment of arrival counts (MATRIX.md 9.9). */
static struct event with_sane_time(const struct turn *turn, const struct event *event)
{
	struct event sane = *event;

	if (sane.sent_at_ms > turn_now_ms(turn) + FUTURE_MAX_MS)
		sane.sent_at_ms = turn_now_ms(turn);
	return sane;
}

/* More waits of this sender than we keep: the rest is passed over, and people are told. */
static bool is_flooded(struct turn *turn, const struct event *sealed)
{
	if (!inbox_is_full(turn_view(turn), sealed->room, sealed->sender))
		return false;
	log_warn("event.flood", "room=\"%s\" event=\"%s\" sender=\"%s\"", sealed->room, sealed->id, sealed->sender);
	(void)incident_note(turn, "room.unread_flood", sealed->room,
	                    arena_printf(turn_arena(turn), "Somebody sends more that cannot be read than is kept (%d messages); the rest was passed over.", INBOX_WAITING_MAX));
	return true;
}

/* Open it when it is encrypted, then see whether it took a notice's place. row 0: it does not stand in the inbox yet. */
static enum readiness make_ready(struct engine *engine, struct turn *turn, const struct room *room, struct event *event, int64_t row,
                                 int64_t arrived_at_ms)
{
	const char *session = NULL;
	int64_t until_ms = 0;
	bool changed = false;

	if (event->kind == EVENT_VERIFICATION) {
		if (engine->crypto)
			crypto_take_verification(engine->crypto, turn, event);
		return OVER;
	}
	if (event->kind == EVENT_UNREADABLE) {
		struct event sealed = *event;

		switch (keys_open(engine, turn, room, event, arrived_at_ms, &session, &until_ms)) {
		case KEY_OPENED:
			changed = true;
			break;
		case KEY_WAITS:
			if (is_flooded(turn, &sealed))
				return OVER;
			inbox_wait_key(turn, row ? row : inbox_add(turn, &sealed, INBOX_WAIT_KEY, until_ms), session, until_ms);
			if (session)
				unread_note(turn, sealed.room);
			return WAITS;
		case KEY_OVER:
			return OVER;
		}
	}
	changed = unveil(engine, turn, event) || changed;
	if (row && changed)
		inbox_rewrite(turn, row, event);
	return READY;
}

static void take_now(struct engine *engine, struct turn *turn, const struct room *room, struct event *event)
{
	switch (make_ready(engine, turn, room, event, 0, turn_now_ms(turn))) {
	case READY:
		run_now(engine, turn, room, event);
		return;
	case OVER:
		record(turn, event);
		return;
	case WAITS:
		return;
	}
}

static void take_event(struct engine *engine, struct turn *turn, const struct room *room, const struct event *raw)
{
	struct event event = with_sane_time(turn, raw);

	if (is_history(engine, turn, room, &event))
		return;
	if (event.kind == EVENT_REDACTION && inbox_cancel(turn, event.target))
		record(turn, &event);
	else if (gap_in_room(turn_view(turn), event.room))
		(void)inbox_add(turn, &event, INBOX_WAIT_GAP, 0);
	else if (inbox_holds(turn_view(turn), event.room, event.sender))
		(void)inbox_add(turn, &event, INBOX_RUN, 0);
	else
		take_now(engine, turn, room, &event);
}

static void take_names(struct turn *turn, const struct room_update *update)
{
	for (size_t i = 0; i < update->members_len; i++) {
		if (update->members[i].membership != MEMBERSHIP_JOINED)
			continue;
		for (size_t j = 0; j < update->events_len; j++) {
			if (!str_equal(update->members[i].id, update->events[j].sender))
				continue;
			(void)person_ensure(turn, update->members[i].id);
			break;
		}
		person_set_name(turn, update->members[i].id, update->members[i].name);
	}
}

static void take_room(struct engine *engine, struct turn *turn, const struct room_update *update, bool first_batch)
{
	struct room room = rooms_update(engine, turn, update);
	size_t history = first_batch && !update->joined_now ? update->events_len : update->history_len;

	if (update->dropped)
		log_warn("event.poison", "room=\"%s\" dropped=%zu", update->room, update->dropped);
	if (room.membership != MEMBERSHIP_JOINED || !room.group)
		return;
	take_names(turn, update);
	if (update->gap_before && !first_batch && !update->joined_now) {
		inbox_forget_gap(turn, update->room);
		gap_add(turn, update->room, update->gap_before, engine->since);
	}
	for (size_t i = 0; i < update->events_len; i++) {
		if (i < history)
			record(turn, &update->events[i]);
		else
			take_event(engine, turn, &room, &update->events[i]);
	}
}

/* Say it where people wrote in vain: one line in each group that something came late in. */
static void tell_outage(struct engine *engine, struct turn *turn, const struct batch *batch, const struct sync_state *sync)
{
	for (size_t i = 0; i < batch->rooms_len; i++) {
		const struct room_update *update = &batch->rooms[i];
		struct group group;

		if (update->membership == MEMBERSHIP_JOINED && update->events_len > update->history_len &&
		    group_find_by_room(turn_view(turn), update->room, &group))
			warn_outage(&engine->house, turn, &group, sync->down_since_ms, turn_now_ms(turn));
	}
	sync_outage_told(turn, engine->transport->name);
}

struct batch_work {
	struct engine *engine;
	const struct batch *batch;
};

static void take_batch(struct turn *turn, void *context)
{
	const struct batch_work *work = context;
	struct engine *engine = work->engine;
	const struct batch *batch = work->batch;
	const char *transport = engine->transport->name;
	struct sync_state sync = sync_get(turn_view(turn), transport);

	if (!engine->connected && batch->since && sync.synced_at_ms && turn_now_ms(turn) - sync.synced_at_ms > OUTAGE_LEAST_MS) {
		sync_lost(turn, transport, sync.synced_at_ms);
		sync = sync_get(turn_view(turn), transport);
	}
	engine->last_outbox_id = outbox_last_id(turn_view(turn));
	sync_connected(turn, transport);
	/* Keys before rooms, rooms before what is said there (MATRIX.md 2.3). */
	if (engine->crypto)
		crypto_take_keys(engine->crypto, turn, &batch->keys);
	if (sync.down_since_ms)
		tell_outage(engine, turn, batch, &sync);
	for (size_t i = 0; i < batch->rooms_len; i++)
		take_room(engine, turn, &batch->rooms[i], batch->since == NULL);
	sync_advance(turn, transport, batch->since, batch->next);
	pump_seal(engine, turn);
	crash_here(CRASH_BATCH_BEFORE_COMMIT);
}

bool intake_batch(struct engine *engine, const struct batch *batch)
{
	struct batch_work work = { engine, batch };

	if (!engine_turn(engine, take_batch, &work))
		return false;
	crash_here(CRASH_BATCH_AFTER_COMMIT);
	return true;
}

struct waiting_work {
	struct engine *engine;
	int ran;
};

static void run_waiting(struct turn *turn, void *context)
{
	struct waiting_work *work = context;
	struct inbox_row row;
	struct room room;

	while (work->ran < WAITING_PER_TURN && inbox_next_runnable(turn_view(turn), &row)) {
		int64_t patience_ends_ms = row.arrived_at_ms + PHOTO_PATIENCE_MS;

		work->ran++;
		if (!room_find(turn_view(turn), row.event.room, &room) || !room.group) {
			inbox_done(turn, row.id);
			continue;
		}
		switch (make_ready(work->engine, turn, &room, &row.event, row.id, row.arrived_at_ms)) {
		case WAITS:
			continue;
		case OVER:
			inbox_done(turn, row.id);
			continue;
		case READY:
			break;
		}
		if (handle_event(work->engine, turn, &room, &row.event, turn_now_ms(turn) < patience_ends_ms) == HANDLED_WAIT) {
			inbox_set(turn, row.id, INBOX_WAIT_PHOTO, patience_ends_ms);
			continue;
		}
		inbox_done(turn, row.id);
		if (row.event.bridge_notice)
			inbox_mark_stands_in(turn, row.id, notice_owner(work->engine, &row.event));
	}
	pump_seal(work->engine, turn);
}

bool intake_any_waiting(struct view *view)
{
	struct inbox_row row;

	return inbox_next_runnable(view, &row);
}

bool intake_run_waiting(struct engine *engine)
{
	struct waiting_work work = { engine, 0 };

	return engine_turn(engine, run_waiting, &work) && work.ran > 0;
}

struct page_work {
	struct engine *engine;
	const struct arrival *arrival;
};

static void close_gap(struct engine *engine, struct turn *turn, const struct gap *gap)
{
	struct room room;
	size_t len;
	const struct event *events = gap_close(turn, gap->id, &len);

	log_info("gap.closed", "room=\"%s\" pages=%" PRId64 " events=%zu", gap->room, gap->pages, len);
	if (!room_find(turn_view(turn), gap->room, &room) || !room.group)
		return;
	for (size_t i = 0; i < len; i++) {
		struct event event = with_sane_time(turn, &events[i]);

		if (is_history(engine, turn, &room, &event))
			continue;
		if (event.kind == EVENT_REDACTION && inbox_cancel(turn, event.target))
			record(turn, &event);
		else
			(void)inbox_add(turn, &event, INBOX_RUN, 0);
	}
	inbox_release_gap(turn, gap->room);
}

static bool reaches_too_old(struct engine *engine, struct turn *turn, const struct arrival *arrival)
{
	return arrival->events_len &&
	       turn_now_ms(turn) - arrival->events[arrival->events_len - 1].sent_at_ms > engine->house.config->neighbourhood.resident_age_ms;
}

static void give_up_gap(struct engine *engine, struct turn *turn, const struct gap *gap, const char *detail)
{
	(void)incident_note(turn, "gap.lost", gap->room, detail);
	close_gap(engine, turn, gap);
}

static void take_page(struct turn *turn, void *context)
{
	const struct page_work *work = context;
	const struct arrival *arrival = work->arrival;
	struct engine *engine = work->engine;
	struct gap gap;

	if (!gap_find(turn_view(turn), engine->paging, &gap))
		return;
	engine->last_outbox_id = outbox_last_id(turn_view(turn));
	switch (arrival->outcome) {
	case OUTCOME_OK:
		gap_page(turn, gap.id, arrival->events, arrival->events_len, arrival->next);
		if (!arrival->next || reaches_too_old(engine, turn, arrival))
			close_gap(engine, turn, &gap);
		else if (gap.pages + 1 >= GAP_PAGES_MAX || gap_bytes(turn_view(turn), gap.id) > GAP_BYTES_MAX)
			give_up_gap(engine, turn, &gap, "So much was said in this room while the bot was away that the oldest part was passed over.");
		break;
	case OUTCOME_REFUSED:
	case OUTCOME_TOO_BIG:
		give_up_gap(engine, turn, &gap, "The server no longer shows part of this room's history; messages in it may have been missed.");
		break;
	case OUTCOME_TROUBLE:
	case OUTCOME_LIMITED:
	case OUTCOME_SERVER:
	case OUTCOME_LOGOUT:
		gap_retry(turn, gap.id, engine->page_backoff.until_ms);
		break;
	}
	crash_here(CRASH_PAGE_BEFORE_COMMIT);
}

void intake_page(struct engine *engine, const struct arrival *arrival)
{
	struct page_work work = { engine, arrival };

	if (arrival->outcome == OUTCOME_OK)
		backoff_succeed(&engine->page_backoff);
	else
		backoff_fail(engine, &engine->page_backoff, arrival->retry_after_ms);
	if (engine_turn(engine, take_page, &work))
		crash_here(CRASH_PAGE_AFTER_COMMIT);
	engine->paging = 0;
}
