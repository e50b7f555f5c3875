/*
 * Whom a text means.
 */
#include "people/who.h"

#include "people/person.h"
#include "unit/neighbours.h"

enum { PERSON_JOHN_SMIT = 5, PERSON_BERG = 6 };

static const char *const more_sql[] = {
	"INSERT INTO person (id, name, created_at_ms) VALUES (5, 'John Smit', 0), (6, 'Jan van den Berg', 0), (7, 'Anja de Wit', 0), (8, 'Anja Bos', 0)",
	"INSERT INTO identity (sender, person, first_person, linked_at_ms) VALUES ('@whatsapp_31600000006:hs', 6, 6, 0)",
};
static const struct statements more_statements = { "more", more_sql, ARRAY_LEN(more_sql) };
static const struct statements *const rooms[] = { &neighbours_statements, &more_statements, &person_statements, &who_statements, NULL };

static const struct {
	const char *text, *mention;
	enum who_verdict verdict;
	int64_t person;
	const char *name, *rest;
} cases[] = {
	{ "Flyers drukken @Fatima vrijdag", NULL, WHO_FOUND, PERSON_FATIMA, "Fatima", "Flyers drukken vrijdag" },
	{ "@fàtima, flyers drukken", NULL, WHO_FOUND, PERSON_FATIMA, "fàtima", "flyers drukken" },
	{ "Flyers @Jan van den Berg", NULL, WHO_FOUND, PERSON_BERG, "Jan van den Berg", "Flyers" },
	{ "Flyers @Jan vrijdag", NULL, WHO_FOUND, PERSON_BERG, "Jan", "Flyers vrijdag" },
	/* John is called so, John Smit only by his first name. */
	{ "Flyers @John", NULL, WHO_FOUND, PERSON_JOHN, "John", "Flyers" },
	{ "Flyers @John Smit", NULL, WHO_FOUND, PERSON_JOHN_SMIT, "John Smit", "Flyers" },
	{ "Flyers @Anja vrijdag", NULL, WHO_SEVERAL, 0, "Anja", "Flyers vrijdag" },
	{ "Flyers @Willem vrijdag", NULL, WHO_UNKNOWN, 0, "Willem", "Flyers vrijdag" },
	{ "Flyers drukken", NULL, WHO_NOBODY, 0, NULL, "Flyers drukken" },
	/* What the app says goes before any name, whatever he calls himself. */
	{ "Flyers @Jan van den Berg vrijdag", "@whatsapp_31600000006:hs", WHO_FOUND, PERSON_BERG, "Jan van den Berg", "Flyers vrijdag" },
	{ "Flyers @Fatima vrijdag", "@whatsapp_31600000006:hs", WHO_FOUND, PERSON_BERG, "Fatima", "Flyers vrijdag" },
	{ "Flyers voor Jan vrijdag", "@whatsapp_31600000006:hs", WHO_FOUND, PERSON_BERG, "Jan", "Flyers voor vrijdag" },
	{ "Flyers drukken", "@whatsapp_31600000006:hs", WHO_FOUND, PERSON_BERG, "Jan van den Berg", "Flyers drukken" },
	{ "Flyers drukken", "@rotonde:hs", WHO_NOBODY, 0, NULL, "Flyers drukken" },
	/* An id in full tells apart who are called the same. */
	{ "Flyers @whatsapp_31600000006:hs vrijdag", NULL, WHO_FOUND, PERSON_BERG, "whatsapp_31600000006:hs", "Flyers vrijdag" },
	{ "Flyers @Fatima en @Jan vrijdag", "@whatsapp_31600000006:hs", WHO_FOUND, PERSON_BERG, "Jan", "Flyers @Fatima en vrijdag" },
};

static struct scratch scratch;

static void read_all(struct turn *turn, void *context)
{
	(void)context;
	for (size_t i = 0; i < ARRAY_LEN(more_sql); i++)
		(void)stmt_run(turn_query(turn, &more_statements, i));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct event event = { .body = cases[i].text, .mentions = &cases[i].mention, .mentions_len = cases[i].mention ? 1 : 0 };
		struct who who;

		assert_int_equal(who_in_text(turn, &event, "@rotonde:hs", cases[i].text, &who), cases[i].verdict);
		if (cases[i].verdict == WHO_FOUND)
			assert_int_equal(who.person, cases[i].person);
		if (cases[i].name)
			assert_string_equal(who.name, cases[i].name);
		assert_string_equal(who.rest, cases[i].rest);
	}
}

static void who_in_text__finds__whom_people_mean(void **state)
{
	(void)state;
	scratch_open(&scratch, rooms);
	neighbours_move_in(&scratch);
	scratch_turn(&scratch, read_all, NULL);
	scratch_close(&scratch);
}

static void read_two(struct turn *turn, void *context)
{
	static const char *const mentions[] = { "@whatsapp_31600000006:hs", "@fatima:console" };
	struct event event = { .mentions = mentions, .mentions_len = 2 };
	struct who one, other;

	(void)context;
	assert_int_equal(who_in_text(turn, &event, "@rotonde:hs", "@Fatima @Jan weg", &one), WHO_FOUND);
	assert_int_equal(one.person, PERSON_BERG);
	assert_int_equal(who_next_in_text(turn, &event, "@rotonde:hs", &one, &other), WHO_FOUND);
	assert_int_equal(other.person, PERSON_FATIMA);
	assert_string_equal(other.rest, "weg");
	event.mentions_len = 1;
	assert_int_equal(who_next_in_text(turn, &event, "@rotonde:hs", &one, &other), WHO_FOUND);
	assert_int_equal(other.person, PERSON_FATIMA);
	one.rest = "weg";
	assert_int_equal(who_next_in_text(turn, &event, "@rotonde:hs", &one, &other), WHO_NOBODY);
}

static void who_next_in_text__finds__the_other(void **state)
{
	(void)state;
	scratch_open(&scratch, rooms);
	neighbours_move_in(&scratch);
	scratch_turn(&scratch, read_all, NULL);
	scratch_turn(&scratch, read_two, NULL);
	scratch_close(&scratch);
}

static void look_for_names(struct turn *turn, void *context)
{
	struct view *view = turn_view(turn);

	(void)context;
	assert_true(who_may_be_named(view, "voor de soep van Fatima!"));
	assert_true(who_may_be_named(view, "JOHN"));
	assert_false(who_may_be_named(view, "voor de eten-deel-kasten"));
	assert_false(who_may_be_named(view, "johnny fatimas"));
	assert_false(who_may_be_named(view, ""));
}

static void who_may_be_named__finds__a_name_among_words(void **state)
{
	(void)state;
	scratch_open(&scratch, rooms);
	neighbours_move_in(&scratch);
	scratch_turn(&scratch, look_for_names, NULL);
	scratch_close(&scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_in_text__finds__whom_people_mean),
		cmocka_unit_test(who_next_in_text__finds__the_other),
		cmocka_unit_test(who_may_be_named__finds__a_name_among_words),
	};

	return cmocka_run_group_tests_name("who", tests, NULL, NULL);
}
