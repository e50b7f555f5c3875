/*
 * Encrypted commands a second: batches of a thousand, from the /sync body to the order to send the last answer,
 * beside libolm alone reading the same messages and sealing the same answers. Both by the clock and by what was
 * computed, which neighbours on the machine hardly move. And the same without the commands: messages opened and
 * answers sealed in one turn, with all rows and the commit.
 *
 *	bench_batch FOLDER_ON_DISK FOLDER_IN_MEMORY ROUNDS WORK_FILE
 *
 * WORK_FILE gets the last batch, for others to be measured on the same work (tests/bench/nio_batch.py).
 */
#include <olm/olm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/json.h"
#include "base/random.h"
#include "base/str.h"
#include "bench/measure.h"
#include "bench/stage.h"
#include "bench/town.h"
#include "crypto/crypto.h"
#include "engine/engine_internal.h"
#include "store/turn_owner.h"

enum { RESIDENTS = 40, BATCH = 1000, WORDS_MAX = 96 };
#define GOAL_SHARE 0.9

static const char *const words[] = { "!idee een bankje bij de lift van nummer %d", "!bon %d,50 verf voor de muur", "!budget", "!agenda", "!ideeen" };

struct batch_lines {
	char bodies[BATCH][WORDS_MAX];
	struct stage_line lines[BATCH];
};

/* Those of one room stand behind each other, as a server gives them. */
static void fill_lines(struct batch_lines *batch)
{
	for (size_t i = 0; i < BATCH; i++) {
		(void)snprintf(batch->bodies[i], WORDS_MAX, words[i % ARRAY_LEN(words)], (int)(i % 90) + 1);
		batch->lines[i] = (struct stage_line){ .body = batch->bodies[i] };
	}
}

/* Residents of the same room follow each other when they are taken room by room. */
static void seat(struct batch_lines *batch, const struct town *town)
{
	size_t order[RESIDENTS], len = 0;

	for (size_t i = 0; i < RESIDENTS; i++) {
		bool taken = false;

		for (size_t j = 0; j < len; j++)
			taken |= order[j] == i;
		for (size_t j = i; !taken && j < RESIDENTS; j++) {
			if (town_room(town, j) == town_room(town, i))
				order[len++] = j;
		}
	}
	for (size_t i = 0; i < BATCH; i++)
		batch->lines[i].resident = order[i * RESIDENTS / BATCH];
}

/* libolm alone. */

struct alone {
	OlmInboundGroupSession *sessions[RESIDENTS];
	OlmOutboundGroupSession *outbound;
};

static void alone_open(struct alone *alone, const struct town *town)
{
	unsigned char seed[512];
	size_t len;

	for (size_t i = 0; i < RESIDENTS; i++) {
		const char *key = town_session_key(town, i);

		alone->sessions[i] = olm_inbound_group_session(xcalloc(1, olm_inbound_group_session_size()));
		if (olm_init_inbound_group_session(alone->sessions[i], (const uint8_t *)key, strlen(key)) == olm_error())
			die("libolm: %s", olm_inbound_group_session_last_error(alone->sessions[i]));
	}
	alone->outbound = olm_outbound_group_session(xcalloc(1, olm_outbound_group_session_size()));
	len = olm_init_outbound_group_session_random_length(alone->outbound);
	INVARIANT(len <= sizeof seed);
	random_bytes(seed, len);
	if (olm_init_outbound_group_session(alone->outbound, seed, len) == olm_error())
		die("libolm: no outbound session");
}

static void alone_close(struct alone *alone)
{
	for (size_t i = 0; i < RESIDENTS; i++)
		free(alone->sessions[i]);
	free(alone->outbound);
}

/* libolm changes the text it decodes: twice the copies that it needs, as any caller has to. */
static void alone_read(OlmInboundGroupSession *session, const char *ciphertext, uint8_t *message, uint8_t *plaintext, size_t plaintext_max)
{
	size_t len = strlen(ciphertext);
	uint32_t index;

	memcpy(message, ciphertext, len);
	if (olm_group_decrypt_max_plaintext_length(session, message, len) > plaintext_max)
		die("libolm: a message that is too long");
	memcpy(message, ciphertext, len);
	if (olm_group_decrypt(session, message, len, plaintext, plaintext_max, &index) == olm_error())
		die("libolm: %s", olm_inbound_group_session_last_error(session));
}

static void alone_seal(OlmOutboundGroupSession *session, const char *text, uint8_t *message, size_t message_max)
{
	size_t len = strlen(text);

	if (olm_group_encrypt_message_length(session, len) > message_max ||
	    olm_group_encrypt(session, (const uint8_t *)text, len, message, message_max) == olm_error())
		die("libolm: an answer does not fit");
}

static void alone_run(struct alone *alone, const struct batch_lines *batch, char *const *ciphertexts, const char *const *payloads)
{
	static uint8_t message[65536], plaintext[65536];

	for (size_t i = 0; i < BATCH; i++)
		alone_read(alone->sessions[batch->lines[i].resident], ciphertexts[i], message, plaintext, sizeof plaintext);
	for (size_t i = 0; i < BATCH; i++)
		alone_seal(alone->outbound, payloads[i], message, sizeof message);
}

/* The turn without commands. */

struct bare_work {
	struct stage *stage;
	const struct batch_lines *batch;
	const char *const *contents;
};

static void open_and_seal(struct turn *turn, void *context)
{
	const struct bare_work *work = context;
	const struct crypto_relay nobody = { 0 };
	struct crypto *crypto = work->stage->engine->crypto;
	static unsigned events;

	for (size_t i = 0; i < BATCH; i++) {
		const struct stage_line *line = &work->batch->lines[i];
		const char *room = town_room(work->stage->town, line->resident), *session, *why;
		const struct event event = {
			.kind = EVENT_UNREADABLE,
			.id = arena_printf(turn_arena(turn), "$%08x%035u", events * 2654435761u, events),
			.room = room,
			.sender = town_user(work->stage->town, line->resident),
			.sent_at_ms = turn_now_ms(turn),
			.body = "",
			.sealed = line->sealed,
		};
		struct crypto_plain plain;

		events++;
		if (crypto_decrypt(crypto, turn, &event, &nobody, true, &plain, &session, &why) != CRYPTO_OPENED || plain.trust != TRUST_DIRECT)
			die("not opened: %s", why);
		if (crypto_prepare(crypto, turn, room, false, &why) != CRYPTO_READY)
			die("not ready: %s", why);
		if (!crypto_encrypt(crypto, turn, room, "m.room.message", work->contents[i]))
			die("not sealed");
	}
}

static struct took bare_run(struct stage *stage, const struct batch_lines *batch, const char *const *contents)
{
	struct bare_work work = { stage, batch, contents };
	double began = now_ms(), began_cpu = cpu_ms();

	if (turn_run(stage->engine->store, stage->now_ms, open_and_seal, &work) != TURN_COMMITTED)
		die("the disk is full");
	return (struct took){ .replies = BATCH, .last = now_ms() - began, .cpu = cpu_ms() - began_cpu };
}

/* Beside each other. */

struct readings {
	struct samples wall, cpu, alone_wall, alone_cpu, share, cpu_share;
};

struct place {
	const char *name;
	const char *folder;
	struct readings commands;
	struct readings bare;
};

/* What the answers to the last batch said. */
static const char **list_contents(struct arena *arena, const struct stage *stage)
{
	const char **contents = arena_array(arena, const char *, BATCH);
	size_t len = 0;

	for (size_t at = 0; at < stage->composed.len && len < BATCH; at += strlen(contents[len - 1]) + 1)
		contents[len++] = arena_dup(arena, stage->composed.data + at);
	INVARIANT(len == BATCH);
	return contents;
}

/* As they are sealed, whatever the room's name. */
static const char **list_payloads(struct arena *arena, const char *const *contents)
{
	const char **payloads = arena_array(arena, const char *, BATCH);

	for (size_t i = 0; i < BATCH; i++)
		payloads[i] = arena_printf(arena, "{\"room_id\":\"!kikkenstein:console\",\"type\":\"m.room.message\",\"content\":%s}", contents[i]);
	return payloads;
}

static char **list_ciphertexts(struct arena *arena, const struct batch_lines *batch)
{
	char **ciphertexts = arena_array(arena, char *, BATCH);

	for (size_t i = 0; i < BATCH; i++) {
		AUTO_JSON json = json_parse(batch->lines[i].sealed, strlen(batch->lines[i].sealed));

		ciphertexts[i] = arena_dup(arena, json_str(json, "ciphertext"));
	}
	return ciphertexts;
}

/* libolm on what was just done, so that both met the same machine. */
static void note(struct readings *readings, const struct took *took, struct alone *alone, const struct batch_lines *batch, const char *const *contents)
{
	AUTO_ARENA arena = arena_create(64 * 1024 * 1024);
	char **ciphertexts = list_ciphertexts(arena, batch);
	const char **payloads = list_payloads(arena, contents);
	double began = now_ms(), began_cpu = cpu_ms(), wall, cpu;

	alone_run(alone, batch, ciphertexts, payloads);
	wall = now_ms() - began;
	cpu = cpu_ms() - began_cpu;
	samples_add(&readings->wall, took->last);
	samples_add(&readings->cpu, took->cpu);
	samples_add(&readings->alone_wall, wall);
	samples_add(&readings->alone_cpu, cpu);
	samples_add(&readings->share, wall / took->last);
	samples_add(&readings->cpu_share, cpu / took->cpu);
}

static void measure_bare(struct place *place, struct stage *stage, struct alone *alone, struct batch_lines *batch, const char *const *contents)
{
	struct took took;

	for (size_t i = 0; i < BATCH; i++)
		batch->lines[i].sealed = town_seal(stage->town, batch->lines[i].resident, batch->lines[i].body);
	took = bare_run(stage, batch, contents);
	note(&place->bare, &took, alone, batch, contents);
}

/* One JSON object: the sessions and the messages, in their order, the answers, and what one of them took. */
static void write_work(const char *path, const struct stage *stage, const struct batch_lines *batch, struct place *place)
{
	AUTO_ARENA arena = arena_create(64 * 1024 * 1024);
	AUTO_JSON work = json_object_create();
	struct cJSON *sessions = json_array_create(), *events = json_array_create(), *contents = json_array_create();
	FILE *file = fopen(path, "we");

	for (size_t i = 0; i < RESIDENTS; i++) {
		struct cJSON *session = json_object_create();

		json_set_str(session, "user", town_user(stage->town, i));
		json_set_str(session, "room", town_room(stage->town, i));
		json_set_str(session, "session_key", town_session_key(stage->town, i));
		json_push(sessions, session);
	}
	for (size_t i = 0; i < BATCH; i++) {
		struct cJSON *event = json_object_create();

		json_set_int(event, "resident", (int64_t)batch->lines[i].resident);
		json_set(event, "content", json_parse(batch->lines[i].sealed, strlen(batch->lines[i].sealed)));
		json_push(events, event);
	}
	for (size_t at = 0; at < stage->composed.len; at += strlen(stage->composed.data + at) + 1)
		json_push(contents, json_parse(stage->composed.data + at, strlen(stage->composed.data + at)));
	json_set(work, "sessions", sessions);
	json_set(work, "events", events);
	json_set(work, "answers", contents);
	json_set_int(work, "cpu_us", (int64_t)(samples_percentile(&place->commands.cpu, 50) * 1000));
	json_set_int(work, "bare_cpu_us", (int64_t)(samples_percentile(&place->bare.cpu, 50) * 1000));
	if (!file || fputs(json_print(arena, work), file) < 0 || fclose(file) != 0)
		die("%s cannot be written", path);
}

/* The first batch is not counted: it begins the sessions. */
static void measure(struct place *place, int64_t rounds, const char *work)
{
	struct batch_lines *batch = xcalloc(1, sizeof *batch);
	struct alone alone;
	struct stage stage;

	fill_lines(batch);
	stage_open(&stage, place->folder, RESIDENTS);
	seat(batch, stage.town);
	alone_open(&alone, stage.town);
	for (int64_t round = 0; round <= rounds; round++) {
		AUTO_ARENA arena = arena_create(64 * 1024 * 1024);
		const char **contents;
		struct took took = stage_say_sealed(&stage, batch->lines, BATCH);

		if (took.replies != BATCH)
			die("%zu answers to %d messages", took.replies, BATCH);
		if (round == 0)
			continue;
		contents = list_contents(arena, &stage);
		note(&place->commands, &took, &alone, batch, contents);
		measure_bare(place, &stage, &alone, batch, contents);
	}
	if (work)
		write_work(work, &stage, batch, place);
	alone_close(&alone);
	stage_close(&stage);
	free(batch);
}

static void tell(struct readings *readings, const char *what)
{
	double share = samples_percentile(&readings->share, 50);

	row(HOLDS(share >= GOAL_SHARE), what, ">= 90% of libolm alone", "%.0f a second, %.0f%% of libolm alone, which does %.0f",
	    BATCH * 1e3 / samples_percentile(&readings->wall, 50), 100 * share, BATCH * 1e3 / samples_percentile(&readings->alone_wall, 50));
	row(VERDICT_TOLD, "  computed for one of them", "", "%.0f us, of which libolm alone %.0f us: %.0f%%",
	    samples_percentile(&readings->cpu, 50) * 1e3 / BATCH, samples_percentile(&readings->alone_cpu, 50) * 1e3 / BATCH,
	    100 * samples_percentile(&readings->cpu_share, 50));
	samples_release(&readings->wall);
	samples_release(&readings->cpu);
	samples_release(&readings->alone_wall);
	samples_release(&readings->alone_cpu);
	samples_release(&readings->share);
	samples_release(&readings->cpu_share);
}

static void tell_place(struct place *place)
{
	AUTO_ARENA arena = arena_create(64 * 1024);

	tell(&place->commands, arena_printf(arena, "encrypted commands, batches of %d, %s", BATCH, place->name));
	tell(&place->bare, arena_printf(arena, "opened and sealed, no commands, %s", place->name));
}

int main(int argc, char **argv)
{
	struct place disk = { .name = "on disk" }, memory = { .name = "in memory" };
	int64_t rounds;

	if (argc != 5 || !parse_int64(argv[3], &rounds))
		die("usage: bench_batch FOLDER_ON_DISK FOLDER_IN_MEMORY ROUNDS WORK_FILE");
	disk.folder = argv[1];
	memory.folder = argv[2];
	measure(&disk, rounds, NULL);
	measure(&memory, rounds, argv[4]);
	tell_place(&disk);
	tell_place(&memory);
	return 0;
}
