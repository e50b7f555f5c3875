#include "cli/cli.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/json.h"

static void print_what(FILE *out, const struct cli_command *command)
{
	static const char *const notes[] = {
		[CLI_DAEMON_EITHER] = "",
		[CLI_DAEMON_UP] = " While the daemon runs.",
		[CLI_DAEMON_DOWN] = " Not while the daemon runs.",
		[CLI_DAEMON_ITSELF] = " One on a data folder.",
	};

	(void)fprintf(out, "%s%s\n", command->summary, notes[command->daemon]);
}

static void print_help(FILE *out)
{
	(void)fputs("rotonde - ideas, receipts and the agenda of a neighbourhood's app groups\n\n", out);
	for (size_t i = 0; cli_commands[i]; i++) {
		const struct cli_command *command = cli_commands[i];

		(void)fprintf(out, "  rotonde %s %s\n      ", command->name, command->usage);
		print_what(out, command);
	}
	(void)fputs("\n  rotonde --version | --help\n\n"
	            "FILE is the config; config/rotonde.small.yaml is one to begin with. TIME is like 2022-06-14T09:00.\n"
	            "What looks into a data folder also takes --data DIR, one that a console kept, for -c FILE.\n"
	            "Exit 0: good. 1: the answer is no, or it could not be done. 2: it was typed wrong.\n", out);
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
			(void)printf("usage: rotonde %s %s\n", command->name, command->usage);
			print_what(stdout, command);
			return CLI_GOOD;
		}
		return command->run(argc - 1, argv + 1);
	}
	(void)fprintf(stderr, "rotonde: there is no '%s'; see rotonde --help\n", argv[1]);
	return CLI_USAGE;
}
