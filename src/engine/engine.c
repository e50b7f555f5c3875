#include "engine/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/die.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "budget/import.h"
#include "budget/officers.h"
#include "config/config.h"
#include "engine/ballast.h"
#include "engine/breadcrumb.h"
#include "engine/control.h"
#include "engine/engine_internal.h"
#include "engine/guard.h"
#include "people/people.h"
#include "say/tick.h"
#include "say/warnings.h"
#include "store/gap.h"
#include "store/inbox.h"
#include "store/incident.h"
#include "store/media.h"
#include "store/outbox_owner.h"
#include "store/sync.h"
#include "store/timer.h"

#define BACKOFF_LEAST_MS    MS_PER_SECOND
#define BACKOFF_MOST_MS     MS_PER_MINUTE
#define SYNC_IDLE_MS        (30 * MS_PER_SECOND)
#define DISK_FULL_PAUSE_MS  (10 * MS_PER_SECOND)

enum { LOCK_TRIES = 5, LOCK_TRY_MS = 100 };

/* Timers and waiting messages handled before looking at the world again: the watchdog wants a sign within a minute. */
enum { TURNS_PER_STEP = 200 };

int64_t engine_now_ms(const struct engine *engine)
{
	return clock_now_ms(&engine->clock);
}

void backoff_fail(struct engine *engine, struct backoff *backoff, int64_t asked_ms)
{
	int64_t delay;

	backoff->delay_ms = backoff->delay_ms ? backoff->delay_ms * 2 : BACKOFF_LEAST_MS;
	if (backoff->delay_ms > BACKOFF_MOST_MS)
		backoff->delay_ms = BACKOFF_MOST_MS;
	/* Full jitter, with a floor: neither a busy loop nor a herd (MATRIX.md 1.11, 1.12). */
	delay = asked_ms > 0 ? asked_ms : dice_between(&engine->dice, BACKOFF_LEAST_MS, backoff->delay_ms);
	backoff->until_ms = engine_now_ms(engine) + (delay < BACKOFF_LEAST_MS ? BACKOFF_LEAST_MS : delay);
}

void backoff_succeed(struct backoff *backoff)
{
	*backoff = (struct backoff){ 0 };
}

struct lull lull_begin(uint64_t count, int64_t until_ms)
{
	return (struct lull){ count, until_ms };
}

bool lull_holds(const struct engine *engine, const struct lull *lull, uint64_t count)
{
	return lull->count == count && engine_now_ms(engine) < lull->until_ms;
}

static void note_disk_full(struct turn *turn, void *context)
{
	struct engine *engine = context;

	if (incident_raise(turn, "disk.full", "data", "The disk is full or fails. Nothing new is taken in until there is room; nothing is lost."))
		warn_disk_full(&engine->house, turn);
	pump_seal(engine, turn);
}

static void note_disk_room(struct turn *turn, void *context)
{
	(void)context;
	incident_clear(turn, "disk.full", "data");
}

/* A turn was dropped: pause, give up the ballast, and use that room to say so (DESIGN.md decision 17). */
static void suffer_full_disk(struct engine *engine)
{
	engine->disk_full_until_ms = engine_now_ms(engine) + DISK_FULL_PAUSE_MS;
	log_error("disk.full", "pause_s=%" PRId64, DISK_FULL_PAUSE_MS / MS_PER_SECOND);
	if (ballast_give_up(engine->ballast) && turn_run(engine->store, engine_now_ms(engine), note_disk_full, engine) == TURN_DROPPED)
		log_error("disk.full", "detail=\"not even the ballast's room was enough to note it\"");
}

/* After a pause: is there room again? */
static void recover_from_full_disk(struct engine *engine)
{
	if (!engine->disk_full_until_ms || engine->disk_full_until_ms > engine_now_ms(engine))
		return;
	if (!ballast_take(engine->ballast)) {
		engine->disk_full_until_ms = engine_now_ms(engine) + DISK_FULL_PAUSE_MS;
		return;
	}
	engine->disk_full_until_ms = 0;
	log_info("disk.room", NULL);
	if (turn_run(engine->store, engine_now_ms(engine), note_disk_room, NULL) == TURN_DROPPED)
		suffer_full_disk(engine);
}

bool engine_turn(struct engine *engine, void (*work)(struct turn *turn, void *context), void *context)
{
	engine->stirs++;
	return engine_turn_outbox(engine, work, context);
}

bool engine_turn_outbox(struct engine *engine, void (*work)(struct turn *turn, void *context), void *context)
{
	engine->turns++;
	if (turn_run(engine->store, engine_now_ms(engine), work, context) == TURN_COMMITTED)
		return true;
	engine->stirs++;
	if (engine->crypto)
		crypto_drop(engine->crypto);
	/* The event it was at did nothing wrong. */
	breadcrumb_leave(engine->breadcrumb);
	suffer_full_disk(engine);
	return false;
}

char *engine_database_path(struct arena *arena, const char *data)
{
	return arena_printf(arena, "%s/rotonde.db", data);
}

char *engine_photos_path(struct arena *arena, const char *data)
{
	return arena_printf(arena, "%s/photos", data);
}

static void import_config(struct turn *turn, const struct config *config)
{
	size_t len;
	const struct role_held *held = role_list_of_config(turn_view(turn), &len);

	people_import(turn, config);
	/* Those who hold an office when the books begin, begin with them. */
	if (!budget_import(turn, config))
		officers_note(turn, held, len);
}

struct begin_work {
	struct engine *engine;
	const struct crypto_options *crypto;
	enum crypto_opening opening;
	const char *why;
};

static void begin(struct turn *turn, void *context)
{
	struct begin_work *work = context;
	struct engine *engine = work->engine;
	struct sync_state sync;

	if (work->crypto) {
		work->opening = crypto_open(work->crypto, turn, &engine->crypto, &work->why);
		if (work->opening != CRYPTO_OPEN)
			return;
	}

	if (!sync_find(turn_view(turn), engine->transport->name, &sync)) {
		uint32_t epoch;

		random_bytes(&epoch, sizeof epoch);
		sync_create(turn, engine->transport->name, (int64_t)epoch);
	}
	engine->epoch = sync_get(turn_view(turn), engine->transport->name).epoch;
	engine->old_copy = incident_is_open(turn_view(turn), OLD_COPY_INCIDENT, "rotonde.db");
	sync_started(turn, engine->transport->name);
	import_config(turn, engine->house.config);
	ticks_begin(&engine->house, turn);
}

/* One process a folder: two would each believe to be the only one (MATRIX.md 1.6). */
static enum engine_verdict lock(struct engine *engine, const char *data, const char **ret_why)
{
	const char *path = arena_printf(engine->paths, "%s/lock", data);

	engine->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (engine->lock_fd < 0) {
		*ret_why = strerror(errno);
		return ENGINE_UNREADABLE;
	}
	/* Who asks for our status holds the lock for a moment too. */
	for (int tries = 0; tries < LOCK_TRIES && flock(engine->lock_fd, LOCK_EX | LOCK_NB) != 0; tries++)
		(void)poll(NULL, 0, LOCK_TRY_MS);
	if (flock(engine->lock_fd, LOCK_EX | LOCK_NB) != 0) {
		*ret_why = "another rotonde runs on this folder";
		return ENGINE_BUSY;
	}
	return ENGINE_OPENED;
}

bool engine_is_running(const char *data)
{
	AUTO_ARENA arena = arena_create(64 * 1024);
	AUTO_FD fd = open(arena_printf(arena, "%s/lock", data), O_RDWR | O_CLOEXEC);

	return fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0;
}

static enum engine_verdict open_folder(struct engine *engine, const char *data, const char **ret_why)
{
	enum engine_verdict verdict;
	int error;

	engine->photos = engine_photos_path(engine->paths, data);
	engine->incoming = arena_printf(engine->paths, "%s/incoming", data);
	engine->ballast = arena_printf(engine->paths, "%s/ballast", data);
	error = file_make_folders(engine->photos);
	if (!error)
		error = file_make_folders(engine->incoming);
	if (error) {
		*ret_why = strerror(-error);
		return ENGINE_UNREADABLE;
	}
	verdict = lock(engine, data, ret_why);
	if (verdict != ENGINE_OPENED)
		return verdict;
	engine->breadcrumb = breadcrumb_open(arena_printf(engine->paths, "%s/breadcrumb", data));
	if (!engine->breadcrumb) {
		*ret_why = strerror(errno);
		return ENGINE_UNREADABLE;
	}
	(void)ballast_take(engine->ballast);
	return ENGINE_OPENED;
}

static enum engine_verdict open_store(struct engine *engine, const struct engine_options *options, const char **ret_why)
{
	struct begin_work work = { .engine = engine, .crypto = options->crypto, .opening = CRYPTO_OPEN };

	switch (store_open(engine_database_path(engine->paths, options->data), engine_statements(), &engine->store, ret_why)) {
	case STORE_OPENED:
		break;
	case STORE_NEWER:
		return ENGINE_NEWER;
	case STORE_CORRUPT:
		return ENGINE_CORRUPT;
	case STORE_FULL:
		return ENGINE_FULL;
	case STORE_UNREADABLE:
		return ENGINE_UNREADABLE;
	}
	if (turn_run(engine->store, engine_now_ms(engine), begin, &work) == TURN_DROPPED) {
		*ret_why = "the disk is full";
		store_close(engine->store);
		engine->store = NULL;
		crypto_close(engine->crypto);
		engine->crypto = NULL;
		return ENGINE_FULL;
	}
	*ret_why = work.why;
	return work.opening == CRYPTO_OPEN ? ENGINE_OPENED : ENGINE_KEYS;
}

enum engine_verdict engine_open(const struct engine_options *options, struct engine **ret_engine, const char **ret_why)
{
	struct engine *engine = xcalloc(1, sizeof *engine);
	enum engine_verdict verdict;
	uint64_t seed;

	random_bytes(&seed, sizeof seed);
	engine->house = options->house;
	engine->transport = options->transport;
	engine->clock = options->clock;
	engine->paths = arena_create(64 * 1024);
	engine->guard = guard_create();
	engine->dice = dice_seed(seed);
	engine->lock_fd = -1;
	verdict = open_folder(engine, options->data, ret_why);
	if (verdict == ENGINE_OPENED)
		verdict = open_store(engine, options, ret_why);
	if (verdict == ENGINE_FULL && ballast_give_up(engine->ballast))
		verdict = open_store(engine, options, ret_why);
	if (verdict != ENGINE_OPENED) {
		engine_close(engine);
		return verdict;
	}
	/* Without keys we are a console, and nobody beside it has anything to ask. */
	if (options->crypto)
		engine->control = control_open(control_path(engine->paths, options->data));
	*ret_engine = engine;
	return ENGINE_OPENED;
}

void engine_close(struct engine *engine)
{
	if (!engine)
		return;
	engine->transport->destroy(engine->transport->self);
	control_close(engine->control);
	for (int kind = 0; kind < WANT_KINDS; kind++)
		arena_destroy(engine->calls[kind].arena);
	crypto_close(engine->crypto);
	store_close(engine->store);
	breadcrumb_close(engine->breadcrumb);
	guard_destroy(engine->guard);
	for (int i = 0; i < LANES_MAX; i++)
		free(engine->lanes[i].room);
	free(engine->since);
	arena_destroy(engine->paths);
	file_close_fd(&engine->lock_fd);
	free(engine);
}

static void start_sync(struct engine *engine, struct view *view)
{
	struct sync_state sync;

	if (engine->sync_under_way || engine->disk_full_until_ms || engine->sync_backoff.until_ms > engine_now_ms(engine))
		return;
	sync = sync_get(view, engine->transport->name);
	free(engine->since);
	engine->since = sync.token ? xstrdup(sync.token) : NULL;
	engine->sync_under_way = true;
	engine->transport->sync(engine->transport->self, engine->since, engine->connected && !engine->sync_at_once ? SYNC_IDLE_MS : 0);
}

static void start_page(struct engine *engine, struct view *view)
{
	struct gap gap;

	if (engine->paging || !engine->connected || engine->disk_full_until_ms || engine->page_backoff.until_ms > engine_now_ms(engine))
		return;
	if (gap_next(view, &gap)) {
		engine->paging = gap.id;
		engine->transport->page(engine->transport->self, gap.room, gap.page_from, gap.page_to);
	}
}

static void note_lost(struct turn *turn, void *context)
{
	const struct engine *engine = context;

	sync_lost(turn, engine->transport->name, engine->lost_since_ms);
}

/* The server no longer knows our token (it was set back): begin anew, and replay nothing (MATRIX.md 2.17). */
static void note_token_refused(struct turn *turn, void *context)
{
	const struct engine *engine = context;

	sync_forget(turn, engine->transport->name);
	if (engine->crypto)
		crypto_take_restart(engine->crypto, turn);
	(void)incident_note(turn, "sync.restarted", "server", "The server did not know where we were; what was said meanwhile may have been missed. Was it restored from a backup?");
}

static void sync_failed(struct engine *engine, const struct arrival *arrival)
{
	backoff_fail(engine, &engine->sync_backoff, arrival->retry_after_ms);
	log_warn("sync.trouble", "why=%s again_in_ms=%" PRId64, arrival->error ? arrival->error : "?", engine->sync_backoff.until_ms - engine_now_ms(engine));
	if (!engine->lost_since_ms) {
		engine->lost_since_ms = engine_now_ms(engine);
	} else if (engine_now_ms(engine) - engine->lost_since_ms > 10 * MS_PER_MINUTE && engine->connected) {
		engine->connected = false;
		if (!engine_turn(engine, note_lost, engine))
			return;
		log_warn("sync.lost", NULL);
	}
}

static void batch_arrived(struct engine *engine, const struct arrival *arrival)
{
	engine->sync_under_way = false;
	switch (arrival->outcome) {
	case OUTCOME_OK:
		backoff_succeed(&engine->sync_backoff);
		if (!intake_batch(engine, arrival->batch))
			return;
		/* Servers give them in portions, and wait for news before they give the next one (MATRIX.md 2.3). */
		engine->sync_at_once = arrival->batch->keys.events_len || arrival->batch->keys.dropped;
		if (!engine->connected)
			log_info("sync.connected", "rooms=%zu", arrival->batch->rooms_len);
		engine->connected = true;
		engine->lost_since_ms = 0;
		return;
	case OUTCOME_LOGOUT:
		engine->stop_reason = arrival->error ? arrival->error : "the server no longer knows this login; see 'rotonde login'";
		return;
	case OUTCOME_REFUSED:
		if (engine->since && !engine_turn(engine, note_token_refused, engine))
			return;
		sync_failed(engine, arrival);
		return;
	case OUTCOME_TROUBLE:
	case OUTCOME_LIMITED:
	case OUTCOME_SERVER:
	case OUTCOME_TOO_BIG:
		sync_failed(engine, arrival);
		return;
	}
}

static void handle_arrival(struct engine *engine, struct arrival *arrival)
{
	if (arrival->kind == ARRIVAL_SENT)
		pump_sent(engine, arrival);
	if (arrival->kind != ARRIVAL_NOTHING)
		engine->stirs++;
	switch (arrival->kind) {
	case ARRIVAL_NOTHING:
	case ARRIVAL_SENT:
		return;
	case ARRIVAL_BATCH:
		batch_arrived(engine, arrival);
		return;
	case ARRIVAL_FILE:
		fetch_arrived(engine, arrival);
		return;
	case ARRIVAL_PAGE:
		intake_page(engine, arrival);
		return;
	case ARRIVAL_JOINED:
		rooms_entered(engine, arrival);
		return;
	case ARRIVAL_REPLY:
		keys_reply(engine, arrival);
		return;
	}
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* When something must be sent even if nothing arrives. */
static int64_t next_send_ms(struct engine *engine, struct view *view)
{
	if (engine->disk_full_until_ms || !engine->connected || engine->old_copy)
		return INT64_MAX;
	return later(later(outbox_next_ms(view), engine->send_backoff.until_ms), engine->stalled.until_ms);
}

/* When something else must happen even if nothing arrives. */
static int64_t next_wake_ms(struct engine *engine, struct view *view)
{
	int64_t next = INT64_MAX;
	struct timer timer;

	if (engine->disk_full_until_ms)
		return engine->disk_full_until_ms;
	if (engine->connected) {
		if (timer_next(view, &timer))
			next = timer.due_at_ms;
		next = earlier(next, media_next_ms(view));
		next = earlier(next, keys_next_ms(engine, view));
		next = earlier(next, later(gap_next_ms(view), engine->page_backoff.until_ms));
		if (engine->enter_backoff.until_ms)
			next = earlier(next, engine->enter_backoff.until_ms);
	}
	next = earlier(next, inbox_next_ms(view));
	if (!engine->sync_under_way)
		next = earlier(next, engine->sync_backoff.until_ms);
	return next;
}

static bool anything_under_way(const struct engine *engine)
{
	return pump_under_way(engine) || engine->fetching || engine->paging || engine->entering || keys_under_way(engine);
}

uint64_t engine_stirs(const struct engine *engine)
{
	return engine->stirs + (engine->crypto ? crypto_stirs(engine->crypto) : 0);
}

/* Messages are under way, and since we looked nothing else happened: a hundred answers do not ask a hundred times what else is due. */
static bool is_quiet(const struct engine *engine)
{
	return pump_under_way(engine) && lull_holds(engine, &engine->quiet, engine_stirs(engine));
}

/* Wait for what arrives, what the caller waits for, and people at the host. */
static void wait_for(struct engine *engine, struct pollfd *fds, size_t fds_len, int64_t timeout_ms, struct arrival *ret_arrival)
{
	struct pollfd all[ENGINE_FDS_MAX + CONTROL_FDS_MAX];
	size_t control_len;

	INVARIANT(fds_len <= ENGINE_FDS_MAX);
	for (size_t i = 0; i < fds_len; i++)
		all[i] = fds[i];
	control_len = control_fds(engine->control, all + fds_len);
	engine->transport->wait(engine->transport->self, all, fds_len + control_len, timeout_ms, ret_arrival);
	for (size_t i = 0; i < fds_len; i++)
		fds[i] = all[i];
	control_serve(engine->control, all + fds_len, control_len, control_answer, engine);
}

/* Ask for what is to be asked for, and tell when to look again. One look at the database for all of it. */
static int64_t start_all(struct engine *engine)
{
	struct view *view = view_open(engine->store, engine_now_ms(engine));
	int64_t next_ms;

	start_page(engine, view);
	rooms_start(engine, view);
	keys_start(engine, view);
	start_sync(engine, view);
	engine->quiet = lull_begin(engine_stirs(engine), next_wake_ms(engine, view));
	next_ms = earlier(engine->quiet.until_ms, next_send_ms(engine, view));
	view_close(view);
	return next_ms;
}

/* One look for both. False when nothing was due, or could not be done. */
static bool run_first_due(struct engine *engine)
{
	bool tick, waiting;
	struct view *view;

	if (engine->disk_full_until_ms)
		return false;
	view = view_open(engine->store, engine_now_ms(engine));
	tick = ticks_due(engine, view);
	waiting = tick || intake_any_waiting(view);
	view_close(view);
	return (tick && ticks_fire(engine)) || (waiting && intake_run_waiting(engine));
}

/* Do what is due. True when more of it is left. */
static bool run_due(struct engine *engine)
{
	bool more = true;

	for (int turns = 0; more && turns < TURNS_PER_STEP; turns++)
		more = run_first_due(engine);
	return more;
}

/* Begin what can be begun; how long the wait for its end may be. */
static int64_t start(struct engine *engine)
{
	int64_t wait_ms;

	fetch_start(engine);
	fetch_sweep(engine);
	wait_ms = start_all(engine) - engine_now_ms(engine);
	/* What is due but under way must not turn the wait into a spin: its own arrival ends it. */
	if (wait_ms <= 0)
		wait_ms = anything_under_way(engine) ? MS_PER_SECOND : 0;
	return wait_ms;
}

bool engine_step(struct engine *engine, struct pollfd *fds, size_t fds_len, int64_t max_wait_ms)
{
	struct arrival arrival = { .kind = ARRIVAL_NOTHING };
	bool more = false;
	int64_t wait_ms;

	recover_from_full_disk(engine);
	if (!is_quiet(engine))
		more = run_due(engine);
	/* Also on a full disk: the ballast's room is there to say so. */
	pump_start(engine);
	if (is_quiet(engine))
		wait_ms = earlier(engine->quiet.until_ms - engine_now_ms(engine), MS_PER_SECOND);
	else
		wait_ms = start(engine);
	if (more)
		wait_ms = 0;
	wait_for(engine, fds, fds_len, earlier(wait_ms, max_wait_ms), &arrival);
	handle_arrival(engine, &arrival);
	return engine->stop_reason == NULL;
}

uint64_t engine_turns(const struct engine *engine)
{
	return engine->turns;
}

void engine_rest(struct engine *engine)
{
	store_rest(engine->store);
}

const char *engine_stop_reason(const struct engine *engine)
{
	return engine->stop_reason;
}

bool engine_is_connected(const struct engine *engine)
{
	return engine->connected;
}
