#include "engine/breadcrumb.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "unit/cmocka_all.h"

static char folder[32];
static char path[64];

static int setup(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/rotonde-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof path, "%s/breadcrumb", folder);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	(void)unlink(path);
	return rmdir(folder);
}

/* A process that handles these events in order and crashes in the last; NULL: it ends well. */
static void process(const char *const *events, const char *crashes_in)
{
	struct breadcrumb *crumb = breadcrumb_open(path);

	assert_non_null(crumb);
	for (; *events; events++) {
		if (breadcrumb_is_poison(crumb, *events))
			continue;
		breadcrumb_enter(crumb, *events);
		if (crashes_in && *events == crashes_in)
			break;
		breadcrumb_leave(crumb);
	}
	breadcrumb_close(crumb);
}

static bool is_poison(const char *event)
{
	struct breadcrumb *crumb = breadcrumb_open(path);
	bool poison;

	assert_non_null(crumb);
	poison = breadcrumb_is_poison(crumb, event);
	breadcrumb_close(crumb);
	return poison;
}

/* A batch is handled again from its first event: the good ones before the bad one change nothing. */
static void breadcrumb__steps_over__the_third_crash(void **state)
{
	static const char *const batch[] = { "$good", "$bad", "$after", NULL };

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_false(is_poison("$bad"));
		process(batch, batch[1]);
	}
	assert_true(is_poison("$bad"));
	assert_false(is_poison("$good"));
	assert_false(is_poison("$after"));
	process(batch, NULL);
	assert_true(is_poison("$bad"));
}

static void breadcrumb__steps_over__two_in_one_batch(void **state)
{
	static const char *const batch[] = { "$bad1", "$good", "$bad2", NULL };

	(void)state;
	for (int i = 0; i < 6; i++)
		process(batch, is_poison("$bad1") ? batch[2] : batch[0]);
	assert_true(is_poison("$bad1"));
	assert_true(is_poison("$bad2"));
	assert_false(is_poison("$good"));
}

static void breadcrumb__forgives__a_good_end(void **state)
{
	static const char *const batch[] = { "$slow", NULL };

	(void)state;
	for (int i = 0; i < 5; i++)
		process(batch, NULL);
	assert_false(is_poison("$slow"));
}

static void breadcrumb_open__tells__a_folder_that_is_not_there(void **state)
{
	(void)state;
	assert_null(breadcrumb_open("/nonexistent/breadcrumb"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(breadcrumb__steps_over__the_third_crash, setup, teardown),
		cmocka_unit_test_setup_teardown(breadcrumb__steps_over__two_in_one_batch, setup, teardown),
		cmocka_unit_test_setup_teardown(breadcrumb__forgives__a_good_end, setup, teardown),
		cmocka_unit_test(breadcrumb_open__tells__a_folder_that_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
