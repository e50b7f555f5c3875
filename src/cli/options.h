/*
 * The options that subcommands share: -c FILE, and those that a few of them know. What a subcommand
 * does not know it refuses by looking.
 */
#ifndef ROTONDE_CLI_OPTIONS_H
#define ROTONDE_CLI_OPTIONS_H

#include <stdbool.h>

#include "base/compiler.h"

struct options {
	const char *config;     /* -c, --config */
	const char *data;       /* --data */
	const char *now;        /* --now */
	const char *script;     /* --script */
	const char *language;   /* --lang */
	const char *group;      /* --group */
	const char *head;       /* --head */
	const char *sheet;      /* --sheet */
	const char *clock_file; /* --clock-file */
	const char *recovery_key_file; /* --recovery-key-file */
	bool recover;           /* --recover */
	char **rest;            /* what follows the options */
	int rest_len;
};

/* -c FILE, or --data DIR of a console run: what tools that look into a database need. */
bool options_name_data(const struct options *options);

/* False on an unknown option or a missing value; getopt has said which. */
bool options_parse(int argc, char **argv, struct options *ret_options) MUST_CHECK;

#endif
