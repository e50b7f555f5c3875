/*
 * tests/explain/NAME.tsv: a message, a tab, and what `rotonde explain` tells of it. Lines with @now, @group and @lang
 * hold until the next one; # is a comment.
 */
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "budget/import.h"
#include "cli/explain.h"
#include "engine/engine.h"
#include "people/people.h"
#include "unit/house.h"
#include "unit/scratch.h"

static struct test_house home;
static struct scratch scratch;

/* What the lines so far have set. */
struct stage {
	struct group group;
	bool english;
	int64_t now_ms;
};

static void fill(struct turn *turn, void *context)
{
	(void)context;
	people_import(turn, home.config);
	(void)budget_import(turn, home.config);
}

static int setup(void **state)
{
	(void)state;
	test_house_open(&home);
	scratch_open(&scratch, engine_statements());
	scratch_turn(&scratch, fill, NULL);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_close(&scratch);
	test_house_close(&home);
	return 0;
}

static bool set_stage(struct view *view, struct stage *stage, const char *line)
{
	struct wall wall;

	if (str_starts(line, "@now "))
		return wall_parse(line + 5, &wall) && zone_instant(home.house.zone, &wall, &stage->now_ms) == ZONE_OK;
	if (str_starts(line, "@group "))
		return group_find(view, line + 7, &stage->group);
	if (str_starts(line, "@lang ")) {
		stage->english = str_equal(line + 6, "en");
		return true;
	}
	return false;
}

static bool is_understood(struct view *view, const struct stage *stage, const char *message, const char *expected)
{
	struct group group = stage->group;
	struct explain_place place = { .house = &home.house, .view = view, .group = &group, .sent_at_ms = stage->now_ms };
	AUTO_JSON json = NULL;
	const char *found;

	if (stage->english)
		group.language = LANGUAGE_EN;
	json = explain_message(&place, message);
	found = json_print(view_arena(view), json);
	if (str_equal(found, expected))
		return true;
	print_error("%s\n  expected %s\n  found    %s\n", message, expected, found);
	return false;
}

static void replay(const char *path)
{
	struct stage stage = { .now_ms = SCRATCH_NOW_MS };
	size_t phrases = 0, wrong = 0;
	struct view *view;
	AUTO_BUF file = { 0 };
	char *save = NULL;

	buf_init(&file, 1024 * 1024);
	assert_int_equal(file_read(path, &file), 0);
	view = view_open(scratch.store, SCRATCH_NOW_MS);
	for (char *line = strtok_r(file.data, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		char *tab = strchr(line, '\t');

		if (*line == '#')
			continue;
		if (!tab) {
			wrong += !set_stage(view, &stage, line);
			continue;
		}
		*tab = '\0';
		phrases++;
		wrong += !is_understood(view, &stage, line, tab + 1);
	}
	view_close(view);
	assert_true(phrases > 40);
	assert_int_equal(wrong, 0);
}

static void explain__understands__receipts(void **state)
{
	(void)state;
	replay("tests/explain/bon.tsv");
}

static void explain__understands__the_agenda(void **state)
{
	(void)state;
	replay("tests/explain/agenda.tsv");
}

static void explain__understands__other_messages(void **state)
{
	(void)state;
	replay("tests/explain/other.tsv");
}

static void explain__leaves_alone__broken_bytes_and_long_talk(void **state)
{
	static char talk[200000];
	struct stage stage = { .now_ms = SCRATCH_NOW_MS };
	struct view *view = view_open(scratch.store, SCRATCH_NOW_MS);

	(void)state;
	memset(talk, 'a', sizeof talk - 1);
	assert_true(group_find(view, "kruitberg", &stage.group));
	assert_true(is_understood(view, &stage, "\xff\xfe \xc3", "{\"command\":null}"));
	assert_true(is_understood(view, &stage, talk, "{\"command\":null}"));
	assert_true(is_understood(view, &stage, "", "{\"command\":null}"));
	view_close(view);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(explain__understands__receipts),
		cmocka_unit_test(explain__understands__the_agenda),
		cmocka_unit_test(explain__understands__other_messages),
		cmocka_unit_test(explain__leaves_alone__broken_bytes_and_long_talk),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
