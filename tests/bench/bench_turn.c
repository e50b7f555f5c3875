/*
 * One command per batch, from the /sync body to the order to send its answer, in plain rooms and in encrypted ones,
 * on a disk and in memory, beside what a bare commit of one row costs in the same place at the same time.
 *
 *	bench_turn FOLDER_ON_DISK FOLDER_IN_MEMORY
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/die.h"
#include "bench/measure.h"
#include "bench/stage.h"
#include "store/sync.h"
#include "store/turn_owner.h"

enum { WARM = 50, TIMES = 1000, RESIDENTS = 40 };
#define GOAL_P50_MS 0.6
#define GOAL_P99_MS 2.0

/* The least a durable turn can be: one row of the smallest table, in a database of its own. */
static const char *const least_sql[] = { "UPDATE sync SET synced_at_ms = ifnull(synced_at_ms, 0) + 1 WHERE transport = 'bench'" };
static const struct statements least_statements = { "bench", least_sql, 1 };
static const struct statements *const least_rooms[] = { &sync_statements, &least_statements, NULL };

static void create_row(struct turn *turn, void *context)
{
	(void)context;
	sync_create(turn, "bench", 1);
}

static void change_row(struct turn *turn, void *context)
{
	(void)context;
	(void)stmt_run(turn_query(turn, &least_statements, 0));
}

static void commit(struct store *store, void (*work)(struct turn *turn, void *context))
{
	if (turn_run(store, 1, work, NULL) != TURN_COMMITTED)
		die("the disk is full");
}

static struct store *least_open(const char *path)
{
	struct store *store;
	const char *why = "";

	if (store_open(path, least_rooms, &store, &why) != STORE_OPENED)
		die("%s: %s", path, why);
	commit(store, create_row);
	return store;
}

static const char *const words[] = { "!idee een bankje bij de lift van nummer %d", "!bon %d,50 verf voor de muur", "!budget", "!agenda", "!ideeen" };

struct place {
	const char *name;   /* "plain room, on disk" */
	const char *folder;
	size_t residents;   /* of an encrypted town, or STAGE_PLAIN */
	struct samples reply, whole, bare;
};

static struct took say(struct stage *stage, size_t resident, const char *body)
{
	struct stage_line line = { .resident = resident, .body = body };
	char sender[64];

	return stage->town ? stage_say_sealed(stage, &line, 1) : stage_say(stage, stage_room(stage, resident), stage_sender(sender, resident), body);
}

/* The bare commits stand between the turns, so that both meet the same disk. */
static void measure(struct place *place)
{
	AUTO_ARENA arena = arena_create(64 * 1024);
	struct store *least;
	struct stage stage;

	stage_open(&stage, place->folder, place->residents);
	least = least_open(arena_printf(arena, "%s/least.db", place->folder));
	for (int i = 0; i < WARM + TIMES; i++) {
		char body[128];
		struct took took;
		double began;

		(void)snprintf(body, sizeof body, words[(size_t)i % ARRAY_LEN(words)], i % 90 + 1);
		took = say(&stage, (size_t)i % RESIDENTS, body);
		if (!took.replies)
			die("no answer to \"%s\"", body);
		began = now_ms();
		commit(least, change_row);
		if (i < WARM)
			continue;
		samples_add(&place->bare, now_ms() - began);
		samples_add(&place->reply, took.reply);
		samples_add(&place->whole, took.whole);
	}
	store_close(least);
	stage_close(&stage);
}

/* The goals leave 0.3 ms of 0.6 to a commit, and as little of 2: what a slower disk takes is not ours. */
static enum verdict judge(double p50, double p99, double bare50, double bare99)
{
	if (p50 <= GOAL_P50_MS && p99 <= GOAL_P99_MS)
		return VERDICT_HOLDS;
	return bare50 > GOAL_P50_MS / 2 || bare99 > GOAL_P99_MS / 2 ? VERDICT_DISK : VERDICT_OVER;
}

static void tell(struct place *place)
{
	AUTO_ARENA arena = arena_create(64 * 1024);
	double p50 = samples_percentile(&place->reply, 50), p99 = samples_percentile(&place->reply, 99);
	double bare50 = samples_percentile(&place->bare, 50), bare99 = samples_percentile(&place->bare, 99);

	row(judge(p50, p99, bare50, bare99), arena_printf(arena, "one command per batch, body to reply, %s", place->name),
	    "p50 <= 0.6 ms, p99 <= 2 ms", "p50 %.2f ms, p99 %.2f ms", p50, p99);
	row(VERDICT_TOLD, arena_printf(arena, "  a bare commit, %s", place->name), "", "p50 %.3f ms, p99 %.2f ms; the turn takes %.1f times that", bare50,
	    bare99, p50 / bare50);
	row(VERDICT_TOLD, arena_printf(arena, "  body to rest, %s", place->name), "", "p50 %.2f ms, p99 %.2f ms", samples_percentile(&place->whole, 50),
	    samples_percentile(&place->whole, 99));
	samples_release(&place->reply);
	samples_release(&place->whole);
	samples_release(&place->bare);
}

int main(int argc, char **argv)
{
	AUTO_ARENA arena = arena_create(64 * 1024);

	if (argc != 3)
		die("usage: bench_turn FOLDER_ON_DISK FOLDER_IN_MEMORY");
	for (int encrypted = 0; encrypted < 2; encrypted++) {
		const char *kind = encrypted ? "encrypted room" : "plain room";
		size_t residents = encrypted ? RESIDENTS : STAGE_PLAIN;
		struct place disk = { .residents = residents }, memory = disk;

		disk.name = arena_printf(arena, "%s, on disk", kind);
		disk.folder = arena_printf(arena, "%s-%d", argv[1], encrypted);
		memory.name = arena_printf(arena, "%s, in memory", kind);
		memory.folder = arena_printf(arena, "%s-%d", argv[2], encrypted);
		measure(&disk);
		measure(&memory);
		tell(&disk);
		tell(&memory);
	}
	return 0;
}
