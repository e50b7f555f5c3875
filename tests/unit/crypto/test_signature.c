/* The signing vectors of the Matrix specification (Appendices, "Signing JSON": "domain", "ed25519:1"). */
#include "crypto/signature.h"

#include <string.h>

#include "base/json.h"
#include "unit/cmocka_all.h"

#define KEY "XGX0JRS2Af3be3knz2fBiRbApjm2Dh61gXDJA8kcJNI"
#define OVER_EMPTY "K8280/U9SSy9IVtjBuVeLr+HpOB4BQFWbg+UZaADMtTdGYI7Geitb76LTrr5QV/7Xg4ahLwYGYZzuHGZKM5ZAQ"
#define OVER_DATA "KqmLSbO39/Bzb0QIYE82zqLwsA+PDzYIpIRA2sRQ4sL53+sN6/fpNSoqE7BP7vBZhG6kYdD13EIMJpvhJI+6Bw"
#define SIGNED_WITH(signature) "\"signatures\":{\"domain\":{\"ed25519:1\":\"" signature "\"}}"

static struct arena *arena;

static int arena_begin(void **state)
{
	(void)state;
	arena = arena_create(1024 * 1024);
	return 0;
}

static int arena_end(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static enum signature verify_with(const char *text, const char *user, const char *key_id, const char *key)
{
	const struct cJSON *object = json_parse_in(arena, text, strlen(text));

	assert_non_null(object);
	return signature_verify(arena, object, user, key_id, key);
}

static enum signature verify(const char *text)
{
	return verify_with(text, "domain", "ed25519:1", KEY);
}

static void signature_verify__knows__the_examples_of_the_specification(void **state)
{
	(void)state;
	assert_int_equal(verify("{" SIGNED_WITH(OVER_EMPTY) "}"), SIGNATURE_GOOD);
	assert_int_equal(verify("{\"two\":\"Two\"," SIGNED_WITH(OVER_DATA) ",\"one\":1}"), SIGNATURE_GOOD);
	assert_int_equal(verify("{\"two\":\"Two\",\"unsigned\":{\"age_ts\":0.5}," SIGNED_WITH(OVER_DATA) ",\"one\":1}"), SIGNATURE_GOOD);
}

static void signature_verify__refuses__another_object(void **state)
{
	(void)state;
	assert_int_equal(verify("{\"two\":\"two\"," SIGNED_WITH(OVER_DATA) ",\"one\":1}"), SIGNATURE_WRONG);
	assert_int_equal(verify("{\"two\":\"Two\"," SIGNED_WITH(OVER_DATA) ",\"one\":1,\"three\":null}"), SIGNATURE_WRONG);
	assert_int_equal(verify("{\"two\":\"Two\"," SIGNED_WITH(OVER_EMPTY) ",\"one\":1}"), SIGNATURE_WRONG);
	assert_int_equal(verify("{" SIGNED_WITH("") "}"), SIGNATURE_WRONG);
}

static void signature_verify__tells__that_none_is_there(void **state)
{
	(void)state;
	assert_int_equal(verify("{}"), SIGNATURE_ABSENT);
	assert_int_equal(verify("{\"signatures\":[]}"), SIGNATURE_ABSENT);
	assert_int_equal(verify("{\"signatures\":{\"domain\":{\"ed25519:1\":7}}}"), SIGNATURE_ABSENT);
	assert_int_equal(verify_with("{" SIGNED_WITH(OVER_EMPTY) "}", "Domain", "ed25519:1", KEY), SIGNATURE_ABSENT);
	assert_int_equal(verify_with("{" SIGNED_WITH(OVER_EMPTY) "}", "domain", "ed25519:2", KEY), SIGNATURE_ABSENT);
}

static void signature_verify__refuses__what_reads_two_ways(void **state)
{
	(void)state;
	assert_int_equal(verify("{\"one\":1,\"two\":\"Two\"," SIGNED_WITH(OVER_DATA) ",\"one\":1}"), SIGNATURE_UNCANONICAL);
	assert_int_equal(verify("{\"one\":1.0,\"two\":\"Two\"," SIGNED_WITH(OVER_DATA) "}"), SIGNATURE_UNCANONICAL);
	assert_int_equal(verify("{\"one\":1,\"two\":\"Two\\u0000\"," SIGNED_WITH(OVER_DATA) "}"), SIGNATURE_UNCANONICAL);
	assert_int_equal(verify("{" SIGNED_WITH(OVER_EMPTY) "," SIGNED_WITH(OVER_DATA) "}"), SIGNATURE_UNCANONICAL);
	assert_int_equal(verify("[]"), SIGNATURE_UNCANONICAL);
	assert_int_equal(signature_verify(arena, NULL, "domain", "ed25519:1", KEY), SIGNATURE_UNCANONICAL);
}

static void signature_verify__refuses__unsound_keys(void **state)
{
	static const char anything[] = "{\"a\":1," SIGNED_WITH("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") "}";

	(void)state;
	assert_int_equal(verify_with(anything, "domain", "ed25519:1", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), SIGNATURE_KEY_UNSOUND);
	assert_int_equal(verify_with(anything, "domain", "ed25519:1", "nonsense"), SIGNATURE_KEY_UNSOUND);
	assert_int_equal(verify_with(anything, "domain", "ed25519:1", NULL), SIGNATURE_KEY_UNSOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signature_verify__knows__the_examples_of_the_specification),
		cmocka_unit_test(signature_verify__refuses__another_object),
		cmocka_unit_test(signature_verify__tells__that_none_is_there),
		cmocka_unit_test(signature_verify__refuses__what_reads_two_ways),
		cmocka_unit_test(signature_verify__refuses__unsound_keys),
	};

	return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
