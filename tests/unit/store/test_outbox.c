#include "store/outbox.h"

#include "store/outbox_owner.h"
#include "unit/scratch.h"

static const struct statements *const rooms[] = { &outbox_statements, NULL };
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

static int64_t say(struct turn *turn, const char *room, int64_t delay_ms)
{
	return outbox_add(turn, &(struct outbox_message){ .room = room, .body = "Hallo.", .not_before_ms = delay_ms ? turn_now_ms(turn) + delay_ms : 0 });
}

static void check_heads(struct turn *turn, size_t expected_len, const int64_t *expected)
{
	size_t len;
	const struct outbox_head *heads = outbox_heads(turn_view(turn), &len);

	assert_int_equal(len, expected_len);
	for (size_t i = 0; i < len; i++)
		assert_int_equal(heads[i].id, expected[i]);
}

static void lanes(struct turn *turn, void *context)
{
	int64_t late = say(turn, "!a", 30000), now = say(turn, "!a", 0), next = say(turn, "!a", 0), other = say(turn, "!b", 0);
	struct outbox_head head;

	(void)context;
	check_heads(turn, 2, (int64_t[]){ now, other });
	outbox_seal(turn, now, "7-2", NULL, "{}");
	outbox_mark_tried(turn, now, turn_now_ms(turn) + 5000, false);
	check_heads(turn, 1, (int64_t[]){ other });
	outbox_mark_sent(turn, other, "$b");
	assert_int_equal(outbox_next_ms(turn_view(turn)), turn_now_ms(turn) + 5000);
	outbox_mark_sent(turn, now, "$a");
	check_heads(turn, 1, (int64_t[]){ next });
	assert_true(outbox_head_find(turn_view(turn), "!a", &head));
	assert_int_equal(head.id, next);
	assert_false(outbox_head_find(turn_view(turn), "!b", &head));
	outbox_mark_sent(turn, next, "$a2");
	check_heads(turn, 0, NULL);
	assert_int_equal(outbox_next_ms(turn_view(turn)), turn_now_ms(turn) + 30000);
	outbox_mark_dead(turn, late, "test");
	assert_int_equal(outbox_next_ms(turn_view(turn)), INT64_MAX);
}

static void outbox_heads__keep__order_in_each_room(void **state)
{
	(void)state;
	scratch_turn(&scratch, lanes, NULL);
}

static void age(struct turn *turn, void *context)
{
	int64_t first = say(turn, "!c", 0), second = say(turn, "!a", 0), third = say(turn, "!b", 0);

	(void)context;
	check_heads(turn, 3, (int64_t[]){ first, second, third });
}

static void outbox_heads__come__oldest_first(void **state)
{
	(void)state;
	scratch_turn(&scratch, age, NULL);
}

static void dedupe(struct turn *turn, void *context)
{
	const struct outbox_message message = { .room = "!a", .body = "Vandaag.", .dedupe = "day/a/2022-06-14" };
	int64_t first = outbox_add(turn, &message);

	(void)context;
	assert_true(first > 0);
	assert_int_equal(outbox_add(turn, &message), 0);
	assert_int_equal(outbox_take_back(turn, "day/b/"), 0);
	assert_int_equal(outbox_take_back(turn, "day/a/"), 1);
	assert_false(outbox_has(turn_view(turn), "day/a/2022-06-14"));
	/* Its number is not given out again: the server knows transaction ids, not words. */
	assert_true(outbox_add(turn, &message) > first);
	outbox_mark_sent(turn, outbox_last_id(turn_view(turn)), "$said");
	assert_int_equal(outbox_add(turn, &message), 0);
	assert_int_equal(outbox_take_back(turn, "day/a/"), 0);
}

static void outbox_add__says__a_dedupe_key_once(void **state)
{
	(void)state;
	scratch_turn(&scratch, dedupe, NULL);
}

static int64_t last_id;

static void add_and_cancel(struct turn *turn, void *context)
{
	(void)context;
	last_id = say(turn, "!a", 0);
	assert_int_equal(outbox_take_back(turn, "x/"), 0);
	(void)outbox_add(turn, &(struct outbox_message){ .room = "!a", .body = "x", .dedupe = "x/1" });
	last_id = outbox_last_id(turn_view(turn));
	assert_int_equal(outbox_take_back(turn, "x/"), 1);
}

static void add_after_restart(struct turn *turn, void *context)
{
	(void)context;
	assert_int_equal(outbox_last_id(turn_view(turn)), last_id);
	assert_int_equal(say(turn, "!a", 0), last_id + 1);
}

static void outbox__never_reuses__an_id(void **state)
{
	(void)state;
	scratch_turn(&scratch, add_and_cancel, NULL);
	scratch_reopen(&scratch);
	scratch_turn(&scratch, add_after_restart, NULL);
}

static void frozen(struct turn *turn, void *context)
{
	int64_t id = say(turn, "!a", 0);

	(void)context;
	outbox_seal(turn, id, "7-1", NULL, "first");
	outbox_seal(turn, id, "8-1", "m.room.encrypted", "second");
	assert_string_equal(outbox_get(turn_view(turn), id).wire_content, "first");
	assert_null(outbox_get(turn_view(turn), id).wire_type);
	assert_string_equal(outbox_get(turn_view(turn), id).txn_id, "7-1");
}

static void outbox_seal__freezes__the_bytes(void **state)
{
	(void)state;
	scratch_turn(&scratch, frozen, NULL);
}

static void one_room(struct turn *turn, void *context)
{
	struct outbox_depth depth;

	(void)context;
	(void)say(turn, "!a", 0);
	outbox_seal(turn, say(turn, "!a", 0), "7-2", NULL, "{}");
	(void)say(turn, "!b", 0);
	assert_int_equal(outbox_cancel_room(turn, "!a", "left"), 2);
	depth = outbox_depth(turn_view(turn));
	assert_int_equal(depth.open, 1);
	assert_int_equal(depth.dead, 2);
	assert_int_equal(outbox_cancel_all(turn, "restored"), 1);
	check_heads(turn, 0, NULL);
}

static void outbox_cancel_room__takes__that_room_alone(void **state)
{
	(void)state;
	scratch_turn(&scratch, one_room, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(outbox_heads__keep__order_in_each_room, setup, teardown),
		cmocka_unit_test_setup_teardown(outbox_heads__come__oldest_first, setup, teardown),
		cmocka_unit_test_setup_teardown(outbox_add__says__a_dedupe_key_once, setup, teardown),
		cmocka_unit_test_setup_teardown(outbox__never_reuses__an_id, setup, teardown),
		cmocka_unit_test_setup_teardown(outbox_seal__freezes__the_bytes, setup, teardown),
		cmocka_unit_test_setup_teardown(outbox_cancel_room__takes__that_room_alone, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
