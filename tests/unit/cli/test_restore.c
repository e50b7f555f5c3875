/*
 * A backup put back: the copy is older than the rooms, so it speaks under a new epoch and leaves what
 * it had not said to a human.
 */
#include <glob.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "unit/engine/stub.h"

static struct stub stub;
static char *backups; /* folder that holds one backup */

static int setup(void **state)
{
	(void)state;
	stub_open(&stub);
	backups = arena_printf(stub.arena, "%s/backups", stub.folder);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	stub_close(&stub);
	return 0;
}

static int tool(const struct cli_command *command, const char *argument)
{
	char *argv[] = { arena_dup(stub.arena, "rotonde"), arena_dup(stub.arena, "--data"), stub.folder, arena_dup(stub.arena, argument), NULL };

	return command->run(4, argv);
}

static const char *the_backup(void)
{
	const char *path;
	glob_t found;

	assert_int_equal(glob(arena_printf(stub.arena, "%s/rotonde-*", backups), 0, NULL, &found), 0);
	assert_int_equal(found.gl_pathc, 1);
	path = arena_dup(stub.arena, found.gl_pathv[0]);
	globfree(&found);
	return path;
}

/* Stop, do it, start. */
static int restore(const char *from)
{
	int end;

	engine_close(stub.engine);
	stub.sending = 0;
	stub.sync_asked = false;
	end = tool(&cli_restore, from);
	stub_start(&stub);
	return end;
}

static void restore__speaks__under_a_new_epoch(void **state)
{
	const int64_t epoch = stub.engine->epoch;
	int batches;

	(void)state;
	stub.send_outcome = OUTCOME_TROUBLE;
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje" });
	batches = stub.batches;
	assert_int_equal(tool(&cli_backup, backups), CLI_GOOD);
	stub_happens(&stub, (struct event){ .id = "$2", .body = "!idee hek" });
	assert_int_equal(restore(the_backup()), CLI_GOOD);
	assert_int_not_equal(stub.engine->epoch, epoch);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM outbox WHERE state = 'dead'"), 1);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM incident WHERE kind = 'restore.parked'"), 1);
	/* Echoes of what was said after the backup are no sign of an old copy: we know that we are one. */
	stub.send_outcome = OUTCOME_OK;
	stub.batches = batches;
	stub.now_ms += MS_PER_MINUTE;
	stub_happens(&stub, (struct event){ .id = "$e", .sender = "@rotonde:console", .txn_id = arena_printf(stub.arena, "%lld-99", (long long)epoch) });
	stub_happens(&stub, (struct event){ .id = "$2", .body = "!idee hek" });
	assert_non_null(strstr(stub_heard(&stub), "Idee 2"));
}

static void restore__ends__the_silence_of_an_old_copy(void **state)
{
	(void)state;
	stub_happens(&stub, (struct event){ .id = "$e", .sender = "@rotonde:console", .txn_id = arena_printf(stub.arena, "%lld-99", (long long)stub.engine->epoch) });
	assert_true(stub.engine->old_copy);
	assert_int_equal(tool(&cli_backup, backups), CLI_GOOD);
	assert_int_equal(restore(the_backup()), CLI_GOOD);
	assert_false(stub.engine->old_copy);
}

/* Whatever is wrong with the backup, what stood there stands there still. */
static void restore__touches__nothing_before_the_copy_is_good(void **state)
{
	const char *bad = arena_printf(stub.arena, "%s/bad", stub.folder);

	(void)state;
	stub_happens(&stub, (struct event){ .id = "$1", .body = "!idee bankje" });
	assert_int_equal(restore(arena_printf(stub.arena, "%s/absent", stub.folder)), CLI_NO);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 1);
	assert_int_equal(file_make_folders(bad), 0);
	assert_int_equal(file_write_durable(arena_printf(stub.arena, "%s/rotonde.db", bad), "rommel", 6, 0600), 0);
	assert_int_equal(restore(bad), CLI_NO);
	assert_int_equal(stub_number(&stub, "SELECT count(*) FROM idea"), 1);
	assert_int_equal(access(arena_printf(stub.arena, "%s/rotonde.db.restoring", stub.folder), F_OK), -1);
}

/* Not under a daemon that runs. */
static void restore__waits__for_the_daemon_to_stop(void **state)
{
	(void)state;
	assert_int_equal(tool(&cli_backup, backups), CLI_GOOD);
	assert_int_equal(tool(&cli_restore, the_backup()), CLI_NO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(restore__speaks__under_a_new_epoch, setup, teardown),
		cmocka_unit_test_setup_teardown(restore__ends__the_silence_of_an_old_copy, setup, teardown),
		cmocka_unit_test_setup_teardown(restore__touches__nothing_before_the_copy_is_good, setup, teardown),
		cmocka_unit_test_setup_teardown(restore__waits__for_the_daemon_to_stop, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
