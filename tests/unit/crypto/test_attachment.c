/* A file as WebCrypto encrypts it, read; our own, read back; and what must leave nothing behind. */
#include "crypto/attachment.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/file.h"
#include "base/json.h"
#include "crypto/base64.h"
#include "unit/cmocka_all.h"

#define PLAIN "Een bonnetje van de bouwmarkt, 12,50 euro aan verf."
#define K "AAcOFRwjKjE4P0ZNVFtiaXB3foWMk5qhqK-2vcTL0tk"
#define IV "8OHSw7SllocAAAAAAAAAAA"
#define SHA256 "J8k2xtrXYR0y52lymwmy8X/fECbdeZ06p4yp3ZyfQJE"
#define KEY "\"key\":{\"kty\":\"oct\",\"alg\":\"A256CTR\",\"ext\":true,\"key_ops\":[\"encrypt\",\"decrypt\"],\"k\":\"" K "\"}"
#define FILE_WITH(v, key, iv, hashes) "{\"url\":\"mxc://example.org/abc\"," v key "," iv "," hashes "}"
#define V "\"v\":\"v2\","
#define GOOD FILE_WITH(V, KEY, "\"iv\":\"" IV "\"", "\"hashes\":{\"sha256\":\"" SHA256 "\"}")

static const unsigned char ciphertext[] = {
	0x4a, 0x6c, 0x39, 0xfd, 0x41, 0x02, 0x31, 0x63, 0xe2, 0x85, 0xd4, 0x34, 0x8c, 0x3c, 0xf8, 0x4a, 0x3b,
	0x16, 0xf7, 0xd2, 0x59, 0xdb, 0x6f, 0xc4, 0xd5, 0x0c, 0xbd, 0xc1, 0x12, 0xae, 0xd0, 0x38, 0x21, 0x80,
	0xe0, 0x17, 0x4a, 0x09, 0xf7, 0x07, 0x1a, 0x0a, 0x48, 0x38, 0xa9, 0x81, 0x8c, 0x17, 0x84, 0x45, 0xc6,
};

static struct arena *arena;
static char folder[] = "/tmp/rotonde-attachment-XXXXXX";
static const char *sealed, *opened, *again;

static int folder_create(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	arena = arena_create(8 * 1024 * 1024);
	sealed = arena_printf(arena, "%s/sealed", folder);
	opened = arena_printf(arena, "%s/opened", folder);
	again = arena_printf(arena, "%s/again", folder);
	return 0;
}

static int files_remove(void **state)
{
	(void)state;
	(void)unlink(sealed);
	(void)unlink(opened);
	(void)unlink(again);
	return 0;
}

/* A file left behind keeps the folder, and fails. */
static int folder_remove(void **state)
{
	(void)state;
	arena_destroy(arena);
	return rmdir(folder);
}

static enum attachment_verdict parse(const char *text, struct attachment *ret_attachment)
{
	const struct cJSON *json = json_parse_in(arena, text, strlen(text));

	assert_non_null(json);
	return attachment_parse(json, ret_attachment);
}

static struct attachment good(void)
{
	struct attachment attachment;

	assert_int_equal(parse(GOOD, &attachment), ATTACHMENT_OK);
	return attachment;
}

static void put(const char *path, const void *bytes, size_t len)
{
	assert_int_equal(file_write_durable(path, bytes, len, 0600), 0);
}

static void assert_holds(const char *path, const void *bytes, size_t len)
{
	AUTO_BUF file;

	buf_init(&file, 1024 * 1024);
	assert_int_equal(file_read(path, &file), 0);
	assert_int_equal(file.len, len);
	assert_memory_equal(file.data, bytes, len);
}

static bool exists(const char *path)
{
	return access(path, F_OK) == 0;
}

static void attachment_open__reads__what_another_implementation_encrypted(void **state)
{
	const struct attachment attachment = good();
	struct stat status;

	(void)state;
	assert_string_equal(attachment.url, "mxc://example.org/abc");
	put(sealed, ciphertext, sizeof ciphertext);
	assert_int_equal(attachment_open(&attachment, sealed, opened), ATTACHMENT_OK);
	assert_holds(opened, PLAIN, sizeof PLAIN - 1);
	assert_int_equal(stat(opened, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0600);
}

static void attachment_open__refuses__changed_ciphertext_and_leaves_nothing(void **state)
{
	const struct attachment attachment = good();
	unsigned char changed[sizeof ciphertext + 1] = { 0 };

	(void)state;
	memcpy(changed, ciphertext, sizeof ciphertext);
	put(sealed, changed, sizeof changed);
	assert_int_equal(attachment_open(&attachment, sealed, opened), ATTACHMENT_TAMPERED);
	put(sealed, changed, sizeof ciphertext - 1);
	assert_int_equal(attachment_open(&attachment, sealed, opened), ATTACHMENT_TAMPERED);
	changed[sizeof ciphertext - 1] ^= 1;
	put(sealed, changed, sizeof ciphertext);
	assert_int_equal(attachment_open(&attachment, sealed, opened), ATTACHMENT_TAMPERED);
	assert_false(exists(opened));
	assert_false(exists(arena_printf(arena, "%s.part", opened)));
}

static void attachment_open__keeps__what_stood_there_when_it_refuses(void **state)
{
	const struct attachment attachment = good();

	(void)state;
	put(sealed, "other bytes", 11);
	put(opened, "before", 6);
	assert_int_equal(attachment_open(&attachment, sealed, opened), ATTACHMENT_TAMPERED);
	assert_holds(opened, "before", 6);
}

static void attachment_open__tells__trouble_with_files(void **state)
{
	const struct attachment attachment = good();

	(void)state;
	assert_int_equal(attachment_open(&attachment, sealed, opened), ATTACHMENT_TROUBLE);
	assert_int_equal(errno, ENOENT);
	put(sealed, ciphertext, sizeof ciphertext);
	assert_int_equal(attachment_open(&attachment, sealed, arena_printf(arena, "%s/none/opened", folder)), ATTACHMENT_TROUBLE);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(attachment_open(&attachment, folder, opened), ATTACHMENT_TROUBLE);
	assert_int_equal(errno, EISDIR);
	/* The target cannot be replaced: what was decrypted so far goes too. */
	assert_int_equal(attachment_open(&attachment, sealed, folder), ATTACHMENT_TROUBLE);
	assert_false(exists(arena_printf(arena, "%s.part", folder)));
}

static void attachment_parse__tells__what_is_wrong(void **state)
{
	static const struct {
		const char *text;
		enum attachment_verdict verdict;
	} cases[] = {
		{ "{}", ATTACHMENT_URL },
		{ "[]", ATTACHMENT_URL },
		{ "{\"url\":7}", ATTACHMENT_URL },
		{ FILE_WITH("", KEY, "\"iv\":\"" IV "\"", "\"hashes\":{\"sha256\":\"" SHA256 "\"}"), ATTACHMENT_VERSION },
		{ FILE_WITH("\"v\":\"v1\",", KEY, "\"iv\":\"" IV "\"", "\"hashes\":{\"sha256\":\"" SHA256 "\"}"), ATTACHMENT_VERSION },
		{ FILE_WITH("\"v\":2,", KEY, "\"iv\":\"" IV "\"", "\"hashes\":{\"sha256\":\"" SHA256 "\"}"), ATTACHMENT_VERSION },
		{ FILE_WITH(V, "\"key\":7", "\"iv\":\"" IV "\"", "\"hashes\":{\"sha256\":\"" SHA256 "\"}"), ATTACHMENT_ALGORITHM },
		{ FILE_WITH(V, "\"key\":{\"kty\":\"RSA\",\"alg\":\"A256CTR\",\"key_ops\":[\"decrypt\"],\"k\":\"" K "\"}", "\"iv\":\"" IV "\"",
			    "\"hashes\":{\"sha256\":\"" SHA256 "\"}"), ATTACHMENT_ALGORITHM },
		{ FILE_WITH(V, "\"key\":{\"kty\":\"oct\",\"alg\":\"A128CTR\",\"key_ops\":[\"decrypt\"],\"k\":\"" K "\"}", "\"iv\":\"" IV "\"",
			    "\"hashes\":{\"sha256\":\"" SHA256 "\"}"), ATTACHMENT_ALGORITHM },
		{ FILE_WITH(V, "\"key\":{\"kty\":\"oct\",\"alg\":\"A256CTR\",\"key_ops\":[\"encrypt\",3],\"k\":\"" K "\"}", "\"iv\":\"" IV "\"",
			    "\"hashes\":{\"sha256\":\"" SHA256 "\"}"), ATTACHMENT_ALGORITHM },
		{ FILE_WITH(V, "\"key\":{\"kty\":\"oct\",\"alg\":\"A256CTR\",\"key_ops\":[\"decrypt\"]}", "\"iv\":\"" IV "\"",
			    "\"hashes\":{\"sha256\":\"" SHA256 "\"}"), ATTACHMENT_KEY },
		{ FILE_WITH(V, "\"key\":{\"kty\":\"oct\",\"alg\":\"A256CTR\",\"key_ops\":[\"decrypt\"],\"k\":\"AAcOFRwjKjE4P0ZNVFti\"}",
			    "\"iv\":\"" IV "\"", "\"hashes\":{\"sha256\":\"" SHA256 "\"}"), ATTACHMENT_KEY },
		{ FILE_WITH(V, "\"key\":{\"kty\":\"oct\",\"alg\":\"A256CTR\",\"key_ops\":[\"decrypt\"],\"k\":\"" K "=\"}", "\"iv\":\"" IV "\"",
			    "\"hashes\":{\"sha256\":\"" SHA256 "\"}"), ATTACHMENT_KEY },
		{ FILE_WITH(V, KEY, "\"iv\":\"AAAA\"", "\"hashes\":{\"sha256\":\"" SHA256 "\"}"), ATTACHMENT_IV },
		{ FILE_WITH(V, KEY, "\"iv\":null", "\"hashes\":{\"sha256\":\"" SHA256 "\"}"), ATTACHMENT_IV },
		{ FILE_WITH(V, KEY, "\"iv\":\"" IV "\"", "\"hashes\":{}"), ATTACHMENT_HASH },
		{ FILE_WITH(V, KEY, "\"iv\":\"" IV "\"", "\"hashes\":{\"sha256\":\"\"}"), ATTACHMENT_HASH },
		{ FILE_WITH(V, KEY, "\"iv\":\"" IV "\"", "\"hashes\":[\"" SHA256 "\"]"), ATTACHMENT_HASH },
		{ FILE_WITH(V, KEY, "\"iv\":\"" IV "==\"", "\"hashes\":{\"sha256\":\"" SHA256 "=\"}"), ATTACHMENT_OK },
	};
	struct attachment attachment;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		enum attachment_verdict verdict = parse(cases[i].text, &attachment);

		if (verdict != cases[i].verdict)
			fail_msg("%s instead of %s: %s", attachment_word(verdict), attachment_word(cases[i].verdict), cases[i].text);
	}
	assert_int_equal(attachment_parse(NULL, &attachment), ATTACHMENT_URL);
}

/* Across the borders of blocks, and nothing at all. */
static void attachment_seal__makes__what_opens(void **state)
{
	static const size_t lens[] = { 0, 1, 16, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 200000 };
	unsigned char *bytes = arena_alloc(arena, 200000);

	(void)state;
	for (size_t i = 0; i < 200000; i++)
		bytes[i] = (unsigned char)(i * 31 + (i >> 8));
	for (size_t i = 0; i < ARRAY_LEN(lens); i++) {
		struct attachment attachment;

		put(again, bytes, lens[i]);
		assert_int_equal(attachment_seal(again, sealed, &attachment), ATTACHMENT_OK);
		assert_int_equal(attachment_open(&attachment, sealed, opened), ATTACHMENT_OK);
		assert_holds(opened, bytes, lens[i]);
	}
}

static void attachment_open__agrees__on_a_file_of_many_blocks(void **state)
{
	unsigned char *bytes = arena_alloc(arena, 200000);
	struct attachment attachment = good();

	(void)state;
	for (size_t i = 0; i < 200000; i++)
		bytes[i] = (unsigned char)(i * 31 + (i >> 8));
	put(opened, bytes, 200000);
	/* Counter mode is its own inverse: "decrypting" the plaintext makes the ciphertext that WebCrypto made. */
	attachment.sha256 = sha256_of(bytes, 200000);
	assert_int_equal(attachment_open(&attachment, opened, sealed), ATTACHMENT_OK);
	assert_true(base64_decode_exact(BASE64_UNPADDED, "/yFxNbOx+lJx+5GEi/Jru1uYUxEX4oqclINY+OBVgPU", attachment.sha256.bytes, SHA256_BYTES));
	assert_int_equal(attachment_open(&attachment, sealed, again), ATTACHMENT_OK);
	assert_holds(again, bytes, 200000);
}

static void attachment_seal__takes__a_fresh_key_and_a_counter_from_zero(void **state)
{
	static const unsigned char zeros[8];
	struct attachment one, two;

	(void)state;
	put(opened, PLAIN, sizeof PLAIN - 1);
	assert_int_equal(attachment_seal(opened, sealed, &one), ATTACHMENT_OK);
	assert_int_equal(attachment_seal(opened, again, &two), ATTACHMENT_OK);
	assert_memory_not_equal(one.key, two.key, sizeof one.key);
	assert_memory_not_equal(one.iv, two.iv, 8);
	assert_memory_equal(one.iv + 8, zeros, 8);
	assert_memory_not_equal(one.sha256.bytes, two.sha256.bytes, SHA256_BYTES);
	assert_null(one.url);
	assert_int_equal(attachment_seal(folder, sealed, &one), ATTACHMENT_TROUBLE);
}

static void attachment_format__writes__what_the_specification_asks(void **state)
{
	const struct attachment attachment = good();
	AUTO_JSON file = attachment_format(&attachment);

	(void)state;
	assert_string_equal(json_print(arena, file),
			    "{\"v\":\"v2\",\"url\":\"mxc://example.org/abc\"," KEY ",\"iv\":\"" IV "\",\"hashes\":{\"sha256\":\"" SHA256 "\"}}");
}

#define WITH_FILES(test) cmocka_unit_test_teardown(test, files_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FILES(attachment_open__reads__what_another_implementation_encrypted),
		WITH_FILES(attachment_open__refuses__changed_ciphertext_and_leaves_nothing),
		WITH_FILES(attachment_open__keeps__what_stood_there_when_it_refuses),
		WITH_FILES(attachment_open__tells__trouble_with_files),
		WITH_FILES(attachment_parse__tells__what_is_wrong),
		WITH_FILES(attachment_seal__makes__what_opens),
		WITH_FILES(attachment_open__agrees__on_a_file_of_many_blocks),
		WITH_FILES(attachment_seal__takes__a_fresh_key_and_a_counter_from_zero),
		WITH_FILES(attachment_format__writes__what_the_specification_asks),
	};

	return cmocka_run_group_tests(tests, folder_create, folder_remove);
}
