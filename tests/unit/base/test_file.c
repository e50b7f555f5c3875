#include "base/file.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "unit/cmocka_all.h"

static char folder[] = "/tmp/rotonde-file-XXXXXX";
static struct arena *arena;

static int folder_create(void **state)
{
	(void)state;
	arena = arena_create(1024 * 1024);
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	return remove(path);
}

static int folder_remove(void **state)
{
	(void)state;
	arena_destroy(arena);
	return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static const char *in_folder(const char *name)
{
	return arena_printf(arena, "%s/%s", folder, name);
}

static unsigned mode_of(const char *path)
{
	struct stat status;

	assert_int_equal(stat(path, &status), 0);
	return status.st_mode & 07777;
}

static void file_write_durable__replaces__the_whole_file(void **state)
{
	const char *path = in_folder("state");
	AUTO_BUF buf;

	(void)state;
	buf_init(&buf, 100);
	assert_int_equal(file_write_durable(path, "a much longer text", 18, 0600), 0);
	assert_int_equal(file_write_durable(path, "a\0b", 3, 0600), 0);
	assert_int_equal(file_read(path, &buf), 0);
	assert_int_equal(buf.len, 3);
	assert_memory_equal(buf.data, "a\0b", 3);
	assert_int_equal(mode_of(path), 0600);
	assert_int_equal(access(in_folder("state.new"), F_OK), -1);
}

static void file_write_durable__leaves_alone__what_it_cannot_replace(void **state)
{
	(void)state;
	assert_int_equal(file_write_durable(in_folder("absent/state"), "x", 1, 0600), -ENOENT);
	assert_int_equal(file_make_folders(in_folder("taken/inside")), 0);
	assert_int_equal(file_write_durable(in_folder("taken"), "x", 1, 0600), -EISDIR);
	assert_int_equal(access(in_folder("taken.new"), F_OK), -1);
}

static void file_read__says__what_is_wrong(void **state)
{
	AUTO_BUF buf;

	(void)state;
	buf_init(&buf, 10);
	assert_int_equal(file_read(in_folder("absent"), &buf), -ENOENT);
	assert_int_equal(file_read(folder, &buf), -EISDIR);
	assert_int_equal(file_write_durable(in_folder("long"), "12345678901", 11, 0600), 0);
	assert_int_equal(file_read(in_folder("long"), &buf), -EFBIG);
}

static void file_make_folders__makes__the_parents_too(void **state)
{
	(void)state;
	assert_int_equal(file_make_folders(in_folder("a/b/c")), 0);
	assert_int_equal(mode_of(in_folder("a/b/c")), 0700);
	assert_int_equal(file_make_folders(in_folder("a/b/c")), 0);
	assert_int_equal(file_make_folders(in_folder("a/b/d/")), 0);
	assert_int_equal(file_make_folders("/"), 0);
	assert_int_equal(file_make_folders(""), -ENOENT);
}

static void file_make_folders__refuses__a_file_in_the_way(void **state)
{
	(void)state;
	assert_int_equal(file_write_durable(in_folder("file"), "x", 1, 0600), 0);
	assert_int_equal(file_make_folders(in_folder("file")), -ENOTDIR);
	assert_int_equal(file_make_folders(in_folder("file/below")), -ENOTDIR);
}

static void file_is_private__looks_at__the_mode(void **state)
{
	const char *path = in_folder("secret");

	(void)state;
	assert_int_equal(file_write_durable(path, "x", 1, 0600), 0);
	assert_true(file_is_private(path));
	assert_int_equal(chmod(path, 0640), 0);
	assert_false(file_is_private(path));
	assert_false(file_is_private(in_folder("absent")));
	assert_false(file_is_private(folder));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(file_write_durable__replaces__the_whole_file),
		cmocka_unit_test(file_write_durable__leaves_alone__what_it_cannot_replace),
		cmocka_unit_test(file_read__says__what_is_wrong),
		cmocka_unit_test(file_make_folders__makes__the_parents_too),
		cmocka_unit_test(file_make_folders__refuses__a_file_in_the_way),
		cmocka_unit_test(file_is_private__looks_at__the_mode),
	};

	return cmocka_run_group_tests(tests, folder_create, folder_remove);
}
