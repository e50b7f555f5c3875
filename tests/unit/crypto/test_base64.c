/* The vectors of RFC 4648 and of the Matrix specification (Appendices, "Unpadded Base64"), and all that is none. */
#include "crypto/base64.h"

#include <string.h>

#include "base/random.h"
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

static bool decodes(enum base64 form, const char *text)
{
	unsigned char *bytes;
	size_t len;

	return base64_decode(arena, form, text, &bytes, &len);
}

static void base64__knows__the_vectors(void **state)
{
	static const struct {
		const char *bytes, *text, *padded;
	} vectors[] = {
		{ "", "", "" },
		{ "f", "Zg", "Zg==" },
		{ "fo", "Zm8", "Zm8=" },
		{ "foo", "Zm9v", "Zm9v" },
		{ "foob", "Zm9vYg", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE", "Zm9vYmE=" },
		{ "foobar", "Zm9vYmFy", "Zm9vYmFy" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(vectors); i++) {
		size_t len = strlen(vectors[i].bytes), got;
		unsigned char *bytes;

		assert_string_equal(base64_encode(arena, BASE64_UNPADDED, vectors[i].bytes, len), vectors[i].text);
		assert_int_equal(BASE64_LEN(len), strlen(vectors[i].text));
		assert_true(base64_decode(arena, BASE64_UNPADDED, vectors[i].text, &bytes, &got));
		assert_int_equal(got, len);
		assert_string_equal((char *)bytes, vectors[i].bytes);
		assert_true(base64_decode(arena, BASE64_ANY_PAD, vectors[i].text, &bytes, &got));
		assert_true(base64_decode(arena, BASE64_ANY_PAD, vectors[i].padded, &bytes, &got));
		assert_int_equal(got, len);
		assert_string_equal((char *)bytes, vectors[i].bytes);
	}
}

static void base64_decode__refuses__what_is_none(void **state)
{
	static const char *const broken[] = {
		"A", "AAAAA", "Zh", "Zm9=", "Zg==", "Zm8=", "Zg=", "=", "====", "Zm9vYg== ", " Zg", "Z g", "Zg\n", "Zm9v\r\nYmFy", "Zm-v", "Zm_v", "Zm9v*",
		"Zm9\x80", "Z=g=", "Zm9v====", "\xef\xbc\xa1xyz",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
		if (decodes(BASE64_UNPADDED, broken[i]))
			fail_msg("taken: %s", broken[i]);
	}
}

static void base64_decode__takes__the_right_padding_only(void **state)
{
	static const char *const broken[] = { "Zg=", "Zg===", "Zm8==", "Zm9v=", "Zm9v==", "Zm9v====", "=", "==", "===", "====", "Zh==", "Zg= =", "A===" };

	(void)state;
	assert_true(decodes(BASE64_ANY_PAD, "Zg=="));
	for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
		if (decodes(BASE64_ANY_PAD, broken[i]))
			fail_msg("taken: %s", broken[i]);
	}
}

static void base64_decode__tells_apart__the_two_alphabets(void **state)
{
	static const unsigned char bytes[] = { 0xfb, 0xff, 0xbf };

	(void)state;
	assert_string_equal(base64_encode(arena, BASE64_UNPADDED, bytes, 3), "+/+/");
	assert_string_equal(base64_encode(arena, BASE64_URL, bytes, 3), "-_-_");
	assert_true(decodes(BASE64_URL, "-_-_") && decodes(BASE64_UNPADDED, "+/+/"));
	assert_false(decodes(BASE64_URL, "+/+/") || decodes(BASE64_UNPADDED, "-_-_") || decodes(BASE64_ANY_PAD, "-_-_"));
	assert_false(decodes(BASE64_URL, "Zg=="));
}

static void base64_decode__gives_back__all_bytes(void **state)
{
	unsigned char bytes[256];

	(void)state;
	random_bytes(bytes, sizeof bytes);
	for (size_t len = 0; len <= sizeof bytes; len++) {
		unsigned char *back;
		size_t got;

		assert_true(base64_decode(arena, BASE64_UNPADDED, base64_encode(arena, BASE64_UNPADDED, bytes, len), &back, &got));
		assert_int_equal(got, len);
		assert_memory_equal(back, bytes, len);
	}
}

static void base64_decode_exact__wants__that_many_bytes(void **state)
{
	char bytes[4] = "...";

	(void)state;
	assert_false(base64_decode_exact(BASE64_UNPADDED, "Zm9vYg", bytes, 3));
	assert_false(base64_decode_exact(BASE64_UNPADDED, "Zm8", bytes, 3));
	assert_false(base64_decode_exact(BASE64_UNPADDED, "Zm9*", bytes, 3));
	assert_false(base64_decode_exact(BASE64_UNPADDED, "", bytes, 3));
	assert_false(base64_decode_exact(BASE64_UNPADDED, NULL, bytes, 3));
	assert_string_equal(bytes, "...");
	assert_true(base64_decode_exact(BASE64_UNPADDED, "Zm9v", bytes, 3));
	assert_string_equal(bytes, "foo");
	assert_true(base64_decode_exact(BASE64_ANY_PAD, "YQ==", bytes, 1));
	assert_string_equal(bytes, "aoo");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base64__knows__the_vectors),
		cmocka_unit_test(base64_decode__refuses__what_is_none),
		cmocka_unit_test(base64_decode__takes__the_right_padding_only),
		cmocka_unit_test(base64_decode__tells_apart__the_two_alphabets),
		cmocka_unit_test(base64_decode__gives_back__all_bytes),
		cmocka_unit_test(base64_decode_exact__wants__that_many_bytes),
	};

	return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
