/* RFC 4231 and RFC 5869; PBKDF2 against another implementation. */
#include "crypto/kdf.h"

#include <stdio.h>
#include <string.h>

#include "base/die.h"
#include "unit/cmocka_all.h"

static struct octets text(const char *text)
{
	return (struct octets){ text, strlen(text) };
}

static void assert_hex(const unsigned char *bytes, size_t len, const char *expected)
{
	char hex[256];

	INVARIANT(2 * len < sizeof hex);
	for (size_t i = 0; i < len; i++)
		(void)snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
	assert_string_equal(hex, expected);
}

static void hmac_sha256__knows__rfc_4231(void **state)
{
	unsigned char mac[HMAC_SHA256_BYTES], key[131];

	(void)state;
	hmac_sha256(text("Jefe"), text("what do ya want for nothing?"), mac);
	assert_hex(mac, sizeof mac, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, sizeof key);
	hmac_sha256((struct octets){ key, sizeof key }, text("Test Using Larger Than Block-Size Key - Hash Key First"), mac);
	assert_hex(mac, sizeof mac, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

static void hkdf_sha256__knows__rfc_5869(void **state)
{
	unsigned char key[22], salt[13], info[10], bytes[42];

	(void)state;
	memset(key, 0x0b, sizeof key);
	for (size_t i = 0; i < sizeof salt; i++)
		salt[i] = (unsigned char)i;
	for (size_t i = 0; i < sizeof info; i++)
		info[i] = (unsigned char)(0xf0 + i);
	hkdf_sha256((struct octets){ key, sizeof key }, (struct octets){ salt, sizeof salt }, (struct octets){ info, sizeof info }, bytes,
		    sizeof bytes);
	assert_hex(bytes, sizeof bytes, "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
	hkdf_sha256((struct octets){ key, sizeof key }, (struct octets){ 0 }, (struct octets){ 0 }, bytes, sizeof bytes);
	assert_hex(bytes, sizeof bytes, "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

static void hkdf_sha256__takes__no_salt_and_zeros_as_one(void **state)
{
	static const unsigned char zeros[32];
	unsigned char without[64], with[64];

	(void)state;
	hkdf_sha256(text("key"), (struct octets){ 0 }, text("info"), without, sizeof without);
	hkdf_sha256(text("key"), (struct octets){ zeros, sizeof zeros }, text("info"), with, sizeof with);
	assert_memory_equal(with, without, sizeof with);
}

static void pbkdf2_sha512__agrees__with_another_implementation(void **state)
{
	unsigned char bytes[32];

	(void)state;
	assert_true(pbkdf2_sha512("wachtwoordzin \xc3\xa9", "zout", 1000, bytes, sizeof bytes));
	assert_hex(bytes, sizeof bytes, "3cbd955bc700530822d8952499f6a7596a2314e422803d8fc8bd2191709af970");
}

/* The number comes from the server: neither a key guessed in no time nor a daemon that computes all day. */
static void pbkdf2_sha512__refuses__too_few_and_too_many_rounds(void **state)
{
	static const int64_t rounds[] = { INT64_MIN, -1, 0, 1, PBKDF2_ROUNDS_MIN - 1, PBKDF2_ROUNDS_MAX + 1, INT64_C(4294967296) + 1000 };
	unsigned char bytes[32];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rounds); i++)
		assert_false(pbkdf2_sha512("a", "b", rounds[i], bytes, sizeof bytes));
}

static void equal_in_constant_time__sees__the_last_byte(void **state)
{
	(void)state;
	assert_true(equal_in_constant_time("abcd", "abcd", 4));
	assert_false(equal_in_constant_time("abcd", "abce", 4));
	assert_false(equal_in_constant_time("xbcd", "abcd", 4));
	assert_true(equal_in_constant_time("abcd", "abce", 3));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hmac_sha256__knows__rfc_4231),
		cmocka_unit_test(hkdf_sha256__knows__rfc_5869),
		cmocka_unit_test(hkdf_sha256__takes__no_salt_and_zeros_as_one),
		cmocka_unit_test(pbkdf2_sha512__agrees__with_another_implementation),
		cmocka_unit_test(pbkdf2_sha512__refuses__too_few_and_too_many_rounds),
		cmocka_unit_test(equal_in_constant_time__sees__the_last_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
