#include "say/introduction.h"
#include "say/warnings.h"

#include "base/clock.h"
#include "base/str.h"
#include "people/group.h"
#include "store/outbox.h"
#include "unit/house.h"
#include "unit/neighbours.h"
#include "unit/say/outbox_look.h"

static const struct statements *const rooms[] = { &neighbours_statements, &look_statements, &group_statements, &outbox_statements,
	&introduction_statements, NULL };
static struct scratch scratch;
static struct test_house home;

/* Quiet hours run from 21:00 to 09:00; SCRATCH_NOW_MS is 09:00 on a Tuesday. */
#define MIDNIGHT_MS (SCRATCH_NOW_MS + 15 * MS_PER_HOUR)

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

static void warn_coordinators(struct turn *turn, void *context)
{
	struct look looks[LOOK_MAX];

	(void)context;
	for (int again = 0; again < 2; again++) {
		warn_mute(&home.house, turn, ROOM_KRUITBERG, "kruitberg");
		warn_removed(&home.house, turn, ROOM_KRUITBERG, "kruitberg", false);
		warn_removed(&home.house, turn, ROOM_KRUITBERG, "kruitberg", true);
		warn_replaced(&home.house, turn, ROOM_KRUITBERG, "kruitberg", "!new:console");
		warn_disk_full(&home.house, turn);
		warn_identity(&home.house, turn, "@an:console");
		warn_deaf(&home.house, turn, ROOM_KRUITBERG, "kruitberg");
		warn_newcomer(&home.house, turn, ROOM_KRUITBERG, "kruitberg", again ? "@nobody:console" : "@stranger:console");
	}
	assert_int_equal(outbox_look(turn, NULL, looks), 8);
	for (size_t i = 0; i < 8; i++) {
		assert_string_equal(looks[i].room, ROOM_COORDINATORS);
		assert_int_equal(looks[i].not_before_ms, scratch.now_ms);
		assert_true(looks[i].expires_at_ms > scratch.now_ms);
	}
	assert_non_null(strstr(looks[0].body, "groep kruitberg"));
	assert_non_null(strstr(looks[3].body, "!new:console"));
	assert_non_null(strstr(looks[7].body, "@stranger:console"));
}

static void warn__tells__the_coordinators_once(void **state)
{
	(void)state;
	scratch_turn(&scratch, warn_coordinators, NULL);
}

static void warn_about_their_own_room(struct turn *turn, void *context)
{
	struct look looks[LOOK_MAX];

	(void)context;
	warn_mute(&home.house, turn, ROOM_COORDINATORS, "coordinators");
	assert_int_equal(outbox_look(turn, NULL, looks), 0);
}

static void warn__says_nothing__in_the_room_that_has_the_trouble(void **state)
{
	(void)state;
	scratch_turn(&scratch, warn_about_their_own_room, NULL);
}

static void warn_at_night(struct turn *turn, void *context)
{
	struct look looks[LOOK_MAX];

	(void)context;
	warn_mute(&home.house, turn, ROOM_KRUITBERG, "kruitberg");
	assert_int_equal(outbox_look(turn, NULL, looks), 1);
	assert_int_equal(looks[0].not_before_ms, SCRATCH_NOW_MS + MS_PER_DAY);
}

static void warn__waits__until_the_quiet_hours_are_over(void **state)
{
	(void)state;
	scratch.now_ms = MIDNIGHT_MS;
	scratch_turn(&scratch, warn_at_night, NULL);
}

static void warn_group(struct turn *turn, void *context)
{
	struct group kruitberg = group_get(turn_view(turn), GROUP_KRUITBERG), kleiburg = group_get(turn_view(turn), GROUP_KLEIBURG);
	int64_t now_ms = turn_now_ms(turn);
	struct look looks[LOOK_MAX];

	(void)context;
	warn_outage(&home.house, turn, &kruitberg, now_ms - MS_PER_DAY, now_ms);
	warn_outage(&home.house, turn, &kruitberg, now_ms - MS_PER_DAY, now_ms + MS_PER_HOUR);
	warn_outage(&home.house, turn, &kleiburg, now_ms - MS_PER_HOUR, now_ms);
	warn_expired(&home.house, turn, &kruitberg);
	assert_int_equal(outbox_look(turn, ROOM_KRUITBERG, looks), 2);
	assert_string_equal(looks[0].body, "Ik was weg van maandag 13 juni 09:00 tot dinsdag 14 juni 09:00. Wat jullie toen typten, lees ik nu alsnog.");
	assert_non_null(strstr(looks[1].body, "14 dagen"));
	assert_int_equal(outbox_look(turn, ROOM_KLEIBURG, looks), 1);
	assert_string_equal(looks[0].body, "I was away from Tuesday 14 June 08:00 until 09:00. I am now reading what you typed in the meantime.");
}

static void warn__tells__a_group_what_it_missed(void **state)
{
	(void)state;
	scratch_turn(&scratch, warn_group, NULL);
}

static void introduce(struct turn *turn, void *context)
{
	struct group kruitberg = group_get(turn_view(turn), GROUP_KRUITBERG), kleiburg = group_get(turn_view(turn), GROUP_KLEIBURG);
	struct look looks[LOOK_MAX];
	int64_t gap_ms;

	(void)context;
	introduction_say(&home.house, turn, &kruitberg);
	introduction_say(&home.house, turn, &kruitberg);
	introduction_say(&home.house, turn, &kleiburg);
	assert_int_equal(outbox_look(turn, NULL, looks), 2);
	assert_string_equal(looks[0].room, ROOM_KRUITBERG);
	assert_int_equal(looks[0].not_before_ms, scratch.now_ms);
	assert_true(str_starts(looks[0].body, "Hallo"));
	assert_true(str_starts(looks[1].body, "Hello"));
	gap_ms = looks[1].not_before_ms - looks[0].not_before_ms;
	assert_in_range(gap_ms, 20 * MS_PER_SECOND, 40 * MS_PER_SECOND);
	for (size_t i = 0; i < 2; i++)
		assert_true(strlen(looks[i].body) <= 600);
}

static void introduction_say__takes_turns__between_groups(void **state)
{
	(void)state;
	scratch_turn(&scratch, introduce, NULL);
}

#define AT_HOME(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_HOME(warn__tells__the_coordinators_once),
		AT_HOME(warn__says_nothing__in_the_room_that_has_the_trouble),
		AT_HOME(warn__waits__until_the_quiet_hours_are_over),
		AT_HOME(warn__tells__a_group_what_it_missed),
		AT_HOME(introduction_say__takes_turns__between_groups),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
