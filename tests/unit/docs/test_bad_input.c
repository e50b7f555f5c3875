/*
 * docs/BAD_INPUT.md promises a test for every line: each `tests/FILE:NAME` in it exists.
 */
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "unit/cmocka_all.h"

static void check_named(const char *named)
{
	AUTO_BUF text = { 0 };
	char path[200], name[200];

	assert_int_equal(sscanf(named, "%199[^:`]:%199[a-z0-9_]`", path, name), 2);
	buf_init(&text, 1024 * 1024);
	assert_int_equal(file_read(path, &text), 0);
	if (!strstr(text.data, name))
		fail_msg("%s has no %s", path, name);
}

static void docs__name__tests_that_exist(void **state)
{
	AUTO_BUF text = { 0 };
	int found = 0;

	(void)state;
	buf_init(&text, 1024 * 1024);
	assert_int_equal(file_read("docs/BAD_INPUT.md", &text), 0);
	for (const char *at = text.data; (at = strstr(at, "`tests/")); at++) {
		if (strcspn(at + 1, ":`") == strcspn(at + 1, "`"))
			continue; /* a folder or a file as a whole */
		check_named(at + 1);
		found++;
	}
	assert_true(found > 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(docs__name__tests_that_exist),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
