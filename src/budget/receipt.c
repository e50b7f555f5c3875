#include "budget/receipt.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"
#include "budget/receipt_rows.h"
#include "text/unicode.h"

/* A photo joins the receipt said before it within WAIT_MS, or the photo before it within ALBUM_MS. */
enum { WAIT_MS = 10 * 60 * 1000, ALBUM_MS = 2 * 60 * 1000 };

enum {
	Q_GET,
	Q_BY_EVENT,
	Q_BY_PHOTO_EVENT,
	Q_BY_MEDIA,
	Q_LIST,
	Q_APART,
	Q_APART_ALL,
	Q_WAITS_FOR_PHOTO,
	Q_ALBUM,
	Q_PHOTOS,
	Q_IS_OWNER,
	Q_OWNERS,
	Q_SAME_FILE,
	Q_SAME_AMOUNT,
	Q_SAME_TIME,
	Q_ADD,
	Q_WRITE,
	Q_ADD_OWNER,
	Q_REMEMBER,
	Q_ADD_PHOTO,
	Q_REPLACE_PHOTO,
	Q_REMOVE_PHOTO,
	Q_DENY_SAME,
	Q_SET_PAID,
	Q_LIFT_OVER,
	Q_MAX
};

/* The photos of receipt r that are there or on their way; one that could not be fetched is none. */
#define LIVE_PHOTOS                                                                                           \
	"receipt_photo p JOIN media pm ON pm.id = p.media LEFT JOIN media ps ON ps.id = p.replaced_by"        \
	" WHERE p.receipt = r.id AND p.removed_at_ms IS NULL AND (pm.state <> 'failed' OR ps.state = 'stored')"

#define COLUMNS                                                                                                     \
	"r.id, r.app_group, ifnull(r.core, 0), r.author, r.event, r.sent_at_ms, r.day, r.disappearing, r.words, r.cents," \
	" r.back_cents, ifnull(r.line, 0), r.state, r.discuss, iif(r.same_denied, 0, ifnull(r.same_as, 0)),"         \
	" r.removed_at_ms IS NOT NULL, (SELECT count(*) FROM " LIVE_PHOTOS "), r.language, ifnull(r.paid_at_ms, 0)"

static const char *const receipt_sql[] = {
	[Q_GET] = "SELECT " COLUMNS " FROM receipt r WHERE r.id = ?1",
	[Q_BY_EVENT] = "SELECT " COLUMNS " FROM receipt r WHERE r.event = ?1",
	[Q_BY_PHOTO_EVENT] = "SELECT " COLUMNS " FROM media m JOIN receipt_photo q ON q.media = m.id OR q.replaced_by = m.id"
			     " JOIN receipt r ON r.id = q.receipt WHERE m.event = ?1 ORDER BY r.id DESC LIMIT 1",
	[Q_BY_MEDIA] = "SELECT " COLUMNS " FROM receipt_photo q JOIN receipt r ON r.id = q.receipt"
		       " WHERE q.media = ?1 OR q.replaced_by = ?1 ORDER BY r.id DESC LIMIT 1",
	[Q_LIST] = "SELECT " COLUMNS " FROM receipt r WHERE r.core IS ?1 AND r.state <> 'withdrawn' ORDER BY r.id DESC LIMIT ?2",
	[Q_APART] = "SELECT count(*), ifnull(sum(cents), 0) FROM receipt WHERE core IS ?1 AND state = 'submitted'"
		    " AND (cents IS NULL OR line IS NULL OR discuss = 'cap')",
	[Q_APART_ALL] = "SELECT count(*), ifnull(sum(cents), 0) FROM receipt WHERE state = 'submitted'"
			" AND (cents IS NULL OR line IS NULL OR discuss = 'cap')",
	[Q_WAITS_FOR_PHOTO] = "SELECT " COLUMNS " FROM receipt r WHERE r.app_group = ?1 AND r.author = ?2 AND r.state = 'submitted'"
			      " AND r.sent_at_ms BETWEEN ?3 - ?4 AND ?3 AND NOT EXISTS (SELECT 1 FROM " LIVE_PHOTOS ")"
			      " ORDER BY r.id DESC LIMIT 1",
	[Q_ALBUM] = "SELECT " COLUMNS " FROM receipt_photo q JOIN receipt r ON r.id = q.receipt JOIN receipt_owner o ON o.receipt = r.id"
		    " WHERE q.sent_at_ms BETWEEN ?3 - ?4 AND ?3 AND q.removed_at_ms IS NULL AND r.app_group = ?1 AND o.person = ?2"
		    " AND r.state = 'submitted' ORDER BY r.id DESC LIMIT 1",
	[Q_PHOTOS] = "SELECT iif(n.state = 'stored', n.id, m.id), iif(n.state = 'stored', n.blob, m.blob) FROM receipt_photo q"
		     " JOIN media m ON m.id = q.media LEFT JOIN media n ON n.id = q.replaced_by"
		     " WHERE q.receipt = ?1 AND q.removed_at_ms IS NULL ORDER BY q.id",
	[Q_IS_OWNER] = "SELECT 1 FROM receipt_owner WHERE receipt = ?1 AND person IN (SELECT ?2 UNION ALL SELECT id FROM person WHERE joined = ?2)",
	[Q_OWNERS] = "SELECT person FROM receipt_owner WHERE receipt = ?1 ORDER BY person",
	[Q_SAME_FILE] = "SELECT r.id FROM receipt_photo p JOIN media m ON m.id = p.media JOIN media n ON n.blob = m.blob"
			" JOIN receipt_photo q ON q.media = n.id JOIN receipt r ON r.id = q.receipt"
			" WHERE p.receipt = ?1 AND p.removed_at_ms IS NULL AND q.removed_at_ms IS NULL AND q.receipt <> ?1"
			" AND r.state <> 'withdrawn' ORDER BY r.id LIMIT 1",
	[Q_SAME_AMOUNT] = "SELECT id, words FROM receipt WHERE day = ?1 AND cents = ?2 AND core IS ?3 AND app_group = iif(?3 IS NULL, ?4, app_group)"
			  " AND id <> ?5 AND state <> 'withdrawn' ORDER BY id",
	[Q_SAME_TIME] = "SELECT id FROM receipt WHERE author = ?1 AND sent_at_ms = ?2 AND words = ?3 AND words <> '' AND id <> ?4"
			" AND state <> 'withdrawn' ORDER BY id LIMIT 1",
	[Q_ADD] = "INSERT INTO receipt (app_group, core, author, event, sent_at_ms, day, disappearing, words, language)"
		  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
	[Q_WRITE] = "UPDATE receipt SET cents = ?2, back_cents = ?3, words = ?4, line = ?5, state = ?6, discuss = ?7, same_as = ?8,"
		    " removed_at_ms = iif(?9, ifnull(removed_at_ms, ?10), NULL) WHERE id = ?1",
	[Q_ADD_OWNER] = "INSERT INTO receipt_owner (receipt, person) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
	[Q_REMEMBER] = "INSERT INTO receipt_history (receipt, at_ms, person, what, old, new) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[Q_ADD_PHOTO] = "INSERT INTO receipt_photo (receipt, media, sent_at_ms) VALUES (?1, ?2, ?3)",
	[Q_REPLACE_PHOTO] = "UPDATE receipt_photo SET replaced_by = ?2 WHERE media = ?1 OR replaced_by = ?1",
	[Q_REMOVE_PHOTO] = "UPDATE receipt_photo SET removed_at_ms = ?3 WHERE receipt = ?1 AND (media = ?2 OR replaced_by = ?2)",
	[Q_DENY_SAME] = "UPDATE receipt SET same_denied = 1 WHERE id = ?1",
	[Q_SET_PAID] = "UPDATE receipt SET paid_at_ms = ?2 WHERE id = ?1",
	[Q_LIFT_OVER] = "UPDATE receipt SET discuss = NULL WHERE line = ?1 AND discuss = 'over'",
};
_Static_assert(ARRAY_LEN(receipt_sql) == Q_MAX, "a statement for every name");

const struct statements receipt_statements = { "budget/receipt", receipt_sql, Q_MAX };

static const char *const state_words[] = {
	[RECEIPT_SUBMITTED] = "submitted",
	[RECEIPT_ASKED] = "asked",
	[RECEIPT_APPROVED] = "approved",
	[RECEIPT_REJECTED] = "rejected",
	[RECEIPT_WITHDRAWN] = "withdrawn",
};

static const char *const discuss_words[] = {
	[RECEIPT_DISCUSS_NOTHING] = NULL,
	[RECEIPT_DISCUSS_OVER] = "over",
	[RECEIPT_DISCUSS_CAP] = "cap",
};

static const char *const step_words[] = {
	[RECEIPT_STEP_MADE] = "made",
	[RECEIPT_STEP_AMOUNT] = "amount",
	[RECEIPT_STEP_WORDS] = "words",
	[RECEIPT_STEP_LINE] = "line",
	[RECEIPT_STEP_BACK] = "back",
	[RECEIPT_STEP_PHOTO] = "photo",
	[RECEIPT_STEP_PHOTO_REPLACED] = "photo_replaced",
	[RECEIPT_STEP_PHOTO_REMOVED] = "photo_removed",
	[RECEIPT_STEP_WITHDRAWN] = "withdrawn",
	[RECEIPT_STEP_KEPT] = "kept",
	[RECEIPT_STEP_MESSAGE_REMOVED] = "message_removed",
	[RECEIPT_STEP_ASKED] = "asked",
	[RECEIPT_STEP_ANSWERED] = "answered",
	[RECEIPT_STEP_APPROVED] = "approved",
	[RECEIPT_STEP_REJECTED] = "rejected",
	[RECEIPT_STEP_PAID] = "paid",
	[RECEIPT_STEP_SOLE] = "sole",
};

const char *receipt_state_format(enum receipt_state state)
{
	return state_words[state];
}

static struct receipt read_receipt(struct stmt *q)
{
	enum language language;

	INVARIANT(language_parse(stmt_text(q, 17), &language));
	return (struct receipt){
		.number = stmt_int(q, 0),
		.group = stmt_int(q, 1),
		.core = stmt_int(q, 2),
		.author = stmt_int(q, 3),
		.event = stmt_text(q, 4),
		.sent_at_ms = stmt_int(q, 5),
		.day = stmt_text(q, 6),
		.disappearing = stmt_int(q, 7) != 0,
		.language = language,
		.words = stmt_text(q, 8),
		.has_amount = !stmt_is_null(q, 9),
		.amount = cents_from_int64(stmt_int(q, 9)),
		.back = cents_from_int64(stmt_int(q, 10)),
		.line = stmt_int(q, 11),
		.state = (enum receipt_state)stmt_word(q, 12, state_words, ARRAY_LEN(state_words)),
		.discuss = (enum receipt_discuss)stmt_word(q, 13, discuss_words, ARRAY_LEN(discuss_words)),
		.same_as = stmt_int(q, 14),
		.removed = stmt_int(q, 15) != 0,
		.photos = stmt_int(q, 16),
		.paid_at_ms = stmt_int(q, 18),
	};
}

static bool read_one(struct stmt *q, struct receipt *ret_receipt)
{
	if (!stmt_step(q))
		return false;
	*ret_receipt = read_receipt(q);
	stmt_reset(q);
	return true;
}

static void bind_id(struct stmt *q, int index, int64_t id)
{
	if (id)
		stmt_bind_int(q, index, id);
}

bool receipt_find(struct view *view, int64_t number, struct receipt *ret_receipt)
{
	struct stmt *q = view_query(view, &receipt_statements, Q_GET);

	stmt_bind_int(q, 1, number);
	return read_one(q, ret_receipt);
}

struct receipt receipt_get(struct view *view, int64_t number)
{
	struct receipt receipt;

	INVARIANT(receipt_find(view, number, &receipt));
	return receipt;
}

bool receipt_find_by_event(struct view *view, const char *event, struct receipt *ret_receipt)
{
	struct stmt *q = view_query(view, &receipt_statements, Q_BY_EVENT);

	stmt_bind_text(q, 1, event);
	if (read_one(q, ret_receipt))
		return true;
	q = view_query(view, &receipt_statements, Q_BY_PHOTO_EVENT);
	stmt_bind_text(q, 1, event);
	return read_one(q, ret_receipt);
}

bool receipt_find_by_media(struct view *view, int64_t media, struct receipt *ret_receipt)
{
	struct stmt *q = view_query(view, &receipt_statements, Q_BY_MEDIA);

	stmt_bind_int(q, 1, media);
	return read_one(q, ret_receipt);
}

bool receipt_is_owner(struct view *view, int64_t number, int64_t person)
{
	struct stmt *q = view_query(view, &receipt_statements, Q_IS_OWNER);
	bool is_owner;

	stmt_bind_int(q, 1, number);
	stmt_bind_int(q, 2, person);
	is_owner = stmt_step(q);
	if (is_owner)
		stmt_reset(q);
	return is_owner;
}

int64_t *receipt_owners(struct view *view, int64_t number, size_t *ret_len)
{
	struct stmt *q = view_query(view, &receipt_statements, Q_OWNERS);
	int64_t *owners = NULL;
	size_t len = 0, size = 0;

	stmt_bind_int(q, 1, number);
	while (stmt_step(q)) {
		if (len == size) {
			int64_t *more = arena_array(view_arena(view), int64_t, size = size ? 2 * size : 4);

			if (len)
				memcpy(more, owners, len * sizeof *owners);
			owners = more;
		}
		owners[len++] = stmt_int(q, 0);
	}
	*ret_len = len;
	return owners;
}

struct receipt *receipt_list(struct view *view, int64_t core, size_t limit, size_t *ret_len)
{
	struct stmt *q = view_query(view, &receipt_statements, Q_LIST);
	struct receipt *receipts = arena_array(view_arena(view), struct receipt, limit);
	size_t len = 0;

	bind_id(q, 1, core);
	stmt_bind_int(q, 2, (int64_t)limit);
	while (stmt_step(q))
		receipts[len++] = read_receipt(q);
	*ret_len = len;
	return receipts;
}

static struct receipt_apart read_apart(struct stmt *q)
{
	struct receipt_apart apart;

	INVARIANT(stmt_step(q));
	apart = (struct receipt_apart){ stmt_int(q, 0), cents_from_int64(stmt_int(q, 1)) };
	stmt_reset(q);
	return apart;
}

struct receipt_apart receipt_apart(struct view *view, int64_t core)
{
	struct stmt *q = view_query(view, &receipt_statements, Q_APART);

	bind_id(q, 1, core);
	return read_apart(q);
}

struct receipt_apart receipt_apart_all(struct view *view)
{
	return read_apart(view_query(view, &receipt_statements, Q_APART_ALL));
}

static bool find_for_photo(struct view *view, size_t query, int64_t within_ms, int64_t group, int64_t person, int64_t sent_at_ms,
			   struct receipt *ret_receipt)
{
	struct stmt *q = view_query(view, &receipt_statements, query);

	stmt_bind_int(q, 1, group);
	stmt_bind_int(q, 2, person);
	stmt_bind_int(q, 3, sent_at_ms);
	stmt_bind_int(q, 4, within_ms);
	return read_one(q, ret_receipt);
}

bool receipt_find_for_photo(struct view *view, int64_t group, int64_t person, int64_t sent_at_ms, struct receipt *ret_receipt)
{
	return find_for_photo(view, Q_WAITS_FOR_PHOTO, WAIT_MS, group, person, sent_at_ms, ret_receipt) ||
	       find_for_photo(view, Q_ALBUM, ALBUM_MS, group, person, sent_at_ms, ret_receipt);
}

struct receipt_photo *receipt_photos(struct view *view, int64_t number, size_t *ret_len)
{
	struct stmt *q = view_query(view, &receipt_statements, Q_PHOTOS);
	struct receipt_photo *photos = NULL;
	size_t len = 0, size = 0;

	stmt_bind_int(q, 1, number);
	while (stmt_step(q)) {
		if (len == size) {
			struct receipt_photo *more = arena_array(view_arena(view), struct receipt_photo, size = size ? 2 * size : 4);

			if (len)
				memcpy(more, photos, len * sizeof *photos);
			photos = more;
		}
		photos[len++] = (struct receipt_photo){ stmt_int(q, 0), stmt_text(q, 1) };
	}
	*ret_len = len;
	return photos;
}

/* The id in the first row, or 0. */
static int64_t first_id(struct stmt *q)
{
	int64_t id = 0;

	if (stmt_step(q)) {
		id = stmt_int(q, 0);
		stmt_reset(q);
	}
	return id;
}

static int64_t find_same_amount(struct view *view, const struct receipt *receipt)
{
	struct arena *arena = view_arena(view);
	const char *words = unicode_fold(arena, receipt->words);
	struct stmt *q = view_query(view, &receipt_statements, Q_SAME_AMOUNT);

	stmt_bind_text(q, 1, receipt->day);
	stmt_bind_int(q, 2, cents_to_int64(receipt->amount));
	bind_id(q, 3, receipt->core);
	stmt_bind_int(q, 4, receipt->group);
	stmt_bind_int(q, 5, receipt->number);
	while (stmt_step(q)) {
		int64_t id = stmt_int(q, 0);

		if (!str_equal(unicode_fold(arena, stmt_text(q, 1)), words))
			continue;
		stmt_reset(q);
		return id;
	}
	return 0;
}

int64_t receipt_find_same(struct view *view, const struct receipt *receipt)
{
	struct stmt *q = view_query(view, &receipt_statements, Q_SAME_FILE);
	int64_t same;

	stmt_bind_int(q, 1, receipt->number);
	same = first_id(q);
	if (!same && receipt->has_amount)
		same = find_same_amount(view, receipt);
	if (!same) {
		q = view_query(view, &receipt_statements, Q_SAME_TIME);
		stmt_bind_int(q, 1, receipt->author);
		stmt_bind_int(q, 2, receipt->sent_at_ms);
		stmt_bind_text(q, 3, receipt->words);
		stmt_bind_int(q, 4, receipt->number);
		same = first_id(q);
	}
	return same;
}

int64_t receipt_add(struct turn *turn, const struct receipt *in)
{
	struct stmt *q = turn_query(turn, &receipt_statements, Q_ADD);

	stmt_bind_int(q, 1, in->group);
	bind_id(q, 2, in->core);
	stmt_bind_int(q, 3, in->author);
	stmt_bind_text(q, 4, in->event);
	stmt_bind_int(q, 5, in->sent_at_ms);
	stmt_bind_text(q, 6, in->day);
	stmt_bind_int(q, 7, in->disappearing);
	stmt_bind_text(q, 8, in->words);
	stmt_bind_text(q, 9, language_format(in->language));
	return stmt_insert(q);
}

void receipt_write(struct turn *turn, const struct receipt *receipt)
{
	struct stmt *q = turn_query(turn, &receipt_statements, Q_WRITE);

	stmt_bind_int(q, 1, receipt->number);
	if (receipt->has_amount)
		stmt_bind_int(q, 2, cents_to_int64(receipt->amount));
	stmt_bind_int(q, 3, cents_to_int64(receipt->back));
	stmt_bind_text(q, 4, receipt->words);
	bind_id(q, 5, receipt->line);
	stmt_bind_text(q, 6, state_words[receipt->state]);
	stmt_bind_text(q, 7, discuss_words[receipt->discuss]);
	bind_id(q, 8, receipt->same_as);
	stmt_bind_int(q, 9, receipt->removed);
	stmt_bind_int(q, 10, turn_now_ms(turn));
	INVARIANT(stmt_run(q) == 1);
}

void receipt_set_paid(struct turn *turn, int64_t number)
{
	struct stmt *q = turn_query(turn, &receipt_statements, Q_SET_PAID);

	stmt_bind_int(q, 1, number);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	INVARIANT(stmt_run(q) == 1);
}

void receipt_lift_over(struct turn *turn, int64_t line)
{
	struct stmt *q = turn_query(turn, &receipt_statements, Q_LIFT_OVER);

	stmt_bind_int(q, 1, line);
	(void)stmt_run(q);
}

void receipt_add_owner(struct turn *turn, int64_t number, int64_t person)
{
	struct stmt *q = turn_query(turn, &receipt_statements, Q_ADD_OWNER);

	stmt_bind_int(q, 1, number);
	stmt_bind_int(q, 2, person);
	(void)stmt_run(q);
}

void receipt_remember(struct turn *turn, int64_t number, int64_t person, enum receipt_step step, const char *old, const char *new)
{
	struct stmt *q = turn_query(turn, &receipt_statements, Q_REMEMBER);

	stmt_bind_int(q, 1, number);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	bind_id(q, 3, person);
	stmt_bind_text(q, 4, step_words[step]);
	stmt_bind_text(q, 5, old);
	stmt_bind_text(q, 6, new);
	(void)stmt_run(q);
}

bool receipt_add_photo(struct turn *turn, int64_t number, int64_t media, int64_t sent_at_ms)
{
	struct stmt *q = turn_query(turn, &receipt_statements, Q_ADD_PHOTO);

	stmt_bind_int(q, 1, number);
	stmt_bind_int(q, 2, media);
	stmt_bind_int(q, 3, sent_at_ms);
	return stmt_run_unique(q);
}

int64_t receipt_replace_photo(struct turn *turn, int64_t old, int64_t new)
{
	struct stmt *q = turn_query(turn, &receipt_statements, Q_REPLACE_PHOTO);

	stmt_bind_int(q, 1, old);
	stmt_bind_int(q, 2, new);
	return stmt_run(q);
}

void receipt_remove_photo(struct turn *turn, int64_t number, int64_t media)
{
	struct stmt *q = turn_query(turn, &receipt_statements, Q_REMOVE_PHOTO);

	stmt_bind_int(q, 1, number);
	stmt_bind_int(q, 2, media);
	stmt_bind_int(q, 3, turn_now_ms(turn));
	(void)stmt_run(q);
}

void receipt_deny_same(struct turn *turn, int64_t number)
{
	struct stmt *q = turn_query(turn, &receipt_statements, Q_DENY_SAME);

	stmt_bind_int(q, 1, number);
	INVARIANT(stmt_run(q) == 1);
}
