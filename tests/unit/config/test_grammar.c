#include "config/grammar.h"

#include "unit/cmocka_all.h"

struct verdict {
	const char *text;
	bool valid;
};

static void expect_verdicts(bool (*is_valid)(const char *text), const struct verdict *verdicts, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (is_valid(verdicts[i].text) != verdicts[i].valid)
			fail_msg("\"%s\" should be %s", verdicts[i].text, verdicts[i].valid ? "valid" : "refused");
	}
}

static void slug_is_valid__knows__its_letters(void **state)
{
	static const struct verdict verdicts[] = {
		{ "kern-19", true }, { "4-torens", true }, { "a", true },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true }, { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false },
		{ "", false }, { "-a", false }, { "a-", false }, { "a--b", false }, { "Kern", false }, { "a b", false }, { "a_b", false },
		{ "é", false },
	};

	(void)state;
	expect_verdicts(slug_is_valid, verdicts, ARRAY_LEN(verdicts));
}

static void mxid_is_valid__follows__the_spec(void **state)
{
	static const struct verdict verdicts[] = {
		{ "@fatima:example.org", true }, { "@whatsapp_lid-123:example.org", true }, { "@Old.Name!:example.org:8448", true },
		{ "@a:[2001:db8::1]:8448", true }, { "@a:localhost", true },
		{ "fatima:example.org", false }, { "@fatima", false }, { "@:example.org", false }, { "@fatima:", false },
		{ "@fa tima:example.org", false }, { "@fatima:exa mple.org", false }, { "@fatima:example.org:", false },
		{ "@fatima:example.org:123456", false }, { "@fatima:[::1", false }, { "@fät:example.org", false }, { "", false },
	};

	(void)state;
	expect_verdicts(mxid_is_valid, verdicts, ARRAY_LEN(verdicts));
	assert_string_equal(mxid_server("@a:b.org:8448"), "b.org:8448");
}

static void room_id_is_valid__takes__both_forms(void **state)
{
	static const struct verdict verdicts[] = {
		{ "!abc:example.org", true }, { "!kruitberg:console", true }, { "!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM", true },
		{ "#abc:example.org", false }, { "!", false }, { "!:example.org", false }, { "!abc:", false }, { "!a b", false },
	};

	(void)state;
	expect_verdicts(room_id_is_valid, verdicts, ARRAY_LEN(verdicts));
}

static void group_jid_is_valid__takes__groups_only(void **state)
{
	static const struct verdict verdicts[] = {
		{ "120363041234567890@g.us", true }, { "31600000000-1414141414@g.us", true },
		{ "31600000000@s.whatsapp.net", false }, { "status@broadcast", false }, { "-1@g.us", false }, { "1-@g.us", false },
		{ "@g.us", false }, { "1@g.us ", false },
	};

	(void)state;
	expect_verdicts(group_jid_is_valid, verdicts, ARRAY_LEN(verdicts));
}

static void base_url_is_valid__refuses__what_hides_in_addresses(void **state)
{
	static const struct verdict verdicts[] = {
		{ "https://matrix.example.org", true }, { "http://127.0.0.1:8008/", true }, { "https://[::1]:8448", true },
		{ "https://example.org/matrix/", true },
		{ "matrix.example.org", false }, { "ftp://example.org", false }, { "https://", false },
		{ "https://me:secret@example.org", false }, { "https://example.org?x=1", false }, { "https://example.org/#a", false },
		{ "https://example.org:", false }, { "https://example.org:80x", false }, { "https://exa mple.org", false },
	};

	(void)state;
	expect_verdicts(base_url_is_valid, verdicts, ARRAY_LEN(verdicts));
}

static void duration_parse__wants__a_unit(void **state)
{
	int64_t ms = -1;

	(void)state;
	assert_false(duration_parse("20", &ms));
	assert_false(duration_parse("20 min", &ms));
	assert_false(duration_parse("-1d", &ms));
	assert_false(duration_parse("01d", &ms));
	assert_false(duration_parse("1d2h", &ms));
	assert_false(duration_parse("1.5d", &ms));
	assert_false(duration_parse("1234567890d", &ms));
	assert_int_equal(ms, -1);
	assert_true(duration_parse("0s", &ms));
	assert_int_equal(ms, 0);
	assert_true(duration_parse("14d", &ms));
	assert_int_equal(ms, 1209600000);
	assert_true(duration_parse("90 m", &ms));
	assert_int_equal(ms, 5400000);
}

static void size_parse__counts__in_thousands(void **state)
{
	int64_t bytes = -1;

	(void)state;
	assert_false(size_parse("20", &bytes));
	assert_false(size_parse("20 mb", &bytes));
	assert_false(size_parse("20 MiB", &bytes));
	assert_true(size_parse("20MB", &bytes));
	assert_int_equal(bytes, 20000000);
	assert_true(size_parse("500 kB", &bytes));
	assert_int_equal(bytes, 500000);
	assert_true(size_parse("999999999 GB", &bytes));
	assert_true(bytes == INT64_C(999999999000000000));
}

static void time_of_day_parse__wants__five_characters(void **state)
{
	int minute = -1;

	(void)state;
	assert_false(time_of_day_parse("9:00", &minute));
	assert_false(time_of_day_parse("24:00", &minute));
	assert_false(time_of_day_parse("09:60", &minute));
	assert_false(time_of_day_parse("09.00", &minute));
	assert_false(time_of_day_parse("09:0a", &minute));
	assert_int_equal(minute, -1);
	assert_true(time_of_day_parse("00:00", &minute));
	assert_int_equal(minute, 0);
	assert_true(time_of_day_parse("23:59", &minute));
	assert_int_equal(minute, 1439);
}

static void euros_parse__refuses__dots_and_slips(void **state)
{
	static const char *const wrong[] = { "96.000", "96.000,00", "96000,5", "096000", "-1", "", "1e5", "12x", "99999999999999999" };
	struct cents cents = cents_from_int64(-1);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		if (euros_parse(wrong[i], &cents))
			fail_msg("\"%s\" should be refused", wrong[i]);
	}
	assert_int_equal(cents_to_int64(cents), -1);
	assert_true(euros_parse("96000", &cents));
	assert_int_equal(cents_to_int64(cents), 9600000);
	assert_true(euros_parse("0,05", &cents));
	assert_int_equal(cents_to_int64(cents), 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slug_is_valid__knows__its_letters),
		cmocka_unit_test(mxid_is_valid__follows__the_spec),
		cmocka_unit_test(room_id_is_valid__takes__both_forms),
		cmocka_unit_test(group_jid_is_valid__takes__groups_only),
		cmocka_unit_test(base_url_is_valid__refuses__what_hides_in_addresses),
		cmocka_unit_test(duration_parse__wants__a_unit),
		cmocka_unit_test(size_parse__counts__in_thousands),
		cmocka_unit_test(time_of_day_parse__wants__five_characters),
		cmocka_unit_test(euros_parse__refuses__dots_and_slips),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
