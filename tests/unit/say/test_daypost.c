#include "say/daypost.h"

#include "base/clock.h"
#include "people/group.h"
#include "people/quiet.h"
#include "store/outbox.h"
#include "store/timer.h"
#include "unit/house.h"
#include "unit/neighbours.h"
#include "unit/say/outbox_look.h"

static const struct statements *const rooms[] = { &quiet_statements, &neighbours_statements, &look_statements, &group_statements, &outbox_statements,
	&timer_statements, &daypost_statements, NULL };
static struct scratch scratch;
static struct test_house home;

/* SCRATCH_NOW_MS is Tuesday 14 June 2022, 09:00; the post goes at 10:00 and the quiet hours begin at 21:00. */
#define HOUR_OF_POST_MS (SCRATCH_NOW_MS + MS_PER_HOUR)
#define EVENING_MS      (SCRATCH_NOW_MS + 12 * MS_PER_HOUR)

/* The program's own sections have their own tests. */
static const char *urgent, *dull;
static struct day_post seen;

static const char *compose_urgent(const struct house *house, struct turn *turn, const struct day_post *post)
{
	(void)house;
	(void)turn;
	seen = *post;
	return urgent;
}

static const char *compose_dull(const struct house *house, struct turn *turn, const struct day_post *post)
{
	(void)house;
	(void)turn;
	return post->group->id == GROUP_KRUITBERG ? dull : NULL;
}

const struct day_section day_sections[] = {
	{ "urgent", compose_urgent },
	{ "dull", compose_dull },
	{ NULL, NULL },
};

static int setup(void **state)
{
	(void)state;
	urgent = dull = NULL;
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

static int64_t due(struct turn *turn)
{
	int64_t due_at_ms = 0;

	assert_true(timer_find(turn_view(turn), DAYPOST_TIMER, "", &due_at_ms));
	return due_at_ms;
}

static void begin(struct turn *turn, void *context)
{
	(void)context;
	daypost_begin(&home.house, turn);
}

/* Fire as the engine does; context: when it was due. */
static void fire(struct turn *turn, void *context)
{
	const int64_t *due_at_ms = context;

	timer_clear(turn, DAYPOST_TIMER, "");
	daypost_fire(&home.house, turn, "", *due_at_ms);
}

static void fire_at(int64_t due_at_ms, int64_t now_ms)
{
	scratch.now_ms = now_ms;
	scratch_turn(&scratch, fire, &due_at_ms);
}

/* ---- when ---- */

static void expect_due(struct turn *turn, void *context)
{
	const int64_t *expected = context;

	assert_int_equal(due(turn), *expected);
}

static void check_due(int64_t expected)
{
	scratch_turn(&scratch, expect_due, &expected);
}

static void daypost_begin__sets__the_next_hour_of_the_post(void **state)
{
	(void)state;
	scratch_turn(&scratch, begin, NULL);
	check_due(HOUR_OF_POST_MS);
	scratch.now_ms = HOUR_OF_POST_MS - 1;
	scratch_turn(&scratch, begin, NULL);
	check_due(HOUR_OF_POST_MS);
}

static void daypost_begin__leaves__one_that_was_missed(void **state)
{
	(void)state;
	scratch_turn(&scratch, begin, NULL);
	scratch.now_ms += 3 * MS_PER_DAY;
	scratch_turn(&scratch, begin, NULL);
	check_due(HOUR_OF_POST_MS);
}

static void daypost_fire__comes_back__at_the_same_clock_when_summer_time_ends(void **state)
{
	/* Saturday 29 October 2022, 10:00 in summer time; the next day is 25 hours long. */
	const int64_t saturday_ms = INT64_C(1667030400000);

	(void)state;
	fire_at(saturday_ms, saturday_ms);
	check_due(saturday_ms + 25 * MS_PER_HOUR);
}

/* ---- what ---- */

static struct look looks[LOOK_MAX];
static size_t looks_len;

static void look(struct turn *turn, void *context)
{
	struct look found[LOOK_MAX];
	static char bodies[LOOK_MAX][2048];

	looks_len = outbox_look(turn, context, found);
	for (size_t i = 0; i < looks_len; i++) {
		looks[i] = found[i];
		snprintf(bodies[i], sizeof bodies[i], "%s", found[i].body);
		looks[i].body = bodies[i];
		looks[i].room = looks[i].dedupe = NULL;
	}
}

static size_t posts_in(const char *room)
{
	char copy[64];

	snprintf(copy, sizeof copy, "%s", room);
	scratch_turn(&scratch, look, copy);
	return looks_len;
}

static void daypost_fire__puts__the_most_urgent_first(void **state)
{
	(void)state;
	urgent = "Morgen feest.";
	dull = "Er is nog 500 euro.";
	fire_at(HOUR_OF_POST_MS, HOUR_OF_POST_MS);
	assert_int_equal(posts_in(ROOM_KRUITBERG), 1);
	assert_string_equal(looks[0].body, "Kruitberg, dinsdag 14 juni\nMorgen feest.\n\nEr is nog 500 euro.");
	assert_int_equal(looks[0].not_before_ms, HOUR_OF_POST_MS);
	assert_int_equal(looks[0].expires_at_ms, EVENING_MS);
	assert_int_equal(posts_in(ROOM_KLEIBURG), 1);
	assert_string_equal(looks[0].body, "Kleiburg, Tuesday 14 June\nMorgen feest.");
	assert_in_range(looks[0].not_before_ms - HOUR_OF_POST_MS, 20 * MS_PER_SECOND, 40 * MS_PER_SECOND);
	check_due(HOUR_OF_POST_MS + MS_PER_DAY);
}

static void daypost_fire__is_silent__without_anything_to_say(void **state)
{
	(void)state;
	fire_at(HOUR_OF_POST_MS, HOUR_OF_POST_MS);
	assert_int_equal(posts_in(ROOM_KRUITBERG), 0);
	check_due(HOUR_OF_POST_MS + MS_PER_DAY);
}

static void daypost_fire__posts__once_a_day(void **state)
{
	(void)state;
	urgent = "Morgen feest.";
	fire_at(HOUR_OF_POST_MS, HOUR_OF_POST_MS);
	seen = (struct day_post){ 0 };
	fire_at(HOUR_OF_POST_MS, HOUR_OF_POST_MS + MS_PER_HOUR);
	assert_int_equal(posts_in(ROOM_KRUITBERG), 1);
	/* No section was asked: what it hands over would count as said. */
	assert_null(seen.group);
	fire_at(HOUR_OF_POST_MS + MS_PER_DAY, HOUR_OF_POST_MS + MS_PER_DAY);
	assert_int_equal(posts_in(ROOM_KRUITBERG), 2);
}

static void daypost_fire__cuts__a_long_section(void **state)
{
	char text[1000];

	(void)state;
	memset(text, 'x', sizeof text);
	text[sizeof text - 1] = '\0';
	urgent = text;
	fire_at(HOUR_OF_POST_MS, HOUR_OF_POST_MS);
	assert_int_equal(posts_in(ROOM_KRUITBERG), 1);
	assert_int_equal(strlen(looks[0].body), strlen("Kruitberg, dinsdag 14 juni\n") + DAY_SECTION_MAX - 1 + strlen("…"));
}

/* ---- after an outage ---- */

static void daypost_fire__posts__late_on_the_same_day(void **state)
{
	(void)state;
	urgent = "Morgen feest.";
	fire_at(HOUR_OF_POST_MS, EVENING_MS - MS_PER_HOUR);
	assert_int_equal(posts_in(ROOM_KRUITBERG), 1);
	assert_int_equal(looks[0].not_before_ms, EVENING_MS - MS_PER_HOUR);
	check_due(HOUR_OF_POST_MS + MS_PER_DAY);
}

static void daypost_fire__waits__for_the_morning_after_a_late_return(void **state)
{
	(void)state;
	urgent = "Morgen feest.";
	fire_at(HOUR_OF_POST_MS, EVENING_MS);
	assert_int_equal(posts_in(ROOM_KRUITBERG), 0);
	check_due(HOUR_OF_POST_MS + MS_PER_DAY);
	fire_at(HOUR_OF_POST_MS, HOUR_OF_POST_MS + MS_PER_DAY - 2 * MS_PER_HOUR);
	assert_int_equal(posts_in(ROOM_KRUITBERG), 0);
	check_due(HOUR_OF_POST_MS + MS_PER_DAY);
}

static void daypost_fire__stands_in__for_the_days_it_missed(void **state)
{
	(void)state;
	urgent = "Morgen feest.";
	fire_at(HOUR_OF_POST_MS, HOUR_OF_POST_MS);
	assert_int_equal(seen.since.day, 14);
	assert_int_equal(seen.date.day, 14);
	fire_at(HOUR_OF_POST_MS + MS_PER_DAY, HOUR_OF_POST_MS + 7 * MS_PER_DAY);
	assert_int_equal(seen.since.day, 15);
	assert_int_equal(seen.date.day, 21);
	assert_int_equal(posts_in(ROOM_KRUITBERG), 2);
	check_due(HOUR_OF_POST_MS + 8 * MS_PER_DAY);
}

static struct day_post from_until(int from_day, int until_month, int until_day)
{
	return (struct day_post){ .since = { .year = 2022, .month = 6, .day = from_day }, .date = { .year = 2022, .month = until_month, .day = until_day } };
}

static void day_post__covers__days_of_the_week_and_month(void **state)
{
	struct day_post tuesday = from_until(14, 6, 14), weekend = from_until(17, 6, 19), till_monday = from_until(18, 6, 20);
	struct day_post first = from_until(1, 6, 1), over_the_end = from_until(29, 7, 2);

	(void)state;
	assert_true(day_post_covers_weekday(&tuesday, WEEKDAY_TUESDAY));
	assert_false(day_post_covers_weekday(&tuesday, WEEKDAY_MONDAY));
	assert_false(day_post_covers_weekday(&weekend, WEEKDAY_MONDAY));
	assert_true(day_post_covers_weekday(&till_monday, WEEKDAY_MONDAY));
	assert_false(day_post_covers_month_start(&till_monday));
	assert_true(day_post_covers_month_start(&first));
	assert_true(day_post_covers_month_start(&over_the_end));
}

#define AT_HOME(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_HOME(daypost_begin__sets__the_next_hour_of_the_post),
		AT_HOME(daypost_begin__leaves__one_that_was_missed),
		AT_HOME(daypost_fire__comes_back__at_the_same_clock_when_summer_time_ends),
		AT_HOME(daypost_fire__puts__the_most_urgent_first),
		AT_HOME(daypost_fire__is_silent__without_anything_to_say),
		AT_HOME(daypost_fire__posts__once_a_day),
		AT_HOME(daypost_fire__cuts__a_long_section),
		AT_HOME(daypost_fire__posts__late_on_the_same_day),
		AT_HOME(daypost_fire__waits__for_the_morning_after_a_late_return),
		AT_HOME(daypost_fire__stands_in__for_the_days_it_missed),
		cmocka_unit_test(day_post__covers__days_of_the_week_and_month),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
