/*
 * What ideas remember of somebody, and what goes when he wants to be forgotten.
 */
#include "ideas/person_ideas.h"

#include "ideas/family.h"
#include "ideas/helper.h"
#include "ideas/history.h"
#include "ideas/idea.h"
#include "ideas/news.h"
#include "store/media.h"
#include "unit/neighbours.h"

enum { SEEN_OLD_WORDS, SEEN_PHOTOS, SEEN_THUMBS, SEEN_HELPERS, SEEN_INDEXED, SEEN_MAX };
static const char *const seen_sql[] = {
	[SEEN_OLD_WORDS] = "SELECT count(*) FROM idea_change WHERE old_text IS NOT NULL",
	[SEEN_PHOTOS] = "SELECT count(*) FROM idea_photo",
	[SEEN_THUMBS] = "SELECT count(*) FROM idea_thumb",
	[SEEN_HELPERS] = "SELECT count(*) FROM idea_helper",
	[SEEN_INDEXED] = "SELECT count(*) FROM idea_search WHERE folded MATCH '\"zwembad\"'",
};
static const struct statements seen_statements = { "seen", seen_sql, SEEN_MAX };

static const struct statements *const rooms[] = {
	&neighbours_statements, &idea_statements,  &idea_family_statements, &idea_helper_statements,    &idea_history_statements,
	&idea_news_statements,  &media_statements, &link_statements,        &person_ideas_statements, &seen_statements,
	NULL,
};
static struct scratch scratch;

static int setup(void **state)
{
	(void)state;
	scratch_open(&scratch, rooms);
	neighbours_move_in(&scratch);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_close(&scratch);
	return 0;
}

static int64_t seen(struct turn *turn, size_t what)
{
	return stmt_one_int(turn_query(turn, &seen_statements, what), -1);
}

static struct idea say(struct turn *turn, int64_t author, const char *event, const char *text)
{
	const struct idea_draft draft = { .author = author, .group = GROUP_KRUITBERG, .core = CORE_KRUITBERG, .event = event,
		.said_at_ms = SCRATCH_NOW_MS + event[1], .text = text };
	struct idea idea;

	assert_int_equal(idea_add(turn, &draft, &idea), IDEA_ADDED);
	return idea;
}

static int64_t photo(struct turn *turn, const char *event, const char *sender)
{
	const struct media file = { .url = "mxc://console/1", .name = "foto.jpg", .mime = "image/jpeg", .size = 1 };

	return media_remember(turn, &(struct event){ .id = event, .room = ROOM_KRUITBERG, .sender = sender, .media = &file });
}

/* John's idea, edited, with a place and Fatima's photo; one he took back; and what he did with hers. */
static void live(struct turn *turn, struct idea *ret_johns, struct idea *ret_gone, struct idea *ret_hers)
{
	*ret_hers = say(turn, PERSON_FATIMA, "$a", "Bankjes");
	*ret_johns = say(turn, PERSON_JOHN, "$b", "Fietsenrek bij mij");
	*ret_gone = say(turn, PERSON_JOHN, "$c", "Zwembad");
	assert_int_equal(idea_edit(turn, ret_johns->id, PERSON_JOHN, "Fietsenrek", ret_johns), IDEA_EDITED);
	idea_set_place(turn, ret_johns->id, "geo:1,2", "thuis");
	idea_add_photo(turn, ret_johns->id, photo(turn, "$p1", "@fatima:console"));
	idea_add_photo(turn, ret_hers->id, photo(turn, "$p2", "@john:console"));
	idea_add_photo(turn, ret_hers->id, photo(turn, "$p3", "@fatima:console"));
	idea_add_thumb(turn, ret_hers->id, PERSON_JOHN, "$t1");
	idea_add_thumb(turn, ret_hers->id, PERSON_LEAD, "$t2");
	idea_add_helper(turn, ret_hers->id, PERSON_JOHN, GROUP_KRUITBERG, "$h1");
	idea_add_helper(turn, ret_hers->id, PERSON_LEAD, GROUP_KRUITBERG, "$h2");
	assert_true(idea_archive(turn, ret_gone->id, PERSON_JOHN));
}

static void forget_john(struct turn *turn, void *context)
{
	struct idea johns, gone, hers;

	(void)context;
	live(turn, &johns, &gone, &hers);
	assert_int_equal(seen(turn, SEEN_INDEXED), 1);
	memory_forget(turn, &person_ideas, PERSON_JOHN);
	johns = idea_get(turn_view(turn), johns.id);
	assert_string_equal(johns.text, "Fietsenrek");
	assert_null(johns.geo_uri);
	assert_null(johns.place);
	assert_int_equal(johns.photos, 0);
	assert_string_equal(idea_get(turn_view(turn), gone.id).text, "");
	assert_int_equal(seen(turn, SEEN_INDEXED), 0);
	assert_int_equal(seen(turn, SEEN_OLD_WORDS), 0);
	/* What is another's stays. */
	hers = idea_get(turn_view(turn), hers.id);
	assert_int_equal(hers.photos, 1);
	assert_int_equal(hers.support, 1);
	assert_int_equal(hers.helpers, 1);
	assert_int_equal(seen(turn, SEEN_PHOTOS), 1);
	assert_int_equal(seen(turn, SEEN_THUMBS), 1);
	assert_int_equal(seen(turn, SEEN_HELPERS), 1);
}

static void person_ideas__forget__what_ties_ideas_to_him(void **state)
{
	(void)state;
	scratch_turn(&scratch, forget_john, NULL);
}

static void tell_john(struct turn *turn, void *context)
{
	struct idea johns, gone, hers;
	int64_t stays;
	size_t len;
	const int64_t *numbers;

	(void)context;
	live(turn, &johns, &gone, &hers);
	numbers = memory_numbers(turn_view(turn), &person_ideas, &person_ideas.told[0], PERSON_JOHN, 8, &len);
	assert_int_equal(len, 1);
	assert_int_equal(numbers[0], johns.id);
	assert_int_equal(memory_count(turn_view(turn), &person_ideas, &person_ideas.told[1], PERSON_JOHN), 1);
	/* The two ids of one neighbour are told of together, and at most so many. */
	assert_int_equal(link_make(turn, PERSON_FATIMA, PERSON_JOHN, 0, &stays), LINK_DONE);
	numbers = memory_numbers(turn_view(turn), &person_ideas, &person_ideas.told[0], stays, 8, &len);
	assert_int_equal(len, 2);
	assert_int_equal(numbers[0], johns.id);
	assert_int_equal(numbers[1], hers.id);
	(void)memory_numbers(turn_view(turn), &person_ideas, &person_ideas.told[0], stays, 1, &len);
	assert_int_equal(len, 1);
}

static void person_ideas__tell__of_all_his_ids(void **state)
{
	(void)state;
	scratch_turn(&scratch, tell_john, NULL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(person_ideas__forget__what_ties_ideas_to_him, setup, teardown),
		cmocka_unit_test_setup_teardown(person_ideas__tell__of_all_his_ids, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
