/*
 * The program as somebody at the host types it: what it says before there is anything to say, and its exit codes.
 */
#include "cli/cli.h"

#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/compiler.h"
#include "base/file.h"
#include "cli/commands.h"
#include "engine/engine.h"
#include "store/turn_owner.h"
#include "unit/cmocka_all.h"
#include "unit/folder.h"

enum { SAID_MAX = 64 * 1024, WORDS_MAX = 5 };

static struct arena *arena;
static char folder[TEST_FOLDER_MAX];

static int setup(void **state)
{
	(void)state;
	arena = arena_create(1024 * 1024);
	test_folder_make(folder);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	(void)unlink(engine_database_path(arena, folder));
	(void)unlink(arena_printf(arena, "%s/said", folder));
	(void)rmdir(folder);
	arena_destroy(arena);
	return 0;
}

/* What it printed to stdout while it ran, in *ret_said, and its exit code. */
static int type(const char *const *words, const char **ret_said)
{
	const char *path = arena_printf(arena, "%s/said", folder);
	char *argv[WORDS_MAX + 2] = { arena_dup(arena, "rotonde") };
	int argc = 1, terminal, end;
	AUTO_BUF said = { 0 };

	for (; *words; words++)
		argv[argc++] = arena_dup(arena, *words);
	(void)fflush(stdout);
	terminal = dup(STDOUT_FILENO);
	assert_true(terminal >= 0);
	assert_non_null(freopen(path, "w", stdout));
	end = cli_main(argc, argv);
	(void)fflush(stdout);
	assert_true(dup2(terminal, STDOUT_FILENO) >= 0);
	(void)close(terminal);
	buf_init(&said, SAID_MAX);
	assert_int_equal(file_read(path, &said), 0);
	*ret_said = arena_dup_n(arena, said.data, said.len);
	return end;
}

#define TYPE(said, ...) type((const char *const[]){ __VA_ARGS__, NULL }, said)

static void cli_main__helps__with_every_subcommand(void **state)
{
	const char *said, *all;

	(void)state;
	assert_int_equal(TYPE(&all, "--help"), CLI_GOOD);
	assert_non_null(strstr(all, "Exit 0: good."));
	for (size_t i = 0; cli_commands[i]; i++) {
		assert_int_equal(TYPE(&said, cli_commands[i]->name, "--help"), CLI_GOOD);
		assert_non_null(strstr(said, cli_commands[i]->usage));
		assert_non_null(strstr(all, strchr(said, '\n') + 1));
	}
}

static void cli_main__refuses__what_it_does_not_know(void **state)
{
	const char *said;

	(void)state;
	assert_int_equal(type((const char *const[]){ NULL }, &said), CLI_USAGE);
	assert_int_equal(TYPE(&said, "nonsense"), CLI_USAGE);
	for (size_t i = 0; cli_commands[i]; i++) {
		assert_int_equal(TYPE(&said, cli_commands[i]->name, "--nonsense"), CLI_USAGE);
		assert_int_equal(TYPE(&said, cli_commands[i]->name, "-c"), CLI_USAGE);
		assert_string_equal(said, "");
	}
}

/* A login makes the database; the daemon begins the books. */
static void verify__says__that_no_books_were_begun(void **state)
{
	struct store *store;
	const char *said, *why = "";

	(void)state;
	assert_int_equal(TYPE(&said, "verify", "--data", folder), CLI_NO);
	assert_string_equal(said, "");
	assert_int_equal(store_open(engine_database_path(arena, folder), engine_statements(), &store, &why), STORE_OPENED);
	store_close(store);
	assert_int_equal(TYPE(&said, "verify", "--data", folder), CLI_NO);
	assert_non_null(strstr(said, "They begin with the first start"));
	assert_null(strstr(said, "Change nothing"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(cli_main__helps__with_every_subcommand, setup, teardown),
		cmocka_unit_test_setup_teardown(cli_main__refuses__what_it_does_not_know, setup, teardown),
		cmocka_unit_test_setup_teardown(verify__says__that_no_books_were_begun, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
