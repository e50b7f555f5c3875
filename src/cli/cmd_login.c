/*
 * `rotonde login`: once, with the password from the credential or the 0600 file. The device stays the
 * same when it is run again.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/server.h"
#include "cli/setup.h"

static bool read_password(const struct config *config, struct arena *arena, struct buf *password)
{
	const char *path = NULL, *what = NULL;

	switch (config_read_password(config, arena, password, &path)) {
	case SECRET_READ:
		return true;
	case SECRET_MISSING:
		what = "there is no password here";
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

static int log_in(const struct config *config)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	AUTO_BUF password = { 0 };
	struct matrix_options options;
	struct matrix_account account = { .user = "", .device = "", .error = "" };
	enum matrix_verdict verdict;

	buf_init(&password, 4096);
	if (!read_password(config, arena, &password) || !server_options(arena, config, &options))
		return CLI_NO;
	verdict = matrix_login(&options, arena, config->homeserver.user, password.data, &account);
	explicit_bzero(password.data, password.len);
	if (verdict != MATRIX_OK) {
		server_complain(config, &options, verdict, account.error);
		return CLI_NO;
	}
	(void)printf("Logged in as %s, device %s. Now start the daemon: rotonde run -c FILE\n", account.user, account.device);
	return CLI_GOOD;
}

static int login_run(int argc, char **argv)
{
	struct options options;
	struct setup setup;
	int end;

	if (!options_parse(argc, argv, &options) || !options.config || options.rest_len)
		return cli_usage(&cli_login);
	if (!setup_open(&setup, options.config, CONFIG_FOR_SERVER))
		return CLI_NO;
	end = log_in(setup.config);
	setup_close(&setup);
	return end;
}

const struct cli_command cli_login = {
	.name = "login",
	.usage = "-c FILE",
	.summary = "Log the bot's account in, once.",
	.daemon = CLI_DAEMON_DOWN,
	.run = login_run,
};
