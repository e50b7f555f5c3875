#include "engine/guard.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"

enum {
	SENDERS_MAX = 512,
	BUCKET_SIZE = 400,
	CALM_SIZE = 60, /* filled again so far, two minutes long, a sender is no longer flooding */
};

#define BUCKET_REFILL_MS (2 * MS_PER_SECOND) /* one command */
#define HELP_EVERY_MS    (10 * MS_PER_MINUTE)

struct sender {
	char *id;
	int64_t tokens;
	int64_t filled_at_ms;
	int64_t helped_at_ms;
	int64_t files; /* fetched in the hour that began at files_from_ms */
	int64_t files_from_ms;
	uint64_t used; /* for replacing who was silent longest */
	bool told;
};

struct guard {
	struct sender senders[SENDERS_MAX];
	uint64_t uses;
};

struct guard *guard_create(void)
{
	return xcalloc(1, sizeof(struct guard));
}

void guard_destroy(struct guard *guard)
{
	if (!guard)
		return;
	for (size_t i = 0; i < SENDERS_MAX; i++)
		free(guard->senders[i].id);
	free(guard);
}

static struct sender *find(struct guard *guard, const char *id)
{
	struct sender *oldest = &guard->senders[0];

	for (size_t i = 0; i < SENDERS_MAX; i++) {
		struct sender *sender = &guard->senders[i];

		if (str_equal(sender->id, id)) {
			sender->used = ++guard->uses;
			return sender;
		}
		if (sender->used < oldest->used)
			oldest = sender;
	}
	free(oldest->id);
	*oldest = (struct sender){ .id = xstrdup(id), .tokens = BUCKET_SIZE, .filled_at_ms = INT64_MIN, .helped_at_ms = INT64_MIN, .used = ++guard->uses };
	return oldest;
}

enum guard_verdict guard_command(struct guard *guard, const char *id, int64_t sent_at_ms)
{
	struct sender *sender = find(guard, id);

	if (sender->filled_at_ms == INT64_MIN)
		sender->filled_at_ms = sent_at_ms;
	if (sent_at_ms > sender->filled_at_ms) {
		int64_t more = (sent_at_ms - sender->filled_at_ms) / BUCKET_REFILL_MS;

		sender->filled_at_ms += more * BUCKET_REFILL_MS;
		sender->tokens = more < BUCKET_SIZE - sender->tokens ? sender->tokens + more : BUCKET_SIZE;
	}
	if (sender->tokens >= CALM_SIZE)
		sender->told = false;
	if (sender->tokens > 0) {
		sender->tokens--;
		return GUARD_PASS;
	}
	if (sender->told)
		return GUARD_SILENT;
	sender->told = true;
	return GUARD_SLOW_DOWN;
}

bool guard_may_help(struct guard *guard, const char *id, int64_t now_ms)
{
	struct sender *sender = find(guard, id);

	if (sender->helped_at_ms != INT64_MIN && now_ms - sender->helped_at_ms < HELP_EVERY_MS)
		return false;
	sender->helped_at_ms = now_ms;
	return true;
}

int64_t guard_file(struct guard *guard, const char *id, int64_t most, int64_t now_ms)
{
	struct sender *sender = find(guard, id);

	if (!sender->files || now_ms - sender->files_from_ms >= MS_PER_HOUR) {
		sender->files = 0;
		sender->files_from_ms = now_ms;
	}
	if (sender->files >= most)
		return sender->files_from_ms + MS_PER_HOUR;
	sender->files++;
	return 0;
}
