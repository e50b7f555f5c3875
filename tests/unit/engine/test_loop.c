/*
 * A robot that answers each of our messages with a real command (MATRIX.md 9.12), and what goes on meanwhile.
 */
#include "unit/engine/stub.h"

#define COORDINATORS "!coordinators:console"
#define ROBOT        "@robot:console"

static const struct media photo = { .url = "mxc://console/a", .name = "bon.jpg", .mime = "image/jpeg", .size = 1000 };
static struct stub stub;
static int events;

static int setup(void **state)
{
	(void)state;
	stub_open(&stub);
	stub_room(&stub, &(struct room_update){ .room = COORDINATORS, .membership = MEMBERSHIP_JOINED });
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	stub_close(&stub);
	return 0;
}

static void says(const char *sender, const char *body)
{
	stub_happens(&stub, (struct event){ .id = arena_printf(stub.arena, "$%d", events++), .body = body, .sender = sender });
}

static int64_t said_there(void)
{
	return stub_number(&stub, "SELECT count(*) FROM outbox WHERE room = '!kruitberg:console' AND state = 'sent'");
}

/* It speaks when it hears something and not otherwise. How often it did, until it heard nothing any more, of `most`. */
static int robot(const char *body, int most)
{
	int64_t heard;
	int spoken = 0;

	do {
		heard = said_there();
		says(ROBOT, body);
		spoken++;
	} while (said_there() > heard && spoken < most);
	return spoken;
}

static int64_t hushed(void)
{
	return stub_number(&stub, "SELECT count(*) FROM incident WHERE kind = 'room.hushed' AND cleared_at_ms IS NULL");
}

static void loop__ends__with_the_same_answer(void **state)
{
	(void)state;
	assert_int_equal(robot("!ideeen", 1000), 31);
	assert_int_equal(hushed(), 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM outbox WHERE body LIKE '%half uur stil%' AND room = '" COORDINATORS "'"), 1);
}

/* One a second, each another; the last one tells why there comes no more. */
static void loop__ends__with_ever_new_answers(void **state)
{
	(void)state;
	assert_in_range(robot("!idee ik ben een robot", 1000), 121, 170);
	assert_int_equal(hushed(), 1);
	assert_non_null(strstr(stub_heard(&stub), "robot"));
	assert_non_null(strstr(stub_heard(&stub), "half uur stil"));
}

/* Others are carried out; what they sent stands in the books, with its photo. */
static void loop__costs__nobody_a_receipt(void **state)
{
	int64_t heard;

	(void)state;
	(void)robot("!ideeen", 1000);
	heard = said_there();
	stub.fetch_bytes = "\xff\xd8\xff foto";
	stub_happens(&stub, (struct event){ .form = FORM_IMAGE, .id = "$bon", .body = "!bon 12,50 verf", .media = &photo, .sender = "@bo:console" });
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM receipt"), 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM media WHERE state = 'stored'"), 1);
	assert_int_equal(said_there(), heard);
}

static void loop__is_over__after_half_an_hour(void **state)
{
	(void)state;
	(void)robot("!ideeen", 1000);
	stub_restart(&stub);
	assert_int_equal(robot("!ideeen", 1000), 1);
	stub_later(&stub, 20 * MS_PER_MINUTE);
	assert_int_equal(robot("!ideeen", 1000), 1);
	assert_int_equal(hushed(), 1);
	stub_later(&stub, 10 * MS_PER_MINUTE);
	assert_int_equal(hushed(), 0);
	/* And if it begins again, the coordinators know already. */
	assert_int_equal(robot("!ideeen", 1000), 31);
	assert_int_equal(hushed(), 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM outbox WHERE dedupe LIKE 'warn/hushed/%'"), 1);
}

/* 400 commands that wait for us: all are carried out and answered. */
static void loop__is_none__when_we_were_away(void **state)
{
	struct event *missed = arena_array(stub.arena, struct event, 400);

	(void)state;
	for (int i = 0; i < 400; i++) {
		missed[i] = (struct event){ .id = arena_printf(stub.arena, "$missed%d", i), .room = stub.room, .body = "!ideeen",
			.sender = ROBOT, .sent_at_ms = stub.now_ms, .trust = TRUST_PLAIN };
	}
	stub_room(&stub, &(struct room_update){ .room = stub.room, .membership = MEMBERSHIP_JOINED, .events = missed, .events_len = 400 });
	assert_int_equal(hushed(), 0);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM outbox WHERE room = '!kruitberg:console' AND state <> 'dead' AND reply_to LIKE '$missed%'"), 400);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(loop__ends__with_the_same_answer, setup, teardown),
		cmocka_unit_test_setup_teardown(loop__ends__with_ever_new_answers, setup, teardown),
		cmocka_unit_test_setup_teardown(loop__costs__nobody_a_receipt, setup, teardown),
		cmocka_unit_test_setup_teardown(loop__is_over__after_half_an_hour, setup, teardown),
		cmocka_unit_test_setup_teardown(loop__is_none__when_we_were_away, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
