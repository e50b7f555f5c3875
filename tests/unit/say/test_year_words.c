#include "say/year_words.h"

#include "base/str.h"
#include "unit/agenda/agenda_house.h"

static struct config_year_event many[12];
static struct config_year year;
static struct config config;

static const char *list_of(const struct config_year *what)
{
	const struct group group = group_get(turn_view(turn), GROUP_COORDINATORS);
	struct reader reader = { &house, turn_view(turn), &group, LANGUAGE_NL };

	config = *home.config;
	config.year = *what;
	house.config = &config;
	return year_words_list(&reader);
}

static void list_nothing(void)
{
	year = (struct config_year){ .events_len = 0 };
	assert_non_null(strstr(list_of(&year), "niets afgesproken"));
}

/* The soonest of them, and the last line whole. */
static void list_many(void)
{
	const char *text;

	for (size_t i = 0; i < ARRAY_LEN(many); i++)
		many[i] = (struct config_year_event){ .name = "de raad van kernen en de buren van hier", .months = 1u << (i + 1) };
	year = (struct config_year){ .events = many, .events_len = ARRAY_LEN(many) };
	text = list_of(&year);
	assert_true(utf8_count(text, strlen(text)) <= 600);
	assert_non_null(strstr(text, "- juni: de raad"));
	assert_null(strstr(text, "- mei: de raad"));
	assert_non_null(strstr(text, "Typ hier bijvoorbeeld: !agenda 30 juni 19:30 de raad van kernen en de buren van hier"));
}

static void year_words_list__fits__a_phone(void **state)
{
	(void)state;
	at("2022-06-14T09:00", list_nothing);
	at("2022-06-14T09:00", list_many);
}

static const char *post_on(int64_t id, const char *date)
{
	const struct group group = group_get(turn_view(turn), id);
	const struct day_post post = { .group = &group, .since = wall_at(date), .date = wall_at(date) };

	return year_day_compose(&house, turn, &post);
}

static void nudge(void)
{
	const char *text;

	assert_null(post_on(GROUP_KRUITBERG, "2022-08-06"));
	text = post_on(GROUP_COORDINATORS, "2022-08-06");
	assert_non_null(strstr(text, "- buurtberaad, oktober"));
	/* A Thursday in the second week. */
	assert_non_null(strstr(text, "!agenda 13 oktober 19:30 buurtberaad"));
	assert_null(post_on(GROUP_COORDINATORS, "2022-08-07"));
}

/* It must be possible to type it as it stands. */
static void nudge_late(void)
{
	assert_non_null(strstr(post_on(GROUP_COORDINATORS, "2022-10-20"), "!agenda 3 november 19:30 buurtberaad"));
}

static void tell_deadline(void)
{
	const char *text = post_on(GROUP_COORDINATORS, "2023-01-03");

	assert_non_null(strstr(text, "Op 31 januari"));
	assert_non_null(strstr(post_on(GROUP_COORDINATORS, "2023-01-24"), "Op 31 januari"));
	assert_null(post_on(GROUP_COORDINATORS, "2023-01-25"));
	assert_null(post_on(GROUP_KRUITBERG, "2023-01-03"));
}

static void year_day__tells__the_coordinators(void **state)
{
	(void)state;
	at("2022-08-06T10:00", nudge);
	at("2022-10-20T10:00", nudge_late);
	at("2023-01-03T10:00", tell_deadline);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(year_words_list__fits__a_phone, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(year_day__tells__the_coordinators, house_setup, house_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
