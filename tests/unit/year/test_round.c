#include "year/round.h"

#include "base/str.h"
#include "obligations/story.h"
#include "people/link.h"
#include "say/round_words.h"
#include "store/media.h"
#include "unit/house.h"
#include "unit/neighbours.h"

/* The builtin year: rounds on the first of March, June, September and December. */
static const struct statements *const rooms[] = { &neighbours_statements, &group_statements, &link_statements, &media_statements,
						  &story_statements, &round_statements, NULL };
static struct scratch scratch;
static struct test_house home;
static struct turn *turn; /* inside a turn */

static int setup(void **state)
{
	(void)state;
	scratch_open(&scratch, rooms);
	neighbours_move_in(&scratch);
	test_house_open(&home);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	test_house_close(&home);
	scratch_close(&scratch);
	return 0;
}

static void work_in(struct turn *now, void *context)
{
	turn = now;
	(*(void (**)(void))context)();
}

static void in_turn(void (*work)(void))
{
	scratch_turn(&scratch, work_in, &work);
}

/* What a group's post for these days says. */
static const char *post(int64_t id, const char *since, const char *date)
{
	const struct group group = group_get(turn_view(turn), id);
	struct day_post day_post = { .group = &group };

	assert_true(wall_parse(since, &day_post.since) && wall_parse(date, &day_post.date));
	return round_day_compose(&home.house, turn, &day_post);
}

static const char *post_on(int64_t id, const char *date)
{
	return post(id, date, date);
}

static void answer(int64_t core, const char *round, const char *text)
{
	static int count;
	const struct story_draft draft = {
		.kind = STORY_ANSWER, .round = round, .core = core, .group = core, .author = PERSON_FATIMA, .said_at_ms = turn_now_ms(turn),
		.event = arena_printf(turn_arena(turn), "$a%d", ++count), .text = text,
	};
	struct story story;

	assert_int_equal(story_add(turn, &draft, &story), STORY_DONE);
	assert_string_equal(story.round, round);
}

static void ask_both(void)
{
	const char *round;
	int64_t core;

	assert_null(post_on(GROUP_KRUITBERG, "2022-08-31"));
	assert_non_null(strstr(post_on(GROUP_KRUITBERG, "2022-09-01"), "Hoe staat het ervoor in Kruitberg?"));
	assert_non_null(strstr(post_on(GROUP_KLEIBURG, "2022-09-01"), "How do things stand in Kleiburg?"));
	assert_null(post_on(GROUP_KRUITBERG, "2022-09-02"));
	assert_true(round_find_asked(turn_view(turn), "day/kleiburg/2022-09-01", &round, &core));
	assert_string_equal(round, "2022-09-01");
	assert_int_equal(core, CORE_KLEIBURG);
	assert_false(round_find_asked(turn_view(turn), "day/kleiburg/2022-09-02", &round, &core));
	assert_true(round_find_last(turn_view(turn), 0, &round));
	assert_false(round_find_last(turn_view(turn), 99, &round));
}

static void remind_the_silent(void)
{
	const char *round;
	int64_t core;

	answer(CORE_KRUITBERG, "2022-09-01", "gaat goed");
	assert_null(post_on(GROUP_KLEIBURG, "2022-09-07"));
	assert_null(post_on(GROUP_KRUITBERG, "2022-09-08"));
	assert_non_null(strstr(post_on(GROUP_KLEIBURG, "2022-09-08"), "Once more"));
	assert_true(round_find_asked(turn_view(turn), "day/kleiburg/2022-09-08", &round, &core));
	assert_string_equal(round, "2022-09-01");
	/* Once. */
	assert_null(post_on(GROUP_KLEIBURG, "2022-09-09"));
	assert_null(post_on(GROUP_KLEIBURG, "2022-09-15"));
}

static void report_to_coordinators(void)
{
	const char *text;

	assert_null(post_on(GROUP_COORDINATORS, "2022-09-14"));
	text = post_on(GROUP_COORDINATORS, "2022-09-15");
	assert_non_null(text);
	assert_non_null(strstr(text, "1 van de 2 kernen"));
	assert_non_null(strstr(text, "Nog niets gehoord van: Kleiburg."));
	assert_null(post_on(GROUP_COORDINATORS, "2022-09-16"));
	assert_null(post_on(GROUP_COORDINATORS, "2022-09-01"));
}

static void round__asks_reminds_and_tells__through_restarts(void **state)
{
	(void)state;
	in_turn(ask_both);
	scratch_reopen(&scratch);
	in_turn(remind_the_silent);
	scratch_reopen(&scratch);
	in_turn(report_to_coordinators);
}

/* The post of a day stands in for the days without one. */
static void after_silence(void)
{
	const char *round;

	assert_non_null(post(GROUP_KRUITBERG, "2022-11-28", "2022-12-06"));
	assert_true(round_find_last(turn_view(turn), CORE_KRUITBERG, &round));
	assert_string_equal(round, "2022-12-01");
	/* A week after it was asked, not after it began. */
	assert_null(post(GROUP_KRUITBERG, "2022-12-07", "2022-12-12"));
	assert_non_null(post_on(GROUP_KRUITBERG, "2022-12-13"));
	/* Too late to ask any more. */
	assert_null(post(GROUP_KLEIBURG, "2022-11-28", "2022-12-15"));
	assert_non_null(post(GROUP_COORDINATORS, "2022-12-10", "2023-01-02"));
	assert_null(post(GROUP_COORDINATORS, "2023-01-03", "2023-02-28"));
}

static void round__catches_up__after_silence_and_over_the_years_end(void **state)
{
	(void)state;
	in_turn(after_silence);
}

/* Somebody else's day, the house of no rounds, and a bot that began in the middle. */
static void nothing_to_ask(void)
{
	assert_null(post_on(GROUP_KRUITBERG, "2022-09-05"));
	assert_null(post_on(GROUP_COORDINATORS, "2022-09-15"));
}

static void round__is_silent__for_who_was_not_asked(void **state)
{
	(void)state;
	in_turn(nothing_to_ask);
}

static struct reader reader_of(const struct group *group)
{
	return (struct reader){ &home.house, turn_view(turn), group, LANGUAGE_NL };
}

static void fill_a_phone(void)
{
	const struct group group = group_get(turn_view(turn), GROUP_COORDINATORS);
	const struct reader reader = reader_of(&group);
	const char *text;

	(void)post_on(GROUP_KRUITBERG, "2022-09-01");
	(void)post_on(GROUP_KLEIBURG, "2022-09-01");
	for (int i = 0; i < 13; i++)
		answer(CORE_KRUITBERG, "2022-09-01", arena_printf(turn_arena(turn), "hobbel: nummer %d %0*d bel 06-12345678", i, 150, 0));
	text = round_words_all(&reader, "2022-09-01");
	assert_true(utf8_count(text, strlen(text)) <= 600);
	assert_non_null(strstr(text, "en nog 9: typ !ophaalslag hobbels"));
	text = round_words_obstacles(&reader, "2022-09-01", 1);
	assert_true(utf8_count(text, strlen(text)) <= 600);
	assert_non_null(strstr(text, "!ophaalslag hobbels 2"));
	text = round_words_obstacles(&reader, "2022-09-01", 3);
	assert_non_null(strstr(text, "nummer 12 "));
	assert_null(strstr(text, "Meer?"));
	assert_string_equal(round_words_obstacles(&reader, "2022-09-01", 4), "Meer hobbels zijn er niet.");
	text = round_words_core(&reader, "2022-09-01", CORE_KRUITBERG);
	assert_true(utf8_count(text, strlen(text)) <= 600);
	assert_non_null(strstr(text, "nummer 12 "));
}

static void round_words__fit__a_phone(void **state)
{
	(void)state;
	in_turn(fill_a_phone);
}

static void tell_by_place(void)
{
	const struct group own = group_get(turn_view(turn), GROUP_KRUITBERG), office = group_get(turn_view(turn), GROUP_COORDINATORS);
	struct reader reader = reader_of(&own);

	(void)post_on(GROUP_KRUITBERG, "2022-09-01");
	answer(CORE_KRUITBERG, "2022-09-01", "hobbel: bel 06-12345678");
	assert_non_null(strstr(round_words_core(&reader, "2022-09-01", CORE_KRUITBERG), "06-12345678"));
	reader = reader_of(&office);
	assert_null(strstr(round_words_core(&reader, "2022-09-01", CORE_KRUITBERG), "06-12345678"));
	assert_null(strstr(round_words_all(&reader, "2022-09-01"), "06-12345678"));
	assert_null(strstr(round_words_all(&reader, "2022-09-01"), "Fatima"));
}

static void round_words__hide__contacts_elsewhere(void **state)
{
	(void)state;
	in_turn(tell_by_place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(round__asks_reminds_and_tells__through_restarts, setup, teardown),
		cmocka_unit_test_setup_teardown(round__catches_up__after_silence_and_over_the_years_end, setup, teardown),
		cmocka_unit_test_setup_teardown(round__is_silent__for_who_was_not_asked, setup, teardown),
		cmocka_unit_test_setup_teardown(round_words__fit__a_phone, setup, teardown),
		cmocka_unit_test_setup_teardown(round_words__hide__contacts_elsewhere, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
