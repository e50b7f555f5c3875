#include "budget/sample.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/random.h"
#include "budget/ledger.h"
#include "budget/review.h"

enum { Q_FIND, Q_ADD, Q_ADD_OWN, Q_LAST, Q_WAITED, Q_MAX };

static const char *const sample_sql[] = {
	[Q_FIND] = "SELECT last_receipt, last_entry FROM review_sample WHERE seed = ?1",
	[Q_ADD] = "INSERT INTO review_sample (seed, person, last_receipt, last_entry, drawn_at_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
	[Q_ADD_OWN] = "INSERT INTO review_sample_own (seed, receipt) VALUES (?1, ?2)",
	[Q_LAST] = "SELECT max(id) FROM receipt",
	[Q_WAITED] = "SELECT id FROM receipt r WHERE id <= ?1 AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.receipt = r.id AND e.id <= ?2"
		     " AND e.kind IN ('approved', 'rejected', 'withdrawn'))"
		     " AND NOT EXISTS (SELECT 1 FROM review_sample_own o WHERE o.seed = ?3 AND o.receipt = r.id) ORDER BY id",
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

static bool find_moment(struct view *view, const char *seed, struct moment *ret_moment)
{
	struct stmt *q = view_query(view, &sample_statements, Q_FIND);

	stmt_bind_text(q, 1, seed);
	if (!stmt_step(q))
		return false;
	*ret_moment = (struct moment){ stmt_int(q, 0), stmt_int(q, 1) };
	stmt_reset(q);
	return true;
}

/* One that was never drawn. */
static void make_seed(struct view *view, char ret_seed[SAMPLE_SEED_DIGITS + 1])
{
	unsigned char bytes[SAMPLE_SEED_DIGITS / 2];
	struct moment moment;

	do {
		random_bytes(bytes, sizeof bytes);
		(void)snprintf(ret_seed, SAMPLE_SEED_DIGITS + 1, "%02x%02x%02x", bytes[0], bytes[1], bytes[2]);
	} while (find_moment(view, ret_seed, &moment));
}

/* The receipts that waited at that moment, without those kept out of this seed's sample; as many as there can be. */
static int64_t *list_waited(struct view *view, const char *seed, const struct moment *moment, size_t *ret_len)
{
	int64_t *numbers = arena_array(view_arena(view), int64_t, (size_t)moment->last_receipt);
	struct stmt *q = view_query(view, &sample_statements, Q_WAITED);

	stmt_bind_int(q, 1, moment->last_receipt);
	stmt_bind_int(q, 2, moment->last_entry);
	stmt_bind_text(q, 3, seed);
	*ret_len = 0;
	while (stmt_step(q))
		numbers[(*ret_len)++] = stmt_int(q, 0);
	return numbers;
}

/* The seed is drawn now, by this person: what is his own is kept out of it, for whoever draws it again. */
static struct moment remember_moment(struct turn *turn, const char *seed, int64_t person)
{
	struct view *view = turn_view(turn);
	char head[SHA256_HEX_SIZE];
	struct moment now = { stmt_one_int(view_query(view, &sample_statements, Q_LAST), 0), ledger_head(view, head) };
	struct stmt *q = turn_query(turn, &sample_statements, Q_ADD);
	const int64_t *waiting;
	size_t len;

	stmt_bind_text(q, 1, seed);
	stmt_bind_int(q, 2, person);
	stmt_bind_int(q, 3, now.last_receipt);
	stmt_bind_int(q, 4, now.last_entry);
	stmt_bind_int(q, 5, turn_now_ms(turn));
	(void)stmt_run(q);
	waiting = list_waited(view, seed, &now, &len);
	for (size_t i = 0; i < len; i++) {
		if (!review_is_own(view, waiting[i], person))
			continue;
		q = turn_query(turn, &sample_statements, Q_ADD_OWN);
		stmt_bind_text(q, 1, seed);
		stmt_bind_int(q, 2, waiting[i]);
		(void)stmt_run(q);
	}
	return now;
}

static int compare_tickets(const void *a, const void *b)
{
	const struct ticket *left = a, *right = b;

	return memcmp(left->hash.bytes, right->hash.bytes, sizeof left->hash.bytes);
}

/* What was in the sample's hat, in the order of the seed. */
static struct ticket *draw(struct view *view, const char *seed, const struct moment *moment, size_t *ret_len)
{
	const int64_t *numbers = list_waited(view, seed, moment, ret_len);
	struct ticket *tickets = arena_array(view_arena(view), struct ticket, *ret_len);

	for (size_t i = 0; i < *ret_len; i++)
		tickets[i] = (struct ticket){ sample_hash(view_arena(view), seed, numbers[i]), numbers[i] };
	qsort(tickets, *ret_len, sizeof *tickets, compare_tickets);
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
		make_seed(view, sample.seed);
	sample.drawn_before = find_moment(view, sample.seed, &moment);
	if (!sample.drawn_before)
		moment = remember_moment(turn, sample.seed, actor->person);
	tickets = draw(view, sample.seed, &moment, &sample.waiting);
	if (count > SAMPLE_MAX)
		count = SAMPLE_MAX;
	sample.receipts = arena_array(view_arena(view), struct receipt, SAMPLE_MAX);
	for (; sample.len < count && sample.len < sample.waiting; sample.len++)
		sample.receipts[sample.len] = receipt_get(view, tickets[sample.len].number);
	return sample;
}
