#include "say/standing_words.h"

#include <string.h>

#include "agenda/event.h"
#include "agenda/exception.h"
#include "base/str.h"
#include "budget/booking.h"
#include "budget/paperwork.h"
#include "obligations/presence.h"
#include "obligations/story.h"
#include "store/media.h"
#include "unit/budget/books.h"
#include "unit/house.h"
#include "year/occasion.h"

static const struct statements *const rooms[] = { &people_statements,  &link_statements,    &person_statements,  &group_statements,
						  &actor_statements,   &line_statements,    &ledger_statements,  &receipt_statements,
						  &booking_statements, &media_statements,   &paperwork_statements, &story_statements,
						  &presence_statements, &agenda_event_statements, &agenda_exception_statements, &occasion_statements, NULL };

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

static struct group group_of(struct turn *turn, const char *name)
{
	struct group group;

	assert_true(group_find(turn_view(turn), name, &group));
	return group;
}

static struct actor lead_of(struct turn *turn)
{
	return actor_get(turn_view(turn), person_ensure(turn, "@lead:console").id, TRUST_DIRECT);
}

/* cents 0: nobody knows yet. Its number. */
static int64_t book(struct turn *turn, const char *core, int64_t cents, const int64_t *photo)
{
	static int count;
	struct actor lead = lead_of(turn);
	struct group group = group_of(turn, core);
	struct booking booking;
	const int nth = ++count;
	struct receipt_draft draft = { .group = group.id, .core = group.core, .event = arena_printf(turn_arena(turn), "$b%d", nth),
				       .sent_at_ms = turn_now_ms(turn) + nth, .day = "2022-06-14", .words = "", .has_amount = cents,
				       .amount = cents_from_int64(cents), .photos = photo, .photos_len = photo ? 1 : 0 };

	assert_int_equal(budget_book(turn, &lead, &draft, &booking), cents ? BUDGET_BOOKED : BUDGET_AMOUNT_UNKNOWN);
	return booking.receipt.number;
}

static int64_t photo(struct turn *turn, const char *event)
{
	static const struct media file = { .url = "mxc://k/1", .name = "bon.jpg", .mime = "image/jpeg" };

	return media_remember(turn, &(struct event){ .id = event, .room = "!toren-1:console", .sender = "@lead:console", .body = "", .media = &file });
}

static void tell_result(struct turn *turn, const char *core)
{
	struct group group = group_of(turn, core);
	struct story story;
	const struct story_draft draft = { .core = group.core, .group = group.id, .author = lead_of(turn).person, .text = "Muur geverfd",
					   .event = arena_printf(turn_arena(turn), "$r/%s", core) };

	assert_int_equal(story_add(turn, &draft, &story), STORY_DONE);
}

static void count_papers(struct turn *turn, void *context)
{
	int64_t core = group_of(turn, "toren-1").core, picture = photo(turn, "$p1"), lost = photo(turn, "$p2");
	struct paperwork paperwork = paperwork_of(turn_view(turn), core);
	struct booking booking;
	struct actor lead;
	int64_t number;

	(void)context;
	assert_int_equal(paperwork.receipts, 0);
	assert_true(paperwork_is_complete(&paperwork));
	(void)book(turn, "toren-1", 500, &picture);
	(void)book(turn, "toren-2", 500, NULL);
	paperwork = paperwork_of(turn_view(turn), core);
	assert_int_equal(paperwork.receipts, 1);
	assert_true(paperwork_is_complete(&paperwork));
	/* A photo that never arrived is none. */
	(void)book(turn, "toren-1", 600, &lost);
	media_failed(turn, lost, "not_found");
	number = book(turn, "toren-1", 0, &picture);
	paperwork = paperwork_of(turn_view(turn), core);
	assert_int_equal(paperwork.receipts, 3);
	assert_int_equal(paperwork.without_photo, 1);
	assert_int_equal(paperwork.without_amount, 1);
	assert_int_equal(paperwork.without_line, 0);
	assert_false(paperwork_is_complete(&paperwork));
	lead = lead_of(turn);
	assert_int_equal(budget_withdraw(turn, &lead, number, &booking), BUDGET_WITHDRAWN);
	paperwork = paperwork_of(turn_view(turn), core);
	assert_int_equal(paperwork.receipts, 2);
	assert_int_equal(paperwork.without_amount, 0);
}

static void paperwork_of__counts__what_receipts_lack(void **state)
{
	(void)state;
	scratch_turn(&books.scratch, count_papers, NULL);
}

static const char *table(struct turn *turn)
{
	const struct group group = group_of(turn, "coordinators");
	const struct reader reader = { &home.house, turn_view(turn), &group, LANGUAGE_NL };

	return standing_words_table(&reader);
}

static void show_table(struct turn *turn, void *context)
{
	const char *const names[] = { "kikkenstein", "kruitberg", "koornhorst", "hrholst", "switi-wonen", "mi-oso", "toren-1", "toren-2" };
	const char *text;

	(void)context;
	/* Every set of what may be missing. */
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (i & 1)
			(void)book(turn, names[i], 500 + (int64_t)i, NULL);
		if (!(i & 2))
			tell_result(turn, names[i]);
		if (!(i & 4))
			presence_note(turn, group_of(turn, names[i]).core, "2022-06-12", lead_of(turn).person);
	}
	text = table(turn);
	assert_true(utf8_count(text, strlen(text)) <= 600);
	assert_non_null(strstr(text, "Alles is er: Kikkenstein\n"));
	assert_non_null(strstr(text, "Nog bonnetjes: Kruitberg\n"));
	assert_non_null(strstr(text, "Nog resultaat: Koornhorst\n"));
	assert_non_null(strstr(text, "Nog bonnetjes, resultaat: Henriette Roland Holst\n"));
	assert_non_null(strstr(text, "Nog leren: Switi Wonen\n"));
	assert_non_null(strstr(text, "Nog bonnetjes, leren: Mi Oso\n"));
	assert_non_null(strstr(text, "Nog bonnetjes, resultaat, leren: Toren 2\n"));
}

static void standing_words_table__fits__a_phone(void **state)
{
	(void)state;
	scratch_turn(&books.scratch, show_table, NULL);
}

static const char *remind(struct turn *turn, const char *name, int month, int day)
{
	const struct wall date = { .year = 2022, .month = month, .day = day };
	const struct group group = group_of(turn, name);

	return standing_day_compose(&home.house, turn, &(struct day_post){ .group = &group, .since = date, .date = date });
}

static const char *remind_at_deadline(struct turn *turn, const char *name)
{
	return remind(turn, name, 1, 3);
}

static void remind_some(struct turn *turn, void *context)
{
	const struct wall saturday = { .year = 2022, .month = 1, .day = 1 }, tuesday = { .year = 2022, .month = 1, .day = 4 };
	struct group group = group_of(turn, "toren-1");
	int64_t picture = photo(turn, "$p");
	const char *text;

	(void)context;
	/* Who spent nothing is left alone. */
	assert_null(remind_at_deadline(turn, "toren-1"));
	(void)book(turn, "toren-1", 500, &picture);
	text = remind_at_deadline(turn, "toren-1");
	assert_non_null(text);
	assert_non_null(strstr(text, "Op 31 januari krijgt het stadsdeel"));
	assert_non_null(strstr(text, "!resultaat"));
	assert_null(strstr(text, "Bonnetjes"));
	/* Four weeks and one week before; also after days of silence. */
	assert_non_null(remind(turn, "toren-1", 1, 24));
	assert_null(remind(turn, "toren-1", 1, 4));
	assert_null(remind(turn, "toren-1", 1, 10));
	assert_null(remind(turn, "toren-1", 7, 4));
	assert_non_null(standing_day_compose(&home.house, turn, &(struct day_post){ .group = &group, .since = saturday, .date = tuesday }));
	/* Learning waits for a session. */
	tell_result(turn, "toren-1");
	assert_null(remind_at_deadline(turn, "toren-1"));
	(void)book(turn, "toren-1", 700, NULL);
	assert_non_null(strstr(remind_at_deadline(turn, "toren-1"), "1 foto"));
	assert_null(remind_at_deadline(turn, "toren-2"));
	assert_null(remind_at_deadline(turn, "coordinators"));
}

static void standing_day__reminds__before_the_deadline_of_what_is_missing(void **state)
{
	(void)state;
	scratch_turn(&books.scratch, remind_some, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(paperwork_of__counts__what_receipts_lack, setup, teardown),
		cmocka_unit_test_setup_teardown(standing_words_table__fits__a_phone, setup, teardown),
		cmocka_unit_test_setup_teardown(standing_day__reminds__before_the_deadline_of_what_is_missing, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
