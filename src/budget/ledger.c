#include "budget/ledger.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/random.h"
#include "base/str.h"
#include "budget/ledger_rows.h"
#include "budget/line.h"

enum { SALT_BYTES = 16 };

static const char *const ledger_sql[] = {
	[Q_LEDGER_HEAD] = "SELECT id, hash FROM entry ORDER BY id DESC LIMIT 1",
	[Q_LEDGER_ADD] = "INSERT INTO entry (id, at_ms, kind, line, receipt, reverses, person, about, proposal, cents, text_hash, previous, hash)"
			 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
	[Q_LEDGER_TEXT_ADD] = "INSERT INTO entry_text (entry, salt, text) VALUES (?1, ?2, ?3)",
	[Q_LEDGER_STANDING] = "SELECT " LEDGER_ENTRY_COLUMNS " FROM entry e WHERE receipt = ?1 AND kind IN ('spend', 'back')"
			      " AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses = e.id) ORDER BY id",
	[Q_LEDGER_CORE_MOVED] = "SELECT count(*), -ifnull(sum(e.cents), 0) FROM entry e JOIN receipt r ON r.id = e.receipt"
				" WHERE e.id > ?2 AND r.core = ?1 AND e.line IS NOT NULL",
	[Q_LEDGER_MOVED] = "SELECT 1 FROM entry WHERE id > ?1 AND kind <> 'grant' AND line IS NOT NULL LIMIT 1",
	[Q_LEDGER_GRANTED] = "SELECT ifnull(sum(cents), 0) FROM entry WHERE line = ?1 AND kind = 'grant'",
	[Q_LEDGER_WALK] = "SELECT " LEDGER_ENTRY_COLUMNS ", e.text_hash, e.previous, e.hash, t.salt, t.text"
			  " FROM entry e LEFT JOIN entry_text t ON t.entry = e.id ORDER BY e.id",
	[Q_LEDGER_BAD_REVERSALS] = "SELECT r.id FROM entry r LEFT JOIN entry e ON e.id = r.reverses WHERE r.kind = 'reverse' AND"
				   " (e.id IS NULL OR e.id >= r.id OR e.kind NOT IN ('spend', 'back') OR e.line <> r.line"
				   " OR e.receipt IS NOT r.receipt OR e.cents <> -r.cents) ORDER BY r.id",
	[Q_LEDGER_BAD_MOVES] = "SELECT min(id) FROM entry WHERE kind = 'move' GROUP BY proposal"
			       " HAVING count(*) <> 2 OR sum(cents) <> 0 OR count(DISTINCT line) <> 2 ORDER BY 1",
	[Q_LEDGER_BAD_LINES] =
		"SELECT l.id FROM line l LEFT JOIN (SELECT line, sum(iif(kind IN ('grant', 'move'), cents, 0)) AS granted,"
		" sum(iif(kind IN ('grant', 'move'), 0, -cents)) AS spent FROM entry GROUP BY line) e ON e.line = l.id"
		" WHERE l.granted_cents <> ifnull(e.granted, 0) OR l.spent_cents <> ifnull(e.spent, 0) ORDER BY l.id",
	[Q_LEDGER_RENAMED] = "SELECT l.id FROM entry e JOIN line l ON l.id = e.line JOIN entry_text t ON t.entry = e.id"
			     " WHERE e.kind = 'grant' AND t.text <> l.owner_slug || ';' || l.name || ';' || l.kind"
			     " UNION SELECT l.id FROM line l LEFT JOIN core c ON c.slug = l.owner_slug WHERE l.core IS NOT c.id"
			     " OR l.owner <> iif(c.id IS NOT NULL, 'core', iif(l.owner_slug = 'buurt', 'neighbourhood', 'area')) ORDER BY 1",
	[Q_LEDGER_TOTALS] = "SELECT ifnull(sum(granted_cents), 0), ifnull(sum(spent_cents), 0) FROM line",
	/* What should be booked of a receipt: nothing, or on its own line what it says less what came back. */
	[Q_LEDGER_BAD_RECEIPTS] =
		"WITH booked AS (SELECT receipt, line, sum(cents) AS cents FROM entry WHERE receipt IS NOT NULL"
		" GROUP BY receipt, line HAVING sum(cents) <> 0),"
		" wanted AS (SELECT id AS receipt, line, back_cents - cents AS cents FROM receipt"
		" WHERE line IS NOT NULL AND cents IS NOT NULL AND cents <> back_cents"
		" AND state IN ('submitted', 'asked', 'approved') AND discuss IS NOT 'cap')"
		" SELECT receipt FROM (SELECT * FROM booked EXCEPT SELECT * FROM wanted)"
		" UNION SELECT receipt FROM (SELECT * FROM wanted EXCEPT SELECT * FROM booked) ORDER BY 1",
	/* Its state is its last step, and it is paid when and only when that was noted. */
	[Q_LEDGER_BAD_STATES] = "SELECT r.id FROM receipt r LEFT JOIN entry s ON s.id = (SELECT max(id) FROM entry WHERE receipt = r.id"
				" AND kind IN ('asked', 'answered', 'approved', 'rejected', 'withdrawn'))"
				" WHERE r.state <> iif(s.kind IS NULL OR s.kind = 'answered', 'submitted', s.kind)"
				" OR r.paid_at_ms IS NOT (SELECT max(at_ms) FROM entry WHERE receipt = r.id AND kind = 'paid') ORDER BY r.id",
	[Q_LEDGER_LOOSE_TEXTS] = "SELECT entry FROM entry_text t WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.id = t.entry) ORDER BY entry",
	/* Approved by an owner, or by who was ever one with an owner, without the note that nobody else could look; 1 when they were one by then. */
	[Q_LEDGER_OWN_APPROVALS] =
		"SELECT e.receipt, max(e.person IN (WITH RECURSIVE same (id) AS (SELECT o.person"
		" UNION SELECT l.other FROM same s JOIN person_link l ON l.person = s.id AND l.made_at_ms < e.at_ms"
		" UNION SELECT l.person FROM same s JOIN person_link l ON l.other = s.id AND l.made_at_ms < e.at_ms) SELECT id FROM same))"
		" FROM entry e JOIN receipt_owner o ON o.receipt = e.receipt WHERE e.kind = 'approved'"
		" AND e.person IN (WITH RECURSIVE same (id) AS (SELECT o.person"
		" UNION SELECT l.other FROM same s JOIN person_link l ON l.person = s.id"
		" UNION SELECT l.person FROM same s JOIN person_link l ON l.other = s.id) SELECT id FROM same)"
		" AND NOT EXISTS (SELECT 1 FROM entry s WHERE s.id = e.id - 1 AND s.kind = 'sole' AND s.receipt = e.receipt AND s.person = e.person)"
		" GROUP BY e.receipt ORDER BY e.receipt",
	/* What two decided was agreed to by this hand at this moment; of a move also what goes from where to where. */
	[Q_LEDGER_BAD_DECISIONS] =
		"SELECT e.id FROM entry e LEFT JOIN proposal p ON p.id = e.proposal LEFT JOIN money_move m ON m.proposal = e.proposal"
		" WHERE e.proposal IS NOT NULL AND (p.id IS NULL OR p.kind <> e.kind OR p.state <> 'agreed' OR p.agreed_by IS NOT e.person"
		" OR p.settled_at_ms IS NOT e.at_ms OR (e.kind = 'move' AND (m.proposal IS NULL"
		" OR NOT ((e.line = m.from_line AND e.cents = -m.cents) OR (e.line = m.to_line AND e.cents = m.cents))))) ORDER BY e.id",
	[Q_LEDGER_UNDONE_MOVES] = "SELECT p.id FROM proposal p WHERE p.kind = 'move' AND p.state = 'agreed'"
				  " AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.proposal = p.id AND e.kind = 'move') ORDER BY p.id",
};
_Static_assert(ARRAY_LEN(ledger_sql) == Q_LEDGER_MAX, "a statement for every name");

const struct statements ledger_statements = { "budget/ledger", ledger_sql, Q_LEDGER_MAX };

static const char *const kind_words[] = {
	[ENTRY_GRANT] = "grant",
	[ENTRY_SPEND] = "spend",
	[ENTRY_BACK] = "back",
	[ENTRY_REVERSE] = "reverse",
	[ENTRY_MOVE] = "move",
	[ENTRY_ASKED] = "asked",
	[ENTRY_ANSWERED] = "answered",
	[ENTRY_APPROVED] = "approved",
	[ENTRY_REJECTED] = "rejected",
	[ENTRY_WITHDRAWN] = "withdrawn",
	[ENTRY_PAID] = "paid",
	[ENTRY_SOLE] = "sole",
	[ENTRY_ROLE] = "role",
	[ENTRY_LINK] = "link",
};

const char *entry_kind_format(enum entry_kind kind)
{
	return kind_words[kind];
}

bool entry_kind_parse(const char *word, enum entry_kind *ret_kind)
{
	for (size_t i = 0; i < ARRAY_LEN(kind_words); i++) {
		if (!str_equal(kind_words[i], word))
			continue;
		*ret_kind = (enum entry_kind)i;
		return true;
	}
	return false;
}

char *ledger_serialise(struct arena *arena, const struct entry *entry, const char *text_hash, const char *previous)
{
	return arena_printf(arena,
			    "rotonde-ledger-1\n"
			    "previous=%s\n"
			    "entry=%" PRId64 "\n"
			    "at_ms=%" PRId64 "\n"
			    "kind=%s\n"
			    "line=%" PRId64 "\n"
			    "receipt=%" PRId64 "\n"
			    "reverses=%" PRId64 "\n"
			    "person=%" PRId64 "\n"
			    "about=%" PRId64 "\n"
			    "proposal=%" PRId64 "\n"
			    "cents=%" PRId64 "\n"
			    "text=%s\n",
			    previous, entry->id, entry->at_ms, entry_kind_format(entry->kind), entry->line, entry->receipt,
			    entry->reverses, entry->person, entry->about, entry->proposal, cents_to_int64(entry->cents), text_hash);
}

void ledger_text_hash(const void *salt, size_t salt_len, const char *text, char ret_hex[SHA256_HEX_SIZE])
{
	struct sha256 *sum = sha256_create();
	struct sha256_sum hash;

	sha256_add(sum, salt, salt_len);
	sha256_add(sum, text, strlen(text));
	hash = sha256_finish(sum);
	sha256_destroy(sum);
	sha256_hex(&hash, ret_hex);
}

int64_t ledger_head(struct view *view, char ret_hex[SHA256_HEX_SIZE])
{
	struct stmt *q = view_query(view, &ledger_statements, Q_LEDGER_HEAD);
	const char *hash;
	int64_t id;

	memset(ret_hex, '0', SHA256_HEX_SIZE - 1);
	ret_hex[SHA256_HEX_SIZE - 1] = '\0';
	if (!stmt_step(q))
		return 0;
	id = stmt_int(q, 0);
	hash = stmt_text(q, 1);
	stmt_reset(q);
	INVARIANT(strlen(hash) == SHA256_HEX_SIZE - 1);
	memcpy(ret_hex, hash, SHA256_HEX_SIZE);
	return id;
}

static void bind_id(struct stmt *q, int index, int64_t id)
{
	if (id)
		stmt_bind_int(q, index, id);
}

static void add_entry(struct turn *turn, const struct entry *entry, const char *text_hash, const char *previous)
{
	const char *bytes = ledger_serialise(turn_arena(turn), entry, text_hash, previous);
	struct sha256_sum sum = sha256_of(bytes, strlen(bytes));
	struct stmt *q = turn_query(turn, &ledger_statements, Q_LEDGER_ADD);
	char hash[SHA256_HEX_SIZE];

	sha256_hex(&sum, hash);
	stmt_bind_int(q, 1, entry->id);
	stmt_bind_int(q, 2, entry->at_ms);
	stmt_bind_text(q, 3, entry_kind_format(entry->kind));
	bind_id(q, 4, entry->line);
	bind_id(q, 5, entry->receipt);
	bind_id(q, 6, entry->reverses);
	bind_id(q, 7, entry->person);
	bind_id(q, 8, entry->about);
	bind_id(q, 9, entry->proposal);
	stmt_bind_int(q, 10, cents_to_int64(entry->cents));
	stmt_bind_text(q, 11, text_hash);
	stmt_bind_text(q, 12, previous);
	stmt_bind_text(q, 13, hash);
	(void)stmt_run(q);
}

static void add_text(struct turn *turn, int64_t entry, const unsigned char *salt, const char *text)
{
	struct stmt *q = turn_query(turn, &ledger_statements, Q_LEDGER_TEXT_ADD);

	stmt_bind_int(q, 1, entry);
	stmt_bind_blob(q, 2, salt, SALT_BYTES);
	stmt_bind_text(q, 3, text);
	(void)stmt_run(q);
}

/* The sums of its line follow an entry. */
static void count_entry(struct turn *turn, const struct entry *entry)
{
	const struct cents none = cents_from_int64(0);

	if (!entry->line)
		return;
	if (entry->kind == ENTRY_GRANT || entry->kind == ENTRY_MOVE)
		line_count(turn, entry->line, entry->cents, none);
	else
		line_count(turn, entry->line, none, cents_negate(entry->cents));
}

int64_t ledger_append(struct turn *turn, const struct entry *in, const char *text)
{
	char text_hash[SHA256_HEX_SIZE], previous[SHA256_HEX_SIZE];
	unsigned char salt[SALT_BYTES];
	struct entry entry = *in;

	entry.id = ledger_head(turn_view(turn), previous) + 1;
	entry.at_ms = turn_now_ms(turn);
	random_bytes(salt, sizeof salt);
	ledger_text_hash(salt, sizeof salt, text, text_hash);
	add_entry(turn, &entry, text_hash, previous);
	add_text(turn, entry.id, salt, text);
	count_entry(turn, &entry);
	return entry.id;
}

void ledger_note(struct turn *turn, enum entry_kind kind, int64_t by, int64_t about, int64_t receipt, const char *text)
{
	(void)ledger_append(turn, &(struct entry){ .kind = kind, .receipt = receipt, .person = by, .about = about, .cents = cents_from_int64(0) }, text);
}

void ledger_reverse(struct turn *turn, const struct entry *entry, int64_t person, const char *text)
{
	struct entry counter = {
		.kind = ENTRY_REVERSE,
		.line = entry->line,
		.receipt = entry->receipt,
		.reverses = entry->id,
		.person = person,
		.cents = cents_negate(entry->cents),
	};

	INVARIANT(entry->kind == ENTRY_SPEND || entry->kind == ENTRY_BACK);
	(void)ledger_append(turn, &counter, text);
}

bool ledger_read_entry(struct stmt *q, struct entry *ret_entry)
{
	enum entry_kind kind;

	if (!entry_kind_parse(stmt_text(q, 2), &kind))
		return false;
	*ret_entry = (struct entry){
		.id = stmt_int(q, 0),
		.at_ms = stmt_int(q, 1),
		.kind = kind,
		.line = stmt_int(q, 3),
		.receipt = stmt_int(q, 4),
		.reverses = stmt_int(q, 5),
		.person = stmt_int(q, 6),
		.about = stmt_int(q, 7),
		.proposal = stmt_int(q, 8),
		.cents = cents_from_int64(stmt_int(q, 9)),
	};
	return true;
}

struct entry *ledger_standing(struct view *view, int64_t receipt, size_t *ret_len)
{
	struct stmt *q = view_query(view, &ledger_statements, Q_LEDGER_STANDING);
	struct entry *entries = NULL;
	size_t len = 0, size = 0;

	stmt_bind_int(q, 1, receipt);
	while (stmt_step(q)) {
		if (len == size) {
			struct entry *more = arena_array(view_arena(view), struct entry, size = size ? 2 * size : 4);

			if (len)
				memcpy(more, entries, len * sizeof *entries);
			entries = more;
		}
		INVARIANT(ledger_read_entry(q, &entries[len]));
		len++;
	}
	*ret_len = len;
	return entries;
}

bool ledger_core_moved(struct view *view, int64_t core, int64_t after_entry, struct cents *ret_spent)
{
	struct stmt *q = view_query(view, &ledger_statements, Q_LEDGER_CORE_MOVED);
	bool moved;

	stmt_bind_int(q, 1, core);
	stmt_bind_int(q, 2, after_entry);
	INVARIANT(stmt_step(q));
	moved = stmt_int(q, 0) > 0;
	if (moved)
		*ret_spent = cents_from_int64(stmt_int(q, 1));
	stmt_reset(q);
	return moved;
}

bool ledger_moved(struct view *view, int64_t after_entry)
{
	struct stmt *q = view_query(view, &ledger_statements, Q_LEDGER_MOVED);
	bool moved;

	stmt_bind_int(q, 1, after_entry);
	moved = stmt_step(q);
	if (moved)
		stmt_reset(q);
	return moved;
}

struct cents ledger_granted(struct view *view, int64_t line)
{
	struct stmt *q = view_query(view, &ledger_statements, Q_LEDGER_GRANTED);

	stmt_bind_int(q, 1, line);
	return cents_from_int64(stmt_one_int(q, 0));
}
