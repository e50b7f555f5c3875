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

static int64_t answer(struct turn *turn, const char *reply_to)
{
	return outbox_add(turn, &(struct outbox_message){ .room = "!a:b", .body = "Genoteerd.", .reply_to = reply_to, .merge_key = "1" });
}

static void one_answer(struct turn *turn, void *context)
{
	const char *answered = NULL;

	(void)context;
	outbox_mark_sent(turn, answer(turn, "$theirs"), "$ours");
	outbox_mark_sent(turn, answer(turn, NULL), "$unasked");
	assert_true(outbox_find_answered(turn_view(turn), "$ours", &answered));
	assert_string_equal(answered, "$theirs");
	assert_false(outbox_find_answered(turn_view(turn), "$unasked", &answered));
	assert_false(outbox_find_answered(turn_view(turn), "$theirs", &answered));
}

static void outbox_find_answered__tells__what_our_answer_was_about(void **state)
{
	(void)state;
	scratch_turn(&scratch, one_answer, NULL);
}

static void merged_answers(struct turn *turn, void *context)
{
	const char *answered = NULL;
	int64_t first = answer(turn, "$one"), second = answer(turn, "$two");

	(void)context;
	outbox_merge(turn, second, first);
	outbox_mark_sent(turn, first, "$ours");
	assert_false(outbox_find_answered(turn_view(turn), "$ours", &answered));
}

static void outbox_find_answered__is_silent__about_answers_taken_together(void **state)
{
	(void)state;
	scratch_turn(&scratch, merged_answers, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(outbox_find_answered__tells__what_our_answer_was_about, setup, teardown),
		cmocka_unit_test_setup_teardown(outbox_find_answered__is_silent__about_answers_taken_together, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
