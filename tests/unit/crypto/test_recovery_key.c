/* Keys written by another implementation of base58, read and written; and slips of the pen. */
#include "crypto/recovery_key.h"

#include <string.h>

#include "base/random.h"
#include "unit/cmocka_all.h"

#define COUNTING "EsSz ykH7 LCZx 7Cae cmKD wcmY JRXi Ybtu 8iQ3 t8Ez nRwK pUY1"

static void fill(unsigned char key[RECOVERY_KEY_BYTES], int first, int step)
{
	for (int i = 0; i < RECOVERY_KEY_BYTES; i++)
		key[i] = (unsigned char)(first + i * step);
}

static void recovery_key__agrees__with_another_implementation(void **state)
{
	static const struct {
		int first, step;
		const char *text;
	} vectors[] = {
		{ 0, 0, "EsSz ygLv VP1b xF1C v7kE eBQx MxDP buG5 w25T L3b6 hfyG Kkrd" },
		{ 255, 0, "EsUK 2TRo ZKTB CKmv wEDA o6rq tTYu aKzp eJ9f 95nM 3VHk Xbnq" },
		{ 0, 1, COUNTING },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(vectors); i++) {
		unsigned char key[RECOVERY_KEY_BYTES], back[RECOVERY_KEY_BYTES];
		char text[RECOVERY_KEY_SIZE];

		fill(key, vectors[i].first, vectors[i].step);
		recovery_key_format(key, text);
		assert_string_equal(text, vectors[i].text);
		assert_int_equal(recovery_key_parse(text, back), RECOVERY_KEY_OK);
		assert_memory_equal(back, key, sizeof key);
	}
}

static void recovery_key_parse__gives_back__what_was_written(void **state)
{
	(void)state;
	for (int i = 0; i < 200; i++) {
		unsigned char key[RECOVERY_KEY_BYTES], back[RECOVERY_KEY_BYTES];
		char text[RECOVERY_KEY_SIZE];

		random_bytes(key, sizeof key);
		recovery_key_format(key, text);
		assert_int_equal(recovery_key_parse(text, back), RECOVERY_KEY_OK);
		assert_memory_equal(back, key, sizeof key);
	}
}

static enum recovery_key parse(const char *text)
{
	unsigned char key[RECOVERY_KEY_BYTES];

	return recovery_key_parse(text, key);
}

static void recovery_key_parse__ignores__blanks(void **state)
{
	(void)state;
	assert_int_equal(parse("EsSzykH7LCZx7CaecmKDwcmYJRXiYbtu8iQ3t8EznRwKpUY1"), RECOVERY_KEY_OK);
	assert_int_equal(parse("  EsSz ykH7 LCZx 7Cae\r\n\tcmKD wcmY  JRXi Ybtu 8iQ3 t8Ez nRwK pU Y1\n"), RECOVERY_KEY_OK);
}

static void recovery_key_parse__tells__what_is_wrong(void **state)
{
	(void)state;
	assert_int_equal(parse(""), RECOVERY_KEY_LENGTH);
	assert_int_equal(parse("EsSz"), RECOVERY_KEY_LENGTH);
	assert_int_equal(parse(COUNTING " 1"), RECOVERY_KEY_LENGTH);
	assert_int_equal(parse("1" COUNTING), RECOVERY_KEY_LENGTH);
	assert_int_equal(parse("EsSz ykH7 LCZx 7Cae cmKD wcmY JRXi Ybtu 8iQ3 t8Ez nRwK pUY0"), RECOVERY_KEY_CHARACTER);
	assert_int_equal(parse("lsSz ykH7"), RECOVERY_KEY_CHARACTER);
	assert_int_equal(parse("EsSz-ykH7"), RECOVERY_KEY_CHARACTER);
	assert_int_equal(parse("zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz"), RECOVERY_KEY_MISTYPED);
	assert_int_equal(parse("1111 1111 1111 1111 1111 1111 1111 1111 1111 1111 1111 1111"), RECOVERY_KEY_MISTYPED);
}

/* Parity is one byte: nearly every slip is seen. For this key, every single wrong digit is. */
static void recovery_key_parse__sees__each_wrong_digit(void **state)
{
	(void)state;
	for (size_t at = 0; at < sizeof COUNTING - 1; at++) {
		char text[] = COUNTING;

		if (text[at] == ' ')
			continue;
		text[at] = text[at] == 'x' ? 'y' : 'x';
		if (parse(text) != RECOVERY_KEY_MISTYPED)
			fail_msg("taken: %s", text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(recovery_key__agrees__with_another_implementation),
		cmocka_unit_test(recovery_key_parse__gives_back__what_was_written),
		cmocka_unit_test(recovery_key_parse__ignores__blanks),
		cmocka_unit_test(recovery_key_parse__tells__what_is_wrong),
		cmocka_unit_test(recovery_key_parse__sees__each_wrong_digit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
