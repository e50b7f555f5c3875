#include "budget/export.h"

#include <dirent.h>
#include <sys/stat.h>

#include "base/file.h"
#include "budget/booking.h"
#include "store/blob.h"
#include "store/media.h"
#include "text/zone.h"
#include "unit/budget/books.h"

static const struct statements *const rooms[] = { &people_statements, &link_statements, &person_statements,  &group_statements,   &actor_statements,
						  &line_statements,    &ledger_statements,  &receipt_statements, &booking_statements,
						  &media_statements,   &blob_statements,    &export_statements,  NULL };

static struct books books;
static char photos[64], out[64];

static int setup(void **state)
{
	(void)state;
	books_open(&books, rooms);
	(void)snprintf(photos, sizeof photos, "%s/photos", books.scratch.folder);
	(void)snprintf(out, sizeof out, "%s/out", books.scratch.folder);
	return file_make_folders(photos);
}

static void remove_files(const char *folder)
{
	AUTO_ARENA arena = arena_create(64 * 1024);
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		const char *path = arena_printf(arena, "%s/%s", folder, entry->d_name);

		if (entry->d_name[0] == '.')
			continue;
		if (entry->d_type == DT_DIR)
			remove_files(path);
		else
			(void)unlink(path);
	}
	if (dir)
		(void)closedir(dir);
	(void)rmdir(folder);
}

static int teardown(void **state)
{
	(void)state;
	remove_files(photos);
	remove_files(out);
	books_close(&books);
	return 0;
}

static int64_t stored_photo(struct turn *turn, const char *event, const char *bytes)
{
	const struct media file = { .url = "mxc://x/y", .name = "image.jpg", .mime = "image/jpeg" };
	const struct event message = { .id = event, .room = "!r:console", .sender = "@lead:console", .sent_at_ms = 1, .media = &file };
	const char *temporary = arena_printf(turn_arena(turn), "%s/incoming", books.scratch.folder);
	int64_t media = media_remember(turn, &message);
	struct blob blob;

	assert_int_equal(file_write_durable(temporary, bytes, strlen(bytes), 0600), 0);
	assert_int_equal(blob_adopt(photos, temporary, &blob), 0);
	blob_record(turn, &blob);
	media_stored(turn, media, blob.hash);
	return media;
}

static void book_two(struct turn *turn, void *context)
{
	struct actor lead = actor_get(turn_view(turn), person_ensure(turn, "@lead:console").id, TRUST_DIRECT);
	int64_t two[] = { stored_photo(turn, "$a", "\xff\xd8\xff\xe0 one"), stored_photo(turn, "$b", "\xff\xd8\xff\xe0 two") };
	struct booking booking;
	struct group group;
	struct receipt_draft draft = { .event = "$1", .sent_at_ms = 1, .day = "2022-09-03", .words = "=SUM(A1); \"verf\"", .has_amount = true,
				       .amount = cents_from_int64(1250), .photos = two, .photos_len = 2 };

	(void)context;
	assert_true(group_find(turn_view(turn), "kruitberg", &group));
	draft.group = group.id;
	draft.core = group.core;
	assert_int_equal(budget_book(turn, &lead, &draft, &booking), BUDGET_BOOKED);
	draft = (struct receipt_draft){ .group = group.id, .core = group.core, .event = "$2", .sent_at_ms = 2, .day = "2022-09-04", .words = "thee",
					.photos = two, .photos_len = 1 };
	assert_int_equal(budget_book(turn, &lead, &draft, &booking), BUDGET_AMOUNT_UNKNOWN);
}

static struct export_end export(void)
{
	struct view *view = view_open(books.scratch.store, 0);
	struct zone *zone = zone_open("Europe/Amsterdam");
	struct export_end end;

	assert_int_equal(export_books(view, books.config, zone, photos, out, &end), 0);
	zone_close(zone);
	view_close(view);
	return end;
}

static void assert_file(const char *name, const char *expected)
{
	AUTO_ARENA arena = arena_create(1 << 16);
	AUTO_BUF bytes;

	buf_init(&bytes, 1 << 16);
	assert_int_equal(file_read(arena_printf(arena, "%s/%s", out, name), &bytes), 0);
	assert_string_equal(bytes.data, expected);
}

static void export_books__writes__what_a_spreadsheet_reads(void **state)
{
	struct export_end end;
	struct stat stat_of;
	AUTO_ARENA arena = arena_create(4096);

	(void)state;
	scratch_turn(&books.scratch, book_two, NULL);
	end = export();
	assert_int_equal(end.receipts, 2);
	assert_int_equal(end.entries, 51);
	assert_int_equal(end.photos, 3);
	assert_int_equal(end.missing, 0);
	assert_file("receipts.csv", "bon;datum;kern;potje;bedrag;terug;omschrijving;status;bespreken;lijkt op;indiener;fotos\r\n"
				    "B-001;2022-09-03;kruitberg;Vrij besteedbaar;12,50;0,00;\"'=SUM(A1); \"\"verf\"\"\";ingediend;;;lead;"
				    "B-001_kruitberg_2022-09-03_12,50.jpg B-001_kruitberg_2022-09-03_12,50-2.jpg\r\n"
				    "B-002;2022-09-04;kruitberg;Vrij besteedbaar;;0,00;thee;ingediend;;B-001;lead;"
				    "B-002_kruitberg_2022-09-04_bedrag-onbekend.jpg\r\n");
	assert_file("photos/B-001_kruitberg_2022-09-03_12,50-2.jpg", "\xff\xd8\xff\xe0 two");
	assert_int_equal(stat(arena_printf(arena, "%s/ledger.csv", out), &stat_of), 0);
	assert_int_equal(stat_of.st_mode & 0777, 0600);
}

static void export_books__counts__photos_that_are_gone(void **state)
{
	struct export_end end;

	(void)state;
	scratch_turn(&books.scratch, book_two, NULL);
	remove_files(photos);
	end = export();
	assert_int_equal(end.photos, 0);
	assert_int_equal(end.missing, 3);
	assert_int_equal(end.receipts, 2);
}

static void export_cell__disarms__formulas(void **state)
{
	static const struct {
		const char *text, *cell;
	} cases[] = {
		{ "verf", "verf" },       { "", "" },           { "=1+1", "'=1+1" },   { "+31", "'+31" },         { "-5", "'-5" },
		{ "@sum", "'@sum" },      { " =1", "' =1" },    { "\t=1", "'\t=1" },   { "a;b", "\"a;b\"" },      { "a\"b", "\"a\"\"b\"" },
		{ "a\nb", "\"a\nb\"" },   { "1,5", "1,5" },     { "=a;b", "\"'=a;b\"" }, { "foto's", "foto's" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_BUF buf;

		buf_init(&buf, 100);
		export_cell(&buf, cases[i].text);
		assert_string_equal(buf.data, cases[i].cell);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(export_books__writes__what_a_spreadsheet_reads, setup, teardown),
		cmocka_unit_test_setup_teardown(export_books__counts__photos_that_are_gone, setup, teardown),
		cmocka_unit_test(export_cell__disarms__formulas),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
