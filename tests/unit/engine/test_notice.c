/*
 * A bridge that cannot read a message yet leaves a notice; the message comes as its edit (WHATSAPP.md 0.4).
 */
#include "unit/engine/stub.h"

static struct stub stub;

static int setup(void **state)
{
	(void)state;
	stub_open(&stub);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	stub_close(&stub);
	return 0;
}

static void engine__runs__a_first_command_that_comes_as_an_edit(void **state)
{
	(void)state;
	stub_happens(&stub, (struct event){ .id = "$notice", .form = FORM_NOTICE, .body = "Decrypting message failed", .bridge_notice = true });
	assert_int_equal(stub.said_len, 0);
	stub_happens(&stub, (struct event){ .kind = EVENT_EDIT, .id = "$e1", .target = "$notice", .body = "!idee fietsenrek" });
	assert_string_equal(stub_heard(&stub), "Idee 1 genoteerd: fietsenrek. Goed idee? Geef een 👍. Wil je zelf meedoen? Antwoord ja.");
}

static void engine__knows__it_by_the_id_of_the_notice(void **state)
{
	(void)state;
	stub_happens(&stub, (struct event){ .id = "$notice", .form = FORM_NOTICE, .body = "Decrypting message failed", .bridge_notice = true });
	stub_happens(&stub, (struct event){ .kind = EVENT_EDIT, .id = "$e1", .target = "$notice", .body = "!idee fietsenrek" });
	stub_happens(&stub, (struct event){ .kind = EVENT_REACTION, .id = "$r", .target = "$notice", .reaction = "👍", .sender = "@john:console" });
	stub_happens(&stub, (struct event){ .kind = EVENT_EDIT, .id = "$e2", .target = "$notice", .body = "!idee twee fietsenrekken" });
	assert_string_equal(stub_heard(&stub), "Idee 1 aangepast: twee fietsenrekken.");
	stub_happens(&stub, (struct event){ .id = "$q", .body = "!idee 1" });
	assert_non_null(strstr(stub_heard(&stub), "1 buur steunt dit"));
	stub_happens(&stub, (struct event){ .kind = EVENT_REDACTION, .id = "$d", .target = "$notice" });
	assert_string_equal(stub_heard(&stub), "Idee 1 is weggehaald.");
}

static void engine__takes__it_from_nobody_else(void **state)
{
	(void)state;
	stub_happens(&stub, (struct event){ .id = "$notice", .form = FORM_NOTICE, .body = "Decrypting message failed", .bridge_notice = true, .sender = "@whatsapp_31600000001:console" });
	stub_happens(&stub, (struct event){ .kind = EVENT_EDIT, .id = "$e1", .target = "$notice", .body = "!idee van een ander", .sender = "@john:console" });
	assert_int_equal(stub.said_len, 0);
	/* Her id as a ghost changed meanwhile. */
	stub_happens(&stub, (struct event){ .kind = EVENT_EDIT, .id = "$e2", .target = "$notice", .body = "!idee fietsenrek", .sender = "@whatsapp_lid-4711:console" });
	assert_non_null(strstr(stub_heard(&stub), "Idee 1 genoteerd: fietsenrek."));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(engine__runs__a_first_command_that_comes_as_an_edit, setup, teardown),
		cmocka_unit_test_setup_teardown(engine__takes__it_from_nobody_else, setup, teardown),
		cmocka_unit_test_setup_teardown(engine__knows__it_by_the_id_of_the_notice, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
