#include "cli/cli.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/json.h"

static void print_help(FILE *out)
{
	(void)fputs("rotonde - ideas, receipts and the agenda of a neighbourhood's app groups\n\n", out);
	for (size_t i = 0; cli_commands[i]; i++) {
		const struct cli_command *command = cli_commands[i];

		(void)fprintf(out, "  rotonde %s %s\n      %s%s\n", command->name, command->usage, command->summary,
		              command->daemon == CLI_DAEMON_DOWN ? " Not while the daemon runs." : "");
	}
	(void)fputs("\n  rotonde --version | --help\n", out);
}

int cli_usage(const struct cli_command *command)
{
	(void)fprintf(stderr, "usage: rotonde %s %s\n", command->name, command->usage);
	return CLI_USAGE;
}

int cli_main(int argc, char **argv)
{
	/* Names, photos and tokens: whatever we make is for its owner alone. */
	(void)umask(077);
	json_wipe_freed();
	/* A reader that goes away is an error to write(), not a death. */
	(void)signal(SIGPIPE, SIG_IGN);
	if (argc < 2) {
		print_help(stderr);
		return CLI_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		print_help(stdout);
		return CLI_GOOD;
	}
	if (strcmp(argv[1], "--version") == 0) {
		(void)puts("rotonde " ROTONDE_VERSION);
		return CLI_GOOD;
	}
	for (size_t i = 0; cli_commands[i]; i++) {
		const struct cli_command *command = cli_commands[i];

		if (strcmp(argv[1], command->name) != 0)
			continue;
		if (argc == 3 && strcmp(argv[2], "--help") == 0) {
			(void)printf("usage: rotonde %s %s\n%s\n", command->name, command->usage, command->summary);
			return CLI_GOOD;
		}
		return command->run(argc - 1, argv + 1);
	}
	(void)fprintf(stderr, "rotonde: there is no '%s'; see rotonde --help\n", argv[1]);
	return CLI_USAGE;
}
