/* Wrapped rows: what does not belong is not opened; and the key file, whom it lets in. */
#include "crypto/vault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/file.h"
#include "unit/cmocka_all.h"

struct desk {
	char folder[32];
	char path[64];
	struct arena *arena;
	struct vault *vault;
};

static int desk_open(void **state)
{
	struct desk *desk = xcalloc(1, sizeof *desk);
	const char *why;

	memcpy(desk->folder, "/tmp/rotonde-vault-XXXXXX", 26);
	if (!mkdtemp(desk->folder))
		return -1;
	(void)snprintf(desk->path, sizeof desk->path, "%s/crypto.key", desk->folder);
	desk->arena = arena_create(1024 * 1024);
	*state = desk;
	return vault_open(desk->path, &desk->vault, &why) == VAULT_CREATED ? 0 : -1;
}

static int desk_close(void **state)
{
	struct desk *desk = *state;

	vault_close(desk->vault);
	arena_destroy(desk->arena);
	(void)unlink(desk->path);
	(void)rmdir(desk->folder);
	free(desk);
	return 0;
}

static unsigned char *seal(const struct desk *desk, const char *text, size_t *ret_len)
{
	return vault_seal(desk->vault, desk->arena, "pair_session", "17", text, strlen(text), ret_len);
}

static bool unseals(const struct desk *desk, const char *table, const char *key, const void *sealed, size_t len)
{
	void *bytes;
	size_t bytes_len;

	return vault_unseal(desk->vault, desk->arena, table, key, sealed, len, &bytes, &bytes_len);
}

static void vault_unseal__gives_back__what_was_sealed(void **state)
{
	static const char *const texts[] = { "", "a", "a pickle of some length, longer than one block of the cipher" };
	const struct desk *desk = *state;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		size_t len, back_len;
		void *sealed = seal(desk, texts[i], &len), *back;

		assert_true(vault_unseal(desk->vault, desk->arena, "pair_session", "17", sealed, len, &back, &back_len));
		assert_int_equal(back_len, strlen(texts[i]));
		assert_string_equal(back, texts[i]);
		assert_true(len > back_len);
		/* One letter may well turn up by chance. */
		if (back_len > 1)
			assert_null(memmem(sealed, len, texts[i], back_len));
	}
}

static void vault_unseal__refuses__a_swapped_row(void **state)
{
	const struct desk *desk = *state;
	size_t len;
	void *sealed = seal(desk, "pickle", &len);

	assert_true(unseals(desk, "pair_session", "17", sealed, len));
	assert_false(unseals(desk, "pair_session", "18", sealed, len));
	assert_false(unseals(desk, "pair_session", "", sealed, len));
	assert_false(unseals(desk, "group_session", "17", sealed, len));
	assert_false(unseals(desk, "pair_session1", "7", sealed, len));
	assert_false(unseals(desk, "", "pair_session17", sealed, len));
}

static void vault_unseal__refuses__a_single_wrong_bit(void **state)
{
	const struct desk *desk = *state;
	size_t len;
	unsigned char *sealed = seal(desk, "pickle", &len);

	for (size_t bit = 0; bit < len * 8; bit++) {
		sealed[bit / 8] ^= (unsigned char)(1 << bit % 8);
		assert_false(unseals(desk, "pair_session", "17", sealed, len));
		sealed[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	for (size_t shorter = 0; shorter < len; shorter++)
		assert_false(unseals(desk, "pair_session", "17", sealed, shorter));
	assert_true(unseals(desk, "pair_session", "17", sealed, len));
}

static void vault_seal__never_gives__the_same_twice(void **state)
{
	const struct desk *desk = *state;
	size_t len, again_len;
	void *sealed = seal(desk, "pickle", &len), *again = seal(desk, "pickle", &again_len);

	assert_int_equal(len, again_len);
	assert_memory_not_equal(sealed, again, len);
}

static void vault_open__finds__the_same_keys_again(void **state)
{
	struct desk *desk = *state;
	unsigned char pickle_key[VAULT_KEY_BYTES];
	const char *why;
	size_t len;
	void *sealed = seal(desk, "pickle", &len);

	memcpy(pickle_key, vault_pickle_key(desk->vault), sizeof pickle_key);
	vault_close(TAKE(desk->vault));
	assert_int_equal(vault_open(desk->path, &desk->vault, &why), VAULT_OPENED);
	assert_memory_equal(vault_pickle_key(desk->vault), pickle_key, sizeof pickle_key);
	assert_true(unseals(desk, "pair_session", "17", sealed, len));
}

static void vault_open__makes__a_private_file_of_32_bytes_that_is_neither_key(void **state)
{
	const struct desk *desk = *state;
	struct stat status;
	AUTO_BUF file;

	assert_int_equal(stat(desk->path, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0600);
	buf_init(&file, 1024);
	assert_int_equal(file_read(desk->path, &file), 0);
	assert_int_equal(file.len, VAULT_KEY_BYTES);
	assert_memory_not_equal(file.data, vault_pickle_key(desk->vault), VAULT_KEY_BYTES);
}

static void vault_unseal__refuses__with_another_key_file(void **state)
{
	struct desk *desk = *state;
	const char *why;
	size_t len;
	void *sealed = seal(desk, "pickle", &len);

	vault_close(TAKE(desk->vault));
	assert_int_equal(unlink(desk->path), 0);
	assert_int_equal(vault_open(desk->path, &desk->vault, &why), VAULT_CREATED);
	assert_false(unseals(desk, "pair_session", "17", sealed, len));
}

/* Computed with another implementation of HKDF and AES-GCM: a database must open after every change of ours. */
static void vault_open__derives__these_keys_from_these_bytes(void **state)
{
	struct desk *desk = *state;
	static const unsigned char expected[VAULT_KEY_BYTES] = {
		0x38, 0x5a, 0x19, 0x2c, 0x85, 0xf7, 0x0b, 0x51, 0x24, 0x27, 0xfc, 0xc4, 0x89, 0x62, 0x98, 0x23,
		0x9a, 0xfd, 0xd9, 0x46, 0x46, 0x79, 0xd3, 0x0c, 0xf8, 0x23, 0x3e, 0xc4, 0x33, 0xb5, 0x68, 0x96,
	};
	static const unsigned char sealed[] = {
		0x01, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x7c, 0x94, 0x68,
		0xdd, 0xf4, 0xbc, 0xd7, 0xe1, 0xc3, 0xba, 0x70, 0x79, 0xd1, 0x68, 0x6b, 0x2b, 0x05, 0xe8, 0x92,
		0xb5, 0x55, 0x7a,
	};
	unsigned char master[VAULT_KEY_BYTES];
	const char *why;
	void *bytes;
	size_t len;

	for (size_t i = 0; i < sizeof master; i++)
		master[i] = (unsigned char)i;
	vault_close(TAKE(desk->vault));
	assert_int_equal(file_write_durable(desk->path, master, sizeof master, 0600), 0);
	assert_int_equal(vault_open(desk->path, &desk->vault, &why), VAULT_OPENED);
	assert_memory_equal(vault_pickle_key(desk->vault), expected, sizeof expected);
	assert_true(vault_unseal(desk->vault, desk->arena, "pair_session", "17", sealed, sizeof sealed, &bytes, &len));
	assert_string_equal(bytes, "pickle");
}

static void assert_refused(struct desk *desk)
{
	struct vault *vault = NULL;
	const char *why = NULL;

	assert_int_equal(vault_open(desk->path, &vault, &why), VAULT_REFUSED);
	assert_null(vault);
	assert_non_null(why);
}

static void vault_open__refuses__a_file_that_others_may_read(void **state)
{
	struct desk *desk = *state;
	const char *why;

	assert_int_equal(chmod(desk->path, 0640), 0);
	assert_refused(desk);
	assert_int_equal(chmod(desk->path, 0604), 0);
	assert_refused(desk);
	/* A credential's mode is systemd's affair; a folder that only begins with the same letters is none. */
	assert_int_equal(setenv("CREDENTIALS_DIRECTORY", arena_dup_n(desk->arena, desk->folder, strlen(desk->folder) - 1), 1), 0);
	assert_refused(desk);
	assert_int_equal(setenv("CREDENTIALS_DIRECTORY", desk->folder, 1), 0);
	vault_close(TAKE(desk->vault));
	assert_int_equal(vault_open(desk->path, &desk->vault, &why), VAULT_OPENED);
	assert_int_equal(unsetenv("CREDENTIALS_DIRECTORY"), 0);
}

static void vault_open__refuses__a_file_of_another_size(void **state)
{
	static const char bytes[VAULT_KEY_BYTES + 1];
	struct desk *desk = *state;

	assert_int_equal(file_write_durable(desk->path, bytes, VAULT_KEY_BYTES - 1, 0600), 0);
	assert_refused(desk);
	assert_int_equal(file_write_durable(desk->path, bytes, VAULT_KEY_BYTES + 1, 0600), 0);
	assert_refused(desk);
	assert_int_equal(file_write_durable(desk->path, bytes, 0, 0600), 0);
	assert_refused(desk);
}

static void vault_open__refuses__where_no_file_can_be(void **state)
{
	struct desk *desk = *state;
	struct vault *vault;
	const char *why = NULL;

	assert_int_equal(vault_open(arena_printf(desk->arena, "%s/none/crypto.key", desk->folder), &vault, &why), VAULT_REFUSED);
	assert_string_equal(why, "No such file or directory");
	assert_int_equal(vault_open(desk->folder, &vault, &why), VAULT_REFUSED);
}

#define ON_DESK(test) cmocka_unit_test_setup_teardown(test, desk_open, desk_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DESK(vault_unseal__gives_back__what_was_sealed),
		ON_DESK(vault_unseal__refuses__a_swapped_row),
		ON_DESK(vault_unseal__refuses__a_single_wrong_bit),
		ON_DESK(vault_seal__never_gives__the_same_twice),
		ON_DESK(vault_open__finds__the_same_keys_again),
		ON_DESK(vault_open__makes__a_private_file_of_32_bytes_that_is_neither_key),
		ON_DESK(vault_unseal__refuses__with_another_key_file),
		ON_DESK(vault_open__derives__these_keys_from_these_bytes),
		ON_DESK(vault_open__refuses__a_file_that_others_may_read),
		ON_DESK(vault_open__refuses__a_file_of_another_size),
		ON_DESK(vault_open__refuses__where_no_file_can_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
