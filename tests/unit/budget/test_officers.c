/*
 * What the config says of offices stands in the books, and only what changed.
 */
#include "budget/officers.h"

#include "people/role.h"
#include "unit/budget/books.h"

enum { COUNT_NOTES, COUNT_TEXT, COUNT_MAX };
static const char *const count_sql[] = {
	[COUNT_NOTES] = "SELECT count(*) FROM entry WHERE kind = 'role' AND person IS NULL AND proposal IS NULL",
	[COUNT_TEXT] = "SELECT count(*) FROM entry_text WHERE text = ?1",
};
static const struct statements count_statements = { "count", count_sql, COUNT_MAX };

static const struct statements *const rooms[] = { &people_statements, &link_statements, &person_statements, &group_statements, &role_statements,
						  &line_statements, &ledger_statements, &count_statements, NULL };
static struct books books;

static int setup(void **state)
{
	(void)state;
	books_open(&books, rooms);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	books_close(&books);
	return 0;
}

static void start(struct turn *turn, const struct config *config)
{
	size_t len;
	const struct role_held *held = role_list_of_config(turn_view(turn), &len);

	people_import(turn, config);
	officers_note(turn, held, len);
}

static int64_t count_notes(struct turn *turn)
{
	return stmt_one_int(turn_query(turn, &count_statements, COUNT_NOTES), 0);
}

static int64_t count_text(struct turn *turn, const char *text)
{
	struct stmt *q = turn_query(turn, &count_statements, COUNT_TEXT);

	stmt_bind_text(q, 1, text);
	return stmt_one_int(q, 0);
}

static void restart(struct turn *turn, void *context)
{
	struct config changed = *books.config;
	struct config_person *persons = arena_array(turn_arena(turn), struct config_person, changed.persons_len);

	(void)context;
	start(turn, books.config);
	assert_int_equal(count_notes(turn), 0);
	memcpy(persons, changed.persons, changed.persons_len * sizeof *persons);
	for (size_t i = 0; i < changed.persons_len; i++) {
		if (persons[i].roles & (1u << ROLE_TREASURER))
			persons[i].roles = (persons[i].roles & ~(1u << ROLE_TREASURER)) | 1u << ROLE_AUDITOR;
	}
	changed.persons = persons;
	start(turn, &changed);
	assert_int_equal(count_notes(turn), 2);
	assert_int_equal(count_text(turn, "config: no longer treasurer"), 1);
	assert_int_equal(count_text(turn, "config: now auditor"), 1);
	start(turn, &changed);
	assert_int_equal(count_notes(turn), 2);
	assert_int_equal(books_findings(turn_view(turn)), 0);
}

static void officers_note__writes__what_the_config_changed(void **state)
{
	(void)state;
	scratch_turn(&books.scratch, restart, NULL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(officers_note__writes__what_the_config_changed, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
