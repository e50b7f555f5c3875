/*
 * Whom the engine believes: by the device a message came from, and by what its owner's identity is worth.
 */
#include "unit/engine/stub.h"

#define COORDINATORS "!coordinators:console"

static struct stub stub;

/* In this neighbourhood an idea is as weighty as money. */
static int setup(void **state)
{
	static const struct config_trust trusts[] = { { .command = "idee", .least = TRUST_DIRECT } };

	(void)state;
	stub_open(&stub);
	stub.home.config->trusts = trusts;
	stub.home.config->trusts_len = ARRAY_LEN(trusts);
	stub_room(&stub, &(struct room_update){ .room = COORDINATORS, .membership = MEMBERSHIP_JOINED });
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	stub_close(&stub);
	return 0;
}

static int64_t ideas(void)
{
	return stub_number(&stub, "SELECT count(*) FROM idea");
}

static int said(const char *words)
{
	int count = 0;

	for (size_t i = 0; i < stub.said_len; i++)
		count += strstr(stub.said[i], words) != NULL;
	return count;
}

static void handle_event__runs__what_a_proven_device_says(void **state)
{
	(void)state;
	stub_happens(&stub, (struct event){ .id = "$1", .sender = "@fatima:console", .body = "!idee bankje", .trust = TRUST_DIRECT });
	assert_int_equal(ideas(), 1);
}

static void handle_event__refuses__what_nobody_proves(void **state)
{
	(void)state;
	stub_happens(&stub, (struct event){ .id = "$1", .sender = "@fatima:console", .body = "!idee bankje", .trust = TRUST_PLAIN });
	/* A ghost speaks by the bridge's device, whatever that proves. */
	stub_happens(&stub, (struct event){ .id = "$2", .body = "!idee hek", .trust = TRUST_DIRECT });
	assert_int_equal(ideas(), 0);
	assert_int_equal(stub.said_len, 2);
}

/* It may be he with a new phone, or a server in his place: what proves nothing still runs, and people find out (8.15). */
static void handle_event__asks_people__when_an_identity_changed(void **state)
{
	const struct event idea = { .id = "$1", .sender = "@fatima:console", .body = "!idee bankje", .trust = TRUST_PLAIN, .doubt = DOUBT_IDENTITY };
	struct event budget = idea;

	(void)state;
	stub_happens(&stub, idea);
	assert_int_equal(ideas(), 0);
	assert_int_equal(said("Je sleutels zijn veranderd"), 1);
	assert_int_equal(said("@fatima:console"), 1);
	budget.id = "$2";
	budget.body = "!budget";
	stub_happens(&stub, budget);
	assert_int_equal(said("Je sleutels zijn veranderd"), 1);
	assert_int_equal(stub.said_len, 3);
}

static void engine__passes_over__other_bots(void **state)
{
	static const char *const bots[] = { "@weather:console" };

	(void)state;
	stub.home.config->bots = bots;
	stub.home.config->bots_len = ARRAY_LEN(bots);
	stub_happens(&stub, (struct event){ .id = "$1", .sender = "@weather:console", .body = "!idee regen", .trust = TRUST_DIRECT });
	stub_happens(&stub, (struct event){ .id = "$2", .sender = "@fatima:console", .body = "!idee bankje", .trust = TRUST_DIRECT });
	assert_int_equal(ideas(), 1);
	assert_int_equal(stub.said_len, 1);
}

static void engine__tells__an_unsigned_device_once(void **state)
{
	(void)state;
	stub.untrusted = true;
	stub_happens(&stub, (struct event){ .id = "$1", .sender = "@fatima:console", .body = "hallo" });
	assert_int_equal(stub.said_len, 0);
	/* It is the bridge's device then: a neighbour on WhatsApp can do nothing about it, but the coordinators can. */
	stub_happens(&stub, (struct event){ .id = "$2", .body = "!idee hek" });
	assert_int_equal(stub.said_len, 1);
	assert_int_equal(said("hebt bevestigd"), 0);
	stub_happens(&stub, (struct event){ .id = "$3", .sender = "@fatima:console", .body = "!idea a bench" });
	assert_non_null(strstr(stub_heard(&stub), "not verified"));
	stub_happens(&stub, (struct event){ .id = "$4", .sender = "@fatima:console", .body = "!idee hek" });
	assert_int_equal(stub.said_len, 2);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(handle_event__runs__what_a_proven_device_says, setup, teardown),
		cmocka_unit_test_setup_teardown(handle_event__refuses__what_nobody_proves, setup, teardown),
		cmocka_unit_test_setup_teardown(handle_event__asks_people__when_an_identity_changed, setup, teardown),
		cmocka_unit_test_setup_teardown(engine__passes_over__other_bots, setup, teardown),
		cmocka_unit_test_setup_teardown(engine__tells__an_unsigned_device_once, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
