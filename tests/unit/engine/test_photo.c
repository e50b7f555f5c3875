/*
 * A photo on its way in, and the message that waits for it.
 */
#include "unit/engine/stub.h"

static const struct media photo = { .url = "mxc://console/a", .name = "bon.jpg", .mime = "image/jpeg", .size = 1000 };
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

static void receipt(const char *id, const struct media *file)
{
	stub_happens(&stub, (struct event){ .form = FORM_IMAGE, .id = id, .body = "!bon 12,50 verf", .media = file });
}

static int64_t media(const char *state)
{
	return stub_number(&stub, arena_printf(stub.arena, "SELECT count(*) FROM media WHERE state = '%s'", state));
}

static int64_t receipts(void)
{
	return stub_number(&stub, "SELECT count(*) FROM receipt");
}

static void photo__comes__before_its_receipt(void **state)
{
	(void)state;
	receipt("$1", &photo);
	assert_int_equal(receipts(), 0);
	stub_happens(&stub, (struct event){ .id = "$2", .body = "!idee hek" });
	stub_happens(&stub, (struct event){ .id = "$3", .body = "!idee lamp", .sender = "@bo:console" });
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 1);
	stub.fetch_bytes = "\xff\xd8\xff foto";
	stub_settle(&stub);
	assert_int_equal(receipts(), 1);
	assert_int_equal(media("stored"), 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 2);
}

static void photo__holds__nobody_longer_than_a_minute(void **state)
{
	(void)state;
	receipt("$1", &photo);
	assert_true(stub.wait_ms <= MS_PER_MINUTE);
	stub_later(&stub, MS_PER_MINUTE);
	assert_int_equal(receipts(), 1);
	assert_non_null(strstr(stub_heard(&stub), "De foto is nog onderweg"));
	stub.fetch_bytes = "\xff\xd8\xff foto";
	stub_settle(&stub);
	assert_int_equal(media("stored"), 1);
	assert_int_equal(receipts(), 1);
}

/* A cut or failing download is tried again, and nothing of it is kept. */
static void photo__is_tried_again__after_trouble(void **state)
{
	(void)state;
	stub.fetch_outcome = OUTCOME_TROUBLE;
	stub.fetch_bytes = "";
	receipt("$1", &photo);
	assert_int_equal(stub.fetches, 1);
	assert_int_equal(media("wanted"), 1);
	stub_later(&stub, 6 * MS_PER_SECOND);
	assert_int_equal(stub.fetches, 2);
	stub.fetch_outcome = OUTCOME_OK;
	stub.fetch_bytes = "\xff\xd8\xff foto";
	stub_later(&stub, 20 * MS_PER_SECOND);
	assert_int_equal(media("stored"), 1);
	assert_int_equal(receipts(), 1);
}

static void photo__is_given_up__when_its_key_is_none(void **state)
{
	static const struct media encrypted = { "mxc://b/x", "bon.jpg", "image/jpeg", 10, "{}" };

	(void)state;
	stub.fetch_bytes = "\xff\xd8\xff foto";
	receipt("$1", &encrypted);
	assert_int_equal(stub.fetches, 1);
	assert_int_equal(media("failed"), 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM blob"), 0);
	assert_int_equal(receipts(), 1);
}

static void photo__is_given_up__when_it_is_gone(void **state)
{
	(void)state;
	stub.fetch_outcome = OUTCOME_REFUSED;
	stub.fetch_bytes = "";
	receipt("$1", &photo);
	assert_int_equal(media("failed"), 1);
	assert_int_equal(receipts(), 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM incident WHERE kind = 'photo.failed'"), 1);
}

/* Three days of trouble are enough. */
static void photo__is_given_up__after_eighty_tries(void **state)
{
	(void)state;
	stub.fetch_outcome = OUTCOME_TROUBLE;
	stub.fetch_bytes = "";
	receipt("$1", &photo);
	for (int i = 0; i < 100; i++)
		stub_later(&stub, MS_PER_HOUR);
	assert_int_equal(stub.fetches, 80);
	assert_int_equal(media("failed"), 1);
}

/* Forty megabytes: not even asked for when it says so, and given up when it turns out so. */
static void photo__is_refused__when_it_is_too_big(void **state)
{
	struct media big = photo;

	(void)state;
	big.size = 40 * 1000 * 1000;
	receipt("$1", &big);
	assert_int_equal(stub.fetches, 0);
	assert_int_equal(receipts(), 1);
	stub.fetch_outcome = OUTCOME_TOO_BIG;
	stub.fetch_bytes = "";
	receipt("$2", &photo);
	assert_int_equal(stub.fetches, 1);
	assert_int_equal(media("failed"), 2);
	assert_int_equal(receipts(), 2);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM media WHERE why_failed = 'too_big'"), 2);
}

static void photo__is_refused__when_the_photos_fill_their_share(void **state)
{
	(void)state;
	stub.fetch_bytes = "\xff\xd8\xff foto";
	receipt("$1", &photo);
	stub.home.config->neighbourhood.media.disk_bytes = 3;
	receipt("$2", &photo);
	assert_int_equal(stub.fetches, 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM media WHERE why_failed = 'quota'"), 1);
	assert_int_equal(receipts(), 2);
}

/* More files than one person may send in an hour wait for the next; nothing is lost, nobody else waits. */
static void photo__waits__for_the_next_hour(void **state)
{
	(void)state;
	stub.home.config->neighbourhood.media.files_per_hour = 2;
	stub.fetch_bytes = "\xff\xd8\xff foto";
	for (int i = 1; i <= 3; i++)
		receipt(arena_printf(stub.arena, "$%d", i), &photo);
	stub_happens(&stub, (struct event){ .form = FORM_IMAGE, .id = "$other", .body = "!bon 3 koffie", .media = &photo, .sender = "@bo:console" });
	assert_int_equal(stub.fetches, 3);
	assert_int_equal(media("wanted"), 1);
	stub_later(&stub, MS_PER_MINUTE);
	assert_int_equal(receipts(), 4);
	stub_later(&stub, MS_PER_HOUR);
	assert_int_equal(media("stored"), 4);
	assert_int_equal(stub_number(&stub, "SELECT max(attempts) FROM media"), 0);
}

/* Killed with the photo on the disk but not in the database: it is fetched once more. */
static void photo__is_fetched_again__after_a_kill(void **state)
{
	(void)state;
	receipt("$1", &photo);
	stub_restart(&stub);
	stub.fetch_bytes = "\xff\xd8\xff foto";
	stub_happens(&stub, (struct event){ .id = "$2", .body = "hallo" });
	assert_int_equal(stub.fetches, 2);
	assert_int_equal(receipts(), 1);
	assert_int_equal(media("stored"), 1);
}

static void photo__taken_back_in_time__makes_no_receipt(void **state)
{
	(void)state;
	receipt("$1", &photo);
	stub_happens(&stub, (struct event){ .kind = EVENT_REDACTION, .id = "$r", .target = "$1" });
	stub.fetch_bytes = "\xff\xd8\xff foto";
	stub_later(&stub, 2 * MS_PER_MINUTE);
	assert_int_equal(receipts(), 0);
	assert_int_equal(stub.said_len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(photo__comes__before_its_receipt, setup, teardown),
		cmocka_unit_test_setup_teardown(photo__holds__nobody_longer_than_a_minute, setup, teardown),
		cmocka_unit_test_setup_teardown(photo__is_tried_again__after_trouble, setup, teardown),
		cmocka_unit_test_setup_teardown(photo__is_given_up__when_its_key_is_none, setup, teardown),
		cmocka_unit_test_setup_teardown(photo__is_given_up__when_it_is_gone, setup, teardown),
		cmocka_unit_test_setup_teardown(photo__is_given_up__after_eighty_tries, setup, teardown),
		cmocka_unit_test_setup_teardown(photo__is_refused__when_it_is_too_big, setup, teardown),
		cmocka_unit_test_setup_teardown(photo__is_refused__when_the_photos_fill_their_share, setup, teardown),
		cmocka_unit_test_setup_teardown(photo__waits__for_the_next_hour, setup, teardown),
		cmocka_unit_test_setup_teardown(photo__is_fetched_again__after_a_kill, setup, teardown),
		cmocka_unit_test_setup_teardown(photo__taken_back_in_time__makes_no_receipt, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
