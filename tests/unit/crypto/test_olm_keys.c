#include "crypto/olm.h"

#include <string.h>

#include "base/arena.h"
#include "unit/cmocka_all.h"
#include "unit/crypto/secrets.h"
#include "unit/death.h"

static const char *const zero_key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static void sas__gives__both_sides_the_same(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct sas *one = sas_create(arena), *other = sas_create(arena);
	unsigned char bytes[6], same[6], different[6];

	(void)state;
	assert_int_equal(strlen(sas_public_key(one)), 43);
	assert_int_equal(sas_set_their_key(one, sas_public_key(other)), SAS_OK);
	assert_int_equal(sas_set_their_key(other, sas_public_key(one)), SAS_OK);
	sas_bytes(one, "info", bytes, sizeof bytes);
	sas_bytes(other, "info", same, sizeof same);
	sas_bytes(other, "other info", different, sizeof different);
	assert_memory_equal(bytes, same, sizeof bytes);
	assert_memory_not_equal(bytes, different, sizeof bytes);
	assert_string_equal(sas_mac(one, "key", "info"), sas_mac(other, "key", "info"));
	assert_string_not_equal(sas_mac(one, "key", "info"), sas_mac(one, "key", "other info"));
	assert_string_not_equal(sas_mac(one, "key", "info"), sas_mac(one, "other key", "info"));
	assert_int_equal(strlen(sas_mac(one, "key", "info")), 43);
	sas_clear(one);
	sas_clear(NULL);
}

static void sas_set_their_key__keeps__the_first(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct sas *one = sas_create(arena), *other = sas_create(arena), *third = sas_create(arena);
	unsigned char before[6], after[6];

	(void)state;
	assert_int_equal(sas_set_their_key(one, sas_public_key(other)), SAS_OK);
	sas_bytes(one, "info", before, sizeof before);
	assert_int_equal(sas_set_their_key(one, sas_public_key(third)), SAS_KEY_TWICE);
	assert_int_equal(sas_set_their_key(one, sas_public_key(other)), SAS_KEY_TWICE);
	sas_bytes(one, "info", after, sizeof after);
	assert_memory_equal(before, after, sizeof before);
}

static void sas_set_their_key__refuses__what_is_no_key(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct sas *sas = sas_create(arena);

	(void)state;
	assert_int_equal(sas_set_their_key(sas, ""), SAS_BAD_KEY);
	assert_int_equal(sas_set_their_key(sas, "AAAA"), SAS_BAD_KEY);
	assert_int_equal(sas_set_their_key(sas, zero_key), SAS_BAD_KEY);
	assert_int_equal(sas_set_their_key(sas, arena_printf(arena, "%s=", sas_public_key(sas))), SAS_BAD_KEY);
	/* What was refused was not set. */
	assert_int_equal(sas_set_their_key(sas, sas_public_key(sas_create(arena))), SAS_OK);
}

static void ask_too_early(void)
{
	AUTO_ARENA arena = secrets_arena();
	unsigned char bytes[6];

	sas_bytes(sas_create(arena), "info", bytes, sizeof bytes);
}

static void sas_bytes__dies__before_their_key(void **state)
{
	(void)state;
	expect_death(ask_too_early);
}

/* RFC 8032, 7.1, test 2. */
static void signer__follows__rfc_8032(void **state)
{
	static const unsigned char seed[SIGNER_SEED_BYTES] = {
		0x4c, 0xcd, 0x08, 0x9b, 0x28, 0xff, 0x96, 0xda, 0x9d, 0xb6, 0xc3, 0x46, 0xec, 0x11, 0x4e, 0x0f,
		0x5b, 0x8a, 0x31, 0x9f, 0x35, 0xab, 0xa6, 0x24, 0xda, 0x8c, 0xf6, 0xed, 0x4f, 0xb8, 0xa6, 0xfb,
	};
	AUTO_ARENA arena = secrets_arena();
	struct signer *signer = signer_create(arena, seed);

	(void)state;
	assert_string_equal(signer_public_key(signer), "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw");
	assert_string_equal(signer_sign(signer, "\x72", 1), "kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA");
	signer_clear(signer);
	signer_clear(NULL);
}

static const unsigned char backup_key[KEY_BACKUP_KEY_BYTES] = { 8, 7, 6, 5, 4, 3, 2, 1 };

static struct key_backup_sealed seal(struct arena *arena, const char *text)
{
	struct key_backup_sealed sealed;

	assert_int_equal(key_backup_seal(arena, key_backup_public_key(arena, backup_key), text, strlen(text), &sealed), KEY_BACKUP_OK);
	return sealed;
}

static enum key_backup_verdict open_not(struct arena *arena, const struct key_backup_sealed *sealed)
{
	struct plaintext plaintext = { "untouched", 9 };
	enum key_backup_verdict verdict = key_backup_open(arena, backup_key, sealed, &plaintext);

	assert_string_equal(plaintext.bytes, "untouched");
	return verdict;
}

static void key_backup__opens__what_was_sealed(void **state)
{
	static const char *const texts[] = { "", "x", "fifteen letters", "sixteen letters!", "{\"session_key\":\"AQAAAA\"}" };
	AUTO_ARENA arena = secrets_arena();

	(void)state;
	assert_int_equal(strlen(key_backup_public_key(arena, backup_key)), 43);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct key_backup_sealed sealed = seal(arena, texts[i]);
		struct plaintext plaintext;

		assert_int_equal(key_backup_open(arena, backup_key, &sealed, &plaintext), KEY_BACKUP_OK);
		assert_string_equal(plaintext.bytes, texts[i]);
		assert_int_equal(plaintext.len, strlen(texts[i]));
		assert_string_not_equal(seal(arena, texts[i]).ciphertext, sealed.ciphertext);
	}
}

static void key_backup_open__tells_apart__what_is_wrong(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct key_backup_sealed good = seal(arena, "a text of some length"), bad = good;
	struct plaintext plaintext;

	(void)state;
	assert_int_equal(key_backup_open(arena, pickle_key, &good, &plaintext), KEY_BACKUP_BAD_MAC);
	bad.ephemeral = "AAAA";
	assert_int_equal(open_not(arena, &bad), KEY_BACKUP_BAD_KEY);
	bad = good;
	bad.mac = "";
	assert_int_equal(open_not(arena, &bad), KEY_BACKUP_BAD_FORMAT);
	bad.mac = arena_printf(arena, "%sA", good.mac);
	assert_int_equal(open_not(arena, &bad), KEY_BACKUP_BAD_FORMAT);
	bad.mac = secrets_spoil(arena, good.mac, 3);
	assert_int_equal(open_not(arena, &bad), KEY_BACKUP_BAD_MAC);
	bad = good;
	bad.ciphertext = "A";
	assert_int_equal(open_not(arena, &bad), KEY_BACKUP_BAD_FORMAT);
	assert_int_equal(key_backup_seal(arena, "AAAA", "x", 1, &bad), KEY_BACKUP_BAD_KEY);
	assert_int_equal(key_backup_seal(arena, zero_key, "x", 1, &bad), KEY_BACKUP_BAD_KEY);
}

/* MATRIX.md 7.12 [m]: the MAC covers nothing. */
static void key_backup_open__does_not_notice__another_ciphertext(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct key_backup_sealed sealed = seal(arena, "sixteen letters! and some more of them");
	struct plaintext plaintext;

	(void)state;
	sealed.ciphertext = secrets_spoil(arena, sealed.ciphertext, 0);
	assert_int_equal(key_backup_open(arena, backup_key, &sealed, &plaintext), KEY_BACKUP_OK);
	assert_string_not_equal(plaintext.bytes, "sixteen letters! and some more of them");
}

/* libolm itself would write whole blocks, past the end. */
static void key_backup_open__refuses__half_a_block(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct key_backup_sealed sealed = seal(arena, "a text of some length, more than a block or two");
	const char *whole = sealed.ciphertext;
	int opened = 0;

	(void)state;
	for (size_t len = 0; len <= strlen(whole); len++) {
		struct plaintext plaintext;
		enum key_backup_verdict verdict;

		sealed.ciphertext = arena_dup_n(arena, whole, len);
		verdict = key_backup_open(arena, backup_key, &sealed, &plaintext);
		if (len == 0 || len % 4 == 1 || len * 3 / 4 % 16 != 0)
			assert_int_equal(verdict, KEY_BACKUP_BAD_FORMAT);
		opened += verdict == KEY_BACKUP_OK;
	}
	assert_true(opened > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sas__gives__both_sides_the_same),
		cmocka_unit_test(sas_set_their_key__keeps__the_first),
		cmocka_unit_test(sas_set_their_key__refuses__what_is_no_key),
		cmocka_unit_test(sas_bytes__dies__before_their_key),
		cmocka_unit_test(signer__follows__rfc_8032),
		cmocka_unit_test(key_backup__opens__what_was_sealed),
		cmocka_unit_test(key_backup_open__tells_apart__what_is_wrong),
		cmocka_unit_test(key_backup_open__does_not_notice__another_ciphertext),
		cmocka_unit_test(key_backup_open__refuses__half_a_block),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
