#include "command/question.h"

#include "base/arena.h"
#include "base/compiler.h"
#include "unit/cmocka_all.h"

static void question_read_yes_no__reads__what_people_type(void **state)
{
	static const struct {
		const char *text;
		bool yes;
	} rows[] = {
		{ "ja", true },         { "Ja!", true },         { " JA. ", true },      { "ja hoor", true },     { "Ja, graag!", true },
		{ "ja leuk", true },    { "yes please", true },  { "Yes, please", true }, { "nee", false },       { "Nee, dank je wel.", false },
		{ "nee bedankt", false }, { "No thanks!", false }, { "n", false },
	};
	AUTO_ARENA arena = arena_create(4096);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		bool yes = !rows[i].yes;

		assert_true(question_read_yes_no(arena, rows[i].text, &yes));
		assert_int_equal(yes, rows[i].yes);
	}
}

static void question_read_yes_no__passes_over__all_else(void **state)
{
	static const char *const rows[] = { "", ",", "ja maar liever zondag", "ja en nee", "janee", "graag", "nee toch", "ok", "12,50", "ja?" };
	AUTO_ARENA arena = arena_create(4096);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		bool yes;

		assert_false(question_read_yes_no(arena, rows[i], &yes));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(question_read_yes_no__reads__what_people_type),
		cmocka_unit_test(question_read_yes_no__passes_over__all_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
