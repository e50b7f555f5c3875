/*
 * docs/ENCRYPTION.md names the tests of its promises: each `function__of_a__test` and each `test_file` in it exists, as does
 * each source file; and each scenario, by its number (T07).
 */
#include <ctype.h>
#include <glob.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/str.h"
#include "unit/cmocka_all.h"

enum { TEXT_BYTES_MAX = 8 * 1024 * 1024, NAME_BYTES_MAX = 200 };

static struct buf tests; /* every unit test there is, and every scenario */
static glob_t files;

static int setup(void **state)
{
	(void)state;
	buf_init(&tests, TEXT_BYTES_MAX);
	assert_int_equal(glob("tests/unit/*/test_*.c", 0, NULL, &files), 0);
	assert_int_equal(glob("tests/scenario/test_*.py", GLOB_APPEND, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++)
		assert_int_equal(file_read(files.gl_pathv[i], &tests), 0);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	globfree(&files);
	buf_release(&tests);
	return 0;
}

/* "name__of_a__test", or "name__..." for all that begin so. */
static bool is_test(const char *name)
{
	size_t len = strlen(name);
	char begin[NAME_BYTES_MAX + 2];

	if (str_ends(name, "..."))
		len -= 3;
	snprintf(begin, sizeof begin, " %.*s%s", (int)len, name, str_ends(name, "...") ? "" : "(");
	return strstr(tests.data, begin) != NULL;
}

static bool is_test_file(const char *name)
{
	char end[NAME_BYTES_MAX + 4];

	snprintf(end, sizeof end, "/%s.c", name);
	for (size_t i = 0; i < files.gl_pathc; i++) {
		if (str_ends(files.gl_pathv[i], end))
			return true;
	}
	return false;
}

static bool is_source(const char *name)
{
	static const char *const folders[] = { "src/crypto", "src", "tests/scenario" };
	char path[NAME_BYTES_MAX + 20];

	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		snprintf(path, sizeof path, "%s/%s", folders[i], name);
		if (access(path, R_OK) == 0)
			return true;
	}
	return strchr(name, '*') != NULL;
}

/* True when the name says that it is something that can be looked up. */
static bool check_name(const char *name)
{
	bool good;

	if (strstr(name, "__"))
		good = is_test(name);
	else if (str_ends(name, ".c") || str_ends(name, ".h") || str_ends(name, ".py"))
		good = is_source(name);
	else if (str_starts(name, "test_"))
		good = is_test_file(name);
	else
		return false;
	if (!good)
		fail_msg("docs/ENCRYPTION.md: there is no %s", name);
	return true;
}

static void docs__name__what_exists(void **state)
{
	AUTO_BUF text = { 0 };
	int found = 0;

	(void)state;
	buf_init(&text, TEXT_BYTES_MAX);
	assert_int_equal(file_read("docs/ENCRYPTION.md", &text), 0);
	/* Every second piece between backquotes stands inside a pair of them. */
	for (char *at = strstr(text.data, "## Promise"); at && (at = strchr(at, '`'));) {
		char name[NAME_BYTES_MAX];
		size_t len = strcspn(at + 1, "`");

		assert_true(len < sizeof name);
		snprintf(name, sizeof name, "%.*s", (int)len, at + 1);
		found += check_name(name);
		at += len + 2;
	}
	assert_true(found > 150);
}

static void docs__name__scenarios_that_exist(void **state)
{
	AUTO_BUF text = { 0 };
	int found = 0;

	(void)state;
	buf_init(&text, TEXT_BYTES_MAX);
	assert_int_equal(file_read("docs/ENCRYPTION.md", &text), 0);
	for (const char *at = strstr(text.data, "### "); at && (at = strstr(at, " T")); at++) {
		char begin[] = "def test_tNN_";

		if (!isdigit((unsigned char)at[2]) || !isdigit((unsigned char)at[3]))
			continue;
		memcpy(strstr(begin, "NN"), at + 2, 2);
		if (!strstr(tests.data, begin))
			fail_msg("docs/ENCRYPTION.md: there is no T%.2s", at + 2);
		found++;
	}
	assert_true(found > 30);
}

int main(void)
{
	const struct CMUnitTest all[] = {
		cmocka_unit_test_setup_teardown(docs__name__what_exists, setup, teardown),
		cmocka_unit_test_setup_teardown(docs__name__scenarios_that_exist, setup, teardown),
	};

	return cmocka_run_group_tests(all, NULL, NULL);
}
