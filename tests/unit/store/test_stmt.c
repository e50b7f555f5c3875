#include "store/stmt.h"

#include "unit/death.h"
#include "unit/scratch.h"

enum { Q_WORD, Q_WORDS, Q_MAX };
static const char *const sql[] = {
	[Q_WORD] = "SELECT ?1",
	[Q_WORDS] = "SELECT value FROM json_each(?1)",
};
static const struct statements statements = { "words", sql, Q_MAX };
static const struct statements *const rooms[] = { &statements, NULL };
static struct scratch scratch;

static int setup(void **state)
{
	(void)state;
	scratch_open(&scratch, rooms);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_close(&scratch);
	return 0;
}

static size_t index_of(const char *text)
{
	static const char *const words[] = { "open", NULL, "closed" };
	struct view *view = view_open(scratch.store, scratch.now_ms);
	struct stmt *q = view_query(view, &statements, Q_WORD);
	size_t index;

	stmt_bind_text(q, 1, text);
	if (!stmt_step(q))
		die("no row");
	index = stmt_word(q, 0, words, ARRAY_LEN(words));
	stmt_reset(q);
	view_close(view);
	return index;
}

static void read_another(void)
{
	(void)index_of("ajar");
}

static void stmt_word__finds__its_place(void **state)
{
	(void)state;
	assert_int_equal(index_of("open"), 0);
	assert_int_equal(index_of(NULL), 1);
	assert_int_equal(index_of("closed"), 2);
}

static void stmt_word__dies__of_a_word_that_nobody_wrote(void **state)
{
	(void)state;
	expect_death(read_another);
}

static void stmt_one_text__reads__the_last_row(void **state)
{
	static const struct {
		const char *rows, *text;
	} cases[] = {
		{ "[\"een\"]", "een" },
		{ "[\"een\", \"twee\"]", "twee" },
		{ "[\"een\", null]", "geen" },
		{ "[]", "geen" },
	};
	struct view *view = view_open(scratch.store, scratch.now_ms);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct stmt *q = view_query(view, &statements, Q_WORDS);

		stmt_bind_text(q, 1, cases[i].rows);
		assert_string_equal(stmt_one_text(q, "geen"), cases[i].text);
	}
	view_close(view);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(stmt_one_text__reads__the_last_row, setup, teardown),
		cmocka_unit_test_setup_teardown(stmt_word__finds__its_place, setup, teardown),
		cmocka_unit_test_setup_teardown(stmt_word__dies__of_a_word_that_nobody_wrote, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
