#include "command/help_line.h"

#include <string.h>

#include "base/str.h"
#include "command/records.h"
#include "unit/command/ask.h"

enum { SCREEN_BYTES = 600, SCREEN_LINES = 14 };

static const struct statements *const rooms[] = { &neighbours_statements, &group_statements, &person_statements, &actor_statements, NULL };
static struct scratch scratch;
static struct test_house home;

static int setup(void **state)
{
	(void)state;
	test_house_open(&home);
	scratch_open(&scratch, rooms);
	neighbours_move_in(&scratch);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_close(&scratch);
	test_house_close(&home);
	return 0;
}

/* Somebody of Kruitberg who has exactly these roles (a lead leads Kruitberg) asks for help. */
struct asker {
	unsigned roles;
	enum group_kind place;
	enum language language;
};

static const char *help(struct turn *turn, const struct asker *asker, const char *text)
{
	struct typed typed = { .person = PERSON_LEAD, .group = GROUP_KRUITBERG };
	struct request request = request_for(&home, turn, &typed);
	enum command_end end;

	request.text = text;
	request.actor.roles = asker->roles;
	request.actor.trust = TRUST_DIRECT;
	request.group.kind = asker->place;
	if (asker->place != GROUP_KIND_CORE)
		request.group.core = 0;
	request.person.has_language = true;
	request.person.language = request.language = asker->language;
	end = cmd_help.run(&request);
	assert_int_equal(end, COMMAND_DONE);
	return request.answer;
}

static void assert_fits(const char *answer, const struct asker *asker, const char *text)
{
	size_t lines = 1;

	for (const char *p = answer; *p; p++)
		lines += *p == '\n';
	if (strlen(answer) > SCREEN_BYTES || lines > SCREEN_LINES || *answer == '!') {
		print_message("!help %s, roles %x, place %d: %zu bytes, %zu lines\n%s\n", text, asker->roles, (int)asker->place,
		              strlen(answer), lines, answer);
		fail();
	}
}

static void ask_everything(struct turn *turn, const struct asker *asker)
{
	static const char *const words[] = { "", "alles", "geld", "doen", "verder", "zwemmen" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		assert_fits(help(turn, asker, words[i]), asker, words[i]);
	for (size_t i = 0; commands[i]; i++)
		assert_fits(help(turn, asker, commands[i]->name), asker, commands[i]->name);
}

static void everybody_work(struct turn *turn, void *context)
{
	static const enum group_kind places[] = { GROUP_KIND_CORE, GROUP_KIND_COORDINATORS, GROUP_KIND_AUDIT, GROUP_KIND_NEIGHBOURHOOD,
		GROUP_KIND_PRIVATE };
	static const enum role others[] = { ROLE_LEAD, ROLE_COORDINATOR, ROLE_TREASURER, ROLE_AUDITOR };

	(void)context;
	for (unsigned mask = 0; mask < 1u << ARRAY_LEN(others); mask++) {
		struct asker asker = { .roles = 1u << ROLE_RESIDENT };

		for (size_t i = 0; i < ARRAY_LEN(others); i++)
			asker.roles |= mask & 1u << i ? 1u << others[i] : 0;
		for (size_t i = 0; i < ARRAY_LEN(places); i++) {
			asker.place = places[i];
			asker.language = LANGUAGE_NL;
			ask_everything(turn, &asker);
			asker.language = LANGUAGE_EN;
			ask_everything(turn, &asker);
		}
	}
}

static void help__fits_one_phone_screen__every_role_place_and_language(void **state)
{
	(void)state;
	scratch_turn(&scratch, everybody_work, NULL);
}

/* Which words stand in it with their explanation, on a line of their own. */
static bool explains(const char *answer, const struct command *command)
{
	char line[64];

	(void)snprintf(line, sizeof line, "\n!%s: ", command->name);
	return strstr(answer, line);
}

static bool names(const char *answer, const struct command *command)
{
	char word[64];

	(void)snprintf(word, sizeof word, "!%s", command->name);
	return strstr(answer, word);
}

/* Every word a person may use can be found by `!help` or `!help alles`; none that he may not. */
static void whole_work(struct turn *turn, void *context)
{
	struct asker resident = { 1u << ROLE_RESIDENT, GROUP_KIND_CORE, LANGUAGE_NL };
	struct asker officer = { 1u << ROLE_RESIDENT | 1u << ROLE_TREASURER, GROUP_KIND_COORDINATORS, LANGUAGE_NL };
	const char *first = help(turn, &resident, ""), *all = help(turn, &resident, "alles"), *of_officer = help(turn, &officer, "alles");

	(void)context;
	for (size_t i = 0; commands[i]; i++) {
		const struct command *command = commands[i];
		bool for_all = command->roles & 1u << ROLE_RESIDENT;

		if (for_all && command->everyday)
			assert_true(explains(first, command));
		if (for_all)
			assert_true(names(all, command));
		if (command->roles & officer.roles)
			assert_true(names(of_officer, command));
	}
}

static void help__leaves_out_nothing__of_what_one_may_use(void **state)
{
	(void)state;
	scratch_turn(&scratch, whole_work, NULL);
}

static void assert_line(struct arena *arena, const char *text, enum help_subject subject, const char *word)
{
	struct help_line line;

	assert_int_equal(help_line_read(arena, text, &line), subject);
	if (word)
		assert_string_equal(line.word, word);
	else
		assert_null(line.word);
}

static void help_line_read__tells_topics_from_commands__in_both_languages(void **state)
{
	struct arena *arena = arena_create(64 * 1024);

	(void)state;
	assert_line(arena, "", HELP_SUBJECT_FIRST, NULL);
	assert_line(arena, "Alles", HELP_SUBJECT_ALL, "alles");
	assert_line(arena, "all", HELP_SUBJECT_ALL, "alles");
	assert_line(arena, "!geld", HELP_SUBJECT_TOPIC, "geld");
	assert_line(arena, "Money", HELP_SUBJECT_TOPIC, "geld");
	assert_line(arena, "agenda", HELP_SUBJECT_COMMAND, "agenda");
	assert_line(arena, "ideën", HELP_SUBJECT_COMMAND, "idee");
	assert_line(arena, "!receipt", HELP_SUBJECT_COMMAND, "bon");
	assert_line(arena, "zwemmen", HELP_SUBJECT_UNKNOWN, NULL);
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(help__fits_one_phone_screen__every_role_place_and_language, setup, teardown),
		cmocka_unit_test_setup_teardown(help__leaves_out_nothing__of_what_one_may_use, setup, teardown),
		cmocka_unit_test(help_line_read__tells_topics_from_commands__in_both_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
