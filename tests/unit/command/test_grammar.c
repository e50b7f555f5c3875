#include "command/grammar.h"

#include <string.h>

#include "unit/cmocka_all.h"

static const struct command idee = { .name = "idee", .english = "idea" };
static const struct command ideeen = { .name = "ideeen", .english = "ideas" };
static const struct command bon = { .name = "bon", .english = "receipt", .aliases = (const char *const[]){ "bonnetje", NULL } };
static const struct command bonnen = { .name = "bonnen", .english = "receipts" };
static const struct command agenda = { .name = "agenda", .english = "event", .neutral = "agenda" };
static const struct command budget = { .name = "budget", .english = "budget" };
static const struct command help = { .name = "help", .english = "help" };
static const struct command *const table[] = { &help, &idee, &ideeen, &bon, &bonnen, &budget, &agenda, NULL };

struct line_case {
	const char *body;
	const char *found; /* "verdict tongue word|rest" */
};

static const char *found(struct arena *arena, const char *body)
{
	static const char *const tongues[] = { "neutral", "nl", "en" };
	struct grammar_line line;

	switch (grammar_find(arena, body, table, &line)) {
	case GRAMMAR_NONE:
		return "none";
	case GRAMMAR_UNKNOWN:
		return arena_printf(arena, "unknown %s|%s", line.typed, line.rest);
	case GRAMMAR_NEAR_MISS:
		return arena_printf(arena, "near %s", line.word);
	case GRAMMAR_COMMAND:
		break;
	}
	return arena_printf(arena, "%s %s|%s", tongues[line.tongue], line.word, line.rest);
}

static void assert_lines(const struct line_case *cases, size_t len)
{
	AUTO_ARENA arena = arena_create(4 << 20);

	for (size_t i = 0; i < len; i++) {
		const char *want = arena_printf(arena, "%s -> %s", cases[i].body, cases[i].found);

		assert_string_equal(arena_printf(arena, "%s -> %s", cases[i].body, found(arena, cases[i].body)), want);
	}
}

#define ASSERT_LINES(...)                                                                  \
	assert_lines((const struct line_case[]){ __VA_ARGS__ }, sizeof((const struct line_case[]){ __VA_ARGS__ }) / sizeof(struct line_case))

static void grammar_find__finds__commands_as_people_type_them(void **state)
{
	(void)state;
	ASSERT_LINES(
		{ "!idee bankjes", "nl idee|bankjes" }, { "!idea benches", "en idea|benches" }, { "!budget", "neutral budget|" },
		{ "*!idee* bankjes", "nl idee|bankjes" }, { "*!idee bankjes*", "nl idee|bankjes" }, { "*!idee bankjes", "nl idee|bankjes" },
		{ "_!idee_ bankjes", "nl idee|bankjes" }, { "```!bon 12```", "nl bon|12" }, { "!*idee* bankjes", "nl idee|bankjes" },
		{ "！idee bankjes", "nl idee|bankjes" }, { "﹗ｉｄｅｅ bankjes", "nl idee|bankjes" }, { "!IDEE Bankjes", "nl idee|Bankjes" },
		{ "!Idee: bankjes", "nl idee|bankjes" }, { "!idee, bankjes", "nl idee|bankjes" }, { "!idee... bankjes", "nl idee|bankjes" },
		{ "!idee… bankjes", "nl idee|bankjes" }, { "!idee.", "nl idee|" }, { "!idee!", "nl idee|" }, { "!idee- bankjes", "nl idee|bankjes" },
		{ "!ideeën", "nl ideeen|" }, { "!IDEEËN fiets", "nl ideeen|fiets" }, { "!idee\xcc\x88" "n", "near idee" },
		{ "! idee bankjes", "nl idee|bankjes" }, { "!\u00a0idee\u00a0bankjes", "nl idee|bankjes" }, { "  \n!idee x", "nl idee|x" },
		{ "\u200b!idee\u200f x", "nl idee|x" }, { "\"!idee bankjes\"", "nl idee|bankjes" }, { "“!idee bankjes”", "nl idee|bankjes" },
		{ "!‘idee’ bankjes", "nl idee|bankjes" }, { "!bon12,50 verf", "nl bon|12,50 verf" }, { "!bon€12", "nl bon|€12" },
		{ "!bon:12,50", "nl bon|12,50" }, { "!bon,50", "nl bon|,50" }, { "!bon-5", "nl bon|-5" }, { "!bon -5", "nl bon|-5" },
		{ "!!bon 12", "nl bon|12" }, { "!bonnetje 12", "nl bonnetje|12" }, { "!Receipt 12.50 paint", "en receipt|12.50 paint" },
		{ "!agenda\tmorgen", "neutral agenda|morgen" }, { "!event tomorrow", "en event|tomorrow" },
		{ "!idee eerste regel\n\n\n- punt een\n- punt  twee\n", "nl idee|eerste regel\n\n- punt een\n- punt twee" },
		{ "!idee\nbankjes", "nl idee|bankjes" }, { "!idee “mooie” bankjes", "nl idee|“mooie” bankjes" }, { "!idee 👍", "nl idee|👍" });
}

static void grammar_find__leaves_alone__what_people_say_to_each_other(void **state)
{
	(void)state;
	ASSERT_LINES(
		{ "", "none" }, { "   ", "none" }, { "hallo", "none" }, { "hallo!", "none" }, { "ik zei !idee", "none" }, { "!", "none" },
		{ "!!", "none" }, { "!!!", "none" }, { "!1", "none" }, { "!1 idee", "none" }, { "! leuk idee", "none" }, { "! ide", "none" },
		{ "!ja", "none" }, { "!ok", "none" }, { "!wa sync", "none" }, { "!!wow", "none" }, { "↷ Forwarded\n\n!idee x", "none" },
		{ "> !idee x", "none" }, { "👍 !idee x", "none" }, { "rotonde: !idee", "none" }, { "!😀", "none" },
		{ "!hottentottententententoonstelling", "none" }, { "idee!", "none" }, { "¡idee", "none" });
}

static void grammar_find__suggests__the_command_that_was_meant(void **state)
{
	(void)state;
	ASSERT_LINES(
		{ "!ide bankjes", "near idee" }, { "!iddee", "near idee" }, { "!ieed", "unknown ieed|" }, { "!idde", "near idee" },
		{ "!agnda", "near agenda" }, { "!agedna", "near agenda" }, { "!bonn 12", "near bon" }, { "!bno 12", "near bon" },
		{ "!boon", "near bon" }, { "!bonen", "near bonnen" }, { "!bugdet", "near budget" }, { "!recipt", "near receipt" },
		{ "!reciept", "near receipt" }, { "!recetp", "near receipt" }, { "!hulp", "near help" }, { "!Bónn", "near bon" });
}

static void grammar_find__calls_unknown__words_like_no_command(void **state)
{
	(void)state;
	ASSERT_LINES(
		{ "!wow", "unknown wow|" }, { "!zon", "unknown zon|" }, { "!bus 41", "unknown bus|41" }, { "!Weer: morgen?", "unknown Weer|morgen?" },
		{ "!привет", "unknown привет|" });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grammar_find__finds__commands_as_people_type_them),
		cmocka_unit_test(grammar_find__leaves_alone__what_people_say_to_each_other),
		cmocka_unit_test(grammar_find__suggests__the_command_that_was_meant),
		cmocka_unit_test(grammar_find__calls_unknown__words_like_no_command),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
