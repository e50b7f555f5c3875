/* Secrets and the proof of a key as WebCrypto seals them, by the algorithm of the specification. */
#include "crypto/secret.h"

#include <string.h>

#include "base/json.h"
#include "crypto/base64.h"
#include "unit/cmocka_all.h"

#define NAME "m.cross_signing.master"
#define TEXT "c2VlZCBvZiAzMiBieXRlcywgbm90IGEgcmVhbCBvbmU"
#define IV "ABEiM0RVZnd4maq7zN3u/w"
#define CIPHERTEXT "ZVVofLkYts0IYymwxvoiG2mLG0Wf4mxt5SfJykBuGMj6Wu/OBSoEHbtJnA"
#define MAC "gaRYc3TnycRNpdIXY+to8kdR5EnGza+ijIazUI6wfUA"
#define PROOF "WYsSfYnMGGppO3MAC+uuGKJk6eWrmxFYFjtUIQAVzzg"
#define SEALED(iv, ciphertext, mac) "{\"iv\":\"" iv "\",\"ciphertext\":\"" ciphertext "\",\"mac\":\"" mac "\"}"
#define ALGORITHM "\"algorithm\":\"m.secret_storage.v1.aes-hmac-sha2\""

static struct arena *arena;
static unsigned char key[SECRET_KEY_BYTES];

static int arena_begin(void **state)
{
	(void)state;
	arena = arena_create(1024 * 1024);
	for (size_t i = 0; i < sizeof key; i++)
		key[i] = (unsigned char)(0xa0 + i);
	return 0;
}

static int arena_end(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static const struct cJSON *parse(const char *text)
{
	const struct cJSON *json = json_parse_in(arena, text, strlen(text));

	assert_non_null(json);
	return json;
}

static enum secret open_as(const char *name, const char *sealed)
{
	char *text;

	return secret_open(arena, key, name, parse(sealed), &text);
}

static void secret_open__reads__what_another_implementation_sealed(void **state)
{
	char *text;

	(void)state;
	assert_int_equal(secret_open(arena, key, NAME, parse(SEALED(IV, CIPHERTEXT, MAC)), &text), SECRET_OPENED);
	assert_string_equal(text, TEXT);
	assert_int_equal(secret_open(arena, key, NAME, parse(SEALED(IV "==", CIPHERTEXT "==", MAC "=")), &text), SECRET_OPENED);
	assert_string_equal(text, TEXT);
}

static void secret_open__refuses__another_name_key_or_byte(void **state)
{
	unsigned char other[SECRET_KEY_BYTES] = { 1 };
	char *text = NULL;

	(void)state;
	assert_int_equal(open_as("m.cross_signing.self_signing", SEALED(IV, CIPHERTEXT, MAC)), SECRET_WRONG);
	assert_int_equal(open_as("", SEALED(IV, CIPHERTEXT, MAC)), SECRET_WRONG);
	assert_int_equal(open_as(NAME, SEALED(IV, "AAAA" CIPHERTEXT, MAC)), SECRET_WRONG);
	assert_int_equal(open_as(NAME, SEALED(IV, "YVVofLkYts0IYymwxvoiG2mLG0Wf4mxt5SfJykBuGMj6Wu/OBSoEHbtJnA", MAC)), SECRET_WRONG);
	assert_int_equal(open_as(NAME, SEALED(IV, CIPHERTEXT, PROOF)), SECRET_WRONG);
	assert_int_equal(secret_open(arena, other, NAME, parse(SEALED(IV, CIPHERTEXT, MAC)), &text), SECRET_WRONG);
	assert_null(text);
}

/* The MAC does not cover the IV: what another one makes of the ciphertext is at best no text. */
static void secret_open__refuses__a_changed_iv_that_makes_no_text(void **state)
{
	(void)state;
	assert_int_equal(open_as(NAME, SEALED("ABEiM0RVZnd4maq7zN3u/g", CIPHERTEXT, MAC)), SECRET_MALFORMED);
}

static void secret_open__refuses__what_is_malformed(void **state)
{
	static const char *const broken[] = {
		"{}", "[]", "null",
		SEALED("", CIPHERTEXT, MAC),
		SEALED(IV, CIPHERTEXT, ""),
		SEALED(IV, "*", MAC),
		SEALED("ABEiM0RVZnd4maq7zN3u", CIPHERTEXT, MAC),
		SEALED(IV, CIPHERTEXT, "gaRYc3TnycRNpdIXY"),
		"{\"iv\":\"" IV "\",\"mac\":\"" MAC "\"}",
		"{\"iv\":\"" IV "\",\"ciphertext\":7,\"mac\":\"" MAC "\"}",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
		if (open_as(NAME, broken[i]) != SECRET_MALFORMED)
			fail_msg("taken: %s", broken[i]);
	}
}

static void secret_seal__makes__what_opens(void **state)
{
	static const char *const texts[] = { "", "a", TEXT };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		AUTO_JSON sealed = secret_seal(key, NAME, texts[i]);
		char *text;

		assert_int_equal(secret_open(arena, key, NAME, sealed, &text), SECRET_OPENED);
		assert_string_equal(text, texts[i]);
	}
}

static void secret_seal__clears__bit_63_and_never_repeats_an_iv(void **state)
{
	char *last = NULL;

	(void)state;
	for (int i = 0; i < 32; i++) {
		AUTO_JSON sealed = secret_seal(key, NAME, TEXT);
		unsigned char iv[16];

		assert_true(base64_decode_exact(BASE64_UNPADDED, json_str(sealed, "iv"), iv, sizeof iv));
		assert_int_equal(iv[8] & 0x80, 0);
		if (last)
			assert_string_not_equal(json_str(sealed, "iv"), last);
		last = arena_dup(arena, json_str(sealed, "iv"));
	}
}

static enum secret_key check(const char *description)
{
	return secret_key_check(key, parse(description));
}

static void secret_key_check__knows__the_proof(void **state)
{
	unsigned char other[SECRET_KEY_BYTES] = { 1 };

	(void)state;
	assert_int_equal(check("{" ALGORITHM ",\"iv\":\"" IV "\",\"mac\":\"" PROOF "\"}"), SECRET_KEY_RIGHT);
	assert_int_equal(check("{" ALGORITHM ",\"iv\":\"" IV "==\",\"mac\":\"" PROOF "=\"}"), SECRET_KEY_RIGHT);
	assert_int_equal(check("{" ALGORITHM ",\"iv\":\"" IV "\",\"mac\":\"" MAC "\"}"), SECRET_KEY_WRONG);
	assert_int_equal(check("{" ALGORITHM ",\"iv\":\"ABEiM0RVZnd4maq7zN3u/g\",\"mac\":\"" PROOF "\"}"), SECRET_KEY_WRONG);
	assert_int_equal(check("{" ALGORITHM ",\"iv\":7,\"mac\":\"" PROOF "\"}"), SECRET_KEY_WRONG);
	assert_int_equal(secret_key_check(other, parse("{" ALGORITHM ",\"iv\":\"" IV "\",\"mac\":\"" PROOF "\"}")), SECRET_KEY_WRONG);
}

static void secret_key_check__assumes__what_cannot_be_checked(void **state)
{
	(void)state;
	assert_int_equal(check("{" ALGORITHM "}"), SECRET_KEY_ASSUMED);
	assert_int_equal(check("{" ALGORITHM ",\"iv\":\"" IV "\"}"), SECRET_KEY_ASSUMED);
	assert_int_equal(check("{" ALGORITHM ",\"mac\":\"" PROOF "\"}"), SECRET_KEY_ASSUMED);
	assert_int_equal(check("{\"algorithm\":\"m.other\"}"), SECRET_KEY_FOREIGN);
	assert_int_equal(check("{}"), SECRET_KEY_FOREIGN);
}

static void secret_key_describe__makes__what_checks(void **state)
{
	AUTO_JSON description = secret_key_describe(key);
	unsigned char other[SECRET_KEY_BYTES] = { 1 };

	(void)state;
	assert_int_equal(secret_key_check(key, description), SECRET_KEY_RIGHT);
	assert_int_equal(secret_key_check(other, description), SECRET_KEY_WRONG);
}

static bool from_passphrase(const char *recipe, unsigned char *ret_key)
{
	return secret_key_from_passphrase("wachtwoordzin \xc3\xa9", parse(recipe), ret_key);
}

static void secret_key_from_passphrase__follows__the_recipe(void **state)
{
	static const char *const broken[] = {
		"{}", "{\"passphrase\":{}}",
		"{\"passphrase\":{\"algorithm\":\"m.other\",\"salt\":\"zout\",\"iterations\":1000}}",
		"{\"passphrase\":{\"algorithm\":\"m.pbkdf2\",\"iterations\":1000}}",
		"{\"passphrase\":{\"algorithm\":\"m.pbkdf2\",\"salt\":\"zout\"}}",
		"{\"passphrase\":{\"algorithm\":\"m.pbkdf2\",\"salt\":\"zout\",\"iterations\":1}}",
		"{\"passphrase\":{\"algorithm\":\"m.pbkdf2\",\"salt\":\"zout\",\"iterations\":99999999}}",
		"{\"passphrase\":{\"algorithm\":\"m.pbkdf2\",\"salt\":\"zout\",\"iterations\":1000,\"bits\":128}}",
	};
	unsigned char made[SECRET_KEY_BYTES], again[SECRET_KEY_BYTES];

	(void)state;
	assert_true(from_passphrase("{\"passphrase\":{\"algorithm\":\"m.pbkdf2\",\"salt\":\"zout\",\"iterations\":1000}}", made));
	assert_string_equal(base64_encode(arena, BASE64_UNPADDED, made, sizeof made), "PL2VW8cAUwgi2JUkmfanWWojFOQigD2PyL0hkXCa+XA");
	assert_true(from_passphrase("{\"passphrase\":{\"algorithm\":\"m.pbkdf2\",\"salt\":\"zout\",\"iterations\":1000,\"bits\":256}}", again));
	assert_memory_equal(made, again, sizeof made);
	for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
		if (from_passphrase(broken[i], again))
			fail_msg("taken: %s", broken[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(secret_open__reads__what_another_implementation_sealed),
		cmocka_unit_test(secret_open__refuses__another_name_key_or_byte),
		cmocka_unit_test(secret_open__refuses__a_changed_iv_that_makes_no_text),
		cmocka_unit_test(secret_open__refuses__what_is_malformed),
		cmocka_unit_test(secret_seal__makes__what_opens),
		cmocka_unit_test(secret_seal__clears__bit_63_and_never_repeats_an_iv),
		cmocka_unit_test(secret_key_check__knows__the_proof),
		cmocka_unit_test(secret_key_check__assumes__what_cannot_be_checked),
		cmocka_unit_test(secret_key_describe__makes__what_checks),
		cmocka_unit_test(secret_key_from_passphrase__follows__the_recipe),
	};

	return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
