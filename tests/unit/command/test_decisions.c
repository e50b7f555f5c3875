/*
 * Decisions of two, and the way out where there is only one.
 */
#include "command/decision.h"

#include "budget/ledger.h"
#include "people/eyes.h"
#include "people/link.h"
#include "people/role.h"
#include "people/who.h"
#include "say/proposal_words.h"
#include "store/outbox.h"
#include "store/timer.h"
#include "unit/command/ask.h"

static const char *const more_sql[] = {
	"INSERT INTO role (person, role) VALUES (3, 'treasurer')",
	"INSERT INTO role (person, role) VALUES (4, 'auditor')",
	"SELECT count(*) FROM entry WHERE kind = 'role' AND about = 1",
	"SELECT count(*) FROM role WHERE person = 1 AND role = 'lead'",
	"SELECT count(*) FROM outbox WHERE dedupe LIKE 'proposal/%/expired'",
};
static const struct statements more_statements = { "more", more_sql, ARRAY_LEN(more_sql) };
static const struct statements *const rooms[] = {
	&neighbours_statements, &more_statements,   &group_statements,  &person_statements, &actor_statements, &link_statements,   &who_statements,
	&eyes_statements,       &proposal_statements, &role_statements, &ledger_statements, &timer_statements, &outbox_statements, NULL,
};

static struct scratch scratch;
static struct test_house home;

static int setup(void **state)
{
	(void)state;
	test_house_open(&home);
	scratch_open(&scratch, rooms);
	neighbours_move_in(&scratch);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_close(&scratch);
	test_house_close(&home);
	return 0;
}

static const char *types(struct turn *turn, int64_t person, const char *text)
{
	return ask(&home, turn, (struct typed){ .person = person, .group = GROUP_COORDINATORS, .event = { .id = text, .body = text } });
}

static int64_t count(struct turn *turn, size_t index)
{
	return stmt_one_int(turn_query(turn, &more_statements, index), 0);
}

static void decide_alone(struct turn *turn, void *context)
{
	(void)context;
	(void)stmt_run(turn_query(turn, &more_statements, 0));
	assert_non_null(strstr(types(turn, PERSON_COORDINATOR, "!rol @Fatima trekker Kruitberg"), "Voorstel 1"));
	assert_non_null(strstr(types(turn, PERSON_COORDINATOR, "!akkoord 1"), "!akkoord 1 alleen"));
	assert_non_null(strstr(types(turn, PERSON_COORDINATOR, "!akkoord 1 alleen"), "Waarom"));
	assert_int_equal(count(turn, 2), 0);
	assert_non_null(strstr(types(turn, PERSON_COORDINATOR, "!akkoord 1 alleen er is nog niemand"), "aangenomen"));
	assert_int_equal(count(turn, 2), 1);
	assert_int_equal(count(turn, 3), 1);
	/* Never for oneself. */
	assert_non_null(strstr(types(turn, PERSON_COORDINATOR, "!rol @Coordinator kascommissie"), "Voorstel 2"));
	assert_non_null(strstr(types(turn, PERSON_COORDINATOR, "!akkoord 2 alleen er is nog niemand"), "gaat over jou"));
}

static void akkoord__lets__a_sole_treasurer_go_on(void **state)
{
	(void)state;
	scratch_turn(&scratch, decide_alone, NULL);
}

static void decide_with_two(struct turn *turn, void *context)
{
	(void)context;
	(void)stmt_run(turn_query(turn, &more_statements, 0));
	(void)stmt_run(turn_query(turn, &more_statements, 1));
	(void)types(turn, PERSON_COORDINATOR, "!rol @Fatima trekker Kruitberg");
	assert_non_null(strstr(types(turn, PERSON_COORDINATOR, "!akkoord 1 alleen er is haast"), "Vier ogen"));
	assert_int_equal(count(turn, 3), 0);
	assert_non_null(strstr(types(turn, PERSON_JOHN, "!agree 1"), "agreed"));
	assert_int_equal(count(turn, 3), 1);
}

static void akkoord__needs__the_other_where_there_is_one(void **state)
{
	(void)state;
	scratch_turn(&scratch, decide_with_two, NULL);
}

/* Back after an outage: the message is read before the timer fires. */
static void agree_too_late(struct turn *turn, void *context)
{
	const struct group group = group_get(turn_view(turn), GROUP_COORDINATORS);
	const struct day_post post = { .group = &group };
	const char *words;

	(void)context;
	assert_non_null(strstr(types(turn, PERSON_JOHN, "!agree 1"), "has expired"));
	proposal_fire(&home.house, turn, "1", turn_now_ms(turn));
	assert_null(proposal_day_compose(&home.house, turn, &post));
	proposal_fire(&home.house, turn, "2", turn_now_ms(turn));
	words = proposal_day_compose(&home.house, turn, &post);
	assert_non_null(words);
	assert_non_null(strstr(words, "Voorstel 2"));
	assert_null(strstr(words, "Voorstel 1"));
	assert_null(proposal_day_compose(&home.house, turn, &post));
	/* Where there is a day post, nothing is said beside it. */
	assert_int_equal(count(turn, 4), 0);
}

static void propose_two(struct turn *turn, void *context)
{
	(void)context;
	(void)stmt_run(turn_query(turn, &more_statements, 0));
	(void)stmt_run(turn_query(turn, &more_statements, 1));
	(void)types(turn, PERSON_COORDINATOR, "!rol @Fatima trekker Kruitberg");
	(void)types(turn, PERSON_COORDINATOR, "!rol @Fatima kascommissie");
}

static void akkoord__tells_once__that_it_is_too_late(void **state)
{
	(void)state;
	scratch_turn(&scratch, propose_two, NULL);
	scratch.now_ms += PROPOSAL_OPEN_MS;
	scratch_turn(&scratch, agree_too_late, NULL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(akkoord__lets__a_sole_treasurer_go_on, setup, teardown),
		cmocka_unit_test_setup_teardown(akkoord__tells_once__that_it_is_too_late, setup, teardown),
		cmocka_unit_test_setup_teardown(akkoord__needs__the_other_where_there_is_one, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
