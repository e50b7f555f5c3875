/*
 * Holes in a room's timeline: paged shut, in order, once, whatever happens meanwhile.
 */
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

static struct event idea(const char *id, const char *body)
{
	return (struct event){ .id = id, .room = stub.room, .sender = "@an:console", .body = body, .trust = TRUST_PLAIN, .sent_at_ms = stub.now_ms };
}

/* A timeline that starts after a hole. */
static void limited(const char *from, const struct event *event)
{
	const struct room_update update = { .room = stub.room, .membership = MEMBERSHIP_JOINED, .gap_before = from, .events = event, .events_len = 1 };

	stub_room(&stub, &update);
}

static int64_t number_of(const char *text)
{
	return stub_number(&stub, arena_printf(stub.arena, "SELECT ifnull((SELECT id FROM idea WHERE text = '%s'), 0)", text));
}

static void gap__runs__what_was_missed_before_what_came_after(void **state)
{
	const struct event after = idea("$3", "!idee drie"), page[] = { idea("$2", "!idee twee"), idea("$1", "!idee een") };

	(void)state;
	stub.page_held = true;
	limited("p1", &after);
	assert_string_equal(stub.page_from, "p1");
	assert_string_equal(stub.page_to, "1");
	assert_int_equal(stub.said_len, 0);
	stub.page = page;
	stub.page_len = 2;
	stub.page_held = false;
	stub_settle(&stub);
	assert_int_equal(number_of("een"), 1);
	assert_int_equal(number_of("twee"), 2);
	assert_int_equal(number_of("drie"), 3);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM gap"), 0);
}

static void gap__goes_on__after_a_restart_in_the_middle(void **state)
{
	const struct event after = idea("$3", "!idee drie"), page1 = idea("$2", "!idee twee"), page2 = idea("$1", "!idee een");

	(void)state;
	stub.page = &page1;
	stub.page_len = 1;
	stub.page_next = "p2";
	stub.page_held = true;
	limited("p1", &after);
	stub.page_held = false;
	(void)engine_step(stub.engine, NULL, 0, 0);
	stub.page_held = true;
	stub_settle(&stub);
	assert_string_equal(stub.page_from, "p2");
	stub_restart(&stub);
	stub_happens(&stub, (struct event){ .id = "$4", .body = "!idee vier" });
	assert_string_equal(stub.page_from, "p2");
	assert_int_equal(number_of("vier"), 0);
	stub.page = &page2;
	stub.page_next = NULL;
	stub.page_held = false;
	stub_settle(&stub);
	assert_int_equal(number_of("een"), 1);
	assert_int_equal(number_of("twee"), 2);
	assert_int_equal(number_of("drie"), 3);
	assert_int_equal(number_of("vier"), 4);
}

/* A second hole while a page of the first is under way: that page is of no use any more. */
static void gap__makes__one_of_two_holes(void **state)
{
	const struct event after1 = idea("$2", "!idee twee"), after2 = idea("$4", "!idee vier"), stale = idea("$1", "!idee een");
	const struct event whole[] = { idea("$3", "!idee drie"), idea("$2", "!idee twee"), idea("$1", "!idee een") };

	(void)state;
	stub.page_held = true;
	limited("p1", &after1);
	limited("p2", &after2);
	stub.page = &stale;
	stub.page_len = 1;
	stub.page_held = false;
	(void)engine_step(stub.engine, NULL, 0, 0);
	stub.page = whole;
	stub.page_len = 3;
	stub_settle(&stub);
	assert_string_equal(stub.page_from, "p2");
	assert_string_equal(stub.page_to, "1");
	assert_int_equal(number_of("een"), 1);
	assert_int_equal(number_of("twee"), 2);
	assert_int_equal(number_of("drie"), 3);
	assert_int_equal(number_of("vier"), 4);
}

static void gap__is_given_up__when_the_server_no_longer_has_it(void **state)
{
	const struct event after = idea("$3", "!idee drie");

	(void)state;
	stub.page_outcome = OUTCOME_REFUSED;
	limited("p1", &after);
	assert_int_equal(number_of("drie"), 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM incident WHERE kind = 'gap.lost'"), 1);
}

/* While a page has to wait, so does the loop: another room's hole must not make it spin. */
static void gap__waits__after_trouble_without_a_spin(void **state)
{
	const struct event after = idea("$3", "!idee drie");
	const struct event other = { .id = "$o", .room = "!kikkenstein:console", .sender = "@an:console", .body = "x", .trust = TRUST_PLAIN, .sent_at_ms = stub.now_ms };
	int pages;

	(void)state;
	stub.page_outcome = OUTCOME_TROUBLE;
	limited("p1", &after);
	stub_room(&stub, &(struct room_update){ .room = other.room, .membership = MEMBERSHIP_JOINED, .gap_before = "q1", .events = &other, .events_len = 1 });
	pages = stub.pages;
	for (int i = 0; i < 10; i++) {
		stub_settle(&stub);
		assert_true(stub.wait_ms > 0);
	}
	assert_int_equal(stub.pages, pages);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM gap"), 2);
}

/* Taken back before it ran: it never runs. */
static void gap__cancels__what_was_taken_back_meanwhile(void **state)
{
	const struct event after = idea("$3", "!idee drie");

	(void)state;
	stub.page_held = true;
	limited("p1", &after);
	stub_happens(&stub, (struct event){ .kind = EVENT_REDACTION, .id = "$r", .target = "$3", .sender = "@an:console" });
	stub.page_held = false;
	stub_settle(&stub);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 0);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM inbox WHERE content IS NOT NULL"), 0);
}

static void gap__ends__with_a_room_that_was_left(void **state)
{
	const struct event after = idea("$3", "!idee drie");

	(void)state;
	stub.page_held = true;
	limited("p1", &after);
	stub_room(&stub, &(struct room_update){ .room = stub.room, .membership = MEMBERSHIP_LEFT });
	stub.page_held = false;
	stub_settle(&stub);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM gap"), 0);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM inbox WHERE state <> 'done'"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(gap__runs__what_was_missed_before_what_came_after, setup, teardown),
		cmocka_unit_test_setup_teardown(gap__goes_on__after_a_restart_in_the_middle, setup, teardown),
		cmocka_unit_test_setup_teardown(gap__makes__one_of_two_holes, setup, teardown),
		cmocka_unit_test_setup_teardown(gap__is_given_up__when_the_server_no_longer_has_it, setup, teardown),
		cmocka_unit_test_setup_teardown(gap__waits__after_trouble_without_a_spin, setup, teardown),
		cmocka_unit_test_setup_teardown(gap__cancels__what_was_taken_back_meanwhile, setup, teardown),
		cmocka_unit_test_setup_teardown(gap__ends__with_a_room_that_was_left, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
