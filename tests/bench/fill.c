#include "bench/fill.h"

#include "base/clock.h"
#include "base/die.h"
#include "engine/engine.h"
#include "store/turn_owner.h"

enum { PERSONS = 2000, CORES = 24, CHUNK = 20000, RECEIPTS_PER_IDEA = 100 };
/* A receipt every ten minutes, day and night: a million of them are nineteen years. */
#define EVERY_MS (10 * MS_PER_MINUTE)

/* What the statements below lean on: which numbers to make rows of, when number 0 was, and where core groups and persons begin. */
static const char *const span_sql[] = {
	"CREATE TABLE IF NOT EXISTS bench (first INTEGER, last INTEGER, zero_ms INTEGER, every_ms INTEGER, app_group INTEGER, person INTEGER)",
};
static const struct statements span_statements = { "bench/span", span_sql, ARRAY_LEN(span_sql) };
static const struct statements *const span_rooms[] = { &span_statements, NULL };

enum {
	Q_CACHE, Q_HAVE, Q_GROUPS, Q_SPAN_OUT, Q_SPAN, Q_PERSONS, Q_IDENTITIES, Q_BLOBS, Q_MEDIA, Q_RECEIPTS, Q_OWNERS, Q_PHOTOS, Q_HISTORY,
	Q_ENTRIES, Q_TEXTS, Q_INBOX, Q_OUTBOX, Q_IDEAS, Q_IDEA_SEARCH, Q_IDEA_MESSAGES, Q_LINES, Q_MAX
};

#define NUMBERS "WITH RECURSIVE n (i) AS (SELECT first FROM bench UNION ALL SELECT i + 1 FROM n, bench WHERE i < last) "
#define FROM_N  " FROM n, bench AS b"
#define AT      "b.zero_ms + i * b.every_ms"
#define GROUP   "b.app_group + i % 24"
#define CORE    "(SELECT core FROM app_group WHERE id = " GROUP ")"
#define ROOM    "(SELECT room FROM room WHERE app_group = " GROUP ")"
#define PERSON  "b.person + i * 7 % 2000"
#define SENDER  "'@resident' || (i * 7 % 2000) || ':console'"
#define EVENT   "'$' || lower(hex(randomblob(21)))"
#define HASH    "lower(hex(randomblob(32)))"
#define LINE    "(SELECT id FROM line WHERE core = " CORE " ORDER BY id LIMIT 1)"
#define CENTS   "100 + i * 37 % 9000"

static const char *const fill_sql[] = {
	[Q_CACHE] = "PRAGMA cache_size = -524288",
	[Q_HAVE] = "SELECT (SELECT count(*) FROM receipt), (SELECT count(*) FROM idea)",
	[Q_GROUPS] = "SELECT min(id), max(id) FROM app_group WHERE kind = 'core'",
	[Q_SPAN_OUT] = "DELETE FROM bench",
	[Q_SPAN] = "INSERT INTO bench SELECT ?1, ?2, ?3, ?4, ?5, (SELECT id FROM person WHERE label = 'bench0')",
	[Q_PERSONS] = NUMBERS "INSERT INTO person (label, name, created_at_ms) SELECT 'bench' || i, 'Bewoner ' || i, zero_ms" FROM_N,
	[Q_IDENTITIES] = NUMBERS "INSERT INTO identity (sender, person, first_person, linked_at_ms)"
	                 " SELECT '@resident' || i || ':console', p.id, p.id, zero_ms" FROM_N " JOIN person AS p ON p.label = 'bench' || i",
	[Q_BLOBS] = NUMBERS "INSERT INTO blob (hash, size, type, stored_at_ms) SELECT printf('%064x', i), 80000, 'image/jpeg', " AT FROM_N,
	[Q_MEDIA] = NUMBERS "INSERT INTO media (event, room, sender, sent_at_ms, url, name, mime, size, disappearing, state, blob)"
	            " SELECT " EVENT ", " ROOM ", " SENDER ", " AT ", 'mxc://example.org/' || i, 'bon.jpg', 'image/jpeg', 80000, 0, 'stored',"
	            " printf('%064x', i)" FROM_N,
	[Q_RECEIPTS] = NUMBERS "INSERT INTO receipt (id, app_group, core, author, event, sent_at_ms, day, disappearing, language, words, cents, line)"
	               " SELECT i, " GROUP ", " CORE ", " PERSON ", " EVENT ", " AT ", date((" AT ") / 1000, 'unixepoch'), 0, 'nl', 'verf en kwasten ' || i, "
	               CENTS ", " LINE FROM_N,
	[Q_OWNERS] = NUMBERS "INSERT INTO receipt_owner (receipt, person) SELECT i, " PERSON FROM_N,
	[Q_PHOTOS] = NUMBERS "INSERT INTO receipt_photo (receipt, media, sent_at_ms)"
	             " SELECT i, (SELECT id FROM media WHERE blob = printf('%064x', i)), " AT FROM_N,
	[Q_HISTORY] = NUMBERS "INSERT INTO receipt_history (receipt, at_ms, person, what, new) SELECT i, " AT ", " PERSON ", 'made', " CENTS FROM_N,
	[Q_ENTRIES] = NUMBERS "INSERT INTO entry (id, at_ms, kind, line, receipt, person, cents, text_hash, previous, hash)"
	              " SELECT (SELECT max(id) FROM entry) + 1 + i - b.first, " AT ", 'spend', " LINE ", i, " PERSON ", -(" CENTS "), " HASH ", " HASH ", " HASH FROM_N,
	[Q_TEXTS] = "INSERT INTO entry_text (entry, salt, text) SELECT e.id, randomblob(16), 'verf en kwasten ' || e.receipt"
	            " FROM bench JOIN entry AS e ON e.receipt BETWEEN first AND last",
	[Q_INBOX] = NUMBERS "INSERT INTO inbox (event, room, sender, state, sent_at_ms, arrived_at_ms)"
	            " SELECT " EVENT ", " ROOM ", " SENDER ", 'done', " AT ", " AT FROM_N,
	[Q_OUTBOX] = NUMBERS "INSERT INTO outbox (room, state, reply_to, created_at_ms, not_before_ms, txn_id, event, sent_at_ms)"
	             " SELECT " ROOM ", 'sent', " EVENT ", " AT ", " AT ", '1-' || i, " EVENT ", " AT FROM_N,
	[Q_IDEAS] = NUMBERS "INSERT INTO idea (id, author, app_group, core, event, said_at_ms, text, folded, state)"
	            " SELECT i, " PERSON ", " GROUP ", " CORE ", " EVENT ", " AT ", 'een bankje bij de lift van nummer ' || i,"
	            " 'een bankje bij de lift van nummer ' || i, 'new'" FROM_N,
	[Q_IDEA_SEARCH] = "INSERT INTO idea_search (rowid, folded) SELECT id, folded FROM bench JOIN idea ON id BETWEEN first AND last",
	[Q_IDEA_MESSAGES] = "INSERT INTO idea_message (event, idea) SELECT event, id FROM bench JOIN idea ON id BETWEEN first AND last",
	[Q_LINES] = "UPDATE line SET spent_cents = (SELECT ifnull(-sum(cents), 0) FROM entry WHERE entry.line = line.id AND kind NOT IN ('grant', 'move'))",
};
_Static_assert(ARRAY_LEN(fill_sql) == Q_MAX, "a statement for every name");
static const struct statements fill_statements = { "bench/fill", fill_sql, Q_MAX };
static const struct statements *const fill_rooms[] = { &fill_statements, NULL };

static void run(struct store *store, void (*work)(struct turn *turn, void *context), void *context)
{
	if (turn_run(store, 1, work, context) != TURN_COMMITTED)
		die("the disk is full");
}

static struct store *open_store(const char *path, const struct statements *const *rooms)
{
	struct store *store;
	const char *why = "";

	if (store_open(path, rooms, &store, &why) != STORE_OPENED)
		die("%s: %s", path, why);
	return store;
}

static void create_span(struct turn *turn, void *context)
{
	(void)context;
	(void)stmt_run(turn_query(turn, &span_statements, 0));
}

/* Rows of these tables for the numbers first..last. */
struct span {
	int64_t first, last;
	int64_t zero_ms;
	const int *queries;
	size_t queries_len;
};

static int64_t first_core_group(struct turn *turn)
{
	struct stmt *q = turn_query(turn, &fill_statements, Q_GROUPS);
	int64_t first = 0;

	while (stmt_step(q)) {
		first = stmt_int(q, 0);
		INVARIANT(stmt_int(q, 1) == first + CORES - 1);
	}
	return first;
}

static void add_span(struct turn *turn, void *context)
{
	const struct span *span = context;
	int64_t group = first_core_group(turn);
	struct stmt *q;

	(void)stmt_run(turn_query(turn, &fill_statements, Q_SPAN_OUT));
	q = turn_query(turn, &fill_statements, Q_SPAN);
	stmt_bind_int(q, 1, span->first);
	stmt_bind_int(q, 2, span->last);
	stmt_bind_int(q, 3, span->zero_ms);
	stmt_bind_int(q, 4, EVERY_MS);
	stmt_bind_int(q, 5, group);
	(void)stmt_run(q);
	for (size_t i = 0; i < span->queries_len; i++)
		(void)stmt_run(turn_query(turn, &fill_statements, (size_t)span->queries[i]));
}

/* In pieces, so that no transaction holds a gigabyte. */
static void add(struct store *store, struct span span)
{
	int64_t last = span.last;

	for (; span.first <= last; span.first = span.last + 1) {
		span.last = span.first + CHUNK - 1 < last ? span.first + CHUNK - 1 : last;
		run(store, add_span, &span);
	}
}

/* What there is; the ids of both run from 1 without holes. */
struct have {
	int64_t receipts, ideas;
};

static void begin(struct turn *turn, void *context)
{
	struct have *ret_have = context;
	struct stmt *q = turn_query(turn, &fill_statements, Q_CACHE);

	while (stmt_step(q))
		;
	q = turn_query(turn, &fill_statements, Q_HAVE);
	while (stmt_step(q))
		*ret_have = (struct have){ stmt_int(q, 0), stmt_int(q, 1) };
}

static void count_lines(struct turn *turn, void *context)
{
	(void)context;
	(void)stmt_run(turn_query(turn, &fill_statements, Q_LINES));
}

void fill(const char *path, int64_t rows, int64_t then_ms)
{
	static const int people[] = { Q_PERSONS, Q_IDENTITIES };
	static const int books[] = { Q_BLOBS, Q_MEDIA, Q_RECEIPTS, Q_OWNERS, Q_PHOTOS, Q_HISTORY, Q_ENTRIES, Q_TEXTS, Q_INBOX, Q_OUTBOX };
	static const int ideas[] = { Q_IDEAS, Q_IDEA_SEARCH, Q_IDEA_MESSAGES };
	int64_t zero_ms = then_ms - rows * EVERY_MS;
	struct store *store = open_store(path, span_rooms);
	struct have have = { 0 };

	run(store, create_span, NULL);
	store_close(store);
	store = open_store(path, fill_rooms);
	run(store, begin, &have);
	if (!have.receipts)
		add(store, (struct span){ 0, PERSONS - 1, zero_ms, people, ARRAY_LEN(people) });
	add(store, (struct span){ have.receipts + 1, rows, zero_ms, books, ARRAY_LEN(books) });
	add(store, (struct span){ have.ideas + 1, rows / RECEIPTS_PER_IDEA, zero_ms, ideas, ARRAY_LEN(ideas) });
	run(store, count_lines, NULL);
	store_close(store);
}
