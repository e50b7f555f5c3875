/*
 * The program's subcommands: one file each (cmd_NAME.c), one constant record each. `rotonde --help`
 * comes from the records.
 *
 * Exit codes: CLI_GOOD, CLI_NO (the answer is no: an error was found, it cannot be done now), CLI_USAGE.
 */
#ifndef ROTONDE_CLI_CLI_H
#define ROTONDE_CLI_CLI_H

enum { CLI_GOOD = 0, CLI_NO = 1, CLI_USAGE = 2 };

/* Whether the daemon may, must or must not be running meanwhile on the same folder. */
enum cli_daemon { CLI_DAEMON_EITHER, CLI_DAEMON_UP, CLI_DAEMON_DOWN, CLI_DAEMON_ITSELF };

struct cli_command {
	const char *name;
	const char *usage; /* what follows the name: "-c FILE [DIR]" */
	const char *summary; /* one line */
	enum cli_daemon daemon;
	int (*run)(int argc, char **argv); /* argv[0] is the name; options are parsed with getopt */
};

extern const struct cli_command *const cli_commands[];

/* The whole program: pick the subcommand and run it. */
int cli_main(int argc, char **argv);

/* Print "usage: rotonde NAME ..." to stderr; CLI_USAGE. */
int cli_usage(const struct cli_command *command);

#endif
