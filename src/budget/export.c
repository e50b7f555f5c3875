#include "budget/export.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/file.h"
#include "base/str.h"
#include "budget/ledger_rows.h"
#include "budget/line.h"
#include "budget/receipt.h"
#include "people/group.h"
#include "people/name.h"
#include "store/blob.h"
#include "text/zone.h"

/* A row holds a few short texts; words are at most a few hundred characters. */
enum { ROW_BYTES_MAX = 64 * 1024, SALT_BYTES_MAX = 64 };

#define RECEIPTS_HEADER "bon;datum;kern;potje;bedrag;terug;omschrijving;status;bespreken;lijkt op;indiener;fotos"
#define LEDGER_HEADER \
	"tijd;eigenaar;potje;bon;bedrag;omschrijving;entry;at_ms;kind;line;receipt;reverses;person;about;proposal;cents;text;salt;previous;hash"

enum { Q_RECEIPTS, Q_MAX };

static const char *const export_sql[] = {
	[Q_RECEIPTS] = "SELECT id FROM receipt ORDER BY id",
};
_Static_assert(ARRAY_LEN(export_sql) == Q_MAX, "a statement for every name");

const struct statements export_statements = { "budget/export", export_sql, Q_MAX };

struct export {
	struct view *view;
	const struct config *config;
	const struct zone *zone;
	const char *from;       /* where the photos stand */
	const char *folder;
	const char *photos;     /* where they go */
	struct export_end *end;
	FILE *out;      /* the CSV being written */
	struct buf row;
};

char *export_receipt_name(struct arena *arena, int64_t number)
{
	return arena_printf(arena, "B-%03" PRId64, number);
}

/* What a spreadsheet takes for the start of a formula, also behind blanks. */
static bool looks_like_formula(const char *text)
{
	const char *at = text + strspn(text, " \t\r\n");

	return *at && (strchr("=+-@", *at) || (at > text && strchr("\t\r", *text)));
}

void export_cell(struct buf *buf, const char *text)
{
	bool formula = looks_like_formula(text);

	if (!strpbrk(text, ";\"\r\n")) {
		buf_printf(buf, "%s%s", formula ? "'" : "", text);
		return;
	}
	buf_add_text(buf, formula ? "\"'" : "\"");
	for (; *text; text++) {
		if (*text == '"')
			buf_add_text(buf, "\"");
		buf_add(buf, text, 1);
	}
	buf_add_text(buf, "\"");
}

static int close_csv(struct export *export)
{
	FILE *out = export->out;
	int error = 0;

	if (fflush(out) != 0 || fsync(fileno(out)) != 0)
		error = -errno;
	if (fclose(out) != 0 && !error)
		error = -errno;
	return error;
}

static int open_csv(struct export *export, const char *name)
{
	int fd;

	export->end->path = arena_printf(view_arena(export->view), "%s/%s", export->folder, name);
	fd = open(export->end->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	export->out = fdopen(fd, "w");
	if (!export->out)
		die("fdopen: %s", strerror(errno));
	return 0;
}

static int write_row(struct export *export)
{
	buf_add_text(&export->row, "\r\n");
	INVARIANT(!export->row.overflowed);
	if (fwrite(export->row.data, 1, export->row.len, export->out) != export->row.len)
		return -errno;
	buf_reset(&export->row);
	return 0;
}

static void text_cell(struct export *export, const char *text)
{
	export_cell(&export->row, text);
	buf_add_text(&export->row, ";");
}

/* As they come out of our own formatting: never quoted, never mistaken for a formula. */
static void plain_cell(struct export *export, const char *text)
{
	buf_printf(&export->row, "%s;", text);
}

static void number_cell(struct export *export, int64_t number)
{
	buf_printf(&export->row, "%" PRId64 ";", number);
}

static void cents_cell(struct export *export, struct cents cents)
{
	plain_cell(export, cents_format_csv(view_arena(export->view), cents));
}

/* ---- photos ---- */

static const char *core_slug(const struct export *export, const struct receipt *receipt)
{
	return receipt->core ? core_get(export->view, receipt->core).slug : "buurt";
}

/* "B-017_kruitberg_2022-09-03_12,50.jpg", the second "...12,50-2.jpg"; without amount "..._bedrag-onbekend.jpg". */
static const char *photo_name(const struct export *export, const struct receipt *receipt, size_t index, const char *hash)
{
	struct arena *arena = view_arena(export->view);
	const char *amount = receipt->has_amount ? cents_format_csv(arena, receipt->amount) : "bedrag-onbekend";
	const char *copy = index ? arena_printf(arena, "-%zu", index + 1) : "";
	struct blob blob;

	INVARIANT(blob_find(export->view, hash, &blob));
	return arena_printf(arena, "%s_%s_%s_%s%s%s", export_receipt_name(arena, receipt->number), core_slug(export, receipt), receipt->day, amount,
			    copy, blob_suffix(blob.type));
}

/* Copy the photos of a receipt; *ret_names tells them, with a blank between. */
static int export_photos(struct export *export, const struct receipt *receipt, const char **ret_names)
{
	struct arena *arena = view_arena(export->view);
	const char *names = "";
	size_t len, index = 0;
	const struct receipt_photo *photos = receipt_photos(export->view, receipt->number, &len);

	for (size_t i = 0; i < len; i++) {
		const char *name, *to;
		int error;

		if (!photos[i].blob)
			continue;
		name = photo_name(export, receipt, index++, photos[i].blob);
		to = arena_printf(arena, "%s/%s", export->photos, name);
		error = file_copy_durable(blob_path(arena, export->from, photos[i].blob), to, 0600);
		if (error == -ENOENT) {
			export->end->missing++;
			continue;
		}
		if (error) {
			export->end->path = export->photos;
			return error;
		}
		export->end->photos++;
		names = arena_printf(arena, "%s%s%s", names, *names ? " " : "", name);
	}
	*ret_names = names;
	return 0;
}

/* ---- receipts.csv ---- */

static const char *state_word(enum receipt_state state)
{
	switch (state) {
	case RECEIPT_SUBMITTED:
		return "ingediend";
	case RECEIPT_ASKED:
		return "vraag";
	case RECEIPT_APPROVED:
		return "goedgekeurd";
	case RECEIPT_REJECTED:
		return "afgekeurd";
	case RECEIPT_WITHDRAWN:
		return "ingetrokken";
	}
	die("receipt state %d", (int)state);
}

static const char *discuss_word(enum receipt_discuss discuss)
{
	switch (discuss) {
	case RECEIPT_DISCUSS_NOTHING:
		return "";
	case RECEIPT_DISCUSS_OVER:
		return "potje op";
	case RECEIPT_DISCUSS_CAP:
		return "telt niet mee: boven 8% handelingskosten";
	}
	die("receipt discuss %d", (int)discuss);
}

static int receipt_row(struct export *export, struct stmt *q)
{
	struct arena *arena = view_arena(export->view);
	struct receipt receipt = receipt_get(export->view, stmt_int(q, 0));
	const char *photos;
	int error = export_photos(export, &receipt, &photos);

	if (error)
		return error;
	plain_cell(export, export_receipt_name(arena, receipt.number));
	plain_cell(export, receipt.day);
	plain_cell(export, core_slug(export, &receipt));
	text_cell(export, receipt.line ? line_get(export->view, receipt.line).name : "");
	plain_cell(export, receipt.has_amount ? cents_format_csv(arena, receipt.amount) : "");
	cents_cell(export, receipt.back);
	text_cell(export, receipt.words);
	plain_cell(export, state_word(receipt.state));
	plain_cell(export, discuss_word(receipt.discuss));
	plain_cell(export, receipt.same_as ? export_receipt_name(arena, receipt.same_as) : "");
	text_cell(export, name_shown(export->view, export->config, receipt.author));
	export_cell(&export->row, photos);
	export->end->receipts++;
	return write_row(export);
}

/* One CSV: a header, and a row for each row of the statement. */
static int write_csv(struct export *export, const char *name, const char *header, struct stmt *q, int (*row)(struct export *export, struct stmt *q))
{
	struct arena *arena = view_arena(export->view);
	struct arena_mark mark;
	int error = open_csv(export, name), end;

	if (error) {
		stmt_reset(q);
		return error;
	}
	mark = arena_mark(arena);
	buf_add_text(&export->row, header);
	error = write_row(export);
	while (!error && stmt_step(q)) {
		error = row(export, q);
		arena_rewind(arena, mark);
	}
	stmt_reset(q);
	end = close_csv(export);
	return error ? error : end;
}

/* ---- ledger.csv ---- */

static void salt_cell(struct export *export, struct stmt *q)
{
	size_t len;
	const unsigned char *salt;

	if (!stmt_is_null(q, LEDGER_COLUMN_SALT)) {
		salt = stmt_blob(q, LEDGER_COLUMN_SALT, &len);
		for (size_t i = 0; i < len && i < SALT_BYTES_MAX; i++)
			buf_printf(&export->row, "%02x", salt[i]);
	}
	buf_add_text(&export->row, ";");
}

/* The row of Q_LEDGER_WALK that stands: first for people, then the fields of the chain as they are hashed. */
static int entry_row(struct export *export, struct stmt *q)
{
	struct arena *arena = view_arena(export->view);
	const char *text = stmt_text(q, LEDGER_COLUMN_TEXT);
	struct line line = { .owner_slug = "", .name = "" };
	struct entry entry;

	INVARIANT(ledger_read_entry(q, &entry));
	if (entry.line)
		line = line_get(export->view, entry.line);
	plain_cell(export, zone_format_iso(export->zone, arena, entry.at_ms));
	plain_cell(export, line.owner_slug);
	text_cell(export, line.name);
	plain_cell(export, entry.receipt ? export_receipt_name(arena, entry.receipt) : "");
	cents_cell(export, entry.cents);
	text_cell(export, text ? text : "");
	number_cell(export, entry.id);
	number_cell(export, entry.at_ms);
	plain_cell(export, entry_kind_format(entry.kind));
	number_cell(export, entry.line);
	number_cell(export, entry.receipt);
	number_cell(export, entry.reverses);
	number_cell(export, entry.person);
	number_cell(export, entry.about);
	number_cell(export, entry.proposal);
	number_cell(export, cents_to_int64(entry.cents));
	plain_cell(export, stmt_text(q, LEDGER_COLUMN_TEXT_HASH));
	salt_cell(export, q);
	plain_cell(export, stmt_text(q, LEDGER_COLUMN_PREVIOUS));
	buf_add_text(&export->row, stmt_text(q, LEDGER_COLUMN_HASH));
	export->end->entries++;
	return write_row(export);
}

int export_books(struct view *view, const struct config *config, const struct zone *zone, const char *photos_folder, const char *folder,
                 struct export_end *ret_end)
{
	struct export export = { .view = view, .config = config, .zone = zone, .from = photos_folder, .folder = folder, .end = ret_end };
	int error;

	export.photos = arena_printf(view_arena(view), "%s/photos", folder);
	*ret_end = (struct export_end){ .path = export.photos };
	error = file_make_folders(export.photos);
	if (error)
		return error;
	buf_init(&export.row, ROW_BYTES_MAX);
	error = write_csv(&export, "receipts.csv", RECEIPTS_HEADER, view_query(view, &export_statements, Q_RECEIPTS), receipt_row);
	if (!error)
		error = write_csv(&export, "ledger.csv", LEDGER_HEADER, view_query(view, &ledger_statements, Q_LEDGER_WALK), entry_row);
	buf_release(&export.row);
	if (!error)
		ret_end->path = NULL;
	return error;
}
