/*
 * tools/check-layers over a small tree, by the real src/LAYERS: what must not be included is found.
 */
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/compiler.h"
#include "unit/cmocka_all.h"

enum { PATH_BYTES_MAX = 4096 };

static char folder[] = "/tmp/rotonde-XXXXXX";

static void put(const char *path, const char *text)
{
	char full[PATH_BYTES_MAX];
	FILE *file;

	snprintf(full, sizeof full, "%s/%s", folder, path);
	file = fopen(full, "we");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void take_away(const char *path)
{
	char full[PATH_BYTES_MAX];

	snprintf(full, sizeof full, "%s/%s", folder, path);
	assert_int_equal(unlink(full), 0);
}

/* In the tree's folder, with the project's as $1. */
static bool shell_run(const char *command)
{
	const char *project = getcwd((char[PATH_BYTES_MAX]){ 0 }, PATH_BYTES_MAX);
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		if (chdir(folder) == 0)
			(void)execl("/bin/sh", "sh", "-c", command, "sh", project, (char *)NULL);
		_exit(127);
	}
	return waitpid(pid, &status, 0) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Headers are compiled in a test of their own. */
static bool is_accepted(void)
{
	return shell_run("CC=true tools/check-layers >/dev/null");
}

static int setup(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_true(shell_run("mkdir -p tools src/crypto src/engine src/matrix src/budget src/web &&"
	                      " cp \"$1/tools/check-layers\" tools && cp \"$1/src/LAYERS\" src"));
	put("src/crypto/crypto.h", "#include <stdint.h>\n");
	put("src/crypto/olm.h", "#include \"crypto/crypto.h\"\n");
	put("src/crypto/olm_internal.h", "#include <olm/olm.h>\n#include \"crypto/olm.h\"\n");
	put("src/crypto/olm_deep.h", "#include \"crypto/olm_internal.h\"\n");
	put("src/crypto/olm_keys.c", "#include \"crypto/olm_internal.h\"\n");
	put("src/crypto/device.c", "#include \"crypto/olm.h\"\n#include \"base/str.h\"\n#include <openssl/evp.h>\n");
	put("src/engine/keys.c", "#include \"crypto/crypto.h\"\n#include \"store/turn_owner.h\"\n#include \"budget/ledger.h\"\n");
	return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status;
	(void)kind;
	(void)where;
	return remove(path);
}

static int teardown(void **state)
{
	(void)state;
	return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void check_layers__refuses__what_is_not_at_home(void **state)
{
	static const struct {
		const char *path;
		const char *text;
	} cases[] = {
		{ "src/crypto/new.c", "#include \"matrix/url.h\"\n" },
		{ "src/crypto/new.c", "#include \"engine/keys.h\"\n" },
		{ "src/matrix/new.c", "#include \"crypto/crypto.h\"\n" },
		{ "src/budget/new.c", "#include \"store/turn_owner.h\"\n" },
		/* The library behind crypto/olm.h: straight, by way of a header, and of two. */
		{ "src/crypto/new.c", "#include <olm/olm.h>\n" },
		{ "src/crypto/new.h", "#  include <olm/pk.h> /* why not */\n" },
		{ "src/crypto/new.c", "#include \"crypto/olm_internal.h\"\n" },
		{ "src/crypto/new.c", "#include \"crypto/olm_deep.h\"\n" },
		/* Of crypto others see one header. */
		{ "src/engine/new.c", "#include \"crypto/olm.h\"\n" },
		{ "src/budget/new.c", "#include \"crypto/crypto.h\"\n" },
		{ "src/web/new.c", "#include \"base/str.h\"\n" },
	};

	(void)state;
	assert_true(is_accepted());
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		put(cases[i].path, cases[i].text);
		if (is_accepted())
			fail_msg("%s may: %s", cases[i].path, cases[i].text);
		take_away(cases[i].path);
	}
	assert_true(is_accepted());
}

static void check_layers__refuses__a_header_that_does_not_stand_alone(void **state)
{
	(void)state;
	put("src/crypto/new.h", "size_t lengths(void);\n");
	assert_false(shell_run("tools/check-layers 2>/dev/null"));
	put("src/crypto/new.h", "#include <stddef.h>\n\nsize_t lengths(void);\n");
	assert_true(shell_run("tools/check-layers"));
	take_away("src/crypto/new.h");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(check_layers__refuses__what_is_not_at_home),
		cmocka_unit_test(check_layers__refuses__a_header_that_does_not_stand_alone),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
