#include "text/unicode.h"

#include <string.h>

#include "base/compiler.h"
#include "base/str.h"
#include "unit/cmocka_all.h"

struct pair {
	const char *in;
	const char *out;
};

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_create(16 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

#define ASSERT_PAIRS(function, pairs)                                                     \
	for (size_t i_ = 0; i_ < ARRAY_LEN(pairs); i_++)                                  \
		assert_string_equal(function(arena, (pairs)[i_].in), (pairs)[i_].out)

static void unicode_fold__makes_one__of_case_accents_and_width(void **state)
{
	static const struct pair pairs[] = {
		{ "Idee", "idee" },
		{ "IDEEËN", "ideeen" },
		{ "idee\xcc\x88n", "ideen" },
		{ "ｉｄｅｅ １２", "idee 12" },
		{ "Straße", "strasse" },
		{ "ﬁets", "fiets" },
		{ "Café\u200b", "cafe" },
		{ "İstanbul", "istanbul" },
		{ "a\x01" "b\tc", "ab\tc" },
		{ "é\x01", "e" },
		{ "ÇA", "ca" },
		{ "", "" },
		{ "bad \xff utf", "bad \xef\xbf\xbd utf" },
	};

	(void)state;
	ASSERT_PAIRS(unicode_fold, pairs);
}

static void unicode_look__makes_one__of_what_a_reader_takes_for_one(void **state)
{
	static const char *const alike[][2] = {
		{ "Fatima", " fátima\xe2\x80\x8b " }, { "Fatima", "Fаtіmа" }, /* Cyrillic а and і */
		{ "Iris", "lris" }, { "Iris", "IRIS" }, { "Ali", "A1i" }, { "Jan  de Wit", "jan de\twit" }, { "Maria", "ＭＡＲＩＡ" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(alike); i++)
		assert_string_equal(unicode_look(arena, alike[i][0]), unicode_look(arena, alike[i][1]));
	assert_string_not_equal(unicode_look(arena, "Fatima"), unicode_look(arena, "Fatma"));
	assert_string_not_equal(unicode_look(arena, "Jan de Wit"), unicode_look(arena, "Jande Wit"));
	assert_string_equal(unicode_look(arena, ""), "");
}

static void unicode_clean__drops__what_cannot_be_seen(void **state)
{
	static const struct pair pairs[] = {
		{ "gewoon", "gewoon" },
		{ "a\u00a0b\u202f" "c\u3000d\te", "a b c d e" },
		{ "a\r\nb\rc\u2028d", "a\nb\nc\nd" },
		{ "x\u202e\u2066gro\u2069.\u200f", "xgro." },
		{ "on\u200b\u2060\ufeffzicht\u00ad" "baar", "onzichtbaar" },
		{ "e\xcc\x81\x07", "é" },
		{ "👨\u200d👩\u200d👧 x\u200dy", "👨\u200d👩\u200d👧 xy" },
		{ "❤\ufe0f", "❤\ufe0f" },
		{ "\U000E0041tag", "tag" },
		{ "‘krul’ “krul”", "‘krul’ “krul”" },
		{ "\x1b[31mrood", "[31mrood" },
	};

	(void)state;
	ASSERT_PAIRS(unicode_clean, pairs);
}

static void unicode_straighten_quotes__changes__quotes_only(void **state)
{
	static const struct pair pairs[] = {
		{ "‘s avonds’ “ja” „nee” «oui»", "'s avonds' \"ja\" \"nee\" \"oui\"" },
		{ "é € 👍", "é € 👍" },
	};

	(void)state;
	ASSERT_PAIRS(unicode_straighten_quotes, pairs);
}

static void unicode_tidy__keeps__one_space_and_the_lines(void **state)
{
	static const struct pair pairs[] = {
		{ "  a   b  ", "a b" },
		{ "a \n  b", "a\nb" },
		{ "\n\na\n\n\n\nb\n", "a\n\nb" },
		{ " \n ", "" },
	};

	(void)state;
	ASSERT_PAIRS(unicode_tidy, pairs);
}

static void unicode_cut__counts__what_a_reader_sees(void **state)
{
	(void)state;
	assert_string_equal(unicode_cut(arena, "fietsenrek", 10), "fietsenrek");
	assert_string_equal(unicode_cut(arena, "fietsenrek", 6), "fiets…");
	assert_string_equal(unicode_cut(arena, "twee woorden", 6), "twee…");
	assert_string_equal(unicode_cut(arena, "ééé", 3), "ééé");
	assert_string_equal(unicode_cut(arena, "👨\u200d👩\u200d👧👍🏽e\xcc\x81", 3), "👨\u200d👩\u200d👧👍🏽e\xcc\x81");
	assert_string_equal(unicode_cut(arena, "👨\u200d👩\u200d👧👍🏽e\xcc\x81", 2), "👨\u200d👩\u200d👧…");
	assert_string_equal(unicode_cut(arena, "ab", 1), "…");
}

static void unicode_strip_markup__takes__the_marks_around_words(void **state)
{
	static const struct pair pairs[] = {
		{ "*vet* _cursief_ ~door~ `code`", "vet cursief door code" },
		{ "*_beide_*", "beide" },
		{ "**dubbel** en __streep__", "dubbel en streep" },
		{ "```twee\nregels```", "twee\nregels" },
		{ "(*vet*), *vet*.", "(vet), vet." },
		{ "*!idee*", "!idee" },
		{ "*!idee bankjes bij de lift*", "!idee bankjes bij de lift" },
		{ "*12,50* verf", "12,50 verf" },
		{ "snake_case_woord 2*3*4 ~5", "snake_case_woord 2*3*4 ~5" },
		{ "* punt een\n* punt twee", "* punt een\n* punt twee" },
		{ "*niet\nover regels*", "*niet\nover regels*" },
		{ "*los en ~ los", "*los en ~ los" },
		{ "*een* en *twee*", "een en twee" },
		{ "naam@huis_nr_5", "naam@huis_nr_5" },
		{ "*****", "*****" },
		{ "é*x*", "é*x*" },
		{ "👍*x*👍", "👍x👍" },
	};

	(void)state;
	ASSERT_PAIRS(unicode_strip_markup, pairs);
}

static void unicode_strip_markup__is_quick__with_marks_that_never_close(void **state)
{
	const size_t len = 64 * 1024;
	char *text = arena_alloc(arena, len + 1);

	(void)state;
	for (size_t i = 0; i < len; i++)
		text[i] = " *a"[i % 3];
	assert_string_equal(unicode_strip_markup(arena, text), text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unicode_fold__makes_one__of_case_accents_and_width),
		cmocka_unit_test(unicode_look__makes_one__of_what_a_reader_takes_for_one),
		cmocka_unit_test(unicode_clean__drops__what_cannot_be_seen),
		cmocka_unit_test(unicode_straighten_quotes__changes__quotes_only),
		cmocka_unit_test(unicode_tidy__keeps__one_space_and_the_lines),
		cmocka_unit_test(unicode_cut__counts__what_a_reader_sees),
		cmocka_unit_test(unicode_strip_markup__takes__the_marks_around_words),
		cmocka_unit_test(unicode_strip_markup__is_quick__with_marks_that_never_close),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
