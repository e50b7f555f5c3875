/*
 * What a message costs as the books grow. In memory, so that a slow disk does not hide what the rows do.
 *
 *	bench_growth FOLDER [ROWS_AT_MOST]
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "bench/fill.h"
#include "bench/measure.h"
#include "bench/stage.h"
#include "engine/engine.h"

enum { WARM = 10, TIMES = 100, RESIDENTS = 40, SIZES_MAX = 4 };

static const int64_t sizes[SIZES_MAX] = { 1000, 10000, 100000, 1000000 };
/* The cost may wander this much with the machine's other work, and a B-tree of a million rows is a level deeper. */
#define CONSTANT 1.5

static const struct {
	const char *name;
	const char *body; /* NULL: a thumb on the message before it */
} kinds[] = {
	{ "talk", "wie gaat er morgen mee naar de tuin" },
	{ "!idee", "!idee een bankje bij de ingang van nummer %d" },
	{ "thumb", NULL },
	{ "!bon", "!bon %d,50 verf voor de muur" },
	{ "!bonnen", "!bonnen" },
	{ "!bonnen NUMBER", "!bonnen %d" },
	{ "!budget", "!budget" },
	{ "!budget buurt", "!budget buurt" },
	{ "!ideeen", "!ideeen" },
	{ "!ideeen WORD", "!ideeen bankje" },
	{ "!idee NUMBER", "!idee %d" },
	{ "!agenda", "!agenda" },
};

/* One neighbourhood, with books of one size. */
struct hood {
	struct stage stage;
	struct samples samples[ARRAY_LEN(kinds)];
};

static struct took say(struct stage *stage, size_t kind, int number)
{
	const char *room = stage_room(stage, (size_t)number);
	char sender[64], body[128];

	(void)stage_sender(sender, (size_t)number % RESIDENTS);
	if (!kinds[kind].body)
		return stage_thumb(stage, room, sender);
	if (strstr(kinds[kind].body, "%d"))
		(void)snprintf(body, sizeof body, kinds[kind].body, number % 90 + 1);
	else
		(void)snprintf(body, sizeof body, "%s", kinds[kind].body);
	return stage_say(stage, room, sender, body);
}

static void open_hood(struct hood *hood, const char *folder, int64_t rows)
{
	AUTO_ARENA arena = arena_create(64 * 1024);
	double began = now_ms();

	stage_open(&hood->stage, folder, STAGE_PLAIN);
	stage_close(&hood->stage);
	fill(engine_database_path(arena, folder), rows, hood->stage.now_ms);
	(void)fprintf(stderr, "books of %" PRId64 " rows in %.0f s\n", rows, (now_ms() - began) / 1e3);
	stage_open(&hood->stage, folder, STAGE_PLAIN);
}

/* Sizes and kinds take turns, so that what the machine does beside this hits them alike. */
static void measure(struct hood *hoods, size_t hoods_len)
{
	for (int i = 0; i < WARM + TIMES; i++) {
		for (size_t kind = 0; kind < ARRAY_LEN(kinds); kind++) {
			for (size_t size = 0; size < hoods_len; size++) {
				struct took took = say(&hoods[size].stage, kind, i);

				if (kinds[kind].body && kinds[kind].body[0] == '!' && !took.replies)
					die("no answer to \"%s\"", kinds[kind].body);
				if (i >= WARM)
					samples_add(&hoods[size].samples[kind], took.whole);
			}
		}
	}
}

static void tell(struct arena *arena, struct hood *hoods, size_t hoods_len)
{
	for (size_t kind = 0; kind < ARRAY_LEN(kinds); kind++) {
		const char *curve = "";
		double first = 0, last = 0;

		for (size_t i = 0; i < hoods_len; i++) {
			last = samples_percentile(&hoods[i].samples[kind], 50);
			first = i ? first : last;
			curve = arena_printf(arena, "%s%s%.2f", curve, i ? ", " : "", last);
		}
		row(HOLDS(last <= CONSTANT * first), arena_printf(arena, "%s as the books grow tenfold from 1k rows", kinds[kind].name), "constant",
		    "%s ms", curve);
	}
}

int main(int argc, char **argv)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	static struct hood hoods[SIZES_MAX];
	size_t len = 0;
	int64_t most;

	if (argc < 2 || argc > 3 || !parse_int64(argc == 3 ? argv[2] : "1000000", &most))
		die("usage: bench_growth FOLDER [ROWS_AT_MOST]");
	for (; len < SIZES_MAX && sizes[len] <= most; len++)
		open_hood(&hoods[len], arena_printf(arena, "%s/%" PRId64, argv[1], sizes[len]), sizes[len]);
	measure(hoods, len);
	tell(arena, hoods, len);
	for (size_t i = 0; i < len; i++)
		stage_close(&hoods[i].stage);
	return 0;
}
