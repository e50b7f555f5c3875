#include "say/unread.h"

#include "base/clock.h"
#include "people/group.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "store/timer.h"
#include "unit/house.h"
#include "unit/neighbours.h"
#include "unit/say/outbox_look.h"

static const struct statements *const rooms[] = { &neighbours_statements, &look_statements, &group_statements, &inbox_statements,
	&outbox_statements, &timer_statements, NULL };
static struct scratch scratch;
static struct test_house home;

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

static void arrive(struct turn *turn, void *context)
{
	const char *id = context;
	struct event event = { .kind = EVENT_UNREADABLE, .id = id, .room = ROOM_KRUITBERG, .sender = "@fatima:console", .body = "", .sealed = "{}" };

	inbox_wait_key(turn, inbox_add(turn, &event, INBOX_WAIT_KEY, INT64_MAX), id, INT64_MAX);
	unread_note(turn, ROOM_KRUITBERG);
}

static void get_key(struct turn *turn, void *context)
{
	inbox_release_key(turn, ROOM_KRUITBERG, context);
}

static void fire_due(struct turn *turn, void *context)
{
	struct timer timer;

	(void)context;
	while (timer_next(turn_view(turn), &timer) && timer.due_at_ms <= turn_now_ms(turn)) {
		timer_clear(turn, timer.kind, timer.subject);
		(strcmp(timer.kind, UNREAD_TIMER) ? unread_rest_fire : unread_fire)(&home.house, turn, timer.subject, timer.due_at_ms);
	}
}

static void after(int64_t ms)
{
	scratch.now_ms += ms;
	scratch_turn(&scratch, fire_due, NULL);
}

static void count_said(struct turn *turn, void *context)
{
	struct look looks[LOOK_MAX];

	*(size_t *)context = outbox_look(turn, ROOM_KRUITBERG, looks);
}

static size_t said(void)
{
	size_t count = 0;

	scratch_turn(&scratch, count_said, &count);
	return count;
}

static void unread__is_told__once_a_room_and_hour(void **state)
{
	(void)state;
	scratch_turn(&scratch, arrive, "$one");
	scratch_turn(&scratch, arrive, "$two");
	after(22 * MS_PER_SECOND);
	assert_int_equal(said(), 0);
	after(MS_PER_SECOND);
	assert_int_equal(said(), 1);
	scratch_turn(&scratch, arrive, "$three");
	after(MS_PER_MINUTE);
	assert_int_equal(said(), 1);
	after(MS_PER_HOUR);
	assert_int_equal(said(), 1);
	scratch_turn(&scratch, arrive, "$four");
	after(23 * MS_PER_SECOND);
	assert_int_equal(said(), 2);
}

static void unread__is_not_told__when_the_key_comes(void **state)
{
	(void)state;
	scratch_turn(&scratch, arrive, "$one");
	after(20 * MS_PER_SECOND);
	scratch_turn(&scratch, get_key, "$one");
	scratch_turn(&scratch, arrive, "$two");
	after(3 * MS_PER_SECOND);
	assert_int_equal(said(), 0);
	after(20 * MS_PER_SECOND);
	assert_int_equal(said(), 1);
	scratch_turn(&scratch, get_key, "$two");
	after(2 * MS_PER_HOUR);
	assert_int_equal(said(), 1);
}

static void look_at_words(struct turn *turn, void *context)
{
	struct look looks[LOOK_MAX];

	(void)context;
	assert_int_equal(outbox_look(turn, NULL, looks), 1);
	assert_non_null(strstr(looks[0].body, "niet lezen"));
	assert_int_equal(looks[0].expires_at_ms, scratch.now_ms + MS_PER_HOUR);
}

static void unread__is_told__in_the_groups_language(void **state)
{
	(void)state;
	scratch_turn(&scratch, arrive, "$one");
	after(MS_PER_MINUTE);
	scratch_turn(&scratch, look_at_words, NULL);
}

#define AT_HOME(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_HOME(unread__is_told__once_a_room_and_hour),
		AT_HOME(unread__is_not_told__when_the_key_comes),
		AT_HOME(unread__is_told__in_the_groups_language),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
