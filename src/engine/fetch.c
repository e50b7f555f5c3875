/*
 * Photos on their way in: fetched into DATA/incoming, fsynced into DATA/photos, and only then known
 * to the database and booked (DESIGN.md decision 10). And out: first the database lets go of a photo, then its file is
 * taken away, so that a crash in between leaves no row without its file.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "command/command.h"
#include "config/config.h"
#include "engine/crash.h"
#include "engine/engine_internal.h"
#include "engine/guard.h"
#include "store/blob.h"
#include "store/inbox.h"
#include "store/incident.h"
#include "store/media.h"

#define FETCH_RETRY_LEAST_MS (5 * MS_PER_SECOND)
#define FETCH_RETRY_MOST_MS  MS_PER_HOUR

/* About three days at an hour each. */
enum { FETCH_TRIES_MAX = 80 };

static const char *incoming_path(struct engine *engine, struct arena *arena, int64_t id)
{
	return arena_printf(arena, "%s/%" PRId64, engine->incoming, id);
}

struct fetch_end {
	struct engine *engine;
	int64_t id;
	const struct blob *blob; /* stored as this; else NULL */
	const char *why;         /* failed for good; else NULL: try again */
	int64_t wait_until_ms;   /* its sender had his share of this hour; 0: he had not */
};

static int64_t retry_delay_ms(int64_t tries)
{
	int64_t delay = FETCH_RETRY_LEAST_MS;

	while (tries-- > 0 && delay < FETCH_RETRY_MOST_MS)
		delay *= 2;
	return delay < FETCH_RETRY_MOST_MS ? delay : FETCH_RETRY_MOST_MS;
}

static void tell_listeners(struct engine *engine, struct turn *turn, int64_t id)
{
	struct media_row media = media_get(turn_view(turn), id);

	for (size_t i = 0; listeners[i]; i++) {
		if (listeners[i]->on_file)
			listeners[i]->on_file(&engine->house, turn, &media);
	}
}

static void note_end(struct turn *turn, void *context)
{
	const struct fetch_end *end = context;
	struct media_row media = media_get(turn_view(turn), end->id);

	if (end->wait_until_ms) {
		media_defer(turn, end->id, end->wait_until_ms);
		return;
	}
	if (end->blob) {
		blob_record(turn, end->blob);
		media_stored(turn, end->id, end->blob->hash);
	} else if (end->why || media.attempts + 1 >= FETCH_TRIES_MAX) {
		const char *why = end->why ? end->why : "gone";

		media_failed(turn, end->id, why);
		(void)incident_note(turn, "photo.failed", media.event,
		                    arena_printf(turn_arena(turn), "A photo for a receipt or idea could not be fetched (%s).", why));
	} else {
		media_retry(turn, end->id, turn_now_ms(turn) + retry_delay_ms(media.attempts));
		return;
	}
	tell_listeners(end->engine, turn, end->id);
	inbox_release_photo(turn, media.room);
}

static void finish(struct engine *engine, struct fetch_end *end)
{
	log_info("photo", "media=%" PRId64 " outcome=%s", end->id, end->blob ? "stored" : end->why ? end->why : end->wait_until_ms ? "next_hour" : "later");
	if (engine_turn(engine, note_end, end) && end->blob)
		crash_here(CRASH_PHOTO_AFTER_COMMIT);
}

static bool may_fetch(struct engine *engine, struct view *view, const struct media_row *media, struct fetch_end *end)
{
	const struct config_media *limits = &engine->house.config->neighbourhood.media;

	if (media->file.size > limits->file_bytes)
		end->why = "too_big";
	else if (blob_total_bytes(view) >= limits->disk_bytes)
		end->why = "quota";
	else if (!media->attempts)
		end->wait_until_ms = guard_file(engine->guard, media->sender, limits->files_per_hour, view_now_ms(view));
	return !end->why && !end->wait_until_ms;
}

void fetch_start(struct engine *engine)
{
	struct fetch_end end = { .engine = engine };
	struct media_row media;
	struct view *view;

	if (engine->fetching || !engine->connected || engine->disk_full_until_ms > engine_now_ms(engine))
		return;
	view = view_open(engine->store, engine_now_ms(engine));
	if (media_next_wanted(view, &media)) {
		end.id = media.id;
		if (may_fetch(engine, view, &media, &end)) {
			engine->fetching = media.id;
			engine->transport->fetch(engine->transport->self, media.id, &media.file, engine->house.config->neighbourhood.media.file_bytes,
			                         incoming_path(engine, view_arena(view), media.id));
		}
	}
	view_close(view);
	if (end.why || end.wait_until_ms)
		finish(engine, &end);
}

/* A file out of an encrypted room is decrypted in its place, once the hash of all of it is right. False: it stays as it is. */
static bool unlock(struct engine *engine, struct arena *arena, const char *path, struct fetch_end *end)
{
	struct view *view = view_open(engine->store, engine_now_ms(engine));
	const char *key = arena_dup(arena, media_get(view, end->id).file.key);
	const char *open_path = arena_printf(arena, "%s.open", path);
	const char *why = "";

	view_close(view);
	if (!key)
		return true;
	switch (crypto_open_file(key, path, open_path, &why)) {
	case CRYPTO_FILE_OPENED:
		if (rename(open_path, path) == 0)
			return true;
		why = strerror(errno);
		break;
	case CRYPTO_FILE_REFUSED:
		end->why = why;
		(void)unlink(path);
		return false;
	case CRYPTO_FILE_TROUBLE:
		break;
	}
	log_error("photo.unlock", "media=%" PRId64 " why=\"%s\"", end->id, why);
	return false;
}

static void note_swept(struct turn *turn, void *context)
{
	blob_swept(turn, context);
}

void fetch_sweep(struct engine *engine)
{
	while (engine->swept != engine_stirs(engine)) {
		AUTO_ARENA arena = arena_create(64 * 1024);
		struct view *view = view_open(engine->store, engine_now_ms(engine));
		const char *hash = NULL;
		char *gone = blob_find_gone(view, &hash) ? arena_dup(arena, hash) : NULL;

		view_close(view);
		engine->swept = engine_stirs(engine);
		if (!gone)
			return;
		if (unlink(blob_path(arena, engine->photos, gone)) != 0 && errno != ENOENT) {
			log_error("photo.sweep", "errno=%d", errno);
			return;
		}
		if (engine_turn(engine, note_swept, gone))
			log_info("photo", "outcome=forgotten");
	}
}

/* The file stands in the folder for what comes in: to the photos with it. */
static void adopt(struct engine *engine, const struct arrival *arrival, struct arena *arena, struct blob *blob, struct fetch_end *end)
{
	const char *path = incoming_path(engine, arena, arrival->id);
	int error;

	if (!unlock(engine, arena, path, end))
		return;
	error = blob_adopt(engine->photos, path, blob);
	if (error)
		log_error("photo.adopt", "media=%" PRId64 " errno=%d", arrival->id, -error);
	else
		end->blob = blob;
}

void fetch_arrived(struct engine *engine, const struct arrival *arrival)
{
	AUTO_ARENA arena = arena_create(64 * 1024);
	struct fetch_end end = { .engine = engine, .id = arrival->id };
	struct blob blob;

	engine->fetching = 0;
	switch (arrival->outcome) {
	case OUTCOME_OK:
		crash_here(CRASH_PHOTO_FETCHED);
		adopt(engine, arrival, arena, &blob, &end);
		crash_here(CRASH_PHOTO_ADOPTED);
		break;
	case OUTCOME_TOO_BIG:
		end.why = "too_big";
		break;
	case OUTCOME_REFUSED:
		end.why = "gone";
		break;
	case OUTCOME_TROUBLE:
	case OUTCOME_LIMITED:
	case OUTCOME_SERVER:
		break;
	case OUTCOME_LOGOUT:
		engine->stop_reason = "the server no longer knows this login; see 'rotonde login'";
		return;
	}
	finish(engine, &end);
}
