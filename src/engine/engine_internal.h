/*
 * What the files of the engine share and nobody else sees.
 */
#ifndef ROTONDE_ENGINE_ENGINE_INTERNAL_H
#define ROTONDE_ENGINE_ENGINE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/random.h"
#include "base/transport.h"
#include "crypto/crypto.h"
#include "engine/engine.h"
#include "store/turn_owner.h"

struct group;

enum { LANES_MAX = 4, OWN_ID_MAX = 256 };

/* Wait longer after each failure in a row, with chance in it; start over after a success. */
struct backoff {
	int64_t delay_ms;
	int64_t until_ms;
};

/* Somebody looked, and there was nothing to do: nor will there be until that moment, unless what was counted goes on. */
struct lull {
	uint64_t count; /* of turns, or of what stirred, then */
	int64_t until_ms;
};

struct engine {
	struct house house;
	struct transport *transport;
	struct clock clock;
	struct store *store;
	struct arena *paths; /* the strings below */
	const char *photos;
	const char *incoming; /* folder of files on their way in; on the same disk as photos */
	const char *ballast;
	struct breadcrumb *breadcrumb;
	struct guard *guard;
	struct dice dice;
	int lock_fd;

	struct crypto *crypto; /* NULL on a transport without encryption */
	struct {
		bool under_way;
		struct arena *arena; /* the want's strings */
		struct want want;
		struct backoff backoff;
		int refusals; /* in a row */
	} calls[WANT_KINDS];
	uint64_t turns; /* how many there were */
	uint64_t stirs; /* see engine_stirs() */
	struct lull stalled; /* heads of the outbox wait for keys, by turns */
	struct lull content; /* nothing is wanted of the server, by stirs */
	struct lull quiet;   /* there is nothing to do but to send, by stirs */

	int64_t epoch;
	char *since; /* the token the sync under way was asked with */
	bool sync_under_way;
	bool sync_at_once; /* the last batch brought messages for our device: more may stand in line behind them */
	bool connected; /* the first answer since the start is in: now we may speak */
	bool old_copy;  /* the room knows more than this database: stay silent */
	int64_t last_outbox_id; /* when this turn began: no echo can be of a later row */
	struct backoff sync_backoff;
	struct backoff send_backoff;
	struct backoff page_backoff;
	int64_t lost_since_ms; /* first failure of the outage under way; 0: none */

	struct {
		int64_t id; /* outbox row under way; 0: free */
		char *room;
	} lanes[LANES_MAX];
	int64_t fetching; /* media under way; 0: none */
	uint64_t swept;   /* by stirs: when it was seen which photos must go */
	int64_t paging;   /* gap under way; 0: none */
	bool entering;    /* a join or leave is under way */
	struct backoff enter_backoff;

	struct control *control; /* NULL without encryption, or when it cannot be had */

	int64_t disk_full_until_ms; /* intake pauses */
	const char *stop_reason;
};

int64_t engine_now_ms(const struct engine *engine);

/*
 * turn_run() at the engine's clock, with what a full disk asks for: false when the turn was dropped,
 * the intake is paused by then.
 */
bool engine_turn(struct engine *engine, void (*work)(struct turn *turn, void *context), void *context) MUST_CHECK;

/* The same for work on the outbox alone, which gives nothing else to do: what is known of the rest is known still. */
bool engine_turn_outbox(struct engine *engine, void (*work)(struct turn *turn, void *context), void *context) MUST_CHECK;

/* How often something happened that may give more to do than to send what stands in the outbox. */
uint64_t engine_stirs(const struct engine *engine);

struct lull lull_begin(uint64_t count, int64_t until_ms);
bool lull_holds(const struct engine *engine, const struct lull *lull, uint64_t count);

void backoff_fail(struct engine *engine, struct backoff *backoff, int64_t asked_ms);
void backoff_succeed(struct backoff *backoff);

/* intake.c: a batch, a page, and what waited in the inbox. */
bool intake_batch(struct engine *engine, const struct batch *batch) MUST_CHECK;
void intake_page(struct engine *engine, const struct arrival *arrival);
/* May something that waited run now? */
bool intake_any_waiting(struct view *view);
/* Run it. False when nothing could. */
bool intake_run_waiting(struct engine *engine);

/* rooms.c: what happens to a room as a whole. */
struct room rooms_update(struct engine *engine, struct turn *turn, const struct room_update *update);

/* Whoever came into an encrypted room, without anybody having heard of him, is told to people. */
void rooms_tell_newcomers(struct engine *engine, struct turn *turn);

/* holders.c: of those with a task, who came into the room or left it; before the update makes the room live. */
void holders_watch(struct engine *engine, struct turn *turn, const struct room *room, const struct room_update *update);

/* Joining and leaving, one at a time, until the server has done it. */
void rooms_start(struct engine *engine, struct view *view);
void rooms_entered(struct engine *engine, struct arrival *arrival);

/* handle.c: one event of a group, from reading it to its answer. */
enum handled {
	HANDLED,      /* it ran, or was nothing for us */
	HANDLED_WAIT, /* it waits for its photo */
};
/* may_wait: its patience is not over. */
enum handled handle_event(struct engine *engine, struct turn *turn, const struct room *room, const struct event *event, bool may_wait);

/* pump.c: the outbox on its way to the transport. */
void pump_start(struct engine *engine);
/* Is a message under way? */
bool pump_under_way(const struct engine *engine);
/*
 * What became of a message, and of those that are there right behind it: one turn notes them all. What arrived behind
 * them is in *arrival then, not handled yet.
 */
void pump_sent(struct engine *engine, struct arrival *arrival);
/* Our own words came back in a room: that row was sent. */
void pump_echo(struct engine *engine, struct turn *turn, const struct event *event);
/* Seal what this turn queued for now, so that it needs no turn of its own. */
void pump_seal(struct engine *engine, struct turn *turn);

/* keys.c: encryption, between intake, pump and transport. */
enum key_verdict {
	KEY_OPENED, /* the event is now what stood in it */
	KEY_WAITS,  /* for *ret_session, or NULL, until *ret_until_ms */
	KEY_OVER,   /* nobody will ever read it, or it was not for us */
};

/* Open an encrypted event in place. since_ms: when it arrived. */
enum key_verdict keys_open(struct engine *engine, struct turn *turn, const struct room *room, struct event *event, int64_t since_ms,
                           const char **ret_session, int64_t *ret_until_ms);

/* May something be encrypted for this room now? group: the room's, or NULL; verification: see crypto_prepare(). */
bool keys_may_speak(struct engine *engine, struct turn *turn, const char *room, const struct group *group, bool verification);

/* After that, in the same turn: the content of the event that carries it. type NULL: a plain message. */
#define KEYS_SEALED_TYPE "m.room.encrypted"
char *keys_seal(struct engine *engine, struct turn *turn, const char *room, const char *type, const char *content);

/* What crypto wants of the server, one of a kind at a time. */
void keys_start(struct engine *engine, struct view *view);
void keys_reply(struct engine *engine, const struct arrival *arrival);
bool keys_under_way(const struct engine *engine);
/* After keys_start(): when to look again, later than now. */
int64_t keys_next_ms(struct engine *engine, struct view *view);

/* fetch.c: photos on their way in. */
void fetch_start(struct engine *engine);
void fetch_arrived(struct engine *engine, const struct arrival *arrival);
/* Take away the files of photos that nothing keeps any more. */
void fetch_sweep(struct engine *engine);

/* control_requests.c: a line from control.h, for the engine. */
void control_answer(void *context, const char *line, size_t len, struct buf *ret_answer);

/* ticks.c: timers. Is one due? */
bool ticks_due(const struct engine *engine, struct view *view);
/* Fire the first. False when none was due any more. */
bool ticks_fire(struct engine *engine);

#endif
