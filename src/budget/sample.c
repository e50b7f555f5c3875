#include "budget/sample.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/random.h"
#include "budget/ledger.h"
#include "budget/review.h"

enum { Q_FIND, Q_ADD, Q_LAST, Q_WAITED, Q_MAX };

static const char *const sample_sql[] = {
	[Q_FIND] = "SELECT last_receipt, last_entry FROM review_sample WHERE seed = ?1 AND person = ?2",
	[Q_ADD] = "INSERT INTO review_sample (seed, person, last_receipt, last_entry, drawn_at_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
	[Q_LAST] = "SELECT max(id) FROM receipt",
	[Q_WAITED] = "SELECT id FROM receipt r WHERE id <= ?1 AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.receipt = r.id AND e.id <= ?2"
		     " AND e.kind IN ('approved', 'rejected', 'withdrawn')) ORDER BY id",
};
_Static_assert(ARRAY_LEN(sample_sql) == Q_MAX, "a statement for every name");

const struct statements sample_statements = { "budget/sample", sample_sql, Q_MAX };

/* The moment that a seed was drawn at. */
struct moment {
	int64_t last_receipt;
	int64_t last_entry;
};

struct ticket {
	struct sha256_sum hash;
	int64_t number;
};

bool sample_seed_parse(const char *text, char ret_seed[SAMPLE_SEED_DIGITS + 1])
{
	char seed[SAMPLE_SEED_DIGITS + 1] = "";

	if (strlen(text) != SAMPLE_SEED_DIGITS)
		return false;
	for (size_t i = 0; i < SAMPLE_SEED_DIGITS; i++) {
		char c = text[i];

		if (c >= 'A' && c <= 'F')
			c = (char)(c - 'A' + 'a');
		if (!strchr("0123456789abcdef", c))
			return false;
		seed[i] = c;
	}
	memcpy(ret_seed, seed, sizeof seed);
	return true;
}

struct sha256_sum sample_hash(struct arena *arena, const char *seed, int64_t number)
{
	const char *bytes = arena_printf(arena, "rotonde-sample-1\n%s\n%" PRId64 "\n", seed, number);

	return sha256_of(bytes, strlen(bytes));
}

static void make_seed(char ret_seed[SAMPLE_SEED_DIGITS + 1])
{
	unsigned char bytes[SAMPLE_SEED_DIGITS / 2];

	random_bytes(bytes, sizeof bytes);
	(void)snprintf(ret_seed, SAMPLE_SEED_DIGITS + 1, "%02x%02x%02x", bytes[0], bytes[1], bytes[2]);
}

static bool find_moment(struct view *view, const char *seed, int64_t person, struct moment *ret_moment)
{
	struct stmt *q = view_query(view, &sample_statements, Q_FIND);

	stmt_bind_text(q, 1, seed);
	stmt_bind_int(q, 2, person);
	if (!stmt_step(q))
		return false;
	*ret_moment = (struct moment){ stmt_int(q, 0), stmt_int(q, 1) };
	stmt_reset(q);
	return true;
}

static struct moment remember_moment(struct turn *turn, const char *seed, int64_t person)
{
	struct view *view = turn_view(turn);
	char head[SHA256_HEX_SIZE];
	struct moment now = { stmt_one_int(view_query(view, &sample_statements, Q_LAST), 0), ledger_head(view, head) };
	struct stmt *q = turn_query(turn, &sample_statements, Q_ADD);

	stmt_bind_text(q, 1, seed);
	stmt_bind_int(q, 2, person);
	stmt_bind_int(q, 3, now.last_receipt);
	stmt_bind_int(q, 4, now.last_entry);
	stmt_bind_int(q, 5, turn_now_ms(turn));
	(void)stmt_run(q);
	return now;
}

static int compare_tickets(const void *a, const void *b)
{
	const struct ticket *left = a, *right = b;

	return memcmp(left->hash.bytes, right->hash.bytes, sizeof left->hash.bytes);
}

/* What waited then and is not his own, in the order of the seed. */
static struct ticket *draw(struct view *view, const char *seed, int64_t person, const struct moment *moment, size_t *ret_len)
{
	struct ticket *tickets = arena_array(view_arena(view), struct ticket, (size_t)moment->last_receipt);
	struct stmt *q = view_query(view, &sample_statements, Q_WAITED);
	size_t len = 0;

	stmt_bind_int(q, 1, moment->last_receipt);
	stmt_bind_int(q, 2, moment->last_entry);
	while (stmt_step(q)) {
		int64_t number = stmt_int(q, 0);

		if (!review_is_own(view, number, person))
			tickets[len++] = (struct ticket){ sample_hash(view_arena(view), seed, number), number };
	}
	qsort(tickets, len, sizeof *tickets, compare_tickets);
	*ret_len = len;
	return tickets;
}

struct sample sample_draw(struct turn *turn, const struct actor *actor, size_t count, const char *seed)
{
	struct view *view = turn_view(turn);
	struct sample sample = { .len = 0 };
	struct ticket *tickets;
	struct moment moment;

	if (seed)
		memcpy(sample.seed, seed, sizeof sample.seed);
	else
		make_seed(sample.seed);
	sample.drawn_before = find_moment(view, sample.seed, actor->person, &moment);
	if (!sample.drawn_before)
		moment = remember_moment(turn, sample.seed, actor->person);
	tickets = draw(view, sample.seed, actor->person, &moment, &sample.waiting);
	if (count > SAMPLE_MAX)
		count = SAMPLE_MAX;
	sample.receipts = arena_array(view_arena(view), struct receipt, SAMPLE_MAX);
	for (; sample.len < count && sample.len < sample.waiting; sample.len++)
		sample.receipts[sample.len] = receipt_get(view, tickets[sample.len].number);
	return sample;
}
