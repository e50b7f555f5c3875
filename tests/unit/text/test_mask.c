#include "text/mask.h"

#include <string.h>

#include "base/compiler.h"
#include "unit/cmocka_all.h"

/* One text, or its masked form when that differs. */
static const char *const cases[][2] = {
	{ "bel 06-12345678 even", "bel ••• even" },
	{ "bel 0612345678.", "bel •••." },
	{ "06 12 34 56 78", "•••" },
	{ "(020) 123 45 67", "•••" },
	{ "020-1234567", "•••" },
	{ "0299-123456", "•••" },
	{ "+31 6 12 34 56 78", "•••" },
	{ "+31612345678", "•••" },
	{ "+31 (0)6 12345678", "•••" },
	{ "+31 06 12345678", "•••" },
	{ "0031 6 12345678 graag", "••• graag" },
	{ "31612345678", "•••" },
	{ "wa.me/31612345678", "wa.me/•••" },
	{ "+44 7911 123456", "•••" },
	{ "+597 812 3456", "•••" },
	{ "06-12345678 of 06-87654321", "••• of •••" },
	{ "tel:0612345678", "tel:•••" },
	{ "06 12345678 3 stoelen", "••• 3 stoelen" },
	{ "NL12 ABCD 0123 4567 89", "•••" },
	{ "op NL12ABCD0123456789 aub", "op ••• aub" },
	{ "nl12abcd0123456789", "•••" },
	{ "NL12 ABCD 0123 4567 89 van de kern", "••• van de kern" },
	{ "BE12 3456 7890 1234", "•••" },
	{ "XK051212012345678906", "•••" },
	{ "mail jan.voorbeeld@example.org!", "mail •••!" },
	{ "<iemand+bon@buurt.example.nl>", "<•••>" },
	{ "€1.250,00 voor 12 stoelen", NULL },
	{ "12,50 op 03-09-2022", NULL },
	{ "06-03-2024 10.00 uur", NULL },
	{ "06/03/2024 10:00", NULL },
	{ "2022-09-03 14:00-16:00", NULL },
	{ "09.00-11.00 12 personen", NULL },
	{ "09.30 - 11.00 en 15.30 - 17.00", NULL },
	{ "112 of 0900-8844", NULL },
	{ "1104 AB, nr 123", NULL },
	{ "@fatima, kom je?", NULL },
	{ "a@b", NULL },
	{ "NL12 is geen rekening", NULL },
	{ "B12 en A4 papier", NULL },
	{ "", NULL },
};

static void mask_contacts__hides__contacts_and_nothing_else(void **state)
{
	AUTO_ARENA arena = arena_create(1 << 20);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(mask_contacts(arena, cases[i][0]), cases[i][1] ? cases[i][1] : cases[i][0]);
}

static void mask_contacts__is_quick__with_dots_and_digits_without_end(void **state)
{
	AUTO_ARENA arena = arena_create(4 << 20);
	const size_t len = 64 * 1024;
	char *text = arena_alloc(arena, len + 1);

	(void)state;
	memset(text, '.', len);
	assert_string_equal(mask_contacts(arena, text), text);
	for (size_t i = 0; i < len; i++)
		text[i] = "0+"[i % 2];
	assert_string_equal(mask_contacts(arena, text), text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mask_contacts__hides__contacts_and_nothing_else),
		cmocka_unit_test(mask_contacts__is_quick__with_dots_and_digits_without_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
