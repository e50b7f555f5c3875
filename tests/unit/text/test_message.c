#include "text/message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text/locale.h"
#include "text/pattern.h"
#include "unit/cmocka_all.h"

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_create(1 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

/* The message, or "!name" for a missing argument, or "?what" for a pattern that does not compile. */
static const char *said(enum language language, const char *text, const struct message_arg *args, size_t len)
{
	struct pattern_voice voice = { language, plural_rules_open(language) };
	struct pattern_error error;
	const struct pattern *pattern = pattern_compile(arena, text, &error);
	const char *name, *out;

	if (pattern) {
		out = pattern_format(pattern, &voice, arena, args, len, &name);
		if (!out)
			out = arena_printf(arena, "!%s", name);
	} else {
		out = arena_printf(arena, "?%zu %s", error.offset, error.what);
	}
	plural_rules_close((struct UPluralRules *)voice.plurals);
	return out;
}

#define SAID(language, text, ...) \
	said(language, text, (const struct message_arg[]){ __VA_ARGS__ }, sizeof((const struct message_arg[]){ __VA_ARGS__ }) / sizeof(struct message_arg))

static const struct message_arg nobody = { .name = "nobody", .kind = MESSAGE_TEXT, .text = "" };

static void pattern_format__fills_in__texts_numbers_and_money(void **state)
{
	(void)state;
	assert_string_equal(SAID(LANGUAGE_NL, "dag {name}!", MSG_TEXT("name", "Fatima")), "dag Fatima!");
	assert_string_equal(SAID(LANGUAGE_NL, "bon {n}", MSG_INT("n", 1017)), "bon 1017");
	assert_string_equal(SAID(LANGUAGE_NL, "{ n , number } bonnen", MSG_INT("n", -1017)), "-1.017 bonnen");
	assert_string_equal(SAID(LANGUAGE_EN, "{n, number} receipts", MSG_INT("n", 1234567)), "1,234,567 receipts");
	assert_string_equal(SAID(LANGUAGE_NL, "nog {left}", MSG_CENTS("left", cents_from_int64(125000))), "nog €1.250,00");
	assert_string_equal(SAID(LANGUAGE_EN, "{left} left", MSG_CENTS("left", cents_from_int64(-305))), "-€3.05 left");
	assert_string_equal(SAID(LANGUAGE_EN, "{a}{b}{a}", MSG_TEXT("b", "{a}"), MSG_TEXT("a", "x")), "x{a}x");
}

static void pattern_format__chooses__plural_branches(void **state)
{
	const char *text = "{n, plural, =0 {geen bonnen} one {één bon} other {# bonnen}}";

	(void)state;
	assert_string_equal(SAID(LANGUAGE_NL, text, MSG_INT("n", 0)), "geen bonnen");
	assert_string_equal(SAID(LANGUAGE_NL, text, MSG_INT("n", 1)), "één bon");
	assert_string_equal(SAID(LANGUAGE_NL, text, MSG_INT("n", 2)), "2 bonnen");
	assert_string_equal(SAID(LANGUAGE_NL, text, MSG_INT("n", 1000)), "1.000 bonnen");
}

static void pattern_format__chooses__select_branches_inside_plurals(void **state)
{
	const char *text = "{n, plural, one {# {who, select, lead {trekker} other {bewoner}}} other {# {who}}}";

	(void)state;
	assert_string_equal(SAID(LANGUAGE_NL, text, MSG_INT("n", 1), MSG_TEXT("who", "lead")), "1 trekker");
	assert_string_equal(SAID(LANGUAGE_NL, text, MSG_INT("n", 1), MSG_TEXT("who", "x")), "1 bewoner");
	assert_string_equal(SAID(LANGUAGE_NL, text, MSG_INT("n", 3), MSG_TEXT("who", "x")), "3 x");
	assert_string_equal(SAID(LANGUAGE_NL, "{n, plural, other {{m, plural, other {#}}#}}", MSG_INT("n", 3), MSG_INT("m", 4)), "43");
}

static void pattern_format__undoes__quotes_as_icu_does(void **state)
{
	(void)state;
	assert_string_equal(SAID(LANGUAGE_NL, "'s avonds, foto's en auto''s", nobody), "'s avonds, foto's en auto's");
	assert_string_equal(SAID(LANGUAGE_NL, "'{naam}' # '}'", nobody), "{naam} # }");
	assert_string_equal(SAID(LANGUAGE_NL, "{n, plural, other {'#'# '{''}'}}", MSG_INT("n", 1)), "#1 {'}");
	assert_string_equal(SAID(LANGUAGE_NL, "eind'", nobody), "eind'");
	assert_string_equal(SAID(LANGUAGE_NL, "", nobody), "");
}

static void pattern_format__names__the_argument_that_is_absent_or_of_another_kind(void **state)
{
	(void)state;
	assert_string_equal(SAID(LANGUAGE_NL, "{a} {b}", MSG_TEXT("a", "x")), "!b");
	assert_string_equal(SAID(LANGUAGE_NL, "{a}", MSG_TEXT("a", NULL)), "!a");
	assert_string_equal(SAID(LANGUAGE_NL, "{a, number}", MSG_TEXT("a", "5")), "!a");
	assert_string_equal(SAID(LANGUAGE_NL, "{a, plural, other {}}", MSG_CENTS("a", cents_from_int64(1))), "!a");
	assert_string_equal(SAID(LANGUAGE_NL, "{a, select, other {}}", MSG_INT("a", 1)), "!a");
	assert_string_equal(SAID(LANGUAGE_NL, "{n, plural, other {{b}}}", MSG_INT("n", 1)), "!b");
}

static void gather(void *context, const char *words, const char *name)
{
	char **text = context;

	*text = arena_printf(arena, name ? "%s{%s}" : "%s[%s]", *text, name ? name : words);
}

static const char *beginnings(const char *text)
{
	struct pattern_error error;
	const struct pattern *pattern = pattern_compile(arena, text, &error);
	char *all = arena_dup(arena, "");

	pattern_visit_beginnings(pattern, gather, &all);
	return all;
}

static void pattern_visit_beginnings__tells__every_way_to_begin(void **state)
{
	(void)state;
	assert_string_equal(beginnings("a {b}"), "[a ]");
	assert_string_equal(beginnings("{b} a"), "{b}");
	assert_string_equal(beginnings("{b, number} a"), "");
	assert_string_equal(beginnings("{b, plural, one {een} other {{c} #}} a"), "[een]{c}");
	assert_string_equal(beginnings("{b, plural, =0 {} other {# x}}{c, select, d {!} other {{b}}} a"), "[!]{b}");
	assert_string_equal(beginnings(""), "");
}

static void pattern_compile__refuses__slips_and_says_where(void **state)
{
	static const char *const slips[][2] = {
		{ "{", "?1 the name of an argument" },
		{ "a {} b", "?3 the name of an argument" },
		{ "a }", "?2 } without {" },
		{ "{a", "?2 } after an argument" },
		{ "{a b}", "?3 } after an argument" },
		{ "{a, date}", "?8 number, plural or select" },
		{ "{a, }", "?4 number, plural or select" },
		{ "{a, plural}", "?10 , before the branches" },
		{ "{a, plural, one {x}}", "?19 a branch called other" },
		{ "{a, plural, =1 {x}}", "?18 a branch called other" },
		{ "{a, plural, enkel {x} other {y}}", "?17 zero, one, two, few, many, other or =number" },
		{ "{a, plural, =x {x} other {y}}", "?14 a number after =" },
		{ "{a, plural, other {x} other {y}}", "?27 this branch stands here twice" },
		{ "{a, plural, =1 {x} =1 {y} other {}}", "?21 this branch stands here twice" },
		{ "{a, plural, other x}", "?18 { before the words of a branch" },
		{ "{a, plural, other {x", "?20 } after the words of a branch" },
		{ "{a, plural, offset:1 other {x}}", "?18 zero, one, two, few, many, other or =number" },
		{ "{a, select, x {1}}", "?17 a branch called other" },
		{ "{a, select, other {{}}}", "?20 the name of an argument" },
		{ "'{ x", "?4 a quote that is not closed" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(slips); i++)
		assert_string_equal(SAID(LANGUAGE_NL, slips[i][0], nobody), slips[i][1]);
}

static void pattern_compile__refuses__endless_nesting(void **state)
{
	char text[4096] = "";
	size_t len = 0;
	struct pattern_error error;

	(void)state;
	for (int i = 0; i < 100; i++)
		len += (size_t)snprintf(text + len, sizeof text - len, "{a,select,other{");
	assert_null(pattern_compile(arena, text, &error));
	assert_string_equal(error.what, "too many choices inside each other");
}

static void say__speaks__the_language_asked_with_or_without_arguments(void **state)
{
	struct catalogue *words = catalogue_create();

	(void)state;
	assert_string_equal(SAY(words, arena, LANGUAGE_NL, "command.near_miss", MSG_TEXT("word", "bon")), "Bedoel je !bon? Typ het dan zo.");
	assert_string_equal(SAY(words, arena, LANGUAGE_EN, "command.near_miss", MSG_TEXT("word", "receipt")),
	                    "Do you mean !receipt? Then type it like that.");
	assert_non_null(strstr(SAY(words, arena, LANGUAGE_NL, "help.bon.example"), "!bon"));
	catalogue_destroy(words);
}

static void say__survives__a_missing_key_and_a_missing_argument(void **state)
{
	struct catalogue *words = catalogue_create();

	(void)state;
	assert_string_equal(SAY(words, arena, LANGUAGE_NL, "no.such_key", MSG_INT("n", 1)), "no.such_key");
	assert_string_equal(SAY(words, arena, LANGUAGE_EN, "command.near_miss", MSG_INT("n", 1)), "command.near_miss");
	catalogue_destroy(words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pattern_format__fills_in__texts_numbers_and_money),
		cmocka_unit_test(pattern_format__chooses__plural_branches),
		cmocka_unit_test(pattern_format__chooses__select_branches_inside_plurals),
		cmocka_unit_test(pattern_format__undoes__quotes_as_icu_does),
		cmocka_unit_test(pattern_format__names__the_argument_that_is_absent_or_of_another_kind),
		cmocka_unit_test(pattern_visit_beginnings__tells__every_way_to_begin),
		cmocka_unit_test(pattern_compile__refuses__slips_and_says_where),
		cmocka_unit_test(pattern_compile__refuses__endless_nesting),
		cmocka_unit_test(say__speaks__the_language_asked_with_or_without_arguments),
		cmocka_unit_test(say__survives__a_missing_key_and_a_missing_argument),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
