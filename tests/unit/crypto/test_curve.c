/*
 * The vectors of RFC 8032, the other form of a signature (s plus the group's order), and the points of small
 * order: what OpenSSL says of them, which is why we look first, and what we say.
 */
#include "crypto/curve.h"

#include <openssl/evp.h>
#include <string.h>

#include "crypto/base64.h"
#include "unit/cmocka_all.h"

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

static const struct vector {
	const char *key, *message;
	size_t len;
	const char *signature, *with_order_added;
} vectors[] = {
	{ "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo", "", 0,
	  "5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc+bRr0lv18FlbviRlUUFDjnoQCw",
	  "5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVMjHhyqgZOBJ27MBP78pOA0lv18FlbviRlUUFDjnoQGw" },
	{ "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw", "\x72", 1,
	  "kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA",
	  "kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadr1LbdBWXirxhssLrau6/ygOHsurrQwKu6wDSkWErsMEA" },
	{ "/FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU", "\xaf\x82", 2,
	  "YpHWV97sJAJIJ+acOr4BowzlSKKEdDpEXjaA19taw6wY/5tTjRbykK5n92CYTcZZSnwV6XFu0o3AJ77O6h7ECg",
	  "YpHWV97sJAJIJ+acOr4BowzlSKKEdDpEXjaA19taw6wF05Gwp3kE6YQE7wN3R6VuSnwV6XFu0o3AJ77O6h7EGg" },
};

static void ed25519_verify__knows__rfc_8032(void **state)
{
	(void)state;
	for (const struct vector *v = vectors; v < vectors + ARRAY_LEN(vectors); v++) {
		assert_true(ed25519_is_sound(v->key));
		assert_true(ed25519_verify(v->key, v->message, v->len, v->signature));
		assert_false(ed25519_verify(v->key, "other", 5, v->signature));
		assert_false(ed25519_verify(v->key == vectors[0].key ? vectors[1].key : vectors[0].key, v->message, v->len, v->signature));
	}
}

static void ed25519_verify__refuses__a_second_form_of_the_signature(void **state)
{
	(void)state;
	for (const struct vector *v = vectors; v < vectors + ARRAY_LEN(vectors); v++)
		assert_false(ed25519_verify(v->key, v->message, v->len, v->with_order_added));
}

static void ed25519_verify__refuses__what_is_no_base64_of_the_right_length(void **state)
{
	const struct vector *v = &vectors[0];
	const char *shorter = arena_dup_n(arena, v->signature, 84);

	(void)state;
	assert_false(ed25519_verify(v->key, "", 0, NULL));
	assert_false(ed25519_verify(NULL, "", 0, v->signature));
	assert_false(ed25519_verify(v->key, "", 0, ""));
	assert_false(ed25519_verify(v->key, "", 0, shorter));
	assert_false(ed25519_verify(v->key, "", 0, arena_printf(arena, "%s==", v->signature)));
	assert_false(ed25519_verify(arena_printf(arena, "%s=", v->key), "", 0, v->signature));
}

/* The canonical small-order encodings; each also with the bit of the sign. */
static const unsigned char small_y[][CURVE_KEY_BYTES] = {
	{ 0 },
	{ 1 },
	{ 0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
	  0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05 },
	{ 0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
	  0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a },
};

/* The prime 2^255 - 19 and a bit more or less, little-endian: -1 is of small order, p and p + 1 are 0 and 1 in disguise. */
static void near_prime(unsigned char bytes[CURVE_KEY_BYTES], int difference)
{
	memset(bytes, 0xff, CURVE_KEY_BYTES);
	bytes[0] = (unsigned char)(0xed + difference);
	bytes[31] = 0x7f;
}

static const char *text_of(const unsigned char bytes[CURVE_KEY_BYTES])
{
	return base64_encode(arena, BASE64_UNPADDED, bytes, CURVE_KEY_BYTES);
}

static void ed25519_is_sound__refuses__small_order_and_values_past_the_prime(void **state)
{
	unsigned char bytes[CURVE_KEY_BYTES];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(small_y); i++) {
		memcpy(bytes, small_y[i], sizeof bytes);
		assert_false(ed25519_is_sound(text_of(bytes)));
		bytes[31] |= 0x80;
		assert_false(ed25519_is_sound(text_of(bytes)));
	}
	for (int difference = -1; difference <= 18; difference++) {
		near_prime(bytes, difference);
		assert_false(ed25519_is_sound(text_of(bytes)));
		bytes[31] |= 0x80;
		assert_false(ed25519_is_sound(text_of(bytes)));
	}
	near_prime(bytes, -2);
	assert_true(ed25519_is_sound(text_of(bytes)));
}

static bool openssl_verifies(const unsigned char key[CURVE_KEY_BYTES], const unsigned char signature[ED25519_SIGNATURE_BYTES],
	const char *message)
{
	EVP_PKEY *pkey = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key, CURVE_KEY_BYTES);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool good = EVP_DigestVerifyInit(context, NULL, NULL, NULL, pkey) == 1 &&
	            EVP_DigestVerify(context, signature, ED25519_SIGNATURE_BYTES, (const unsigned char *)message, strlen(message)) == 1;

	EVP_MD_CTX_free(context);
	EVP_PKEY_free(pkey);
	return good;
}

/* The neutral element for a key, and R = neutral, s = 0: by the equation a signature over everything. */
static void ed25519_verify__refuses__the_key_that_fits_every_message(void **state)
{
	unsigned char key[CURVE_KEY_BYTES] = { 1 }, signature[ED25519_SIGNATURE_BYTES] = { 1 };
	const char *text = base64_encode(arena, BASE64_UNPADDED, signature, sizeof signature);

	(void)state;
	assert_true(openssl_verifies(key, signature, "pay the treasurer"));
	assert_true(openssl_verifies(key, signature, "pay somebody else"));
	assert_false(ed25519_verify(text_of(key), "pay the treasurer", 17, text));
}

/* Its owner can make one whose R is the neutral element; strict implementations refuse it, and so do we. */
static void ed25519_verify__refuses__a_signature_with_r_of_small_order(void **state)
{
	static const char message[] = "pay the treasurer";
	static const char text[] = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAZuWQiGzw8pUsftt05A0y6RTRcqzmu3JAve5KHSJnDg";
	unsigned char key[CURVE_KEY_BYTES], signature[ED25519_SIGNATURE_BYTES];

	(void)state;
	assert_true(base64_decode_exact(BASE64_UNPADDED, vectors[0].key, key, sizeof key));
	assert_true(base64_decode_exact(BASE64_UNPADDED, text, signature, sizeof signature));
	assert_true(openssl_verifies(key, signature, message));
	assert_false(ed25519_verify(vectors[0].key, message, sizeof message - 1, text));
}

static bool openssl_agrees(const unsigned char theirs[CURVE_KEY_BYTES])
{
	static const unsigned char ours[CURVE_KEY_BYTES] = { 7, [31] = 0x40 };
	EVP_PKEY *own = EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, NULL, ours, sizeof ours);
	EVP_PKEY *peer = EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, NULL, theirs, CURVE_KEY_BYTES);
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(own, NULL);
	unsigned char secret[CURVE_KEY_BYTES];
	size_t len = sizeof secret;
	bool good = EVP_PKEY_derive_init(context) == 1 && EVP_PKEY_derive_set_peer(context, peer) == 1 &&
	            EVP_PKEY_derive(context, secret, &len) == 1;

	EVP_PKEY_CTX_free(context);
	EVP_PKEY_free(peer);
	EVP_PKEY_free(own);
	return good;
}

static const unsigned char small_u[][CURVE_KEY_BYTES] = {
	{ 0 },
	{ 1 },
	{ 0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a,
	  0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00 },
	{ 0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b,
	  0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57 },
};

/* With each of these OpenSSL's own key agreement comes out as zero, and fails. */
static void curve25519_is_sound__refuses__what_makes_no_secret(void **state)
{
	unsigned char bytes[CURVE_KEY_BYTES];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(small_u); i++) {
		assert_false(openssl_agrees(small_u[i]));
		assert_false(curve25519_is_sound(text_of(small_u[i])));
	}
	for (int difference = -1; difference <= 1; difference++) {
		near_prime(bytes, difference);
		assert_false(openssl_agrees(bytes));
		assert_false(curve25519_is_sound(text_of(bytes)));
	}
}

/* One key, one text: what stands for another key's number may not be a second name of it. */
static void curve25519_is_sound__refuses__a_second_encoding(void **state)
{
	unsigned char bytes[CURVE_KEY_BYTES] = { 9 };

	(void)state;
	assert_true(curve25519_is_sound(text_of(bytes)));
	bytes[31] |= 0x80;
	assert_false(curve25519_is_sound(text_of(bytes)));
	near_prime(bytes, 9);
	assert_false(curve25519_is_sound(text_of(bytes)));
	near_prime(bytes, -2);
	assert_true(curve25519_is_sound(text_of(bytes)));
}

static void curve25519_is_sound__refuses__what_is_no_key_at_all(void **state)
{
	(void)state;
	assert_false(curve25519_is_sound(NULL));
	assert_false(curve25519_is_sound(""));
	assert_false(curve25519_is_sound("CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
	assert_false(curve25519_is_sound("CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB"));
	assert_false(curve25519_is_sound("CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
	assert_false(curve25519_is_sound("CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!A"));
	assert_true(curve25519_is_sound("CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ed25519_verify__knows__rfc_8032),
		cmocka_unit_test(ed25519_verify__refuses__a_second_form_of_the_signature),
		cmocka_unit_test(ed25519_verify__refuses__what_is_no_base64_of_the_right_length),
		cmocka_unit_test(ed25519_is_sound__refuses__small_order_and_values_past_the_prime),
		cmocka_unit_test(ed25519_verify__refuses__the_key_that_fits_every_message),
		cmocka_unit_test(ed25519_verify__refuses__a_signature_with_r_of_small_order),
		cmocka_unit_test(curve25519_is_sound__refuses__what_makes_no_secret),
		cmocka_unit_test(curve25519_is_sound__refuses__a_second_encoding),
		cmocka_unit_test(curve25519_is_sound__refuses__what_is_no_key_at_all),
	};

	return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
