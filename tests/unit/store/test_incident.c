/*
 * What a human should know, and what he may take off the list himself.
 */
#include "store/incident.h"

#include "unit/scratch.h"

static const struct statements *const rooms[] = { &incident_statements, NULL };
static struct scratch scratch;

static int setup(void **state)
{
	(void)state;
	scratch_open(&scratch, rooms);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_close(&scratch);
	return 0;
}

/* Two that happened in one kind, and a state. */
static void arrange(struct turn *turn, void *context)
{
	(void)context;
	assert_true(incident_note(turn, "room.plaintext", "!een:example.org", "words"));
	assert_true(incident_note(turn, "room.plaintext", "!twee:example.org", "words"));
	assert_true(incident_raise(turn, "disk.full", "data", "words"));
}

static void see_one_then_all(struct turn *turn, void *context)
{
	struct view *view = turn_view(turn);
	int64_t len = -1;

	(void)context;
	assert_int_equal(incident_see(turn, "room.plaintext", "!een:example.org", &len), INCIDENT_SEEN);
	assert_int_equal(len, 1);
	assert_false(incident_is_open(view, "room.plaintext", "!een:example.org"));
	assert_true(incident_is_open(view, "room.plaintext", "!twee:example.org"));
	assert_true(incident_note(turn, "room.plaintext", "!een:example.org", "words"));
	assert_int_equal(incident_see(turn, "room.plaintext", NULL, &len), INCIDENT_SEEN);
	assert_int_equal(len, 2);
	assert_false(incident_is_open(view, "room.plaintext", "!een:example.org"));
	assert_false(incident_is_open(view, "room.plaintext", "!twee:example.org"));
	assert_true(incident_is_open(view, "disk.full", "data"));
}

static void incident_see__closes__what_happened_until_it_happens_again(void **state)
{
	(void)state;
	scratch_turn(&scratch, arrange, NULL);
	scratch_turn(&scratch, see_one_then_all, NULL);
}

static void see_what_lasts(struct turn *turn, void *context)
{
	int64_t len = -1;

	(void)context;
	assert_int_equal(incident_see(turn, "disk.full", "data", &len), INCIDENT_LASTS);
	assert_int_equal(incident_see(turn, "disk.full", NULL, &len), INCIDENT_LASTS);
	assert_true(incident_is_open(turn_view(turn), "disk.full", "data"));
	incident_clear(turn, "disk.full", "data");
	assert_int_equal(incident_see(turn, "disk.full", "data", &len), INCIDENT_UNKNOWN);
	assert_int_equal(incident_see(turn, "room.plaintext", "!drie:example.org", &len), INCIDENT_UNKNOWN);
	assert_int_equal(len, -1);
}

static void incident_see__refuses__what_still_goes_on(void **state)
{
	(void)state;
	scratch_turn(&scratch, arrange, NULL);
	scratch_turn(&scratch, see_what_lasts, NULL);
}

static void look(struct turn *turn, void *context)
{
	size_t len;
	const struct incident *list = incident_list(turn_view(turn), &len);

	(void)context;
	assert_int_equal(len, 3);
	assert_string_equal(list[0].kind, "disk.full");
	assert_true(list[0].lasts);
	assert_int_equal(list[0].times, 1);
	assert_string_equal(list[1].subject, "!twee:example.org");
	assert_false(list[1].lasts);
	assert_int_equal(list[1].times, 1);
	assert_false(incident_note(turn, "room.plaintext", "!twee:example.org", "words"));
	list = incident_list(turn_view(turn), &len);
	assert_int_equal(len, 3);
	assert_int_equal(list[1].times, 2);
}

static void incident_list__tells__what_lasts_and_how_often(void **state)
{
	(void)state;
	scratch_turn(&scratch, arrange, NULL);
	scratch_turn(&scratch, look, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(incident_see__closes__what_happened_until_it_happens_again, setup, teardown),
		cmocka_unit_test_setup_teardown(incident_see__refuses__what_still_goes_on, setup, teardown),
		cmocka_unit_test_setup_teardown(incident_list__tells__what_lasts_and_how_often, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
