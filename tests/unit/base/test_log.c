#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit/cmocka_all.h"

/* Stderr goes into a pipe between these two; what was written fits its buffer. */
static int saved_stderr, reader;

static void capture_begin(void)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	saved_stderr = dup(STDERR_FILENO);
	assert_int_equal(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
	(void)close(ends[1]);
	reader = ends[0];
}

static const char *capture_end(void)
{
	static char text[16 * 1024];
	ssize_t len;

	(void)dup2(saved_stderr, STDERR_FILENO);
	(void)close(saved_stderr);
	len = read(reader, text, sizeof text - 1);
	(void)close(reader);
	text[len > 0 ? len : 0] = '\0';
	return text;
}

static void log_write__keeps__one_line(void **state)
{
	(void)state;
	capture_begin();
	log_warn("test.line", "name=\"%s\"", "a\nlevel=error event=forged\r\x1b[31m");
	assert_string_equal(capture_end(), "level=warn event=test.line name=\"a\\x0alevel=error event=forged\\x0d\\x1b[31m\"\n");
}

static void log_write__takes__no_pairs(void **state)
{
	(void)state;
	capture_begin();
	log_write(LOG_LEVEL_INFO, "test.bare", NULL);
	assert_string_equal(capture_end(), "level=info event=test.bare\n");
}

static void log_write__cuts__what_is_too_long(void **state)
{
	char large[8000];
	const char *line;

	(void)state;
	memset(large, '\n', sizeof large - 1);
	large[sizeof large - 1] = '\0';
	capture_begin();
	log_error("test.large", "x=%s", large);
	line = capture_end();
	assert_true(strlen(line) < 4096);
	assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
}

static void log_set_level__hides__what_is_above(void **state)
{
	enum log_level level = LOG_LEVEL_INFO;

	(void)state;
	assert_true(log_level_parse("error", &level));
	assert_false(log_level_parse("loud", &level));
	assert_int_equal(level, LOG_LEVEL_ERROR);
	log_set_level(level);
	capture_begin();
	log_warn("test.hidden", NULL);
	log_error("test.shown", NULL);
	log_set_level(LOG_LEVEL_INFO);
	assert_string_equal(capture_end(), "level=error event=test.shown\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(log_write__keeps__one_line),
		cmocka_unit_test(log_write__takes__no_pairs),
		cmocka_unit_test(log_write__cuts__what_is_too_long),
		cmocka_unit_test(log_set_level__hides__what_is_above),
	};

	(void)unsetenv("JOURNAL_STREAM");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
