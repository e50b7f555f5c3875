/*
 * What happens by itself every day: old things go.
 */
#include "say/tick.h"

#include "base/clock.h"
#include "base/str.h"
#include "store/incident.h"
#include "store/media.h"
#include "store/timer.h"
#include "unit/house.h"
#include "unit/scratch.h"

enum { COUNT_INCIDENTS, COUNT_MAX };
static const char *const count_sql[] = { [COUNT_INCIDENTS] = "SELECT count(*) FROM incident" };
static const struct statements count_statements = { "count", count_sql, COUNT_MAX };

static const struct statements *const rooms[] = { &incident_statements, &media_statements, &timer_statements, &count_statements, NULL };
static struct scratch scratch;
static struct test_house home;

static int setup(void **state)
{
	(void)state;
	scratch_open(&scratch, rooms);
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

static void arrange(struct turn *turn, void *context)
{
	(void)context;
	assert_true(incident_raise(turn, "disk.full", "data", "words"));
	incident_clear(turn, "disk.full", "data");
	assert_true(incident_raise(turn, "crypto.lost", "keys", "words"));
}

static void fire(struct turn *turn, void *context)
{
	int64_t *left = context, due_at_ms;

	for (const struct tick *tick = ticks; tick->kind; tick++) {
		if (str_equal(tick->kind, "forget"))
			tick->fire(&home.house, turn, "", turn_now_ms(turn));
	}
	assert_true(timer_find(turn_view(turn), "forget", "", &due_at_ms));
	assert_int_equal(due_at_ms, turn_now_ms(turn) + MS_PER_DAY);
	*left = stmt_one_int(turn_query(turn, &count_statements, COUNT_INCIDENTS), 0);
}

static void ticks__forget__an_incident_that_is_long_over(void **state)
{
	int64_t left;

	(void)state;
	scratch_turn(&scratch, arrange, NULL);
	scratch.now_ms += 90 * MS_PER_DAY;
	scratch_turn(&scratch, fire, &left);
	assert_int_equal(left, 2);
	scratch.now_ms++;
	scratch_turn(&scratch, fire, &left);
	/* What goes on stays, however old. */
	assert_int_equal(left, 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(ticks__forget__an_incident_that_is_long_over, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
