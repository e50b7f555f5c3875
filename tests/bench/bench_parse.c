/*
 * A /sync answer of one megabyte, read to structs, again and again: how long, and does memory grow.
 */
#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/die.h"
#include "bench/answer.h"
#include "bench/measure.h"
#include "matrix/wire_sync.h"

enum { BYTES = 1000 * 1000, TIMES = 300, WARM = 20 };
#define GOAL_MS 5.0

static void read_once(const struct buf *answer)
{
	AUTO_ARENA arena = arena_create(wire_arena_need(answer->len));
	struct batch batch;

	if (!wire_sync_read(arena, answer->data, answer->len, "@rotonde:example.org", "s1", &batch) || batch.rooms_len != 50)
		die("the bench made no /sync answer");
}

/* cJSON's own parser, for the ratio: one tree of the whole answer. */
static void read_as_tree(const struct buf *answer)
{
	struct cJSON *json = cJSON_ParseWithLength(answer->data, answer->len);

	if (!json)
		die("the bench made no JSON");
	cJSON_Delete(json);
}

static void time_one(struct samples *samples, void (*read)(const struct buf *answer), const struct buf *answer)
{
	double began = now_ms();

	read(answer);
	samples_add(samples, now_ms() - began);
}

int main(void)
{
	struct samples wire = { 0 }, tree = { 0 };
	AUTO_BUF answer;
	int64_t before, after;
	double median;

	buf_init(&answer, 2 * BYTES);
	answer_large(&answer, BYTES, 1655197200000);
	for (int i = 0; i < WARM; i++)
		read_once(&answer);
	before = memory_kib("RssAnon");
	for (int i = 0; i < TIMES; i++)
		time_one(&wire, read_once, &answer);
	after = memory_kib("RssAnon");
	/* Turn about, so that a busy neighbour on the machine hits both. */
	for (int i = 0; i < TIMES; i++) {
		time_one(&wire, read_once, &answer);
		time_one(&tree, read_as_tree, &answer);
	}
	median = samples_percentile(&wire, 50);
	row(HOLDS(median <= GOAL_MS), "1 MB sync answer parsed", "<= 5 ms", "%.2f ms; best %.2f ms", median, samples_percentile(&wire, 0));
	row(HOLDS(after <= before + 64), "  growth after 300 of them", "none", "%lld KiB", (long long)(after - before));
	row(VERDICT_TOLD, "  the same bytes as one cJSON tree", "", "%.2f ms; best %.2f ms; ours takes %.2f times that", samples_percentile(&tree, 50),
	    samples_percentile(&tree, 0), median / samples_percentile(&tree, 50));
	samples_release(&wire);
	samples_release(&tree);
	return 0;
}
