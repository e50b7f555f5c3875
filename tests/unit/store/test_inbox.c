#include "store/inbox.h"

#include "base/clock.h"
#include "store/gap.h"
#include "unit/scratch.h"

static const struct statements *const rooms[] = { &inbox_statements, &gap_statements, NULL };
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

static int64_t add(struct turn *turn, const char *id, const char *room, const char *sender, enum inbox_state state)
{
	const struct event event = { .kind = EVENT_MESSAGE, .id = id, .room = room, .sender = sender, .body = "!idee", .sent_at_ms = turn_now_ms(turn) };

	return inbox_add(turn, &event, state, state == INBOX_WAIT_PHOTO ? turn_now_ms(turn) + MS_PER_MINUTE : 0);
}

/* Run all that may run, by their ids: "$1 $2 ". */
static const char *run_all(struct turn *turn)
{
	static char ran[200];
	struct inbox_row row;

	ran[0] = '\0';
	while (inbox_next_runnable(turn_view(turn), &row)) {
		snprintf(ran + strlen(ran), sizeof ran - strlen(ran), "%s ", row.event.id);
		inbox_done(turn, row.id);
	}
	return ran;
}

static void photo_under_way(struct turn *turn, void *context)
{
	(void)context;
	(void)add(turn, "$photo", "!a", "@an", INBOX_WAIT_PHOTO);
	(void)add(turn, "$hers", "!a", "@an", INBOX_RUN);
	(void)add(turn, "$his", "!a", "@bo", INBOX_RUN);
	(void)add(turn, "$elsewhere", "!b", "@an", INBOX_RUN);
	assert_true(inbox_holds(turn_view(turn), "!a", "@an"));
	assert_string_equal(run_all(turn), "$his $elsewhere ");
	assert_false(inbox_holds(turn_view(turn), "!a", "@bo"));
	assert_int_equal(inbox_next_ms(turn_view(turn)), turn_now_ms(turn) + MS_PER_MINUTE);
}

static void key_flood(struct turn *turn, void *context)
{
	char id[24];

	(void)context;
	for (int i = 0; i < INBOX_WAITING_MAX; i++) {
		assert_false(inbox_is_full(turn_view(turn), "!a", "@an"));
		snprintf(id, sizeof id, "$flood%d", i);
		inbox_wait_key(turn, add(turn, id, "!a", "@an", INBOX_WAIT_KEY), "session", turn_now_ms(turn) + MS_PER_DAY);
	}
	assert_true(inbox_is_full(turn_view(turn), "!a", "@an"));
	assert_false(inbox_is_full(turn_view(turn), "!a", "@bo"));
	assert_false(inbox_is_full(turn_view(turn), "!b", "@an"));
}

static void inbox_is_full__of_one_sender_in_one_room(void **state)
{
	(void)state;
	scratch_turn(&scratch, key_flood, NULL);
}

static void patience_over(struct turn *turn, void *context)
{
	(void)context;
	assert_string_equal(run_all(turn), "$photo $hers ");
	assert_int_equal(inbox_waiting(turn_view(turn)), 0);
	assert_int_equal(inbox_next_ms(turn_view(turn)), INT64_MAX);
}

static void inbox__holds__only_the_sender_of_a_photo(void **state)
{
	(void)state;
	scratch_turn(&scratch, photo_under_way, NULL);
	scratch.now_ms += MS_PER_MINUTE;
	scratch_turn(&scratch, patience_over, NULL);
}

static void taken_back(struct turn *turn, void *context)
{
	(void)context;
	(void)add(turn, "$photo", "!a", "@an", INBOX_WAIT_PHOTO);
	assert_true(inbox_cancel(turn, "$photo"));
	assert_false(inbox_cancel(turn, "$photo"));
	assert_false(inbox_cancel(turn, "$unknown"));
	assert_true(inbox_known(turn_view(turn), "$photo"));
	assert_string_equal(run_all(turn), "");
}

static void inbox_cancel__keeps__the_id_and_not_the_words(void **state)
{
	(void)state;
	scratch_turn(&scratch, taken_back, NULL);
}

static void keys_missing(struct turn *turn, void *context)
{
	int64_t until_ms = turn_now_ms(turn) + MS_PER_HOUR;
	struct inbox_unread unread;

	(void)context;
	inbox_wait_key(turn, add(turn, "$late1", "!a", "@an", INBOX_WAIT_KEY), "one", until_ms);
	inbox_wait_key(turn, add(turn, "$late2", "!a", "@an", INBOX_WAIT_KEY), "two", until_ms);
	inbox_wait_key(turn, add(turn, "$late3", "!b", "@an", INBOX_WAIT_KEY), "one", until_ms);
	inbox_wait_key(turn, add(turn, "$unknown", "!b", "@bo", INBOX_WAIT_KEY), NULL, until_ms);
	assert_false(inbox_holds(turn_view(turn), "!a", "@an"));
	assert_int_equal(inbox_waiting_for_key(turn_view(turn)), 4);
	assert_true(inbox_unread_since(turn_view(turn), "!b", 0, &unread));
	assert_string_equal(unread.event, "$late3");
	assert_false(inbox_unread_since(turn_view(turn), "!b", turn_now_ms(turn) + 1, &unread));
	assert_string_equal(run_all(turn), "");
	inbox_release_key(turn, "!a", "one");
	assert_string_equal(run_all(turn), "$late1 ");
	inbox_release_devices(turn);
	assert_string_equal(run_all(turn), "$unknown ");
	assert_int_equal(inbox_next_ms(turn_view(turn)), until_ms);
}

static void waiting_over(struct turn *turn, void *context)
{
	(void)context;
	assert_string_equal(run_all(turn), "$late2 $late3 ");
}

static void inbox_wait_key__holds__nobody_and_ends_with_its_key(void **state)
{
	(void)state;
	scratch_turn(&scratch, keys_missing, NULL);
	scratch.now_ms += MS_PER_HOUR;
	scratch_turn(&scratch, waiting_over, NULL);
}

static void gap_found(struct turn *turn, void *context)
{
	(void)context;
	(void)add(turn, "$before", "!a", "@an", INBOX_RUN);
	(void)add(turn, "$after1", "!a", "@an", INBOX_WAIT_GAP);
	(void)add(turn, "$elsewhere", "!b", "@an", INBOX_RUN);
	(void)add(turn, "$after2", "!a", "@bo", INBOX_WAIT_GAP);
	assert_string_equal(run_all(turn), "$before $elsewhere ");
}

static void gap_shut(struct turn *turn, void *context)
{
	struct inbox_row row;

	(void)context;
	(void)add(turn, "$missed", "!a", "@bo", INBOX_RUN);
	inbox_release_gap(turn, "!a");
	assert_true(inbox_next_runnable(turn_view(turn), &row));
	assert_string_equal(row.event.id, "$missed");
	inbox_done(turn, row.id);
	assert_true(inbox_next_runnable(turn_view(turn), &row));
	assert_int_equal(row.arrived_at_ms, turn_now_ms(turn));
	assert_string_equal(run_all(turn), "$after1 $after2 ");
}

static void inbox_release_gap__runs__what_waited_after_what_was_missed(void **state)
{
	(void)state;
	scratch_turn(&scratch, gap_found, NULL);
	scratch.now_ms += MS_PER_HOUR;
	scratch_turn(&scratch, gap_shut, NULL);
}

/* A row's number grows by one a row: it once doubled at each gap, and sixty of them would have been the end. */
static void hundred_gaps(struct turn *turn, void *context)
{
	char id[16];

	(void)context;
	for (int i = 0; i < 100; i++) {
		snprintf(id, sizeof id, "$%d", i);
		(void)add(turn, id, "!a", "@an", INBOX_WAIT_GAP);
		inbox_release_gap(turn, "!a");
		run_all(turn);
	}
	assert_true(add(turn, "$last", "!a", "@an", INBOX_RUN) <= 201);
}

static void inbox_release_gap__numbers__no_faster_than_messages_come(void **state)
{
	(void)state;
	scratch_turn(&scratch, hundred_gaps, NULL);
}

/* After a week away. That each look is quick, the statement itself demands by naming its indexes. */
static void thousands(struct turn *turn, void *context)
{
	struct inbox_row row;
	char id[16];
	int ran = 0;

	(void)context;
	for (int i = 0; i < 3000; i++) {
		snprintf(id, sizeof id, "$%d", i);
		(void)add(turn, id, "!a", "@an", INBOX_RUN);
	}
	for (; inbox_next_runnable(turn_view(turn), &row); ran++)
		inbox_done(turn, row.id);
	assert_int_equal(ran, 3000);
}

static void inbox_next_runnable__finds__each_of_thousands(void **state)
{
	(void)state;
	scratch_turn(&scratch, thousands, NULL);
}

static void stand_in(struct turn *turn, void *context)
{
	(void)context;
	inbox_mark_stands_in(turn, add(turn, "$notice", "!a", "@an", INBOX_DONE), "@an");
	assert_false(inbox_take_stand_in(turn, "$notice", "!a", "@mallory"));
	assert_false(inbox_take_stand_in(turn, "$notice", "!b", "@an"));
	assert_false(inbox_take_stand_in(turn, "$other", "!a", "@an"));
	assert_true(inbox_take_stand_in(turn, "$notice", "!a", "@an"));
	assert_false(inbox_take_stand_in(turn, "$notice", "!a", "@an"));
}

static void inbox_take_stand_in__takes__the_senders_own_and_once(void **state)
{
	(void)state;
	scratch_turn(&scratch, stand_in, NULL);
}

static void two_holes(struct turn *turn, void *context)
{
	const struct event newest = { .kind = EVENT_MESSAGE, .id = "$3", .room = "!a", .sender = "@an", .body = "" };
	const struct event middle = { .kind = EVENT_MESSAGE, .id = "$2", .room = "!a", .sender = "@an", .body = "" };
	const struct event oldest = { .kind = EVENT_MESSAGE, .id = "$1", .room = "!a", .sender = "@an", .body = "" };
	const struct event page[] = { newest, middle };
	const struct event *events;
	struct gap first, gap;
	size_t len;

	(void)context;
	gap_add(turn, "!a", "p1", "t1");
	assert_true(gap_next(turn_view(turn), &first));
	gap_page(turn, first.id, &middle, 1, "p1b");
	gap_add(turn, "!a", "p2", "t2");
	assert_false(gap_find(turn_view(turn), first.id, &gap));
	assert_true(gap_next(turn_view(turn), &gap));
	assert_string_equal(gap.page_from, "p2");
	assert_string_equal(gap.page_to, "t1");
	gap_page(turn, gap.id, page, 2, "p3");
	assert_true(gap_bytes(turn_view(turn), gap.id) > 0);
	gap_page(turn, gap.id, &oldest, 1, NULL);
	events = gap_close(turn, gap.id, &len);
	assert_int_equal(len, 3);
	assert_string_equal(events[0].id, "$1");
	assert_string_equal(events[1].id, "$2");
	assert_string_equal(events[2].id, "$3");
	assert_false(gap_in_room(turn_view(turn), "!a"));
	assert_int_equal(gap_next_ms(turn_view(turn)), INT64_MAX);
}

static void gap_add__makes__one_of_two_holes(void **state)
{
	(void)state;
	scratch_turn(&scratch, two_holes, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(inbox_is_full__of_one_sender_in_one_room, setup, teardown),
		cmocka_unit_test_setup_teardown(inbox__holds__only_the_sender_of_a_photo, setup, teardown),
		cmocka_unit_test_setup_teardown(inbox_cancel__keeps__the_id_and_not_the_words, setup, teardown),
		cmocka_unit_test_setup_teardown(inbox_wait_key__holds__nobody_and_ends_with_its_key, setup, teardown),
		cmocka_unit_test_setup_teardown(inbox_release_gap__runs__what_waited_after_what_was_missed, setup, teardown),
		cmocka_unit_test_setup_teardown(inbox_release_gap__numbers__no_faster_than_messages_come, setup, teardown),
		cmocka_unit_test_setup_teardown(inbox_next_runnable__finds__each_of_thousands, setup, teardown),
		cmocka_unit_test_setup_teardown(inbox_take_stand_in__takes__the_senders_own_and_once, setup, teardown),
		cmocka_unit_test_setup_teardown(gap_add__makes__one_of_two_holes, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
