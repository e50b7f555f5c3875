#include <stddef.h>

#include "cli/cli.h"
#include "cli/commands.h"

const struct cli_command *const cli_commands[] = {
	&cli_run,
	&cli_login,
	&cli_check,
	&cli_status,
	&cli_seen,
	&cli_verify,
	&cli_verify_device,
	&cli_accept_identity,
	&cli_backup,
	&cli_restore,
	&cli_export,
	&cli_console,
	&cli_explain,
	NULL,
};
