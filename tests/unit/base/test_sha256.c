#include "base/sha256.h"

#include <string.h>

#include "base/compiler.h"
#include "unit/cmocka_all.h"

/* The examples of FIPS 180-4 and the empty message. */
static const struct {
	const char *text;
	const char *hex;
} vectors[] = {
	{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
	{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
};

static void expect_hex(struct sha256_sum sum, const char *expected)
{
	char hex[SHA256_HEX_SIZE];

	sha256_hex(&sum, hex);
	assert_string_equal(hex, expected);
}

static void sha256_of__matches__the_standard(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(vectors); i++)
		expect_hex(sha256_of(vectors[i].text, strlen(vectors[i].text)), vectors[i].hex);
}

static void sha256_add__sums__pieces(void **state)
{
	struct sha256 *million = sha256_create();
	char block[1000];

	(void)state;
	memset(block, 'a', sizeof block);
	for (int i = 0; i < 1000; i++)
		sha256_add(million, block, sizeof block);
	expect_hex(sha256_finish(million), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	sha256_destroy(million);
	sha256_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha256_of__matches__the_standard),
		cmocka_unit_test(sha256_add__sums__pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
