#include "crypto/olm.h"

#include <string.h>

#include "base/arena.h"
#include "crypto/base64.h"
#include "crypto/curve.h"
#include "crypto/kdf.h"
#include "unit/cmocka_all.h"
#include "unit/crypto/secrets.h"

/* A character of the export format: after a version come 4 bytes of index, 128 of ratchet and the signing key. */
enum { IN_THE_RATCHET = 60 };

static struct group_inbound *read_from_here(struct arena *arena, struct group_outbound *sender)
{
	struct group_inbound *session = NULL;

	assert_int_equal(group_inbound_create(arena, group_outbound_session_key(sender), &session), GROUP_INBOUND_OK);
	return session;
}

static const char *say(struct group_outbound *session, const char *text)
{
	return group_outbound_encrypt(session, text, strlen(text));
}

static void hears(struct group_inbound *session, const char *body, const char *text, uint32_t index)
{
	struct plaintext plaintext;
	uint32_t at = UINT32_MAX;

	assert_int_equal(group_inbound_decrypt(session, body, &plaintext, &at), GROUP_INBOUND_OK);
	assert_string_equal(plaintext.bytes, text);
	assert_int_equal(plaintext.len, strlen(text));
	assert_int_equal(at, index);
}

static enum group_inbound_verdict hears_not(struct group_inbound *session, const char *body)
{
	struct plaintext plaintext = { "untouched", 9 };
	uint32_t at = 77;
	enum group_inbound_verdict verdict = group_inbound_decrypt(session, body, &plaintext, &at);

	assert_string_equal(plaintext.bytes, "untouched");
	assert_int_equal(at, 77);
	return verdict;
}

static void group__reads__from_the_index_it_was_given(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct group_outbound *sender = group_outbound_create(arena);
	struct group_inbound *reader = read_from_here(arena, sender), *late;
	const char *first, *second;

	(void)state;
	assert_int_equal(group_outbound_index(sender), 0);
	assert_string_equal(group_inbound_id(reader), group_outbound_id(sender));
	assert_int_equal(strlen(group_inbound_id(reader)), 43);
	assert_true(group_inbound_is_verified(reader));
	first = say(sender, "{\"body\":\"!idee\"}");
	assert_int_equal(group_outbound_index(sender), 1);
	late = read_from_here(arena, sender);
	second = say(sender, "");
	assert_int_equal(group_inbound_first_index(reader), 0);
	assert_int_equal(group_inbound_first_index(late), 1);
	hears(late, second, "", 1);
	assert_int_equal(hears_not(late, first), GROUP_INBOUND_UNKNOWN_INDEX);
	/* Out of order is fine. */
	hears(reader, second, "", 1);
	hears(reader, first, "{\"body\":\"!idee\"}", 0);
}

/* MATRIX.md 7.6 [m]. */
static void group_inbound_decrypt__reads__an_index_again_and_many_bodies_as_one(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct group_outbound *sender = group_outbound_create(arena);
	struct group_inbound *reader = read_from_here(arena, sender);
	const char *body = say(sender, "sixteen letters!");
	int others = 0;

	(void)state;
	/* The last character has bits that count for nothing, when the length leaves some. */
	assert_int_not_equal(strlen(body) % 4, 0);
	for (int c = 1; c < 256; c++) {
		char *other = arena_dup(arena, body);
		struct plaintext plaintext;
		uint32_t index;

		other[strlen(other) - 1] = (char)c;
		if (strcmp(other, body) == 0 || group_inbound_decrypt(reader, other, &plaintext, &index) != GROUP_INBOUND_OK)
			continue;
		assert_string_equal(plaintext.bytes, "sixteen letters!");
		assert_int_equal(index, 0);
		others++;
	}
	assert_true(others > 0);
	hears(reader, body, "sixteen letters!", 0);
	hears(reader, body, "sixteen letters!", 0);
}

static void group_inbound_decrypt__tells_apart__what_is_wrong(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct group_outbound *sender = group_outbound_create(arena), *other = group_outbound_create(arena);
	struct group_inbound *reader = read_from_here(arena, sender);
	const char *body = say(sender, "ten");
	static const char *const no_messages[] = { "", "A", "AA", "AAAA", "AwgA", "nonsense", "????", "/////////////////////w" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(no_messages); i++)
		assert_int_equal(hears_not(reader, no_messages[i]), GROUP_INBOUND_BAD_FORMAT);
	assert_int_equal(hears_not(reader, secrets_spoil(arena, body, 12)), GROUP_INBOUND_BAD_SIGNATURE);
	assert_int_equal(hears_not(reader, say(other, "ten")), GROUP_INBOUND_BAD_SIGNATURE);
	hears(reader, body, "ten", 0);
}

static void group_inbound_create__refuses__what_is_no_signed_key(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct group_outbound *sender = group_outbound_create(arena);
	const char *key = group_outbound_session_key(sender), *exported = NULL;
	struct group_inbound *session = NULL;

	(void)state;
	assert_true(group_inbound_export(read_from_here(arena, sender), 0, &exported));
	assert_int_equal(group_inbound_create(arena, "", &session), GROUP_INBOUND_BAD_FORMAT);
	assert_int_equal(group_inbound_create(arena, "A", &session), GROUP_INBOUND_BAD_FORMAT);
	assert_int_equal(group_inbound_create(arena, exported, &session), GROUP_INBOUND_BAD_FORMAT);
	assert_int_equal(group_inbound_create(arena, secrets_spoil(arena, key, 0), &session), GROUP_INBOUND_BAD_FORMAT);
	assert_int_equal(group_inbound_create(arena, secrets_spoil(arena, key, 40), &session), GROUP_INBOUND_BAD_SIGNATURE);
	assert_int_equal(group_inbound_import(arena, key, &session), GROUP_INBOUND_BAD_FORMAT);
	assert_int_equal(group_inbound_import(arena, "", &session), GROUP_INBOUND_BAD_FORMAT);
	assert_null(session);
}

static void group_inbound_import__is_verified__by_its_first_message(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct group_outbound *sender = group_outbound_create(arena);
	struct group_inbound *reader = read_from_here(arena, sender), *imported = NULL;
	const char *first = say(sender, "one"), *second = say(sender, "two"), *exported = NULL;

	(void)state;
	assert_true(group_inbound_export(reader, 1, &exported));
	assert_int_equal(group_inbound_import(arena, exported, &imported), GROUP_INBOUND_OK);
	assert_string_equal(group_inbound_id(imported), group_inbound_id(reader));
	assert_int_equal(group_inbound_first_index(imported), 1);
	assert_false(group_inbound_is_verified(imported));
	assert_int_equal(hears_not(imported, first), GROUP_INBOUND_UNKNOWN_INDEX);
	hears(imported, second, "two", 1);
	assert_true(group_inbound_is_verified(imported));
	assert_false(group_inbound_export(imported, 0, &exported));
}

static void group_inbound_connects__says__whether_two_copies_are_one(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct group_outbound *sender = group_outbound_create(arena), *other = group_outbound_create(arena);
	struct group_inbound *whole = read_from_here(arena, sender), *late = NULL, *false_copy = NULL;
	const char *exported;
	char *far;

	(void)state;
	for (int i = 0; i < 3; i++)
		(void)say(sender, "x");
	late = read_from_here(arena, sender);
	assert_true(group_inbound_connects(whole, late));
	assert_true(group_inbound_connects(late, whole));
	assert_true(group_inbound_connects(whole, whole));
	assert_false(group_inbound_connects(whole, read_from_here(arena, other)));
	assert_true(group_inbound_export(late, 3, &exported));
	assert_int_equal(group_inbound_import(arena, secrets_spoil(arena, exported, IN_THE_RATCHET), &false_copy), GROUP_INBOUND_OK);
	assert_string_equal(group_inbound_id(false_copy), group_inbound_id(whole));
	assert_false(group_inbound_connects(whole, false_copy));
	assert_false(group_inbound_connects(false_copy, late));
	/* From index 0x80000003 on: half of all numbers away, which libolm calls earlier. */
	far = arena_dup(arena, exported);
	far[1] = 'Y';
	assert_int_equal(group_inbound_import(arena, far, &false_copy), GROUP_INBOUND_OK);
	assert_int_equal(group_inbound_first_index(false_copy), UINT32_C(0x80000003));
	assert_false(group_inbound_connects(whole, false_copy));
	assert_int_equal(hears_not(false_copy, say(sender, "x")), GROUP_INBOUND_UNKNOWN_INDEX);
}

static void group_inbound_decrypt__notices__a_false_ratchet(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct group_outbound *sender = group_outbound_create(arena);
	struct group_inbound *false_copy = NULL;
	const char *exported = NULL;

	(void)state;
	assert_true(group_inbound_export(read_from_here(arena, sender), 0, &exported));
	assert_int_equal(group_inbound_import(arena, secrets_spoil(arena, exported, IN_THE_RATCHET), &false_copy), GROUP_INBOUND_OK);
	assert_int_equal(hears_not(false_copy, say(sender, "x")), GROUP_INBOUND_BAD_MAC);
	assert_false(group_inbound_is_verified(false_copy));
}

/*
 * What a member of the room can make who does not keep to the cipher: any ciphertext, with the right MAC and
 * the right signature. The session is his own: all zeros, signed by this key (Megolm, "Message format").
 */
static const char *forge(struct arena *arena, struct signer *signer, unsigned char ciphertext_len)
{
	static const unsigned char ratchet[128] = { 0 };
	enum { HEAD = 5, MAC = 8 };
	unsigned char keys[80], mac[HMAC_SHA256_BYTES], message[HEAD + 64 + MAC + ED25519_SIGNATURE_BYTES] = { 3, 0x08, 0, 0x12, ciphertext_len };
	size_t len = HEAD + ciphertext_len;

	hkdf_sha256((struct octets){ ratchet, sizeof ratchet }, (struct octets){ "", 0 }, (struct octets){ "MEGOLM_KEYS", 11 }, keys, sizeof keys);
	hmac_sha256((struct octets){ keys + 32, 32 }, (struct octets){ message, len }, mac);
	memcpy(message + len, mac, MAC);
	len += MAC;
	assert_true(base64_decode_exact(BASE64_UNPADDED, signer_sign(signer, message, len), message + len, ED25519_SIGNATURE_BYTES));
	return base64_encode(arena, BASE64_UNPADDED, message, len + ED25519_SIGNATURE_BYTES);
}

/* libolm itself would write whole blocks, past the end. */
static void group_inbound_decrypt__refuses__half_a_block(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct signer *signer = signer_create(arena, pickle_key);
	unsigned char exported[1 + 4 + 128 + CURVE_KEY_BYTES] = { 1 };
	struct group_inbound *session;

	(void)state;
	assert_true(base64_decode_exact(BASE64_UNPADDED, signer_public_key(signer), exported + 133, CURVE_KEY_BYTES));
	assert_int_equal(group_inbound_import(arena, base64_encode(arena, BASE64_UNPADDED, exported, sizeof exported), &session), GROUP_INBOUND_OK);
	for (unsigned char len = 0; len <= 64; len++) {
		struct plaintext plaintext;
		uint32_t index;
		enum group_inbound_verdict verdict = group_inbound_decrypt(session, forge(arena, signer, len), &plaintext, &index);

		/* Whole blocks of zeros decrypt to something, whose last byte may do for padding or not. */
		if (len == 0 || len % 16 != 0)
			assert_int_equal(verdict, GROUP_INBOUND_BAD_FORMAT);
		else
			assert_true(verdict == GROUP_INBOUND_OK || verdict == GROUP_INBOUND_BAD_MAC);
	}
	/* All of them were well signed: that of the last, whole one is what made it a message of the session. */
	assert_int_equal(hears_not(session, secrets_spoil(arena, forge(arena, signer, 64), 9)), GROUP_INBOUND_BAD_SIGNATURE);
}

static void group_pickles__come_back__under_their_key_alone(void **state)
{
	AUTO_ARENA arena = secrets_arena();
	struct group_outbound *sender = group_outbound_create(arena), *sender_back = NULL;
	struct group_inbound *reader = read_from_here(arena, sender), *reader_back = NULL;
	const char *sender_pickle, *reader_pickle;

	(void)state;
	(void)say(sender, "zero");
	sender_pickle = group_outbound_pickle(sender, pickle_key);
	reader_pickle = group_inbound_pickle(reader, pickle_key);
	assert_string_equal(group_outbound_pickle(sender, pickle_key), sender_pickle);
	assert_string_equal(group_inbound_pickle(reader, pickle_key), reader_pickle);
	assert_false(group_outbound_unpickle(arena, other_pickle_key, sender_pickle, &sender_back));
	assert_false(group_outbound_unpickle(arena, pickle_key, reader_pickle, &sender_back));
	assert_false(group_inbound_unpickle(arena, other_pickle_key, reader_pickle, &reader_back));
	assert_false(group_inbound_unpickle(arena, pickle_key, sender_pickle, &reader_back));
	assert_false(group_inbound_unpickle(arena, pickle_key, secrets_spoil(arena, reader_pickle, 100), &reader_back));
	assert_null(sender_back);
	assert_null(reader_back);
	assert_true(group_outbound_unpickle(arena, pickle_key, sender_pickle, &sender_back));
	assert_true(group_inbound_unpickle(arena, pickle_key, reader_pickle, &reader_back));
	assert_int_equal(group_outbound_index(sender_back), 1);
	hears(reader_back, say(sender_back, "one"), "one", 1);
	group_outbound_clear(sender_back);
	group_outbound_clear(NULL);
	group_inbound_clear(reader_back);
	group_inbound_clear(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(group__reads__from_the_index_it_was_given),
		cmocka_unit_test(group_inbound_decrypt__reads__an_index_again_and_many_bodies_as_one),
		cmocka_unit_test(group_inbound_decrypt__tells_apart__what_is_wrong),
		cmocka_unit_test(group_inbound_create__refuses__what_is_no_signed_key),
		cmocka_unit_test(group_inbound_import__is_verified__by_its_first_message),
		cmocka_unit_test(group_inbound_connects__says__whether_two_copies_are_one),
		cmocka_unit_test(group_inbound_decrypt__notices__a_false_ratchet),
		cmocka_unit_test(group_inbound_decrypt__refuses__half_a_block),
		cmocka_unit_test(group_pickles__come_back__under_their_key_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
