#include <stddef.h>

#include "cli/cli.h"
#include "cli/commands.h"

const struct cli_command *const cli_commands[] = {
	&cli_console,
	NULL,
};
