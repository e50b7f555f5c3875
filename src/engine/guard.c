#include "engine/guard.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"

enum {
	PARTIES_MAX = 512,
	CALM_SIZE = 60, /* filled again so far, a flood is over; of a sender's that takes two minutes */
	SAME_MAX = 30,
};

#define SAME_WITHIN_MS (10 * MS_PER_MINUTE)
#define HELP_EVERY_MS  (10 * MS_PER_MINUTE)

struct rate {
	int64_t size;
	int64_t refill_ms; /* one */
};

/* Of one sender 300 messages at once are no flood, for that many may have waited for us. Of a room it is a second of work, of all ten. */
static const struct rate of_sender = { 400, 2 * MS_PER_SECOND };
static const struct rate of_room = { 2000, MS_PER_SECOND / 5 };
static const struct rate of_all = { 20000, MS_PER_SECOND / 50 };
static const struct rate of_answers = { 120, 4 * MS_PER_SECOND };

struct bucket {
	int64_t spent;
	int64_t filled_at_ms; /* 0: nothing was taken yet */
};

/* A sender or a room: their ids begin with different characters. */
struct party {
	char *id;
	uint64_t used; /* for replacing who was silent longest */
	struct bucket commands;
	/* Of a sender. */
	bool told;
	int64_t helped_at_ms;
	int64_t files; /* fetched in the hour that began at files_from_ms */
	int64_t files_from_ms;
	/* Of a room. */
	struct bucket answers;
	bool unheard; /* what we answered last is still on its way */
	char *answer; /* the last that counted, said so often since: */
	int64_t same;
	int64_t same_from_ms;
};

struct guard {
	struct party parties[PARTIES_MAX];
	struct bucket commands;
	uint64_t uses;
};

struct guard *guard_create(void)
{
	return xcalloc(1, sizeof(struct guard));
}

static void party_release(struct party *party)
{
	free(party->id);
	free(party->answer);
}

void guard_destroy(struct guard *guard)
{
	if (!guard)
		return;
	for (size_t i = 0; i < PARTIES_MAX; i++)
		party_release(&guard->parties[i]);
	free(guard);
}

static struct party *find(struct guard *guard, const char *id)
{
	struct party *oldest = &guard->parties[0];

	for (size_t i = 0; i < PARTIES_MAX; i++) {
		struct party *party = &guard->parties[i];

		if (str_equal(party->id, id)) {
			party->used = ++guard->uses;
			return party;
		}
		if (party->used < oldest->used)
			oldest = party;
	}
	party_release(oldest);
	*oldest = (struct party){ .id = xstrdup(id), .helped_at_ms = INT64_MIN, .used = ++guard->uses };
	return oldest;
}

/* Time only goes on: a claimed one that jumps back and forth gives nothing. */
static void refill(struct bucket *bucket, const struct rate *rate, int64_t at_ms)
{
	int64_t more;

	if (!bucket->filled_at_ms)
		bucket->filled_at_ms = at_ms;
	if (at_ms <= bucket->filled_at_ms)
		return;
	more = (at_ms - bucket->filled_at_ms) / rate->refill_ms;
	bucket->filled_at_ms += more * rate->refill_ms;
	bucket->spent = more < bucket->spent ? bucket->spent - more : 0;
}

static int64_t left(const struct bucket *bucket, const struct rate *rate)
{
	return rate->size - bucket->spent;
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

enum guard_verdict guard_command(struct guard *guard, const char *sender, const char *room, int64_t sent_at_ms)
{
	struct party *who = find(guard, sender), *where = room ? find(guard, room) : NULL;
	int64_t most;

	refill(&who->commands, &of_sender, sent_at_ms);
	most = left(&who->commands, &of_sender);
	if (where) {
		refill(&where->commands, &of_room, sent_at_ms);
		refill(&guard->commands, &of_all, sent_at_ms);
		most = least(most, least(left(&where->commands, &of_room), left(&guard->commands, &of_all)));
	}
	if (most >= CALM_SIZE)
		who->told = false;
	if (most > 0) {
		who->commands.spent++;
		if (where) {
			where->commands.spent++;
			guard->commands.spent++;
		}
		return GUARD_PASS;
	}
	if (who->told)
		return GUARD_SILENT;
	who->told = true;
	return GUARD_SLOW_DOWN;
}

/* How often these words were the answer in a row, now included. */
static int64_t count_same(struct party *room, const char *answer, int64_t now_ms)
{
	if (!str_equal(room->answer, answer) || now_ms - room->same_from_ms > SAME_WITHIN_MS) {
		free(room->answer);
		room->answer = xstrdup(answer);
		room->same = 0;
		room->same_from_ms = now_ms;
	}
	return ++room->same;
}

bool guard_loops(struct guard *guard, const char *room, const char *answer, int64_t now_ms)
{
	struct party *where = find(guard, room);

	if (where->unheard)
		return false;
	where->unheard = true;
	refill(&where->answers, &of_answers, now_ms);
	where->answers.spent++;
	if (count_same(where, answer, now_ms) < SAME_MAX && left(&where->answers, &of_answers) >= 0)
		return false;
	where->answers.spent = 0;
	where->same = 0;
	return true;
}

void guard_said(struct guard *guard, const char *room)
{
	find(guard, room)->unheard = false;
}

bool guard_may_help(struct guard *guard, const char *id, int64_t now_ms)
{
	struct party *sender = find(guard, id);

	if (sender->helped_at_ms != INT64_MIN && now_ms - sender->helped_at_ms < HELP_EVERY_MS)
		return false;
	sender->helped_at_ms = now_ms;
	return true;
}

int64_t guard_file(struct guard *guard, const char *id, int64_t most, int64_t now_ms)
{
	struct party *sender = find(guard, id);

	if (!sender->files || now_ms - sender->files_from_ms >= MS_PER_HOUR) {
		sender->files = 0;
		sender->files_from_ms = now_ms;
	}
	if (sender->files >= most)
		return sender->files_from_ms + MS_PER_HOUR;
	sender->files++;
	return 0;
}
