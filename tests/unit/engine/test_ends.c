/*
 * What became of messages: those whose ends arrive together are noted in one turn, whatever each of them was.
 */
#include "unit/engine/stub.h"

enum { SENDS_MAX = 16 };

static struct stub stub;

/* In the order they were given; each under way until it is handed over. */
static struct {
	bool held;
	enum outcome outcome;
	struct {
		int64_t id;
		char *room;
	} rows[SENDS_MAX];
	size_t len, done;
} sends;

static void take(void *self, int64_t id, const char *room, const char *type, const char *txn_id, const char *content)
{
	(void)self, (void)type, (void)txn_id, (void)content;
	assert_true(sends.len < SENDS_MAX);
	sends.rows[sends.len].id = id;
	sends.rows[sends.len++].room = arena_dup(stub.arena, room);
}

static void hand(void *self, struct pollfd *fds, size_t fds_len, int64_t timeout_ms, struct arrival *ret_arrival)
{
	if (sends.held || sends.done == sends.len) {
		stub_wait(self, fds, fds_len, timeout_ms, ret_arrival);
		return;
	}
	*ret_arrival = (struct arrival){ .kind = ARRIVAL_SENT, .outcome = sends.outcome, .id = sends.rows[sends.done].id,
		.room = sends.rows[sends.done].room, .event_id = arena_printf(stub.arena, "$out%zu", sends.done) };
	sends.done++;
}

static void say(const char *room, const char *id, const char *body)
{
	stub.room = room;
	stub_happens(&stub, (struct event){ .id = id, .body = body });
}

static const char *const rooms[] = { "!kruitberg:console", "!koornhorst:console", "!kikkenstein:console" };

static int setup(void **state)
{
	(void)state;
	stub_open(&stub);
	memset(&sends, 0, sizeof sends);
	stub.transport.send = take;
	stub.transport.wait = hand;
	for (size_t i = 0; i < ARRAY_LEN(rooms); i++)
		stub_room(&stub, &(struct room_update){ .room = rooms[i], .membership = MEMBERSHIP_JOINED });
	stub_later(&stub, MS_PER_HOUR);
	/* From here on an answer is under way in each of the rooms. */
	sends.held = true;
	sends.len = sends.done = 0;
	say(rooms[0], "$1", "!idee bankje");
	say(rooms[1], "$2", "!idee hek");
	say(rooms[2], "$3", "!idee boom");
	assert_int_equal(sends.len, 3);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	stub_close(&stub);
	return 0;
}

static int64_t count(const char *state)
{
	return stub_number(&stub, arena_printf(stub.arena, "SELECT count(*) FROM outbox WHERE id >= %lld AND state = '%s'",
	                                       (long long)sends.rows[0].id, state));
}

static void ends__are_noted__in_one_turn(void **state)
{
	uint64_t turns = engine_turns(stub.engine);

	(void)state;
	sends.held = false;
	(void)engine_step(stub.engine, NULL, 0, MS_PER_HOUR);
	assert_int_equal(engine_turns(stub.engine), turns + 1);
	assert_int_equal(count("sent"), 3);
	assert_int_equal(stub_number(&stub, arena_printf(stub.arena, "SELECT count(DISTINCT event) FROM outbox WHERE id >= %lld",
	                                                 (long long)sends.rows[0].id)), 3);
}

/* What arrived right behind them is not lost. */
static void ends__leave__what_came_behind_them(void **state)
{
	struct event event = { .id = "$4", .body = "!idee vijver", .room = rooms[0], .sent_at_ms = stub.now_ms,
		.sender = "@whatsapp_31600000001:console", .trust = TRUST_PLAIN };

	(void)state;
	stub.room = rooms[0];
	stub.next = &event;
	sends.held = false;
	/* One of the three never ends: the next thing to arrive is the batch. */
	sends.len = 2;
	(void)engine_step(stub.engine, NULL, 0, MS_PER_HOUR);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 4);
}

static void ends__free__the_lanes_for_what_waits(void **state)
{
	(void)state;
	say(rooms[0], "$4", "!idee vijver");
	assert_int_equal(sends.len, 3);
	sends.held = false;
	stub_settle(&stub);
	assert_int_equal(sends.len, 4);
	assert_int_equal(count("sent"), 4);
}

/* While answers are under way, time does not stand still. */
static void quiet__ends__when_a_timer_is_due(void **state)
{
	int64_t due_at_ms;

	(void)state;
	(void)engine_step(stub.engine, NULL, 0, MS_PER_HOUR);
	assert_true(stub.wait_ms > 0 && stub.wait_ms <= MS_PER_SECOND);
	/* Days later the daily ones were set anew. */
	due_at_ms = stub_number(&stub, "SELECT min(due_at_ms) FROM timer");
	stub_later(&stub, 3 * 24 * MS_PER_HOUR);
	assert_true(stub_number(&stub, "SELECT min(due_at_ms) FROM timer") > due_at_ms);
}

static void disk_takes_nothing(bool nothing)
{
	assert_int_equal(sqlite3_exec(stub.engine->store->db, nothing ? "PRAGMA query_only = 1" : "PRAGMA query_only = 0", NULL, NULL, NULL), SQLITE_OK);
}

static void ends__go_out_again__when_they_could_not_be_noted(void **state)
{
	size_t sent;

	(void)state;
	disk_takes_nothing(true);
	sends.held = false;
	(void)engine_step(stub.engine, NULL, 0, MS_PER_HOUR);
	assert_int_equal(count("sent"), 0);
	sent = sends.len;
	disk_takes_nothing(false);
	stub_later(&stub, 2 * MS_PER_MINUTE);
	stub_later(&stub, 2 * MS_PER_MINUTE);
	assert_int_equal(count("sent"), 3);
	assert_int_equal(sends.len, sent + 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(ends__are_noted__in_one_turn, setup, teardown),
		cmocka_unit_test_setup_teardown(ends__leave__what_came_behind_them, setup, teardown),
		cmocka_unit_test_setup_teardown(ends__free__the_lanes_for_what_waits, setup, teardown),
		cmocka_unit_test_setup_teardown(quiet__ends__when_a_timer_is_due, setup, teardown),
		cmocka_unit_test_setup_teardown(ends__go_out_again__when_they_could_not_be_noted, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
