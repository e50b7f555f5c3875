#include "say/summary.h"

#include "budget/booking.h"
#include "base/str.h"
#include "say/daypost.h"
#include "unit/budget/books.h"
#include "unit/house.h"

static const struct statements *const rooms[] = { &people_statements, &link_statements, &person_statements,  &group_statements,   &actor_statements,
						  &line_statements,    &ledger_statements,  &receipt_statements, &booking_statements,
						  &summary_statements, NULL };

static struct books books;
static struct test_house home;

static int setup(void **state)
{
	(void)state;
	books_open(&books, rooms);
	test_house_open(&home);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	test_house_close(&home);
	books_close(&books);
	return 0;
}

static const struct wall monday = { .year = 2022, .month = 6, .day = 20 }, tuesday = { .year = 2022, .month = 6, .day = 21 },
			 first = { .year = 2022, .month = 7, .day = 1 };

static const char *week(struct turn *turn, const char *name, struct wall date)
{
	struct group group;

	assert_true(group_find(turn_view(turn), name, &group));
	return summary_week_compose(&home.house, turn, &(struct day_post){ .group = &group, .since = date, .date = date });
}

static const char *month(struct turn *turn, const char *name, struct wall date)
{
	struct group group;

	assert_true(group_find(turn_view(turn), name, &group));
	return summary_month_compose(&home.house, turn, &(struct day_post){ .group = &group, .since = date, .date = date });
}

static void book(struct turn *turn, const char *core, int64_t cents, const char *words)
{
	static int count;
	struct actor lead = actor_get(turn_view(turn), person_ensure(turn, "@lead:console").id, TRUST_DIRECT);
	struct booking booking;
	struct group group;
	struct receipt_draft draft;

	assert_true(group_find(turn_view(turn), core, &group));
	count++;
	draft = (struct receipt_draft){ .group = group.id, .core = group.core, .event = arena_printf(turn_arena(turn), "$%d", count),
					.sent_at_ms = turn_now_ms(turn) + count, .day = "2022-06-14", .words = words,
					.has_amount = true, .amount = cents_from_int64(cents) };
	assert_int_equal(budget_book(turn, &lead, &draft, &booking), BUDGET_BOOKED);
}

static void tells_a_week(struct turn *turn, void *context)
{
	const char *text;

	(void)context;
	assert_null(week(turn, "toren-1", monday));
	book(turn, "toren-1", 3000, "excursie");
	assert_null(week(turn, "toren-1", tuesday));
	text = week(turn, "toren-1", monday);
	assert_non_null(text);
	assert_non_null(strstr(text, "Toren 1 gaf deze week €30,00 uit."));
	assert_non_null(strstr(text, "Excursie: €30,00 uit, nog €1.170,00"));
	/* Once; and not to those who only share the line. */
	assert_null(week(turn, "toren-1", monday));
	assert_null(week(turn, "toren-2", monday));
	assert_null(week(turn, "coordinators", monday));
	book(turn, "toren-1", 500, "thee");
	assert_non_null(strstr(week(turn, "toren-1", monday), "€5,00"));
}

static void summary_week__is_told_on_monday__when_something_was_booked(void **state)
{
	(void)state;
	scratch_turn(&books.scratch, tells_a_week, NULL);
}

static void tells_a_month(struct turn *turn, void *context)
{
	char head[SHA256_HEX_SIZE];
	const char *text;

	(void)context;
	text = month(turn, "kruitberg", first);
	assert_non_null(text);
	assert_non_null(strstr(text, "geen geld uitgegeven"));
	book(turn, "toren-1", 3000, "excursie");
	(void)ledger_head(turn_view(turn), head);
	assert_null(month(turn, "kruitberg", monday));
	text = month(turn, "kruitberg", first);
	assert_non_null(text);
	assert_non_null(strstr(text, "Alles samen: €30,00 uit, nog €95.970,00"));
	assert_non_null(strstr(text, head));
	assert_true(utf8_count(text, strlen(text)) <= DAY_SECTION_MAX);
	/* Each core has a word every month, a short one when nothing was booked. */
	text = month(turn, "kruitberg", first);
	assert_non_null(text);
	assert_non_null(strstr(text, "geen geld uitgegeven"));
	assert_non_null(strstr(text, head));
	/* To all, the coordinators and the audit committee too. */
	assert_non_null(month(turn, "audit", first));
	/* And the week is still to be told. */
	assert_non_null(week(turn, "toren-1", monday));
}

static void summary_month__is_told_to_all__with_the_head_of_the_books(void **state)
{
	(void)state;
	scratch_turn(&books.scratch, tells_a_month, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(summary_week__is_told_on_monday__when_something_was_booked, setup, teardown),
		cmocka_unit_test_setup_teardown(summary_month__is_told_to_all__with_the_head_of_the_books, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
