#include "budget/booking.h"

#include "base/clock.h"
#include "store/blob.h"
#include "store/media.h"
#include "unit/budget/books.h"

/* What only others may do so far. */
enum { SET_STATE, RETURNS_MAX };
static const char *const state_sql[] = { [SET_STATE] = "UPDATE receipt SET state = ?2 WHERE id = ?1" };
static const struct statements state_statements = { "state", state_sql, RETURNS_MAX };

static const struct statements *const rooms[] = { &people_statements, &link_statements, &person_statements, &group_statements, &actor_statements,
						  &line_statements,    &ledger_statements,  &receipt_statements, &booking_statements,
						  &media_statements,   &blob_statements,    &state_statements, NULL };

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

static struct actor person(struct turn *turn, const char *sender)
{
	return actor_get(turn_view(turn), person_ensure(turn, sender).id, TRUST_DIRECT);
}

static struct cents euros(double amount)
{
	return cents_from_int64((int64_t)(amount * 100 + 0.5));
}

/* A message in a core's group; NULL: the coordinators'. Every call is another message. */
static struct receipt_draft draft(struct turn *turn, const char *core, double amount, const char *words)
{
	static int count;
	struct group group;

	assert_true(group_find(turn_view(turn), core ? core : "coordinators", &group));
	count++;
	return (struct receipt_draft){
		.group = group.id,
		.core = group.core,
		.event = arena_printf(turn_arena(turn), "$bon%d", count),
		.sent_at_ms = turn_now_ms(turn) + count,
		.day = "2022-06-14",
		.words = words,
		.has_amount = amount > 0,
		.amount = euros(amount),
	};
}

static struct booking book(struct turn *turn, const char *core, double amount, const char *words, enum budget_verdict expected)
{
	struct actor fatima = person(turn, "@fatima:console");
	struct receipt_draft in = draft(turn, core, amount, words);
	struct booking booking = { .warning = BUDGET_WARNING_NONE };

	assert_int_equal(budget_book(turn, &fatima, &in, &booking), expected);
	return booking;
}

static int64_t photo(struct turn *turn, const char *event, const char *sender, int64_t sent_at_ms, const char *blob)
{
	const struct media file = { .url = "mxc://x/y", .name = "image.jpg", .mime = "image/jpeg" };
	const struct event message = { .id = event, .room = "!kruitberg:console", .sender = sender, .sent_at_ms = sent_at_ms, .media = &file };
	int64_t media = media_remember(turn, &message);
	struct blob stored = { .size = 3, .type = "image/jpeg" };

	if (blob) {
		memset(stored.hash, blob[0], SHA256_HEX_SIZE - 1);
		blob_record(turn, &stored);
		media_stored(turn, media, stored.hash);
	}
	return media;
}

static int64_t left(struct turn *turn, const char *owner, const char *name)
{
	return cents_to_int64(books_line(turn_view(turn), owner, name).left);
}

static void books_it(struct turn *turn, void *context)
{
	struct booking booking = book(turn, "kruitberg", 12.50, "verf moestuin", BUDGET_BOOKED);

	(void)context;
	assert_int_equal(booking.receipt.number, 1);
	assert_string_equal(booking.line.name, "Moestuin");
	assert_int_equal(cents_to_int64(booking.line.left), 448750);
	assert_int_equal(booking.warning, BUDGET_WARNING_NONE);
	assert_int_equal(booking.receipt.same_as, 0);
	book(turn, "kruitberg", 3, "koffie", BUDGET_BOOKED);
	assert_int_equal(left(turn, "kruitberg", "Vrij besteedbaar"), 99700);
}

static void budget_book__books_on_the_line_the_words_choose(void **state)
{
	(void)state;
	books_turn(&books, books_it);
}

static void warns(struct turn *turn, void *context)
{
	(void)context;
	assert_int_equal(book(turn, "kleiburg", 799.99, "a", BUDGET_BOOKED).warning, BUDGET_WARNING_NONE);
	assert_int_equal(book(turn, "kleiburg", 0.01, "b", BUDGET_BOOKED).warning, BUDGET_WARNING_80);
	assert_int_equal(book(turn, "kleiburg", 100, "c", BUDGET_BOOKED).warning, BUDGET_WARNING_NONE);
	assert_int_equal(book(turn, "kleiburg", 100, "d", BUDGET_BOOKED).warning, BUDGET_WARNING_100);
	assert_int_equal(left(turn, "kleiburg", "Vrij besteedbaar"), 0);
	assert_int_equal(book(turn, "kleiburg", 0.01, "e", BUDGET_BOOKED_OVER).receipt.discuss, RECEIPT_DISCUSS_OVER);
	assert_int_equal(left(turn, "kleiburg", "Vrij besteedbaar"), -1);
	/* As large as the grant is no slip yet. */
	book(turn, "kelbergen", 96000, "alles", BUDGET_BOOKED_OVER);
	book(turn, "kelbergen", 96000.01, "meer", BUDGET_ABSURD);
}

static void budget_book__warns_at_80_and_100_and_never_refuses(void **state)
{
	(void)state;
	books_turn(&books, warns);
}

static void stands_apart(struct turn *turn, void *context)
{
	struct actor fatima = person(turn, "@fatima:console");
	struct booking booking = book(turn, "kruitberg", 0, "moestuin", BUDGET_AMOUNT_UNKNOWN);
	struct receipt_apart apart = receipt_apart(turn_view(turn), booking.receipt.core);

	(void)context;
	assert_int_equal(apart.count, 1);
	assert_int_equal(left(turn, "kruitberg", "Moestuin"), 450000);
	assert_int_equal(budget_set_amount(turn, &fatima, booking.receipt.number, euros(20), &booking), BUDGET_BOOKED);
	assert_int_equal(left(turn, "kruitberg", "Moestuin"), 448000);
	assert_int_equal(receipt_apart(turn_view(turn), booking.receipt.core).count, 0);

	booking = book(turn, NULL, 30, "koffie", BUDGET_LINE_UNKNOWN);
	assert_int_equal(booking.options_len, 2);
	apart = receipt_apart(turn_view(turn), 0);
	assert_int_equal(cents_to_int64(apart.known), 3000);
	/* A line of a core is none of theirs. */
	assert_int_equal(budget_set_line(turn, &fatima, booking.receipt.number, books_line(turn_view(turn), "kruitberg", "Moestuin").id, &booking),
			 BUDGET_LINE_FOREIGN);
	assert_int_equal(budget_set_line(turn, &fatima, booking.receipt.number, booking.options[0].id, &booking), BUDGET_BOOKED);
	assert_int_equal(left(turn, "buurt", booking.line.name), 309000);
}

static void budget_book__keeps_apart__without_amount_or_line(void **state)
{
	(void)state;
	books_turn(&books, stands_apart);
}

#define HANDLING "Coordinatie, administratie en aanjagen (8%)"

static void caps(struct turn *turn, void *context)
{
	struct actor coordinator = person(turn, "@coordinator:console");
	struct booking first = book(turn, NULL, 7680, "coordinatie", BUDGET_BOOKED);
	struct booking second = book(turn, NULL, 0.01, "administratie", BUDGET_CAPPED);

	(void)context;
	assert_int_equal(left(turn, "buurt", HANDLING), 0);
	assert_int_equal(receipt_apart(turn_view(turn), 0).count, 1);
	/* Room again: it may be put right by hand. */
	assert_int_equal(budget_set_amount(turn, &coordinator, first.receipt.number, euros(7000), &first), BUDGET_BOOKED);
	assert_int_equal(budget_set_amount(turn, &coordinator, second.receipt.number, euros(680), &second), BUDGET_BOOKED);
	/* Its own amount does not count against itself. */
	assert_int_equal(budget_set_amount(turn, &coordinator, second.receipt.number, euros(600), &second), BUDGET_BOOKED);
	assert_int_equal(budget_set_amount(turn, &coordinator, second.receipt.number, euros(681), &second), BUDGET_CAPPED);
	assert_int_equal(left(turn, "buurt", HANDLING), 68000);
}

static void budget_book__keeps_out__what_passes_the_cap(void **state)
{
	(void)state;
	books_turn(&books, caps);
}

static void mends(struct turn *turn, void *context)
{
	struct actor fatima = person(turn, "@fatima:console");
	struct booking booking = book(turn, "kruitberg", 12.50, "verf moestuin", BUDGET_BOOKED);
	int64_t number = booking.receipt.number;
	size_t len;

	(void)context;
	assert_int_equal(budget_set_amount(turn, &fatima, number, euros(15), &booking), BUDGET_BOOKED);
	assert_int_equal(left(turn, "kruitberg", "Moestuin"), 448500);
	(void)ledger_standing(turn_view(turn), number, &len);
	assert_int_equal(len, 1);
	assert_int_equal(budget_money_back(turn, &fatima, number, euros(5), &booking), BUDGET_BOOKED);
	assert_int_equal(left(turn, "kruitberg", "Moestuin"), 449000);
	assert_int_equal(budget_money_back(turn, &fatima, number, euros(10.01), &booking), BUDGET_BACK_TOO_MUCH);
	assert_int_equal(budget_set_amount(turn, &fatima, number, euros(4.99), &booking), BUDGET_BACK_TOO_MUCH);
	/* What came back moves along. */
	assert_int_equal(budget_set_line(turn, &fatima, number, books_line(turn_view(turn), "kruitberg", "Eet-je-mee").id, &booking), BUDGET_BOOKED);
	assert_int_equal(left(turn, "kruitberg", "Moestuin"), 450000);
	assert_int_equal(left(turn, "kruitberg", "Eet-je-mee"), 349000);
	assert_int_equal(budget_withdraw(turn, &fatima, number, &booking), BUDGET_WITHDRAWN);
	assert_int_equal(left(turn, "kruitberg", "Eet-je-mee"), 350000);
	assert_int_equal(budget_set_amount(turn, &fatima, number, euros(1), &booking), BUDGET_GONE);
	(void)ledger_standing(turn_view(turn), number, &len);
	assert_int_equal(len, 0);
}

static void budget_set_amount__reverses_and_books_anew(void **state)
{
	(void)state;
	books_turn(&books, mends);
}

static void rewrites(struct turn *turn, void *context)
{
	struct actor fatima = person(turn, "@fatima:console");
	struct booking booking = book(turn, "kruitberg", 12.50, "verf", BUDGET_BOOKED);
	int64_t number = booking.receipt.number;

	(void)context;
	assert_int_equal(budget_rewrite(turn, &fatima, number, "verf moestuin", euros(12), &booking), BUDGET_BOOKED);
	assert_int_equal(left(turn, "kruitberg", "Moestuin"), 448800);
	/* Words that point nowhere leave it where it is. */
	assert_int_equal(budget_rewrite(turn, &fatima, number, "verf en kwasten", euros(12), &booking), BUDGET_BOOKED);
	assert_string_equal(booking.line.name, "Moestuin");
	assert_string_equal(booking.receipt.words, "verf en kwasten");
}

static void budget_rewrite__follows_the_new_words(void **state)
{
	(void)state;
	books_turn(&books, rewrites);
}

static void checks_rights(struct turn *turn, void *context)
{
	static const struct {
		const char *sender;
		enum budget_verdict verdict;
	} cases[] = {
		{ "@fatima:console", BUDGET_BOOKED },     { "@coordinator:console", BUDGET_BOOKED }, { "@treasurer:console", BUDGET_BOOKED },
		{ "@lead:console", BUDGET_BOOKED },       { "@auditor:console", BUDGET_NOT_YOURS },  { "@john:console", BUDGET_NOT_YOURS },
	};
	static const char *const settled[] = { "approved", "rejected" };
	struct booking booking = book(turn, "kruitberg", 10, "verf", BUDGET_BOOKED);
	int64_t number = booking.receipt.number;

	(void)context;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct actor actor = person(turn, cases[i].sender);

		assert_int_equal(budget_set_amount(turn, &actor, number, euros(11 + (double)i), &booking), cases[i].verdict);
	}
	/* Who put an amount on it is an owner from then on. */
	assert_true(receipt_is_owner(turn_view(turn), number, person(turn, "@treasurer:console").person));
	assert_false(receipt_is_owner(turn_view(turn), number, person(turn, "@john:console").person));
	for (size_t i = 0; i < ARRAY_LEN(settled); i++) {
		struct actor treasurer = person(turn, "@treasurer:console");
		struct stmt *q = turn_query(turn, &state_statements, SET_STATE);

		stmt_bind_int(q, 1, number);
		stmt_bind_text(q, 2, settled[i]);
		(void)stmt_run(q);
		assert_int_equal(budget_withdraw(turn, &treasurer, number, &booking), BUDGET_SETTLED);
	}
}

static void budget_set_amount__is_for_owners_and_role_holders(void **state)
{
	(void)state;
	scratch_turn(&books.scratch, checks_rights, NULL);
}

/* The state was set by hand there, which is what verify is for. */
static void ledger_verify__notices__a_receipt_changed_by_hand(void **state)
{
	struct view *view;

	(void)state;
	scratch_turn(&books.scratch, checks_rights, NULL);
	view = view_open(books.scratch.store, 0);
	/* Neither the money nor the decision agrees with "rejected". */
	assert_int_equal(books_findings(view), 2);
	view_close(view);
}

static void finds_doubles(struct turn *turn, void *context)
{
	struct actor fatima = person(turn, "@fatima:console");
	struct booking first = book(turn, "kruitberg", 12.50, "Verf", BUDGET_BOOKED), other;
	struct booking second = book(turn, "kruitberg", 12.50, "verf", BUDGET_BOOKED);

	(void)context;
	assert_int_equal(second.receipt.same_as, first.receipt.number);
	assert_true(second.same_is_new);
	/* Booked all the same. */
	assert_int_equal(left(turn, "kruitberg", "Vrij besteedbaar"), 97500);
	/* Another core, another amount, other words. */
	assert_int_equal(book(turn, "kleiburg", 12.50, "verf", BUDGET_BOOKED).receipt.same_as, 0);
	assert_int_equal(book(turn, "kruitberg", 12.51, "verf", BUDGET_BOOKED).receipt.same_as, 0);
	assert_int_equal(book(turn, "kruitberg", 12.50, "kwast", BUDGET_BOOKED).receipt.same_as, 0);
	/* Somebody says it is another: not asked again. */
	assert_int_equal(budget_keep(turn, &fatima, second.receipt.number, &second), BUDGET_BOOKED);
	assert_int_equal(second.receipt.same_as, 0);
	assert_int_equal(budget_set_line(turn, &fatima, second.receipt.number, second.line.id, &second), BUDGET_BOOKED);
	assert_int_equal(second.receipt.same_as, 0);
	/* One that was withdrawn counts no more. */
	other = book(turn, "kleiburg", 12.50, "verf", BUDGET_BOOKED);
	assert_int_equal(other.receipt.same_as, 3);
	assert_int_equal(budget_withdraw(turn, &fatima, 3, &first), BUDGET_WITHDRAWN);
	assert_int_equal(budget_withdraw(turn, &fatima, other.receipt.number, &first), BUDGET_WITHDRAWN);
	assert_int_equal(book(turn, "kleiburg", 12.50, "verf", BUDGET_BOOKED).receipt.same_as, 0);
}

static void budget_book__flags__the_same_amount_words_and_day(void **state)
{
	(void)state;
	books_turn(&books, finds_doubles);
}

static void finds_same_message(struct turn *turn, void *context)
{
	struct actor fatima = person(turn, "@fatima:console");
	struct receipt_draft first = draft(turn, "kruitberg", 0, "taart"), again = first;
	struct booking booking;

	(void)context;
	again.event = "$again";
	assert_int_equal(budget_book(turn, &fatima, &first, &booking), BUDGET_AMOUNT_UNKNOWN);
	assert_int_equal(budget_book(turn, &fatima, &again, &booking), BUDGET_AMOUNT_UNKNOWN);
	assert_int_equal(booking.receipt.same_as, 1);
	/* Two photos of an album share a second and say nothing. */
	first.event = "$album1";
	again.event = "$album2";
	first.words = again.words = "";
	assert_int_equal(budget_book(turn, &fatima, &first, &booking), BUDGET_AMOUNT_UNKNOWN);
	assert_int_equal(budget_book(turn, &fatima, &again, &booking), BUDGET_AMOUNT_UNKNOWN);
	assert_int_equal(booking.receipt.same_as, 0);
}

static void budget_book__flags__the_same_message_under_another_id(void **state)
{
	(void)state;
	books_turn(&books, finds_same_message);
}

static void finds_same_photo(struct turn *turn, void *context)
{
	struct actor fatima = person(turn, "@fatima:console"), lead = person(turn, "@lead:console");
	int64_t a = photo(turn, "$a", "@fatima:console", 1000, "a"), again = photo(turn, "$b", "@lead:console", 2000, "a");
	int64_t late = photo(turn, "$c", "@lead:console", 3000, NULL);
	struct receipt_draft in = draft(turn, "kruitberg", 5, "koffie");
	struct booking booking;

	(void)context;
	in.photos = &a;
	in.photos_len = 1;
	assert_int_equal(budget_book(turn, &fatima, &in, &booking), BUDGET_BOOKED);
	assert_int_equal(booking.receipt.photos, 1);
	in = draft(turn, "kleiburg", 6, "thee");
	in.photos = &again;
	in.photos_len = 1;
	assert_int_equal(budget_book(turn, &lead, &in, &booking), BUDGET_BOOKED);
	assert_int_equal(booking.receipt.same_as, 1);
	/* The bytes of a photo may come later than its receipt. */
	in = draft(turn, "kruitberg", 7, "suiker");
	in.photos = &late;
	in.photos_len = 1;
	assert_int_equal(budget_book(turn, &lead, &in, &booking), BUDGET_BOOKED);
	assert_int_equal(booking.receipt.same_as, 0);
	assert_int_equal(media_get(turn_view(turn), late).state, MEDIA_WANTED);
	(void)photo(turn, "$c", "@lead:console", 3000, "a");
	assert_true(budget_photo_stored(turn, late, &booking));
	assert_int_equal(booking.receipt.same_as, 1);
	assert_false(budget_photo_stored(turn, late, &booking));
	/* One that was withdrawn counts no more. */
	assert_int_equal(budget_withdraw(turn, &fatima, 1, &booking), BUDGET_WITHDRAWN);
	assert_int_equal(budget_withdraw(turn, &lead, 2, &booking), BUDGET_WITHDRAWN);
	assert_int_equal(budget_set_amount(turn, &lead, 3, euros(8), &booking), BUDGET_BOOKED);
	assert_int_equal(booking.receipt.same_as, 0);
}

static void budget_book__flags__the_same_photo(void **state)
{
	(void)state;
	books_turn(&books, finds_same_photo);
}

static void joins_photos(struct turn *turn, void *context)
{
	struct actor fatima = person(turn, "@fatima:console");
	struct booking booking = book(turn, "kruitberg", 5, "koffie", BUDGET_BOOKED);
	int64_t number = booking.receipt.number, group = booking.receipt.group, sent = booking.receipt.sent_at_ms;
	struct receipt receipt;

	(void)context;
	assert_true(receipt_find_for_photo(turn_view(turn), group, fatima.person, sent + 10 * MS_PER_MINUTE, &receipt));
	assert_int_equal(receipt.number, number);
	assert_false(receipt_find_for_photo(turn_view(turn), group, fatima.person, sent + 10 * MS_PER_MINUTE + 1, &receipt));
	assert_false(receipt_find_for_photo(turn_view(turn), group, fatima.person, sent - 1, &receipt));
	assert_false(receipt_find_for_photo(turn_view(turn), group, person(turn, "@lead:console").person, sent + 1, &receipt));
	assert_int_equal(budget_add_photo(turn, &fatima, number, photo(turn, "$p1", "@fatima:console", sent + 60000, "a"), &booking), BUDGET_BOOKED);
	/* An album: soon after its last photo, no longer ten minutes after the words. */
	assert_true(receipt_find_for_photo(turn_view(turn), group, fatima.person, sent + 60000 + 2 * MS_PER_MINUTE, &receipt));
	assert_false(receipt_find_for_photo(turn_view(turn), group, fatima.person, sent + 60001 + 2 * MS_PER_MINUTE, &receipt));
}

static void receipt_find_for_photo__waits_ten_minutes_and_two_for_an_album(void **state)
{
	(void)state;
	books_turn(&books, joins_photos);
}

static void loses_photo(struct turn *turn, void *context)
{
	struct actor fatima = person(turn, "@fatima:console");
	struct booking booking = book(turn, "kruitberg", 5, "koffie", BUDGET_BOOKED);
	int64_t media = photo(turn, "$p1", "@fatima:console", booking.receipt.sent_at_ms + 1, NULL);
	struct receipt receipt;
	size_t len;

	(void)context;
	assert_int_equal(budget_add_photo(turn, &fatima, booking.receipt.number, media, &booking), BUDGET_BOOKED);
	assert_int_equal(booking.receipt.photos, 1);
	media_failed(turn, media, "too_big");
	assert_int_equal(receipt_get(turn_view(turn), booking.receipt.number).photos, 0);
	(void)receipt_photos(turn_view(turn), booking.receipt.number, &len);
	assert_int_equal(len, 1);
	assert_true(receipt_find_for_photo(turn_view(turn), booking.receipt.group, fatima.person, booking.receipt.sent_at_ms + 5 * MS_PER_MINUTE, &receipt));
}

static void receipt_find_for_photo__waits_on__when_the_first_could_not_be_fetched(void **state)
{
	(void)state;
	books_turn(&books, loses_photo);
}

static void replaces_photo(struct turn *turn, void *context)
{
	struct actor fatima = person(turn, "@fatima:console");
	struct booking booking = book(turn, "kruitberg", 5, "koffie", BUDGET_BOOKED);
	int64_t number = booking.receipt.number, small = photo(turn, "$p1", "@fatima:console", 1000, "a"), sharp;
	struct receipt_photo *photos;
	size_t len;

	(void)context;
	assert_int_equal(budget_add_photo(turn, &fatima, number, small, &booking), BUDGET_BOOKED);
	sharp = photo(turn, "$p1hd", "@fatima:console", 1000, NULL);
	assert_true(budget_replace_photo(turn, &booking.receipt, small, sharp));
	/* The first counts until the second is in. */
	photos = receipt_photos(turn_view(turn), number, &len);
	assert_int_equal(len, 1);
	assert_int_equal(photos[0].media, small);
	(void)photo(turn, "$p1hd", "@fatima:console", 1000, "b");
	photos = receipt_photos(turn_view(turn), number, &len);
	assert_int_equal(len, 1);
	assert_int_equal(photos[0].media, sharp);
	/* What was looked at stays as it was. */
	booking.receipt.state = RECEIPT_APPROVED;
	assert_false(budget_replace_photo(turn, &booking.receipt, sharp, photo(turn, "$p2hd", "@fatima:console", 1000, "c")));
	photos = receipt_photos(turn_view(turn), number, &len);
	assert_int_equal(photos[0].media, sharp);
}

static void budget_replace_photo__takes_the_sharper_one__once_stored(void **state)
{
	(void)state;
	books_turn(&books, replaces_photo);
}

static void removes(struct turn *turn, void *context)
{
	struct actor fatima = person(turn, "@fatima:console"), lead = person(turn, "@lead:console");
	struct booking booking = book(turn, "kruitberg", 5, "koffie", BUDGET_BOOKED);
	struct receipt_draft fading = draft(turn, "kruitberg", 7, "limonade");
	struct receipt receipt = booking.receipt;
	int64_t sent = receipt.sent_at_ms;

	(void)context;
	assert_int_equal(budget_message_removed(turn, &fatima, "$unknown", sent, &receipt), BUDGET_REMOVAL_NOTHING);
	/* Not by its author: it stays, and that is told once. */
	assert_int_equal(budget_message_removed(turn, &lead, booking.receipt.event, sent + 1, &receipt), BUDGET_REMOVAL_KEPT);
	assert_true(receipt.removed);
	assert_int_equal(budget_message_removed(turn, &lead, booking.receipt.event, sent + 2, &receipt), BUDGET_REMOVAL_NOTHING);
	/* Too late. */
	booking = book(turn, "kruitberg", 6, "thee", BUDGET_BOOKED);
	sent = booking.receipt.sent_at_ms;
	assert_int_equal(budget_message_removed(turn, &fatima, booking.receipt.event, sent + 15 * MS_PER_MINUTE + 1, &receipt), BUDGET_REMOVAL_KEPT);
	/* In a room that deletes by itself, deleting means nothing. */
	fading.disappearing = true;
	assert_int_equal(budget_book(turn, &fatima, &fading, &booking), BUDGET_BOOKED);
	assert_int_equal(budget_message_removed(turn, &fatima, fading.event, fading.sent_at_ms + 1, &receipt), BUDGET_REMOVAL_KEPT);
	/* By its author, in time. */
	booking = book(turn, "kruitberg", 8, "koek", BUDGET_BOOKED);
	sent = booking.receipt.sent_at_ms;
	assert_int_equal(budget_message_removed(turn, &fatima, booking.receipt.event, sent + 15 * MS_PER_MINUTE, &receipt), BUDGET_REMOVAL_WITHDRAWN);
	assert_int_equal(left(turn, "kruitberg", "Vrij besteedbaar"), 98200);
}

static void budget_message_removed__withdraws__only_for_the_author_in_time(void **state)
{
	(void)state;
	books_turn(&books, removes);
}

static void removes_photo(struct turn *turn, void *context)
{
	struct actor fatima = person(turn, "@fatima:console");
	struct booking booking = book(turn, "kruitberg", 5, "koffie", BUDGET_BOOKED);
	int64_t number = booking.receipt.number, wrong = photo(turn, "$wrong", "@fatima:console", 1000, "a");
	struct receipt receipt;

	(void)context;
	assert_int_equal(budget_add_photo(turn, &fatima, number, wrong, &booking), BUDGET_BOOKED);
	assert_int_equal(budget_message_removed(turn, &fatima, "$wrong", 1000 + MS_PER_MINUTE, &receipt), BUDGET_REMOVAL_PHOTO);
	assert_int_equal(receipt.photos, 0);
	assert_int_equal(left(turn, "kruitberg", "Vrij besteedbaar"), 99500);
}

static void budget_message_removed__takes_back__a_photo_that_joined(void **state)
{
	(void)state;
	books_turn(&books, removes_photo);
}

static void remembers_calls(struct turn *turn, void *context)
{
	const struct receipt_call said = { "$call", 5000, false, LANGUAGE_EN, "verf" };
	struct actor fatima = person(turn, "@fatima:console");
	struct receipt_call call;

	(void)context;
	budget_remember_call(turn, 1, fatima.person, &said);
	assert_true(budget_find_call(turn_view(turn), 1, fatima.person, 5000, &call));
	assert_string_equal(call.words, "verf");
	assert_int_equal(call.language, LANGUAGE_EN);
	assert_false(budget_find_call(turn_view(turn), 1, fatima.person, 5001, &call));
	assert_false(budget_find_call(turn_view(turn), 2, fatima.person, 0, &call));
	budget_forget_call(turn, 1, fatima.person);
	assert_false(budget_find_call(turn_view(turn), 1, fatima.person, 0, &call));
}

static void budget_find_call__gives_the_words_back(void **state)
{
	(void)state;
	books_turn(&books, remembers_calls);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(budget_book__books_on_the_line_the_words_choose),
		TEST(budget_book__warns_at_80_and_100_and_never_refuses),
		TEST(budget_book__keeps_apart__without_amount_or_line),
		TEST(budget_book__keeps_out__what_passes_the_cap),
		TEST(budget_set_amount__reverses_and_books_anew),
		TEST(budget_rewrite__follows_the_new_words),
		TEST(budget_set_amount__is_for_owners_and_role_holders),
		TEST(ledger_verify__notices__a_receipt_changed_by_hand),
		TEST(budget_book__flags__the_same_amount_words_and_day),
		TEST(budget_book__flags__the_same_message_under_another_id),
		TEST(budget_book__flags__the_same_photo),
		TEST(receipt_find_for_photo__waits_ten_minutes_and_two_for_an_album),
		TEST(receipt_find_for_photo__waits_on__when_the_first_could_not_be_fetched),
		TEST(budget_replace_photo__takes_the_sharper_one__once_stored),
		TEST(budget_message_removed__withdraws__only_for_the_author_in_time),
		TEST(budget_message_removed__takes_back__a_photo_that_joined),
		TEST(budget_find_call__gives_the_words_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
