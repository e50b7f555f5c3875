/*
 * Encryption, between intake, pump and transport: events are opened on their way in, messages sealed on
 * their way out, and what crypto wants of the server is carried there, one request of a kind at a time.
 */
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/log.h"
#include "base/str.h"
#include "config/config.h"
#include "engine/crash.h"
#include "engine/engine_internal.h"
#include "people/group.h"
#include "people/room.h"
#include "say/warnings.h"
#include "store/incident.h"

/* How long a device's owner may take to publish its signature before the device counts as unsigned (MATRIX.md 8.5). */
#define DEVICE_PATIENCE_MS (30 * MS_PER_SECOND)

/* How soon to look again at what is due and yet is not asked for. */
#define DUE_AGAIN_MS MS_PER_SECOND

enum { WANT_BYTES_MAX = 4 * 1024 * 1024, REFUSALS_MAX = 3 };

/* The bot whose session may carry ghosts' words in this group (MATRIX.md 9.3); NULL in a native one. */
static const char *relay_of(const struct engine *engine, const struct group *group)
{
	return group->bridged ? config_bridge_bot(engine->house.config, group->name) : NULL;
}

/* Put what stood in it in the event's place. False when that is nothing for us. */
static bool reveal(struct engine *engine, struct turn *turn, struct event *event, const struct crypto_plain *plain)
{
	struct event open;

	if (!engine->transport->reveal(engine->transport->self, turn_arena(turn), event, plain->type, plain->content, &open))
		return false;
	open.trust = plain->trust;
	open.doubt = plain->doubt;
	*event = open;
	return true;
}

enum key_verdict keys_open(struct engine *engine, struct turn *turn, const struct room *room, struct event *event, int64_t since_ms,
                           const char **ret_session, int64_t *ret_until_ms)
{
	int64_t now_ms = turn_now_ms(turn), patience_ends_ms = since_ms + DEVICE_PATIENCE_MS;
	struct crypto_relay relay;
	struct crypto_plain plain;
	struct group group;
	const char *why = "no-encryption";

	if (!engine->crypto)
		return KEY_OVER;
	group = group_get(turn_view(turn), room->group);
	relay = (struct crypto_relay){ relay_of(engine, &group), config_is_ghost(engine->house.config, event->sender) };
	switch (crypto_decrypt(engine->crypto, turn, event, &relay, now_ms >= patience_ends_ms, &plain, ret_session, &why)) {
	case CRYPTO_OPENED:
		return reveal(engine, turn, event, &plain) ? KEY_OPENED : KEY_OVER;
	case CRYPTO_LATER:
		log_info("event.sealed", "room=\"%s\" event=\"%s\" why=%s", event->room, event->id, why);
		/* Keys may come as late as a command may run. */
		*ret_until_ms = *ret_session ? event->sent_at_ms + engine->house.config->neighbourhood.resident_age_ms : patience_ends_ms;
		return *ret_until_ms > now_ms ? KEY_WAITS : KEY_OVER;
	case CRYPTO_REFUSED:
		log_warn("event.refused", "room=\"%s\" event=\"%s\" sender=\"%s\" why=%s", event->room, event->id, event->sender, why);
		return KEY_OVER;
	case CRYPTO_TAKEN:
		return KEY_OVER;
	}
	die("crypto verdict");
}

bool keys_may_speak(struct engine *engine, struct turn *turn, const char *room, const struct group *group, bool verification)
{
	const char *why = "no-encryption", *relay = group ? relay_of(engine, group) : NULL;
	enum crypto_ready ready = engine->crypto ? crypto_prepare(engine->crypto, turn, room, verification, &why) : CRYPTO_NEVER;

	switch (ready) {
	case CRYPTO_READY:
		incident_clear(turn, "room.mute", room);
		if (relay && crypto_bridge_is_deaf(engine->crypto, turn, room, relay)) {
			engine->stirs++;
			warn_deaf(&engine->house, turn, room, group->name);
		}
		return true;
	case CRYPTO_WAIT:
		return false;
	case CRYPTO_NEVER:
		engine->stirs++;
		if (incident_raise(turn, "room.mute", room, arena_printf(turn_arena(turn), "The bot cannot say anything in this encrypted room (%s); what it has to say waits.", why)))
			log_warn("room.mute", "room=\"%s\" why=%s", room, why);
		warn_mute(&engine->house, turn, room, group ? group->name : room);
		return false;
	}
	die("crypto readiness");
}

char *keys_seal(struct engine *engine, struct turn *turn, const char *room, const char *type, const char *content)
{
	return crypto_encrypt(engine->crypto, turn, room, type ? type : "m.room.message", content);
}

static void begin_call(struct engine *engine, enum want_kind kind, const struct want *want)
{
	struct arena *arena = arena_create_secret(WANT_BYTES_MAX);

	engine->calls[kind].arena = arena;
	engine->calls[kind].under_way = true;
	engine->calls[kind].want = (struct want){
		.kind = kind,
		.ref = want->ref,
		.about = arena_dup(arena, want->about),
		.call = { want->call.method, arena_dup(arena, want->call.path), arena_dup(arena, want->call.body), want->call.timeout_ms },
	};
	engine->transport->call(engine->transport->self, (int64_t)kind, &engine->calls[kind].want.call);
	crash_here(CRASH_CALL_UNDER_WAY);
}

void keys_start(struct engine *engine, struct view *view)
{
	bool any = false;

	if (!engine->crypto || !engine->connected || engine->disk_full_until_ms || engine->old_copy || lull_holds(engine, &engine->content, engine_stirs(engine)))
		return;
	for (int kind = 0; kind < WANT_KINDS; kind++) {
		struct want want;

		if (engine->calls[kind].under_way || engine->calls[kind].backoff.until_ms > engine_now_ms(engine))
			any = true;
		else if (crypto_want(engine->crypto, view, (enum want_kind)kind, &want)) {
			begin_call(engine, (enum want_kind)kind, &want);
			any = true;
		}
	}
	if (!any)
		engine->content = lull_begin(engine_stirs(engine), crypto_next_ms(view));
}

/* A server that is down fails on everything: only while /sync works does an error count against the request. */
static enum outcome outcome_of(const struct engine *engine, const struct arrival *arrival)
{
	return arrival->outcome == OUTCOME_SERVER && engine->lost_since_ms ? OUTCOME_TROUBLE : arrival->outcome;
}

struct reply_work {
	struct engine *engine;
	const struct want *want;
	struct want_reply reply;
};

static void take_reply(struct turn *turn, void *context)
{
	const struct reply_work *work = context;

	crypto_reply(work->engine->crypto, turn, work->want, &work->reply);
	if (work->want->kind == WANT_MEMBERS)
		rooms_tell_newcomers(work->engine, turn);
	crash_here(CRASH_CALL_BEFORE_COMMIT);
}

/* A no is an answer like another; but several of a kind in a row must not become a quarrel. */
static void settle_backoff(struct engine *engine, enum want_kind kind, bool taken, const struct arrival *arrival)
{
	bool refused = taken && arrival->outcome == OUTCOME_REFUSED;

	engine->calls[kind].refusals = refused ? engine->calls[kind].refusals + 1 : 0;
	if (refused)
		log_info("keys.refused", "path=%s why=%s", engine->calls[kind].want.call.path, arrival->error);
	else if (arrival->outcome != OUTCOME_OK)
		log_warn("keys.trouble", "path=%s why=%s", engine->calls[kind].want.call.path, arrival->error ? arrival->error : "?");
	if (taken && (arrival->outcome == OUTCOME_OK || (refused && engine->calls[kind].refusals < REFUSALS_MAX)))
		backoff_succeed(&engine->calls[kind].backoff);
	else
		backoff_fail(engine, &engine->calls[kind].backoff, arrival->retry_after_ms);
}

void keys_reply(struct engine *engine, const struct arrival *arrival)
{
	enum want_kind kind = (enum want_kind)arrival->id;
	struct reply_work work = {
		.engine = engine,
		.want = &engine->calls[kind].want,
		.reply = { outcome_of(engine, arrival), arrival->error ? arrival->error : "", arrival->retry_after_ms, arrival->body, arrival->body_len },
	};

	engine->calls[kind].under_way = false;
	if (arrival->outcome == OUTCOME_LOGOUT) {
		engine->stop_reason = "the server no longer knows this login; see 'rotonde login'";
	} else {
		bool taken = engine_turn(engine, take_reply, &work);

		settle_backoff(engine, kind, taken, arrival);
		crash_here(CRASH_CALL_AFTER_COMMIT);
	}
	arena_destroy(engine->calls[kind].arena);
	engine->calls[kind].arena = NULL;
}

bool keys_under_way(const struct engine *engine)
{
	for (int kind = 0; kind < WANT_KINDS; kind++) {
		if (engine->calls[kind].under_way)
			return true;
	}
	return false;
}

int64_t keys_next_ms(struct engine *engine, struct view *view)
{
	int64_t now_ms = engine_now_ms(engine), next_ms;

	if (!engine->crypto || engine->old_copy)
		return INT64_MAX;
	next_ms = engine->content.count == engine_stirs(engine) ? engine->content.until_ms : crypto_next_ms(view);
	/* All that is due was asked for just now, so what is due still waits for something else. */
	if (next_ms <= now_ms)
		next_ms = now_ms + DUE_AGAIN_MS;
	for (int kind = 0; kind < WANT_KINDS; kind++) {
		int64_t until_ms = engine->calls[kind].backoff.until_ms;

		if (!engine->calls[kind].under_way && until_ms > now_ms && until_ms < next_ms)
			next_ms = until_ms;
	}
	return next_ms;
}
