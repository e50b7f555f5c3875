/*
 * `rotonde export --sheet`: a core's page with its photos beside it.
 */
#include <glob.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "unit/engine/stub.h"

static struct stub stub;
static char *out;

static int setup(void **state)
{
	(void)state;
	stub_open(&stub);
	out = arena_printf(stub.arena, "%s/out", stub.folder);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	stub_close(&stub);
	return 0;
}

static int sheet(const char *core, const char *language)
{
	char *argv[] = { arena_dup(stub.arena, "export"), arena_dup(stub.arena, "--data"), stub.folder, arena_dup(stub.arena, "--sheet"),
			 arena_dup(stub.arena, core), out, arena_dup(stub.arena, "--lang"), arena_dup(stub.arena, language), NULL };

	return cli_export.run(8, argv);
}

static const char *contents(const char *name)
{
	const char *text;
	struct buf buf;

	buf_init(&buf, 1024 * 1024);
	text = file_read(arena_printf(stub.arena, "%s/%s", out, name), &buf) == 0 ? arena_dup_n(stub.arena, buf.data, buf.len) : NULL;
	buf_release(&buf);
	return text;
}

static void sheet__writes__page_and_photos(void **state)
{
	static const struct media photo = { .url = "mxc://console/a", .name = "muur.jpg", .mime = "image/jpeg", .size = 9 };

	(void)state;
	stub.fetch_bytes = "\xff\xd8\xff muur";
	stub_happens(&stub, (struct event){ .form = FORM_IMAGE, .id = "$1", .sender = "@lead:console", .body = "!resultaat de muur is klaar", .media = &photo });
	stub_settle(&stub);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM story"), 1);
	assert_int_equal(sheet("kruitberg", "nl"), CLI_GOOD);
	assert_non_null(strstr(contents("kruitberg.html"), "<p>de muur is klaar</p>"));
	assert_string_equal(contents("kruitberg-1.jpg"), "\xff\xd8\xff muur");
	assert_int_equal(sheet("kruitberg", "en"), CLI_GOOD);
	assert_non_null(strstr(contents("kruitberg.html"), "What we did"));
	assert_int_equal(sheet("maan", "nl"), CLI_NO);
	assert_int_equal(sheet("kruitberg", "klingon"), CLI_USAGE);
	assert_null(contents("receipts.csv"));
}

static void sheet__says__when_a_photo_is_lost(void **state)
{
	static const struct media photo = { .url = "mxc://console/a", .name = "muur.jpg", .mime = "image/jpeg", .size = 8 };
	glob_t found;

	(void)state;
	stub.fetch_bytes = "\xff\xd8\xff weg";
	stub_happens(&stub, (struct event){ .form = FORM_IMAGE, .id = "$1", .sender = "@lead:console", .body = "!resultaat", .media = &photo });
	stub_settle(&stub);
	assert_int_equal(glob(arena_printf(stub.arena, "%s/photos/*/*", stub.folder), 0, NULL, &found), 0);
	assert_int_equal(found.gl_pathc, 1);
	assert_int_equal(unlink(found.gl_pathv[0]), 0);
	globfree(&found);
	assert_int_equal(sheet("kruitberg", "nl"), CLI_NO);
	assert_non_null(contents("kruitberg.html"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sheet__writes__page_and_photos, setup, teardown),
		cmocka_unit_test_setup_teardown(sheet__says__when_a_photo_is_lost, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
