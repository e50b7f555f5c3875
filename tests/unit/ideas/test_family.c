#include "ideas/family.h"

#include "ideas/helper.h"
#include "ideas/history.h"
#include "ideas/news.h"
#include "unit/neighbours.h"

static const struct statements *const rooms[] = { &neighbours_statements, &idea_statements, &idea_family_statements,
	&idea_helper_statements, &idea_history_statements, &idea_news_statements, NULL };
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

static int64_t say(struct turn *turn, int64_t author, int64_t group, const char *event, const char *paper_name)
{
	struct idea_draft draft = { .author = author, .group = group, .core = group, .event = event, .said_at_ms = SCRATCH_NOW_MS + event[1],
		.text = "Kledingruil", .paper_name = paper_name };
	struct idea idea;

	assert_int_equal(idea_add(turn, &draft, &idea), IDEA_ADDED);
	return idea.id;
}

static struct idea look(struct turn *turn, int64_t id)
{
	return idea_get(turn_view(turn), id);
}

static size_t family_len(struct turn *turn, int64_t id)
{
	size_t len;

	(void)idea_family_list(turn_view(turn), id, &len);
	return len;
}

/* Ideas 1 to 3: Fatima's and Lead's in Kruitberg, John's in Kleiburg. */
static void note_three(struct turn *turn)
{
	(void)say(turn, PERSON_FATIMA, GROUP_KRUITBERG, "$a", NULL);
	(void)say(turn, PERSON_LEAD, GROUP_KRUITBERG, "$b", NULL);
	(void)say(turn, PERSON_JOHN, GROUP_KLEIBURG, "$c", NULL);
}

static void join(struct turn *turn, void *context)
{
	(void)context;
	note_three(turn);
	idea_add_thumb(turn, 1, PERSON_COORDINATOR, "$r1");
	idea_add_thumb(turn, 3, PERSON_COORDINATOR, "$r2");
	idea_add_thumb(turn, 1, PERSON_JOHN, "$r3");
	idea_add_thumb(turn, 3, PERSON_FATIMA, "$r4");
	assert_int_equal(look(turn, 1).support, 2);
	assert_int_equal(look(turn, 3).support, 2);
	assert_int_equal(idea_join(turn, 3, 1, PERSON_JOHN), IDEA_JOINED);
	/* The coordinator once, and nobody for what is his own. */
	assert_int_equal(look(turn, 1).support, 1);
	assert_int_equal(look(turn, 3).support, 1);
	assert_int_equal(look(turn, 1).author, PERSON_FATIMA);
	assert_int_equal(look(turn, 3).author, PERSON_JOHN);
	assert_int_equal(idea_join(turn, 1, 3, PERSON_FATIMA), IDEA_JOIN_TOGETHER);
}

static void idea_join__counts__persons_once_and_keeps_both_authors(void **state)
{
	(void)state;
	scratch_turn(&scratch, join, NULL);
}

static void join_chain(struct turn *turn, void *context)
{
	(void)context;
	note_three(turn);
	assert_int_equal(idea_join(turn, 3, 2, PERSON_JOHN), IDEA_JOINED);
	assert_int_equal(idea_join(turn, 2, 1, PERSON_LEAD), IDEA_JOINED);
	assert_int_equal(family_len(turn, 3), 3);
	assert_int_equal(look(turn, 3).joined_into, 1);
	/* Who stood for the others takes back only his own. */
	assert_true(idea_archive(turn, 1, PERSON_FATIMA));
	assert_int_equal(look(turn, 2).joined_into, 0);
	assert_int_equal(look(turn, 3).joined_into, 2);
	assert_int_equal(look(turn, 3).state, IDEA_NEW);
	assert_int_equal(family_len(turn, 2), 2);
	assert_int_equal(family_len(turn, 1), 1);
	assert_int_equal(idea_join(turn, 3, 1, PERSON_JOHN), IDEA_JOIN_GONE);
}

static void idea_archive__leaves__the_others_of_its_company(void **state)
{
	(void)state;
	scratch_turn(&scratch, join_chain, NULL);
}

static void courses(struct turn *turn, void *context)
{
	const struct idea_course venzo = { IDEA_ROUTED, IDEA_ROUTE_INITIATIVE, "Venzo" }, no = { IDEA_NOT_NOW, IDEA_ROUTE_NONE, "" };
	const struct idea_course dear = { IDEA_NOT_NOW, IDEA_ROUTE_NONE, "te duur" };
	struct idea_change *changes;
	size_t len;

	(void)context;
	note_three(turn);
	assert_int_equal(idea_join(turn, 3, 1, PERSON_JOHN), IDEA_JOINED);
	assert_int_equal(idea_set_course(turn, 3, PERSON_COORDINATOR, &venzo), IDEA_ROUTE_SET);
	assert_int_equal(look(turn, 1).route, IDEA_ROUTE_INITIATIVE);
	assert_string_equal(look(turn, 1).remark, "Venzo");
	assert_int_equal(idea_set_course(turn, 1, PERSON_COORDINATOR, &venzo), IDEA_ROUTE_SAME);
	assert_int_equal(idea_set_course(turn, 1, PERSON_COORDINATOR, &no), IDEA_ROUTE_NO_REASON);
	assert_int_equal(idea_set_course(turn, 1, PERSON_COORDINATOR, &dear), IDEA_ROUTE_SET);
	changes = idea_history(turn_view(turn), 3, &len);
	assert_int_equal(changes[0].what, IDEA_CHANGE_STATE);
	assert_int_equal(changes[0].state, IDEA_NOT_NOW);
	assert_string_equal(changes[0].remark, "te duur");
	assert_int_equal(changes[0].person, PERSON_COORDINATOR);
	assert_int_equal(changes[1].route, IDEA_ROUTE_INITIATIVE);
	/* Who joins now goes the same way. */
	assert_int_equal(idea_join(turn, 2, 3, PERSON_LEAD), IDEA_JOINED);
	assert_int_equal(look(turn, 2).state, IDEA_NOT_NOW);
	assert_true(idea_archive(turn, 1, PERSON_FATIMA));
	assert_int_equal(idea_set_course(turn, 1, PERSON_COORDINATOR, &venzo), IDEA_ROUTE_GONE);
}

static void idea_set_course__goes__for_all_that_go_together(void **state)
{
	(void)state;
	scratch_turn(&scratch, courses, NULL);
}

static size_t list_len(struct turn *turn, enum idea_state state)
{
	size_t len;

	(void)idea_list_state(turn_view(turn), 0, state, IDEA_ROUTE_NONE, 0, 10, &len);
	return len;
}

static void supported(struct turn *turn, void *context)
{
	(void)context;
	note_three(turn);
	idea_add_thumb(turn, 1, PERSON_FATIMA, "$own");
	assert_int_equal(look(turn, 1).state, IDEA_NEW);
	idea_add_thumb(turn, 1, PERSON_JOHN, "$r");
	assert_int_equal(look(turn, 1).state, IDEA_SUPPORTED);
	assert_int_equal(list_len(turn, IDEA_SUPPORTED), 1);
	assert_int_equal(list_len(turn, IDEA_NEW), 2);
	assert_true(idea_remove_thumb(turn, "$r"));
	assert_int_equal(look(turn, 1).state, IDEA_NEW);
	/* Who typed it for another may support it himself. */
	assert_int_equal(say(turn, PERSON_COORDINATOR, GROUP_KRUITBERG, "$d", "mevrouw A"), 4);
	idea_add_thumb(turn, 4, PERSON_COORDINATOR, "$r4");
	assert_int_equal(look(turn, 4).state, IDEA_SUPPORTED);
}

static void idea_state__follows__the_thumbs(void **state)
{
	(void)state;
	scratch_turn(&scratch, supported, NULL);
}

static void helpers(struct turn *turn, void *context)
{
	size_t len;

	(void)context;
	note_three(turn);
	idea_add_helper(turn, 1, PERSON_FATIMA, GROUP_KRUITBERG, "$j1");
	idea_add_helper(turn, 1, PERSON_FATIMA, GROUP_KRUITBERG, "$j2");
	idea_add_helper(turn, 3, PERSON_JOHN, GROUP_KLEIBURG, "$j3");
	assert_int_equal(look(turn, 1).helpers, 1);
	assert_int_equal(idea_join(turn, 3, 1, PERSON_JOHN), IDEA_JOINED);
	assert_int_equal(look(turn, 1).helpers, 2);
	/* Named only where they said so. */
	assert_int_equal(idea_helper_list(turn_view(turn), 1, GROUP_KRUITBERG, &len)[0], PERSON_FATIMA);
	assert_int_equal(len, 1);
	assert_false(idea_remove_helper_by(turn, "$j3", PERSON_FATIMA));
	assert_true(idea_remove_helper_by(turn, "$j3", PERSON_JOHN));
	assert_true(idea_remove_helper(turn, 3, PERSON_FATIMA));
	assert_false(idea_remove_helper(turn, 3, PERSON_FATIMA));
	assert_int_equal(look(turn, 1).helpers, 0);
}

static void idea_helper__counts__a_person_once_over_all_that_go_together(void **state)
{
	(void)state;
	scratch_turn(&scratch, helpers, NULL);
}

static void news(struct turn *turn, void *context)
{
	struct idea_news *items;
	struct idea first;
	size_t len;

	(void)context;
	note_three(turn);
	first = look(turn, 1);
	idea_news_add(turn, &first, IDEA_NEWS_STATE, 0);
	idea_news_add(turn, &first, IDEA_NEWS_JOINED, 3);
	idea_news_add(turn, &first, IDEA_NEWS_STATE, 0);
	items = idea_news_list(turn_view(turn), GROUP_KRUITBERG, &len);
	assert_int_equal(len, 2);
	assert_int_equal(items[0].what, IDEA_NEWS_JOINED);
	assert_int_equal(items[0].other, 3);
	idea_news_told(turn, items[0].id);
	(void)idea_news_list(turn_view(turn), GROUP_KRUITBERG, &len);
	assert_int_equal(len, 1);
	(void)idea_news_list(turn_view(turn), GROUP_KLEIBURG, &len);
	assert_int_equal(len, 0);
	assert_true(idea_archive(turn, 1, PERSON_FATIMA));
	(void)idea_news_list(turn_view(turn), GROUP_KRUITBERG, &len);
	assert_int_equal(len, 0);
}

static void idea_news_add__keeps__only_the_latest(void **state)
{
	(void)state;
	scratch_turn(&scratch, news, NULL);
}

#define WITH_NEIGHBOURS(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_NEIGHBOURS(idea_join__counts__persons_once_and_keeps_both_authors),
		WITH_NEIGHBOURS(idea_archive__leaves__the_others_of_its_company),
		WITH_NEIGHBOURS(idea_set_course__goes__for_all_that_go_together),
		WITH_NEIGHBOURS(idea_state__follows__the_thumbs),
		WITH_NEIGHBOURS(idea_helper__counts__a_person_once_over_all_that_go_together),
		WITH_NEIGHBOURS(idea_news_add__keeps__only_the_latest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
