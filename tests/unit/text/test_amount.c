#include "text/amount.h"

#include <inttypes.h>
#include <string.h>

#include "unit/cmocka_all.h"

static const char *const verdicts[] = {
	[AMOUNT_OK] = "ok",
	[AMOUNT_MISSING] = "missing",
	[AMOUNT_AMBIGUOUS] = "ambiguous",
	[AMOUNT_ZERO] = "zero",
	[AMOUNT_NEGATIVE] = "negative",
	[AMOUNT_ABSURD] = "absurd",
};

/* The verdict, or "1250 verf": the cents and the words that are left. */
static const char *parsed(struct arena *arena, const char *text)
{
	struct amount amount;
	enum amount_verdict verdict = amount_parse(arena, text, &amount);

	if (verdict != AMOUNT_OK)
		return verdicts[verdict];
	return arena_printf(arena, "%" PRId64 " %s", cents_to_int64(amount.amount), amount.rest);
}

struct pair {
	const char *in;
	const char *out;
};

static void assert_amounts(const struct pair *pairs, size_t len)
{
	AUTO_ARENA arena = arena_create(4 << 20);

	for (size_t i = 0; i < len; i++) {
		const char *want = arena_printf(arena, "%s -> %s", pairs[i].in, pairs[i].out);

		assert_string_equal(arena_printf(arena, "%s -> %s", pairs[i].in, parsed(arena, pairs[i].in)), want);
	}
}

#define ASSERT_AMOUNTS(...)                                                                  \
	assert_amounts((const struct pair[]){ __VA_ARGS__ }, sizeof((const struct pair[]){ __VA_ARGS__ }) / sizeof(struct pair))

static void amount_parse__takes__amounts_as_people_type_them(void **state)
{
	(void)state;
	ASSERT_AMOUNTS(
		{ "12,50", "1250 " }, { "12.50", "1250 " }, { "€12,-", "1200 " }, { "12€50", "1250 " },
		{ "1.250,00", "125000 " }, { "€1,250.00", "125000 " }, { "€ 12", "1200 " }, { "12 euro", "1200 " },
		{ "12 eur", "1200 " }, { "12,50 euro", "1250 " }, { "EUR 12,50", "1250 " }, { "12,-", "1200 " },
		{ "12.-", "1200 " }, { "12,--", "1200 " }, { "12,–", "1200 " }, { "12,=", "1200 " }, { "1.250,-", "125000 " },
		{ "€1.250,-", "125000 " }, { "1250,-", "125000 " }, { "1.250.000", "125000000 " }, { "1.234.567,89", "123456789 " },
		{ "12", "1200 " }, { "17", "1700 " }, { "0,50", "50 " }, { "0.05", "5 " }, { "€12", "1200 " }, { "12€", "1200 " },
		{ "12 €", "1200 " }, { "€12,50", "1250 " }, { "12,50€", "1250 " }, { "EUR12,50", "1250 " }, { "12euro", "1200 " },
		{ "12eur", "1200 " }, { "Euro 12", "1200 " }, { "12 EURO", "1200 " }, { "12 euro's", "1200 " }, { "€12€", "1200 " },
		{ "12,- euro", "1200 " }, { "50 cent", "50 " }, { "50ct", "50 " }, { "250 cents", "250 " }, { "€0,50", "50 " },
		{ "12 euro en 50 cent", "1250 " }, { "12 euro 50 cent", "1250 " }, { "12 euro and 5 cents", "1205 " },
		{ "1000000", "100000000 " }, { "10000000,00", "1000000000 " });
}

static void amount_parse__leaves__the_words_before_and_after(void **state)
{
	(void)state;
	ASSERT_AMOUNTS(
		{ "12,50 verf", "1250 verf" }, { "verf 12,50", "1250 verf" }, { "verf 12,50 en kwasten", "1250 verf en kwasten" },
		{ "verf: 12,50", "1250 verf" }, { "12,50: verf", "1250 verf" }, { "verf - 12,50", "1250 verf" },
		{ "12,50 - verf", "1250 verf" }, { "verf (12,50)", "1250 verf" }, { "verf, 12,50.", "1250 verf." },
		{ "verf 12,50, kwasten", "1250 verf, kwasten" }, { "12 euro verf", "1200 verf" }, { "verf voor € 12", "1200 verf voor" },
		{ "verf\nvoor de lift\n12,50", "1250 verf\nvoor de lift" }, { "*12,50* verf", "1250 verf" },
		{ "taart voor 12 euro 50 cent gekocht", "1250 taart voor gekocht" }, { "verf-12,50", "1250 verf" },
		{ "Kwast (rond)  €3,95", "395 Kwast (rond)" }, { "12,50verf", "ambiguous" }, { "het kostte 12.", "1200 het kostte." },
		{ "thee, 9", "900 thee" });
}

static void amount_parse__lets_win__cents_and_currency_over_bare_numbers(void **state)
{
	(void)state;
	ASSERT_AMOUNTS(
		{ "tasjes 3 stuks 4,50", "450 tasjes 3 stuks" }, { "3 tasjes 4,50", "450 3 tasjes" },
		{ "4,50 voor 3 tasjes", "450 voor 3 tasjes" }, { "2 zakken aarde € 9", "900 2 zakken aarde" },
		{ "2 zakken aarde 9 euro", "900 2 zakken aarde" }, { "5 bekers €3", "300 5 bekers" }, { "3 €12", "1200 3" },
		{ "12 euro 5 bekers", "1200 5 bekers" }, { "2,5 kg aarde 9,50", "950 2,5 kg aarde" },
		{ "1,50 m hout 8,00", "800 1,50 m hout" }, { "21% btw 12,50", "1250 21% btw" }, { "3x koffie 4,50", "450 3x koffie" },
		{ "A4 papier 4,50", "450 A4 papier" }, { "WD-40 6,99", "699 WD-40" }, { "40x40 tegel 12,50", "1250 40x40 tegel" },
		{ "om 14.30 taart 12,50", "1250 om 14.30 taart" }, { "zomerfeest 2022 12,50", "1250 zomerfeest 2022" },
		{ "15,00 kinderen excursie", "1500 kinderen excursie" }, { "12,50 2 potten verf", "1250 2 potten verf" },
		{ "3,99 zakken aarde", "399 zakken aarde" });
}

static void amount_parse__asks_back__when_there_are_two_ways_to_read_it(void **state)
{
	(void)state;
	ASSERT_AMOUNTS(
		{ "1.250", "ambiguous" }, { "1,250", "ambiguous" }, { "12,505", "ambiguous" }, { "€1.250", "ambiguous" },
		{ "12.505", "ambiguous" }, { "12,5", "ambiguous" }, { "12.5 verf", "ambiguous" }, { "€12,5", "ambiguous" },
		{ "12,50 en 3,75", "ambiguous" }, { "12,50 12,50", "ambiguous" }, { "4,50+3,20", "ambiguous" },
		{ "2 zakken aarde 9", "ambiguous" }, { "2 taarten 9", "ambiguous" }, { "5 kg aarde 9", "ambiguous" },
		{ "€12 en €3", "ambiguous" }, { "12 50", "ambiguous" }, { "€12 50", "ambiguous" }, { "€ 12, 50 verf", "ambiguous" }, { "12 euro 50", "ambiguous" },
		{ "1 250,00", "ambiguous" }, { "€ 1 250,00", "ambiguous" }, { "€1 250", "ambiguous" }, { "1'250.00", "ambiguous" },
		{ "1’250,00", "ambiguous" }, { "12 € 13", "ambiguous" }, { "12€5", "ambiguous" }, { "12€500", "ambiguous" },
		{ "12,50-", "ambiguous" }, { "12-", "ambiguous" }, { ",50", "ambiguous" }, { "€,50", "ambiguous" },
		{ "1.250.00", "ambiguous" }, { "12.50,00", "ambiguous" }, { "1.2.3", "ambiguous" }, { "1,25,00", "ambiguous" },
		{ "12,50,-", "ambiguous" }, { "2 x 4,50", "ambiguous" }, { "3x 4,50", "ambiguous" }, { "2×4,50", "ambiguous" },
		{ "4,50 x 2", "ambiguous" }, { "2 x €5", "ambiguous" }, { "3 stuks à 4,50", "ambiguous" },
		{ "3 tasjes 4,50 per stuk", "ambiguous" }, { "3 bekers 4,50 p.st.", "ambiguous" }, { "$12,50", "ambiguous" },
		{ "12,50 dollar", "ambiguous" }, { "£ 12.50", "ambiguous" }, { "12½", "ambiguous" }, { "12,50 cent", "ambiguous" },
		{ "12.50-15.00", "ambiguous" }, { "om 14.30", "ambiguous" }, { "zaterdag 12", "ambiguous" }, { "June 12 cake", "ambiguous" },
		{ "zomerfeest 2022", "ambiguous" }, { "06.12", "ambiguous" }, { "verf12,50", "ambiguous" });
}

static void amount_parse__finds__no_amount_in_dates_times_and_words(void **state)
{
	(void)state;
	ASSERT_AMOUNTS(
		{ "", "missing" }, { "   \n", "missing" }, { "verf", "missing" }, { "twaalf euro", "missing" }, { "€", "missing" },
		{ "3 september", "missing" }, { "taart 3 sept. 2022", "ambiguous" }, { "om 14:00", "missing" }, { "14:00-16:00", "missing" },
		{ "om 8 uur", "missing" }, { "13.30 uur", "missing" }, { "13u30", "missing" }, { "19u", "missing" }, { "7pm", "missing" },
		{ "15-6", "missing" }, { "15/6", "missing" }, { "2022-06-15", "missing" }, { "3.9.2022", "missing" }, { "03.09.22", "missing" },
		{ "A4 papier", "missing" }, { "12e verdieping", "missing" }, { "WD-40", "missing" }, { "nr 12", "missing" }, { "#12", "missing" },
		{ "week 24", "missing" }, { "5 kg aarde", "missing" }, { "2 zakken aarde", "missing" }, { "50% korting", "missing" },
		{ "0612345678", "missing" }, { "007", "missing" }, { "12-jarig bestaan", "missing" });
}

static void amount_parse__takes__amounts_beside_dates_and_times(void **state)
{
	(void)state;
	ASSERT_AMOUNTS(
		{ "3 september taart 12", "1200 3 september taart" }, { "taart 12 op 3 september", "1200 taart op 3 september" },
		{ "14:00 thee 9", "900 14:00 thee" }, { "thee 15/6 9,50", "950 thee 15/6" }, { "8 uur koffie 7", "700 8 uur koffie" },
		{ "3 september 2022 taart 12", "1200 3 september 2022 taart" }, { "A4 papier 9", "900 A4 papier" }, { "nr 12 verf 9", "900 nr 12 verf" });
}

static void amount_parse__refuses__zero_negative_and_absurd(void **state)
{
	(void)state;
	ASSERT_AMOUNTS(
		{ "0", "zero" }, { "0,00", "zero" }, { "€0", "zero" }, { "€ 0,-", "zero" }, { "-0,00", "zero" }, { "0 cent", "zero" },
		{ "-5", "negative" }, { "-12,50 verf", "negative" }, { "verf -12,50", "negative" }, { "€-12,50", "negative" },
		{ "-€12", "negative" }, { "€ -12", "negative" }, { "−12,50", "negative" }, { "–12,50", "negative" }, { "- 12,50", "negative" },
		{ "10000000,01", "absurd" }, { "99999999", "absurd" }, { "123456789012345678901234567890", "absurd" },
		{ "€ 99.999.999,99", "absurd" }, { "99999999999999999999 cent", "absurd" });
}

static void amount_parse__reads__other_widths_spaces_and_scripts(void **state)
{
	(void)state;
	ASSERT_AMOUNTS(
		{ "１２，５０ verf", "1250 verf" }, { "€\u00a012,50", "1250 " }, { "€\u202f1.250,00", "125000 " },
		{ "\u200b12,50\u200f verf", "1250 verf" }, { "١٢٫٥٠", "1250 " }, { "1\u00a0250,00", "ambiguous" },
		{ "12,50 vérf 🎨", "1250 vérf 🎨" }, { "⑫", "missing" });
}

static void amount_parse__keeps__all_words_when_there_is_no_amount(void **state)
{
	AUTO_ARENA arena = arena_create(1 << 20);
	struct amount amount;

	(void)state;
	assert_int_equal(amount_parse(arena, " 2 zakken  *aarde* 9 ", &amount), AMOUNT_AMBIGUOUS);
	assert_string_equal(amount.rest, "2 zakken aarde 9");
	assert_int_equal(amount_parse(arena, "verf", &amount), AMOUNT_MISSING);
	assert_string_equal(amount.rest, "verf");
}

static void amount_parse__does_not_search__long_texts(void **state)
{
	AUTO_ARENA arena = arena_create(4 << 20);
	char *text = arena_alloc(arena, 200001);
	struct amount amount;

	(void)state;
	memset(text, '1', 200000);
	assert_int_equal(amount_parse(arena, text, &amount), AMOUNT_AMBIGUOUS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(amount_parse__takes__amounts_as_people_type_them),
		cmocka_unit_test(amount_parse__leaves__the_words_before_and_after),
		cmocka_unit_test(amount_parse__lets_win__cents_and_currency_over_bare_numbers),
		cmocka_unit_test(amount_parse__asks_back__when_there_are_two_ways_to_read_it),
		cmocka_unit_test(amount_parse__finds__no_amount_in_dates_times_and_words),
		cmocka_unit_test(amount_parse__takes__amounts_beside_dates_and_times),
		cmocka_unit_test(amount_parse__refuses__zero_negative_and_absurd),
		cmocka_unit_test(amount_parse__reads__other_widths_spaces_and_scripts),
		cmocka_unit_test(amount_parse__keeps__all_words_when_there_is_no_amount),
		cmocka_unit_test(amount_parse__does_not_search__long_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
