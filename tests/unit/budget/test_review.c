#include "budget/review.h"

#include "budget/booking.h"
#include "budget/move.h"
#include "budget/sample.h"
#include "people/eyes.h"
#include "people/proposal.h"
#include "store/media.h"
#include "store/timer.h"
#include "unit/budget/books.h"

enum { FORGE_ROLE, FORGE_MAX };
static const char *const forge_sql[] = { [FORGE_ROLE] = "DELETE FROM role WHERE role = 'auditor'" };
static const struct statements forge_statements = { "forge", forge_sql, FORGE_MAX };

static const struct statements *const rooms[] = { &people_statements,  &link_statements,   &person_statements,   &group_statements,      &actor_statements,
						  &line_statements,    &ledger_statements, &receipt_statements,  &booking_statements,    &media_statements,
						  &eyes_statements,    &review_statements, &sample_statements,   &money_move_statements, &proposal_statements,
						  &timer_statements,   &forge_statements,  NULL };

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

static struct receipt book(struct turn *turn, const char *sender, int64_t cents)
{
	static int64_t events;
	const struct actor actor = person(turn, sender);
	struct booking booking;
	struct group group;
	struct receipt_draft draft = { .sent_at_ms = ++events, .day = "2022-06-14", .words = "verf", .has_amount = cents > 0, .amount = cents_from_int64(cents) };

	assert_true(group_find(turn_view(turn), "kruitberg", &group));
	draft.event = arena_printf(turn_arena(turn), "$%lld", (long long)events);
	draft.group = group.id;
	draft.core = group.core;
	assert_false(budget_refuses(budget_book(turn, &actor, &draft, &booking)));
	return booking.receipt;
}

static enum review_verdict approve(struct turn *turn, const char *sender, int64_t number, const char *alone)
{
	const struct actor actor = person(turn, sender);
	struct receipt receipt;
	bool sole;

	return review_approve(turn, &actor, number, alone, &receipt, &sole);
}

static enum review_verdict ask(struct turn *turn, int64_t number, struct review_question *ret_question)
{
	const struct actor auditor = person(turn, "@auditor:console");
	struct receipt receipt;
	struct group group;
	int64_t id;
	enum review_verdict verdict;

	assert_true(group_find(turn_view(turn), "audit", &group));
	*ret_question = (struct review_question){ .group = group.id, .language = LANGUAGE_NL, .text = "waar was dit?" };
	verdict = review_ask(turn, &auditor, number, ret_question, &receipt, &id);
	if (verdict == REVIEW_DONE)
		assert_true(review_find_last_question(turn_view(turn), number, ret_question));
	return verdict;
}

static void approves(struct turn *turn, void *context)
{
	int64_t number = book(turn, "@fatima:console", 1250).number, unknown = book(turn, "@fatima:console", 0).number;

	(void)context;
	assert_int_equal(review_count_waiting(turn_view(turn)), 1);
	assert_int_equal(approve(turn, "@john:console", number, NULL), REVIEW_NO_OFFICE);
	assert_int_equal(approve(turn, "@coordinator:console", number, NULL), REVIEW_NO_OFFICE);
	assert_int_equal(approve(turn, "@auditor:console", 99, NULL), REVIEW_UNKNOWN);
	assert_int_equal(approve(turn, "@auditor:console", unknown, NULL), REVIEW_APART);
	assert_int_equal(approve(turn, "@auditor:console", number, NULL), REVIEW_DONE);
	assert_int_equal(receipt_get(turn_view(turn), number).state, RECEIPT_APPROVED);
	assert_int_equal(approve(turn, "@treasurer:console", number, NULL), REVIEW_SETTLED);
	assert_int_equal(review_count_waiting(turn_view(turn)), 0);
}

static void review_approve__is_for_the_office__and_once(void **state)
{
	(void)state;
	books_turn(&books, approves);
}

static void refuses_own(struct turn *turn, void *context)
{
	int64_t number = book(turn, "@treasurer:console", 1250).number, other = book(turn, "@fatima:console", 500).number, stays, back;
	struct actor treasurer = person(turn, "@treasurer:console");
	struct booking booking;

	(void)context;
	assert_int_equal(approve(turn, "@treasurer:console", number, NULL), REVIEW_OWN);
	assert_int_equal(approve(turn, "@treasurer:console", number, "geen tijd"), REVIEW_OWN);
	/* Who named the amount owns it too. */
	assert_false(budget_refuses(budget_set_amount(turn, &treasurer, other, cents_from_int64(600), &booking)));
	assert_int_equal(approve(turn, "@treasurer:console", other, NULL), REVIEW_OWN);
	/* Who ever was one with an owner is one pair of eyes with him, also when that is over. */
	other = book(turn, "@fatima:console", 700).number;
	assert_int_equal(link_make(turn, person(turn, "@auditor:console").person, person(turn, "@fatima:console").person, 0, &stays), LINK_DONE);
	assert_int_equal(approve(turn, "@auditor:console", other, NULL), REVIEW_OWN);
	assert_int_equal(link_undo(turn, stays, 0, &back), LINK_DONE);
	assert_int_equal(approve(turn, "@auditor:console", other, NULL), REVIEW_OWN);
	assert_int_equal(approve(turn, "@treasurer:console", other, NULL), REVIEW_DONE);
}

static void review_approve__refuses__ones_own(void **state)
{
	(void)state;
	books_turn(&books, refuses_own);
}

static void approves_alone(struct turn *turn, void *context)
{
	int64_t number = book(turn, "@treasurer:console", 1250).number;

	(void)context;
	(void)stmt_run(turn_query(turn, &forge_statements, FORGE_ROLE));
	assert_int_equal(approve(turn, "@treasurer:console", number, NULL), REVIEW_OWN_ALONE);
	assert_int_equal(approve(turn, "@treasurer:console", number, ""), REVIEW_OWN_ALONE);
	assert_null(review_sole_reason(turn_view(turn), number));
	assert_int_equal(approve(turn, "@treasurer:console", number, "de kascommissie is er niet meer"), REVIEW_DONE);
	assert_string_equal(review_sole_reason(turn_view(turn), number), "de kascommissie is er niet meer");
}

static void review_approve__has_a_way_out__for_who_is_alone(void **state)
{
	(void)state;
	books_turn(&books, approves_alone);
}

static void rejects(struct turn *turn, void *context)
{
	int64_t number = book(turn, "@fatima:console", 1250).number;
	struct actor auditor = person(turn, "@auditor:console"), fatima = person(turn, "@fatima:console");
	struct booking booking;
	struct receipt receipt;

	(void)context;
	assert_int_equal(review_reject(turn, &auditor, number, "dubbel", &receipt), REVIEW_DONE);
	assert_true(cents_is_zero(books_line(turn_view(turn), "kruitberg", "Vrij besteedbaar").spent));
	assert_string_equal(review_reason(turn_view(turn), number), "dubbel");
	assert_int_equal(review_reject(turn, &auditor, number, "dubbel", &receipt), REVIEW_SETTLED);
	assert_int_equal(approve(turn, "@auditor:console", number, NULL), REVIEW_SETTLED);
	assert_int_equal(budget_set_amount(turn, &fatima, number, cents_from_int64(5), &booking), BUDGET_SETTLED);
}

static void review_reject__takes_it_out_of_the_books(void **state)
{
	(void)state;
	books_turn(&books, rejects);
}

static void pays(struct turn *turn, void *context)
{
	int64_t number = book(turn, "@fatima:console", 1250).number;
	struct actor treasurer = person(turn, "@treasurer:console"), auditor = person(turn, "@auditor:console");
	struct receipt receipt;

	(void)context;
	assert_int_equal(review_pay(turn, &treasurer, number, &receipt), REVIEW_NOT_APPROVED);
	assert_int_equal(approve(turn, "@auditor:console", number, NULL), REVIEW_DONE);
	assert_int_equal(review_pay(turn, &auditor, number, &receipt), REVIEW_NO_OFFICE);
	assert_int_equal(review_pay(turn, &treasurer, number, &receipt), REVIEW_DONE);
	assert_int_equal(receipt_get(turn_view(turn), number).paid_at_ms, turn_now_ms(turn));
	assert_int_equal(review_pay(turn, &treasurer, number, &receipt), REVIEW_PAID);
	assert_int_equal(review_reject(turn, &auditor, number, "toch niet", &receipt), REVIEW_PAID);
}

static void review_pay__needs_an_approved_receipt__and_happens_once(void **state)
{
	(void)state;
	books_turn(&books, pays);
}

static void asks(struct turn *turn, void *context)
{
	int64_t number = book(turn, "@fatima:console", 1250).number;
	struct actor fatima = person(turn, "@fatima:console");
	struct review_question question;
	struct booking booking;

	(void)context;
	assert_int_equal(ask(turn, number, &question), REVIEW_DONE);
	assert_int_equal(receipt_get(turn_view(turn), number).state, RECEIPT_ASKED);
	review_answer(turn, &question, fatima.person, "$answer", "bij de lift");
	assert_int_equal(receipt_get(turn_view(turn), number).state, RECEIPT_SUBMITTED);
	assert_true(review_find_answered(turn_view(turn), "$answer", fatima.person, &question));
	assert_false(review_find_answered(turn_view(turn), "$answer", person(turn, "@john:console").person, &question));
	/* A mend is an answer too. */
	assert_int_equal(ask(turn, number, &question), REVIEW_DONE);
	assert_false(budget_refuses(budget_set_amount(turn, &fatima, number, cents_from_int64(1300), &booking)));
	assert_int_equal(booking.receipt.state, RECEIPT_SUBMITTED);
	/* What comes after it was approved changes nothing. */
	assert_int_equal(ask(turn, number, &question), REVIEW_DONE);
	assert_int_equal(approve(turn, "@treasurer:console", number, NULL), REVIEW_DONE);
	review_answer(turn, &question, fatima.person, "$late", "nog iets");
	assert_int_equal(receipt_get(turn_view(turn), number).state, RECEIPT_APPROVED);
	assert_int_equal(ask(turn, number, &question), REVIEW_SETTLED);
}

static void review_ask__waits_for_an_answer_or_a_mend(void **state)
{
	(void)state;
	books_turn(&books, asks);
}

static void samples(struct turn *turn, void *context)
{
	struct actor auditor = person(turn, "@auditor:console");
	struct actor treasurer = person(turn, "@treasurer:console");
	struct sample first, again;
	int64_t stays;
	char seed[SAMPLE_SEED_DIGITS + 1];

	(void)context;
	for (int64_t i = 0; i < 12; i++)
		(void)book(turn, i % 4 ? "@fatima:console" : "@auditor:console", 100 + i);
	assert_false(sample_seed_parse("8c41f", seed));
	assert_false(sample_seed_parse("8c41fg", seed));
	assert_true(sample_seed_parse("8C41F2", seed));
	first = sample_draw(turn, &auditor, 5, seed);
	assert_int_equal(first.len, 5);
	assert_int_equal(first.waiting, 9);
	assert_int_equal(approve(turn, "@treasurer:console", first.receipts[0].number, NULL), REVIEW_DONE);
	(void)book(turn, "@fatima:console", 999);
	again = sample_draw(turn, &auditor, 5, seed);
	assert_true(again.drawn_before);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(again.receipts[i].number, first.receipts[i].number);
		assert_false(review_is_own(turn_view(turn), again.receipts[i].number, auditor.person));
	}
	/* Also for somebody else, and when one of them became his own since. */
	assert_int_equal(link_make(turn, auditor.person, person(turn, "@fatima:console").person, auditor.person, &stays), LINK_DONE);
	for (size_t drawer = 0; drawer < 2; drawer++) {
		again = sample_draw(turn, drawer ? &treasurer : &auditor, 5, seed);
		assert_int_equal(again.waiting, first.waiting);
		for (size_t i = 0; i < 5; i++)
			assert_int_equal(again.receipts[i].number, first.receipts[i].number);
	}
	again = sample_draw(turn, &auditor, 20, NULL);
	assert_int_equal(again.len, 0);
	again = sample_draw(turn, &treasurer, 20, NULL);
	assert_int_equal(again.len, 12);
}

static void sample_draw__gives_the_same__by_its_seed(void **state)
{
	(void)state;
	books_turn(&books, samples);
}

/* docs/LEDGER.md gives the bytes. */
static void sample_hash__is_that_of_the_documented_bytes(void **state)
{
	AUTO_ARENA arena = arena_create(4096);
	struct sha256_sum sum = sample_hash(arena, "8c41f2", 17), expected = sha256_of("rotonde-sample-1\n8c41f2\n17\n", 27);

	(void)state;
	assert_memory_equal(sum.bytes, expected.bytes, sizeof sum.bytes);
}

static enum money_move_verdict propose(struct turn *turn, const char *sender, int64_t from, int64_t to, int64_t cents, struct money_move *ret_move)
{
	const struct actor actor = person(turn, sender);
	struct group group;

	assert_true(group_find(turn_view(turn), "coordinators", &group));
	return money_move_propose(turn, &actor,
				  &(struct money_move_draft){ from, to, cents_from_int64(cents), "over", group.id, LANGUAGE_NL }, ret_move);
}

/* Somebody else of the office agrees. */
static enum money_move_verdict carry_out(struct turn *turn, const char *sender, struct money_move *move)
{
	const struct actor actor = person(turn, sender);
	struct proposal proposal;

	assert_int_equal(proposal_agree(turn, &actor, move->proposal, &proposal), PROPOSAL_DONE);
	return money_move_carry_out(turn, &actor, move->proposal, NULL, move);
}

static void moves_money(struct turn *turn, void *context)
{
	struct view *view = turn_view(turn);
	int64_t garden = books_line(view, "kruitberg", "Moestuin").id, meals = books_line(view, "kruitberg", "Eet-je-mee").id;
	int64_t handling = books_line(view, "buurt", "Coordinatie, administratie en aanjagen (8%)").id;
	struct money_move move;

	(void)context;
	assert_int_equal(propose(turn, "@john:console", garden, meals, 100, &move), MONEY_MOVE_NO_OFFICE);
	assert_int_equal(propose(turn, "@treasurer:console", garden, garden, 100, &move), MONEY_MOVE_SAME_LINE);
	assert_int_equal(propose(turn, "@treasurer:console", garden, meals, 450001, &move), MONEY_MOVE_TOO_MUCH);
	assert_int_equal(propose(turn, "@treasurer:console", garden, handling, 1, &move), MONEY_MOVE_CAPPED);
	assert_int_equal(cents_to_int64(move.cap), 768000);
	assert_int_equal(cents_to_int64(move.handling), 768001);
	assert_int_equal(propose(turn, "@treasurer:console", garden, meals, 450000, &move), MONEY_MOVE_DONE);
	assert_int_equal(cents_to_int64(books_line(view, "kruitberg", "Moestuin").granted), 450000);
	assert_int_equal(carry_out(turn, "@coordinator:console", &move), MONEY_MOVE_DONE);
	assert_true(cents_is_zero(move.from.left));
	assert_int_equal(cents_to_int64(move.to.granted), 800000);
	assert_int_equal(cents_to_int64(line_total_granted(view)), 9600000);
}

static void money_move__keeps_the_total_and_the_cap(void **state)
{
	(void)state;
	books_turn(&books, moves_money);
}

static void lifts_over(struct turn *turn, void *context)
{
	struct view *view = turn_view(turn);
	int64_t number = book(turn, "@fatima:console", 110000).number, garden = books_line(view, "kruitberg", "Moestuin").id, free_line;
	struct actor coordinator = person(turn, "@coordinator:console");
	struct money_move move, late;

	(void)context;
	free_line = receipt_get(view, number).line;
	assert_int_equal(receipt_get(view, number).discuss, RECEIPT_DISCUSS_OVER);
	assert_int_equal(propose(turn, "@treasurer:console", garden, free_line, 400000, &move), MONEY_MOVE_DONE);
	assert_int_equal(propose(turn, "@treasurer:console", garden, free_line, 400000, &late), MONEY_MOVE_DONE);
	assert_int_equal(carry_out(turn, "@coordinator:console", &move), MONEY_MOVE_DONE);
	assert_int_equal(receipt_get(view, number).discuss, RECEIPT_DISCUSS_NOTHING);
	/* What the line had when it was proposed is gone meanwhile: nobody's to agree to. */
	assert_int_equal(money_move_carry_out(turn, &coordinator, late.proposal, NULL, &late), MONEY_MOVE_TOO_MUCH);
}

static void money_move_carry_out__lifts_what_was_to_be_discussed(void **state)
{
	(void)state;
	books_turn(&books, lifts_over);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(review_approve__is_for_the_office__and_once, setup, teardown),
		cmocka_unit_test_setup_teardown(review_approve__refuses__ones_own, setup, teardown),
		cmocka_unit_test_setup_teardown(review_approve__has_a_way_out__for_who_is_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(review_reject__takes_it_out_of_the_books, setup, teardown),
		cmocka_unit_test_setup_teardown(review_pay__needs_an_approved_receipt__and_happens_once, setup, teardown),
		cmocka_unit_test_setup_teardown(review_ask__waits_for_an_answer_or_a_mend, setup, teardown),
		cmocka_unit_test_setup_teardown(sample_draw__gives_the_same__by_its_seed, setup, teardown),
		cmocka_unit_test(sample_hash__is_that_of_the_documented_bytes),
		cmocka_unit_test_setup_teardown(money_move__keeps_the_total_and_the_cap, setup, teardown),
		cmocka_unit_test_setup_teardown(money_move_carry_out__lifts_what_was_to_be_discussed, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
