/*
 * One device's crypto on a database of its own, for unit tests. Crashing is leaving everything in memory behind:
 * what is read afterwards comes from the disk.
 */
#ifndef ROTONDE_TESTS_CRYPTO_DEVICE_SCRATCH_H
#define ROTONDE_TESTS_CRYPTO_DEVICE_SCRATCH_H

#include "base/json.h"
#include "crypto/crypto.h"
#include "store/inbox.h"
#include "store/incident.h"
#include "store/outbox.h"
#include "unit/scratch.h"

enum { DEVICE_SCRATCH_ROOMS_MAX = 32 };

struct device_scratch {
	struct scratch scratch;
	const struct statements *rooms[DEVICE_SCRATCH_ROOMS_MAX];
	char key_path[64];
	const char *user;
	const char *device;
	struct crypto *crypto;
	enum crypto_opening opening;
};

static inline void device_scratch_open_in(struct turn *turn, void *context)
{
	struct device_scratch *own = context;
	const struct crypto_options options = { .key_path = own->key_path, .user = own->user, .device = own->device };
	const char *why;

	own->crypto = NULL;
	own->opening = crypto_open(&options, turn, &own->crypto, &why);
}

/* The database alone. */
static inline void device_scratch_prepare(struct device_scratch *own, const char *user, const char *device)
{
	size_t len = 0;

	memset(own, 0, sizeof *own);
	own->user = user;
	own->device = device;
	own->rooms[len++] = &incident_statements;
	own->rooms[len++] = &inbox_statements;
	own->rooms[len++] = &outbox_statements;
	for (size_t i = 0; crypto_statements[i]; i++) {
		INVARIANT(len < DEVICE_SCRATCH_ROOMS_MAX - 1);
		own->rooms[len++] = crypto_statements[i];
	}
	scratch_open(&own->scratch, own->rooms);
	snprintf(own->key_path, sizeof own->key_path, "%s/crypto.key", own->scratch.folder);
}

static inline void device_scratch_open(struct device_scratch *own, const char *user, const char *device)
{
	device_scratch_prepare(own, user, device);
	scratch_turn(&own->scratch, device_scratch_open_in, own);
}

/* The process dies and starts again. */
static inline void device_scratch_crash(struct device_scratch *own)
{
	crypto_close(own->crypto);
	scratch_reopen(&own->scratch);
	scratch_turn(&own->scratch, device_scratch_open_in, own);
}

static inline void device_scratch_close(struct device_scratch *own)
{
	crypto_close(own->crypto);
	(void)unlink(own->key_path);
	scratch_close(&own->scratch);
}

static inline void device_scratch_turn(struct device_scratch *own, void (*work)(struct turn *turn, void *context), void *context)
{
	scratch_turn(&own->scratch, work, context);
}

/* The next want of a kind, its strings copied to the heap; false when there is none. To be released. */
static inline bool device_scratch_want(struct device_scratch *own, enum want_kind kind, struct want *ret_want)
{
	struct view *view = view_open(own->scratch.store, own->scratch.now_ms);
	bool wanted = crypto_want(own->crypto, view, kind, ret_want);

	if (wanted) {
		ret_want->call.path = xstrdup(ret_want->call.path);
		ret_want->call.body = ret_want->call.body ? xstrdup(ret_want->call.body) : NULL;
		ret_want->about = ret_want->about ? xstrdup(ret_want->about) : NULL;
	}
	view_close(view);
	return wanted;
}

static inline void device_scratch_want_release(struct want *want)
{
	free((void *)(uintptr_t)want->call.path);
	free((void *)(uintptr_t)want->call.body);
	free((void *)(uintptr_t)want->about);
}

struct device_scratch_replying {
	struct device_scratch *own;
	const struct want *want;
	struct want_reply reply;
};

static inline void device_scratch_reply_in(struct turn *turn, void *context)
{
	struct device_scratch_replying *replying = context;

	crypto_reply(replying->own->crypto, turn, replying->want, &replying->reply);
}

/* In a turn of its own. body: JSON text, or NULL. */
static inline void device_scratch_reply(struct device_scratch *own, const struct want *want, enum outcome outcome, const char *body)
{
	struct device_scratch_replying replying = {
		.own = own,
		.want = want,
		.reply = { .outcome = outcome, .error = outcome == OUTCOME_OK ? "" : "M_UNKNOWN", .body = body, .body_len = body ? strlen(body) : 0 },
	};

	scratch_turn(&own->scratch, device_scratch_reply_in, &replying);
}

static inline bool device_scratch_has_incident(struct device_scratch *own, const char *kind, const char *subject)
{
	struct view *view = view_open(own->scratch.store, own->scratch.now_ms);
	bool open = incident_is_open(view, kind, subject);

	view_close(view);
	return open;
}

#endif
