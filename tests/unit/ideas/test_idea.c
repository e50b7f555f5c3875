#include "ideas/idea.h"

#include "ideas/family.h"
#include "ideas/helper.h"
#include "ideas/history.h"
#include "ideas/news.h"
#include "people/link.h"
#include "store/media.h"
#include "unit/neighbours.h"

static const struct statements *const rooms[] = { &neighbours_statements, &idea_statements,
	&idea_family_statements, &idea_helper_statements, &idea_history_statements, &idea_news_statements, &media_statements, &link_statements, NULL };
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

/* Fatima says something in Kruitberg; every event has its own moment. */
static struct idea say(struct turn *turn, const char *event, const char *text)
{
	struct idea_draft draft = { .author = PERSON_FATIMA, .group = GROUP_KRUITBERG, .core = CORE_KRUITBERG, .event = event,
		.said_at_ms = SCRATCH_NOW_MS + event[1], .text = text };
	struct idea idea;

	assert_int_equal(idea_add(turn, &draft, &idea), IDEA_ADDED);
	return idea;
}

static void add_some(struct turn *turn, void *context)
{
	struct idea first, second, found;

	(void)context;
	first = say(turn, "$a", "Fietsenrek bij de lift");
	second = say(turn, "$b", "Bankjes");
	assert_true(second.id > first.id);
	assert_true(idea_find(turn_view(turn), first.id, &found));
	assert_string_equal(found.text, "Fietsenrek bij de lift");
	assert_string_equal(found.event, "$a");
	assert_int_equal(found.author, PERSON_FATIMA);
	assert_int_equal(found.group, GROUP_KRUITBERG);
	assert_int_equal(found.core, CORE_KRUITBERG);
	assert_int_equal(found.state, IDEA_NEW);
	assert_int_equal(found.support, 0);
	assert_int_equal(found.photos, 0);
	assert_null(found.geo_uri);
	assert_true(idea_find_by_source(turn_view(turn), "$b", &found));
	assert_int_equal(found.id, second.id);
	assert_true(idea_find_by_message(turn_view(turn), "$b", &found));
	assert_false(idea_find(turn_view(turn), 99, &found));
	assert_false(idea_find_by_message(turn_view(turn), "$z", &found));
}

static void idea_add__gives__a_number_to_each(void **state)
{
	(void)state;
	scratch_turn(&scratch, add_some, NULL);
}

static void add_without_core(struct turn *turn, void *context)
{
	struct idea_draft draft = { .author = PERSON_COORDINATOR, .group = GROUP_COORDINATORS, .event = "$a", .text = "Buurtfeest" };
	struct idea idea;
	size_t len;

	(void)context;
	assert_int_equal(idea_add(turn, &draft, &idea), IDEA_ADDED);
	assert_int_equal(idea.core, 0);
	(void)idea_list(turn_view(turn), CORE_KRUITBERG, 0, 5, &len);
	assert_int_equal(len, 0);
	(void)idea_list(turn_view(turn), 0, 0, 5, &len);
	assert_int_equal(len, 1);
}

static void idea_add__accepts__a_group_without_core(void **state)
{
	(void)state;
	scratch_turn(&scratch, add_without_core, NULL);
}

static void add_unfit(struct turn *turn, void *context)
{
	char text[2 * (IDEA_TEXT_MAX + 1) + 1] = "";
	struct idea_draft draft = { .author = PERSON_FATIMA, .group = GROUP_KRUITBERG, .core = CORE_KRUITBERG, .event = "$a", .text = text };
	struct idea idea;

	(void)context;
	assert_int_equal(idea_add(turn, &draft, &idea), IDEA_ADD_EMPTY);
	for (size_t i = 0; i <= IDEA_TEXT_MAX; i++)
		memcpy(text + 2 * i, "é", 2);
	assert_int_equal(idea_add(turn, &draft, &idea), IDEA_ADD_TOO_LONG);
	text[(size_t)2 * IDEA_TEXT_MAX] = '\0';
	assert_int_equal(idea_add(turn, &draft, &idea), IDEA_ADDED);
}

static void idea_add__refuses__nothing_and_too_much(void **state)
{
	(void)state;
	scratch_turn(&scratch, add_unfit, NULL);
}

static void add_twice(struct turn *turn, void *context)
{
	struct idea_draft draft = { .author = PERSON_FATIMA, .group = GROUP_KRUITBERG, .core = CORE_KRUITBERG, .event = "$x",
		.said_at_ms = SCRATCH_NOW_MS + 'a', .text = "FIETSENREK bij de lift" };
	struct idea first = say(turn, "$a", "Fietsenrek bij de lift"), again;

	(void)context;
	assert_int_equal(idea_add(turn, &draft, &again), IDEA_ADDED_TWICE);
	assert_int_equal(again.same_as, first.id);
	idea_keep_twice(turn, again.id);
	assert_true(idea_find(turn_view(turn), again.id, &again));
	assert_int_equal(again.same_as, 0);
	/* Another moment, or another person: no double. */
	draft.event = "$y";
	draft.said_at_ms++;
	assert_int_equal(idea_add(turn, &draft, &again), IDEA_ADDED);
	draft.event = "$z";
	draft.said_at_ms--;
	draft.author = PERSON_JOHN;
	assert_int_equal(idea_add(turn, &draft, &again), IDEA_ADDED);
}

static void idea_add__flags__the_same_words_at_the_same_moment(void **state)
{
	(void)state;
	scratch_turn(&scratch, add_twice, NULL);
}

static void edit(struct turn *turn, void *context)
{
	struct idea idea = say(turn, "$a", "Fietsenrek");
	struct idea_change *changes;
	size_t len;

	(void)context;
	assert_int_equal(idea_edit(turn, idea.id, PERSON_FATIMA, "Fietsenrek", &idea), IDEA_EDIT_SAME);
	assert_int_equal(idea_edit(turn, idea.id, PERSON_FATIMA, "", &idea), IDEA_EDIT_EMPTY);
	assert_int_equal(idea_edit(turn, idea.id, PERSON_FATIMA, "Bankjes", &idea), IDEA_EDITED);
	assert_string_equal(idea.text, "Bankjes");
	changes = idea_history(turn_view(turn), idea.id, &len);
	assert_int_equal(len, 2);
	assert_int_equal(changes[0].what, IDEA_CHANGE_EDITED);
	assert_int_equal(changes[1].what, IDEA_CHANGE_NOTED);
	(void)idea_search(turn_view(turn), "fietsenrek", 0, 5, &len);
	assert_int_equal(len, 0);
	(void)idea_search(turn_view(turn), "bankjes", 0, 5, &len);
	assert_int_equal(len, 1);
}

static void idea_edit__keeps__the_history_and_the_index(void **state)
{
	(void)state;
	scratch_turn(&scratch, edit, NULL);
}

static void archive(struct turn *turn, void *context)
{
	struct idea idea = say(turn, "$a", "Fietsenrek"), found;
	size_t len;

	(void)context;
	assert_true(idea_archive(turn, idea.id, PERSON_FATIMA));
	assert_false(idea_archive(turn, idea.id, PERSON_FATIMA));
	assert_true(idea_find(turn_view(turn), idea.id, &found));
	assert_int_equal(found.state, IDEA_ARCHIVED);
	assert_int_equal(idea_edit(turn, idea.id, PERSON_FATIMA, "Bankjes", &found), IDEA_EDIT_GONE);
	(void)idea_list(turn_view(turn), CORE_KRUITBERG, 0, 5, &len);
	assert_int_equal(len, 0);
	(void)idea_search(turn_view(turn), "fietsenrek", 0, 5, &len);
	assert_int_equal(len, 0);
	(void)idea_search(turn_view(turn), "rk", 0, 5, &len);
	assert_int_equal(len, 0);
}

static void idea_archive__takes_it__from_lists_but_not_from_memory(void **state)
{
	(void)state;
	scratch_turn(&scratch, archive, NULL);
}

static int64_t support(struct turn *turn, int64_t id)
{
	struct idea idea;

	assert_true(idea_find(turn_view(turn), id, &idea));
	return idea.support;
}

static void thumbs(struct turn *turn, void *context)
{
	struct idea idea = say(turn, "$a", "Fietsenrek");

	(void)context;
	idea_add_thumb(turn, idea.id, PERSON_JOHN, "$r1");
	idea_add_thumb(turn, idea.id, PERSON_JOHN, "$r2");
	assert_int_equal(support(turn, idea.id), 1);
	idea_add_thumb(turn, idea.id, PERSON_LEAD, "$r3");
	assert_int_equal(support(turn, idea.id), 2);
	idea_add_thumb(turn, idea.id, PERSON_FATIMA, "$r4");
	assert_int_equal(support(turn, idea.id), 2);
	assert_true(idea_remove_thumb(turn, "$r1"));
	assert_int_equal(support(turn, idea.id), 2);
	assert_true(idea_remove_thumb(turn, "$r2"));
	assert_int_equal(support(turn, idea.id), 1);
	assert_false(idea_remove_thumb(turn, "$r2"));
}

static void idea_add_thumb__counts__a_person_once_and_the_author_never(void **state)
{
	(void)state;
	scratch_turn(&scratch, thumbs, NULL);
}

/* The lead and John turn out to be one. */
static void link_two(struct turn *turn)
{
	int64_t stays;

	assert_int_equal(link_make(turn, PERSON_LEAD, PERSON_JOHN, PERSON_COORDINATOR, &stays), LINK_DONE);
	assert_int_equal(stays, PERSON_LEAD);
}

static void support_of_linked(struct turn *turn, void *context)
{
	struct idea idea = say(turn, "$a", "Fietsenrek"), helped;
	const int64_t *helpers;
	size_t len;

	(void)context;
	idea_add_thumb(turn, idea.id, PERSON_JOHN, "$r1");
	idea_add_thumb(turn, idea.id, PERSON_LEAD, "$r2");
	idea_add_helper(turn, idea.id, PERSON_JOHN, GROUP_KRUITBERG, "$h1");
	idea_add_helper(turn, idea.id, PERSON_LEAD, GROUP_KRUITBERG, "$h2");
	assert_int_equal(support(turn, idea.id), 2);
	link_two(turn);
	assert_int_equal(support(turn, idea.id), 1);
	helped = idea_get(turn_view(turn), idea.id);
	assert_int_equal(helped.helpers, 1);
	helpers = idea_helper_list(turn_view(turn), idea.id, GROUP_KRUITBERG, &len);
	assert_int_equal(len, 1);
	assert_int_equal(helpers[0], PERSON_LEAD);
	assert_true(idea_remove_helper(turn, idea.id, PERSON_LEAD));
	helped = idea_get(turn_view(turn), idea.id);
	assert_int_equal(helped.helpers, 0);
}

static void idea_support__counts__linked_persons_once(void **state)
{
	(void)state;
	scratch_turn(&scratch, support_of_linked, NULL);
}

static void find_latest(struct turn *turn, void *context)
{
	struct view *view = turn_view(turn);
	struct idea found;

	(void)context;
	(void)say(turn, "$a", "Fietsenrek");
	(void)say(turn, "$c", "Bankjes");
	(void)say(turn, "$b", "Kraan");
	assert_true(idea_find_latest(view, PERSON_FATIMA, GROUP_KRUITBERG, SCRATCH_NOW_MS, &found));
	assert_string_equal(found.text, "Bankjes");
	assert_false(idea_find_latest(view, PERSON_FATIMA, GROUP_KRUITBERG, SCRATCH_NOW_MS + 'd', &found));
	assert_false(idea_find_latest(view, PERSON_FATIMA, GROUP_KLEIBURG, SCRATCH_NOW_MS, &found));
	assert_false(idea_find_latest(view, PERSON_JOHN, GROUP_KRUITBERG, SCRATCH_NOW_MS, &found));
}

static void idea_find_latest__looks__at_one_person_in_one_group(void **state)
{
	(void)state;
	scratch_turn(&scratch, find_latest, NULL);
}

static void place(struct turn *turn, void *context)
{
	struct idea idea = say(turn, "$a", "Fietsenrek");

	(void)context;
	idea_set_place(turn, idea.id, "geo:52.3,4.9", "Lift");
	assert_true(idea_find(turn_view(turn), idea.id, &idea));
	assert_string_equal(idea.geo_uri, "geo:52.3,4.9");
	assert_string_equal(idea.place, "Lift");
}

static void idea_set_place__stays__with_the_idea(void **state)
{
	(void)state;
	scratch_turn(&scratch, place, NULL);
}

static void list(struct turn *turn, void *context)
{
	struct idea *ideas;
	size_t len;

	(void)context;
	(void)say(turn, "$a", "Een");
	(void)say(turn, "$b", "Twee");
	(void)say(turn, "$c", "Drie");
	ideas = idea_list(turn_view(turn), CORE_KRUITBERG, 0, 2, &len);
	assert_int_equal(len, 2);
	assert_string_equal(ideas[0].text, "Drie");
	assert_string_equal(ideas[1].text, "Twee");
	ideas = idea_list(turn_view(turn), 0, 2, 2, &len);
	assert_int_equal(len, 1);
	assert_string_equal(ideas[0].text, "Een");
	(void)idea_list(turn_view(turn), CORE_KLEIBURG, 0, 2, &len);
	assert_int_equal(len, 0);
}

static void idea_list__gives__the_newest_first_by_pages(void **state)
{
	(void)state;
	scratch_turn(&scratch, list, NULL);
}

static size_t hits(struct turn *turn, const char *words)
{
	size_t len;

	(void)idea_search(turn_view(turn), words, 0, 10, &len);
	return len;
}

static void search(struct turn *turn, void *context)
{
	static const char *const hostile[] = { "\"", "*", "NEAR(", "folded:", "AND", "' OR 1=1 --", "%", "_", "\\", "^fi", "{a b}:c", "-fiets", "\"fiets" };
	struct idea *ideas;
	size_t len;

	(void)context;
	(void)say(turn, "$a", "Fietsenrek bij de lift");
	(void)say(turn, "$b", "Café in de hal, 100% gezellig");
	(void)say(turn, "$c", "Lift repareren");
	assert_int_equal(hits(turn, "fiets"), 1);
	assert_int_equal(hits(turn, "FIETSEN"), 1);
	assert_int_equal(hits(turn, "senrek"), 1);
	assert_int_equal(hits(turn, "cafe"), 1);
	assert_int_equal(hits(turn, "lift fietsenrek"), 1);
	assert_int_equal(hits(turn, "tram"), 0);
	assert_int_equal(hits(turn, "al"), 1);
	assert_int_equal(hits(turn, "0%"), 1);
	ideas = idea_search(turn_view(turn), "lift", 0, 10, &len);
	assert_int_equal(len, 2);
	assert_string_equal(ideas[0].text, "Lift repareren");
	for (size_t i = 0; i < ARRAY_LEN(hostile); i++)
		assert_true(hits(turn, hostile[i]) <= 1);
}

static void idea_search__finds__words_however_written(void **state)
{
	(void)state;
	scratch_turn(&scratch, search, NULL);
}

static void find_again(struct turn *turn, void *context)
{
	(void)context;
	assert_int_equal(hits(turn, "bankjes"), 1);
	assert_true(say(turn, "$c", "Kraan").id > 2);
}

static void idea_search__survives__a_restart(void **state)
{
	(void)state;
	scratch_turn(&scratch, add_some, NULL);
	scratch_reopen(&scratch);
	scratch_turn(&scratch, find_again, NULL);
}

static int64_t remember_photo(struct turn *turn, const char *event)
{
	const struct media media = { .url = "mxc://k/1", .name = "image.jpg", .mime = "image/jpeg" };
	const struct event message = { .form = FORM_IMAGE, .id = event, .room = ROOM_KRUITBERG, .sender = "@fatima:console",
		.sent_at_ms = SCRATCH_NOW_MS, .media = &media };

	return media_remember(turn, &message);
}

static int64_t photos(struct turn *turn, int64_t id)
{
	struct idea idea;

	assert_true(idea_find(turn_view(turn), id, &idea));
	return idea.photos;
}

static void add_photos(struct turn *turn, void *context)
{
	struct idea idea = say(turn, "$a", "Fietsenrek"), found;
	int64_t first = remember_photo(turn, "$p"), second = remember_photo(turn, "$q"), better = remember_photo(turn, "$r");

	(void)context;
	idea_add_photo(turn, idea.id, first);
	idea_add_photo(turn, idea.id, first);
	idea_add_photo(turn, idea.id, second);
	assert_int_equal(photos(turn, idea.id), 2);
	idea_remove_photo(turn, idea.id, first);
	idea_add_photo(turn, idea.id, better);
	assert_int_equal(photos(turn, idea.id), 2);
	assert_true(idea_find_by_photo(turn_view(turn), better, &found));
	assert_int_equal(found.id, idea.id);
	assert_false(idea_find_by_photo(turn_view(turn), first, &found));
	media_failed(turn, better, "not_found");
	assert_int_equal(photos(turn, idea.id), 1);
}

static void idea_add_photo__counts__what_can_be_shown(void **state)
{
	(void)state;
	scratch_turn(&scratch, add_photos, NULL);
}

#define WITH_NEIGHBOURS(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_NEIGHBOURS(idea_add__gives__a_number_to_each),
		WITH_NEIGHBOURS(idea_add__accepts__a_group_without_core),
		WITH_NEIGHBOURS(idea_add__refuses__nothing_and_too_much),
		WITH_NEIGHBOURS(idea_add__flags__the_same_words_at_the_same_moment),
		WITH_NEIGHBOURS(idea_edit__keeps__the_history_and_the_index),
		WITH_NEIGHBOURS(idea_archive__takes_it__from_lists_but_not_from_memory),
		WITH_NEIGHBOURS(idea_add_thumb__counts__a_person_once_and_the_author_never),
		WITH_NEIGHBOURS(idea_support__counts__linked_persons_once),
		WITH_NEIGHBOURS(idea_find_latest__looks__at_one_person_in_one_group),
		WITH_NEIGHBOURS(idea_set_place__stays__with_the_idea),
		WITH_NEIGHBOURS(idea_list__gives__the_newest_first_by_pages),
		WITH_NEIGHBOURS(idea_search__finds__words_however_written),
		WITH_NEIGHBOURS(idea_search__survives__a_restart),
		WITH_NEIGHBOURS(idea_add_photo__counts__what_can_be_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
