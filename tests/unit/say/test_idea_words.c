#include "say/idea_words.h"

#include "base/clock.h"
#include "ideas/family.h"
#include "ideas/helper.h"
#include "ideas/history.h"
#include "ideas/news.h"
#include "people/person.h"
#include "unit/house.h"
#include "unit/neighbours.h"

static const struct statements *const rooms[] = { &neighbours_statements, &group_statements, &person_statements, &idea_statements,
	&idea_family_statements, &idea_helper_statements, &idea_history_statements, &idea_news_statements, NULL };
static struct scratch scratch;
static struct test_house home;

static int setup(void **state)
{
	(void)state;
	scratch_open(&scratch, rooms);
	neighbours_move_in(&scratch);
	test_house_open(&home);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	test_house_close(&home);
	scratch_close(&scratch);
	return 0;
}

static struct idea note(struct turn *turn, const char *event, const char *text)
{
	struct idea_draft draft = { .author = PERSON_FATIMA, .group = GROUP_KRUITBERG, .core = CORE_KRUITBERG, .event = event,
		.said_at_ms = SCRATCH_NOW_MS + event[1], .text = text };
	struct idea idea;

	assert_int_equal(idea_add(turn, &draft, &idea), IDEA_ADDED);
	return idea;
}

/* The group is kept by the caller for as long as the reader. */
static struct reader reader_in(struct turn *turn, int64_t group, struct group *keep)
{
	*keep = group_get(turn_view(turn), group);
	return (struct reader){ .house = &home.house, .view = turn_view(turn), .group = keep, .language = keep->language };
}

static void noted(struct turn *turn, void *context)
{
	struct group group;
	struct reader reader = reader_in(turn, GROUP_KRUITBERG, &group);
	struct idea plain = note(turn, "$a", "fietsenrek bij de lift"), asked = note(turn, "$b", "Waarom geen\nkraan?");
	char text[900];
	struct idea endless;

	(void)context;
	assert_string_equal(idea_words_noted(&reader, &plain), "Idee 1 genoteerd: fietsenrek bij de lift. Goed idee? Geef een 👍. Wil je zelf meedoen? Antwoord ja.");
	assert_string_equal(idea_words_edited(&reader, &asked), "Idee 2 aangepast: Waarom geen kraan?");
	memset(text, 'x', sizeof text);
	text[sizeof text - 1] = '\0';
	endless = note(turn, "$c", text);
	assert_true(strlen(idea_words_noted(&reader, &endless)) < 200);
}

static void idea_words_noted__is__one_short_line(void **state)
{
	(void)state;
	scratch_turn(&scratch, noted, NULL);
}

static void cards(struct turn *turn, void *context)
{
	struct group own_group, other_group;
	struct reader own = reader_in(turn, GROUP_KRUITBERG, &own_group), other = reader_in(turn, GROUP_KLEIBURG, &other_group);
	struct idea idea = note(turn, "$a", "Soep koken");

	(void)context;
	assert_string_equal(idea_words_card(&own, &idea), "Idee 1 (Kruitberg, 14 juni): Soep koken\nVan Fatima.\nNog geen steun. Goed idee? Geef een 👍. Zelf meedoen? Antwoord ja.");
	assert_int_equal(idea_edit(turn, idea.id, PERSON_FATIMA, "Soep koken, bel 06-12345678", &idea), IDEA_EDITED);
	idea_set_place(turn, idea.id, "geo:52.3,4.9;u=20", "");
	idea_add_thumb(turn, idea.id, PERSON_JOHN, "$r");
	assert_true(idea_find(turn_view(turn), idea.id, &idea));
	assert_string_equal(idea_words_card(&own, &idea),
	                    "Idee 1 (Kruitberg, 14 juni): Soep koken, bel 06-12345678\nVan Fatima. Aangepast op 14 juni.\n"
	                    "Plek: https://osm.org/?mlat=52.3&mlon=4.9\n1 buur steunt dit. Goed idee? Geef een 👍. Zelf meedoen? Antwoord ja.");
	/* Elsewhere nobody is named and no number shown. */
	assert_string_equal(idea_words_card(&other, &idea),
	                    "Idea 1 (Kruitberg, 14 June): Soep koken, bel •••\nChanged on 14 June.\n"
	                    "Place: https://osm.org/?mlat=52.3&mlon=4.9\n1 neighbour supports this. Good idea? Give a 👍. Take part yourself? Answer yes.");
}

static void idea_words_card__names__nobody_outside_the_own_group(void **state)
{
	(void)state;
	scratch_turn(&scratch, cards, NULL);
}

static void strange_places(struct turn *turn, void *context)
{
	static const char *const uris[] = { "geo:", "geo:52.3", "http://evil.example/,", "geo:x,y", "geo:,", "geo:1,", "geo:1,2", "" };
	struct group group;
	struct reader reader = reader_in(turn, GROUP_KRUITBERG, &group);
	struct idea idea = note(turn, "$a", "Kraan");

	(void)context;
	for (size_t i = 0; i < ARRAY_LEN(uris); i++) {
		const char *card;

		idea_set_place(turn, idea.id, uris[i], "");
		assert_true(idea_find(turn_view(turn), idea.id, &idea));
		card = idea_words_card(&reader, &idea);
		assert_null(strstr(card, "evil"));
		assert_int_equal(strstr(card, "osm.org") != NULL, strcmp(uris[i], "geo:1,2") == 0);
	}
	idea_set_place(turn, idea.id, "geo:x,y", "Lift\nnoord");
	assert_true(idea_find(turn_view(turn), idea.id, &idea));
	assert_non_null(strstr(idea_words_card(&reader, &idea), "Plek: Lift noord\n"));
}

static void idea_words_card__links__real_coordinates_only(void **state)
{
	(void)state;
	scratch_turn(&scratch, strange_places, NULL);
}

static void pages(struct turn *turn, void *context)
{
	struct group group;
	struct reader reader = reader_in(turn, GROUP_KRUITBERG, &group);
	struct idea ideas[IDEA_PAGE_LINES];
	struct idea_page page = { .core = CORE_KRUITBERG, .page = 1 };
	const char *words;

	(void)context;
	assert_string_equal(idea_words_page(&reader, &page), "Kruitberg heeft nog geen ideeën. Heb jij er een? Typ bijvoorbeeld: !idee fietsenrek bij de lift");
	page.page = 2;
	assert_string_equal(idea_words_page(&reader, &page), "Dit waren alle ideeën.");
	for (size_t i = 0; i < IDEA_PAGE_LINES; i++) {
		char event[3] = { '$', (char)('a' + i), '\0' };

		ideas[i] = note(turn, event, "Een heel lang idee over de tuin bij de flat waar iedereen graag zou zitten als het zonnig is, met bankjes");
		ideas[i].support = 10;
	}
	page = (struct idea_page){ .words = "tuin", .page = 1, .ideas = ideas, .len = IDEA_PAGE_LINES, .more = true };
	words = idea_words_page(&reader, &page);
	assert_non_null(strstr(words, "Meer zien? Typ !ideeen tuin pagina 2"));
	assert_non_null(strstr(words, "\n6, Kruitberg: Een heel lang idee"));
	assert_true(strlen(words) <= 620); /* in bytes; an ellipsis is three */
	page = (struct idea_page){ .core = CORE_KRUITBERG, .page = 1, .ideas = ideas, .len = 1 };
	assert_non_null(strstr(idea_words_page(&reader, &page), "Typ !idee 1"));
}

static void idea_words_page__fits__a_phone(void **state)
{
	(void)state;
	scratch_turn(&scratch, pages, NULL);
}

#define AT_HOME(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_HOME(idea_words_noted__is__one_short_line),
		AT_HOME(idea_words_card__names__nobody_outside_the_own_group),
		AT_HOME(idea_words_card__links__real_coordinates_only),
		AT_HOME(idea_words_page__fits__a_phone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
