/*
 * `rotonde login`: once, with the password from the credential or the 0600 file. It gives the device its keys for
 * encrypted rooms, signed by the bot's identity. The device stays the same when it is run again, unless its keys
 * are lost or dead: keys never change under a device's name.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/login_keys.h"
#include "cli/options.h"
#include "cli/server.h"
#include "cli/setup.h"
#include "store/turn_owner.h"

static bool read_password(const struct config *config, struct arena *arena, struct buf *password)
{
	const char *path = NULL, *what = NULL;

	switch (config_read_password(config, arena, password, &path)) {
	case SECRET_READ:
		return true;
	case SECRET_MISSING:
		what = "there is no password here, or we may not read it";
		break;
	case SECRET_EXPOSED:
		what = "others may read this password; run: chmod 600 on it";
		break;
	case SECRET_UNUSABLE:
		what = "this is no password: one line of text is expected";
		break;
	}
	(void)fprintf(stderr, "rotonde: %s: %s\n", path ? path : "password", what);
	return false;
}

/* The config's name, "@rotonde:example.org" or "rotonde", is this user's. */
static bool is_named(const char *user, const char *name)
{
	size_t len = strcspn(user + 1, ":");

	return str_equal(user, name) || (strlen(name) == len && strncmp(user + 1, name, len) == 0);
}

/* A device that may not go on is left behind: the login then makes another. */
static bool leave_dead_device(const struct login_keys *login)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	struct matrix_account stored, asked;
	enum matrix_verdict verdict;
	const char *why;

	/* Another account's session is matrix_login()'s to refuse. */
	if (matrix_stored(login->server, arena, &stored) != MATRIX_OK || !is_named(stored.user, login->config->homeserver.user))
		return true;
	verdict = matrix_whoami(login->server, arena, &asked);
	why = login_keys_retire_dead(login, &stored, verdict == MATRIX_DENIED && asked.device_gone);
	if (!why)
		return true;
	(void)printf("Device %s cannot go on (%s): this login makes a new one.\n", stored.device, why);
	if (unlink(login->server->session_path) == 0)
		return true;
	(void)fprintf(stderr, "rotonde: %s: %s\n", login->server->session_path, strerror(errno));
	return false;
}

static int log_in(struct login_keys *login)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	struct matrix_account account = { .user = "", .device = "", .error = "" };
	enum matrix_verdict verdict;

	if (!leave_dead_device(login))
		return CLI_NO;
	verdict = matrix_login(login->server, arena, login->config->homeserver.user, login->password, &account);
	if (verdict != MATRIX_OK) {
		server_complain(login->config, login->server, verdict, account.error);
		return CLI_NO;
	}
	(void)printf("Logged in as %s, device %s.\n", account.user, account.device);
	if (!login_keys_settle(login, &account))
		return CLI_NO;
	(void)printf("Now start the daemon: rotonde run -c FILE\n");
	return CLI_GOOD;
}

static int log_in_locked(struct login_keys *login)
{
	AUTO_FD lock = database_lock(login->config);
	int end = CLI_NO;

	if (lock < 0)
		return CLI_NO;
	login->store = database_create(login->config);
	if (login->store)
		end = log_in(login);
	store_close(login->store);
	return end;
}

static int log_in_with_password(const struct config *config, const struct options *options)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	AUTO_BUF password = { 0 };
	struct matrix_options server;
	struct login_keys login = { .config = config, .server = &server, .recovery_key_file = options->recovery_key_file, .recover = options->recover };
	int end;

	buf_init(&password, 4096);
	if (!read_password(config, arena, &password) || !server_options(arena, config, &server))
		return CLI_NO;
	login.password = password.data;
	end = log_in_locked(&login);
	explicit_bzero(password.data, password.len);
	return end;
}

static int login_run(int argc, char **argv)
{
	struct options options;
	struct setup setup;
	int end;

	if (!options_parse(argc, argv, &options) || !options.config || options.rest_len)
		return cli_usage(&cli_login);
	/* Passwords and the identity's private keys do not belong in a core file. */
	(void)prctl(PR_SET_DUMPABLE, 0);
	log_set_level(LOG_LEVEL_ERROR);
	if (!setup_open(&setup, options.config, CONFIG_FOR_SERVER))
		return CLI_NO;
	end = log_in_with_password(setup.config, &options);
	setup_close(&setup);
	return end;
}

const struct cli_command cli_login = {
	.name = "login",
	.usage = "-c FILE [--recover] [--recovery-key-file FILE]",
	.summary = "Log the bot's account in, once, with keys for encrypted rooms.",
	.daemon = CLI_DAEMON_DOWN,
	.run = login_run,
};
