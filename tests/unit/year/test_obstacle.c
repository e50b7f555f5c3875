#include "year/obstacle.h"

#include "base/compiler.h"
#include "base/str.h"
#include "unit/cmocka_all.h"

static void obstacle_list__finds__what_people_mark(void **state)
{
	static const struct {
		const char *text;
		const char *found; /* joined by | */
	} cases[] = {
		{ "het gaat goed", "" },
		{ "", "" },
		{ "hobbel: de lift is kapot", "de lift is kapot" },
		{ "Het gaat goed.\nHobbel: de lift is kapot", "de lift is kapot" },
		{ "- HOBBEL:   te weinig  animo", "te weinig animo" },
		{ "Hobbels:\n- de lift\n- geen animo\n\nVerder gaat het goed", "de lift|geen animo" },
		{ "hobbels\nde lift", "de lift" },
		{ "Onze hobbels zijn:\n* lift", "lift" },
		{ "We hadden een hobbel met de lift, maar nu gaat het", "We hadden een hobbel met de lift, maar nu gaat het" },
		{ "een hobbeltje: verf op", "een hobbeltje: verf op" },
		{ "geen hobbels", "" },
		{ "Er waren geen grote hobbels!", "" },
		{ "no bumps so far", "" },
		{ "Obstacle: the lift", "the lift" },
		{ "the bumper of my car", "" },
		{ "hobbelpaard gekocht", "" },
		{ "hobbel: één\nhobbel: twee", "één|twee" },
		{ "\n\n", "" },
		{ "hobbel:", "" },
		{ "Hobbel: om 10:30 is de zaal dicht", "om 10:30 is de zaal dicht" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_ARENA arena = arena_create(64 * 1024);
		size_t len;
		const char **list = obstacle_list(arena, cases[i].text, &len);
		const char *joined = "";

		for (size_t j = 0; j < len; j++)
			joined = arena_printf(arena, "%s%s%s", joined, j ? "|" : "", list[j]);
		if (!str_equal(joined, cases[i].found))
			fail_msg("\"%s\": found \"%s\"", cases[i].text, joined);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(obstacle_list__finds__what_people_mark),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
