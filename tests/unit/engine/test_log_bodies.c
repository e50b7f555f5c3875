/*
 * What people write stands in the log only when the operator asked for it.
 */
#include <unistd.h>

#include "unit/engine/stub.h"

static struct stub stub;

static int setup(void **state)
{
	(void)state;
	stub_open(&stub);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	stub_close(&stub);
	return 0;
}

/* The log of one idea, with its answer. */
static const char *log_of_an_idea(const char *id)
{
	static char text[16 * 1024];
	FILE *file = tmpfile();
	int saved = dup(STDERR_FILENO);
	size_t len;

	assert_non_null(file);
	assert_int_equal(dup2(fileno(file), STDERR_FILENO), STDERR_FILENO);
	stub_happens(&stub, (struct event){ .id = id, .body = "!idee geheimpje onder de mat" });
	assert_int_equal(dup2(saved, STDERR_FILENO), STDERR_FILENO);
	(void)close(saved);
	rewind(file);
	len = fread(text, 1, sizeof text - 1, file);
	text[len] = '\0';
	(void)fclose(file);
	return text;
}

static void log__holds__no_words_of_people(void **state)
{
	const char *log;

	(void)state;
	log = log_of_an_idea("$1");
	assert_non_null(strstr(log, "name=idee"));
	assert_null(strstr(log, "geheimpje"));
}

static void log__holds__them_when_asked_for(void **state)
{
	(void)state;
	stub.home.config->log_bodies = true;
	assert_non_null(strstr(log_of_an_idea("$1"), "body=\"!idee geheimpje onder de mat\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(log__holds__no_words_of_people, setup, teardown),
		cmocka_unit_test_setup_teardown(log__holds__them_when_asked_for, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
