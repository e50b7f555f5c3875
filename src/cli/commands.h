/*
 * The records of all subcommands, for table.c.
 */
#ifndef ROTONDE_CLI_COMMANDS_H
#define ROTONDE_CLI_COMMANDS_H

#include "cli/cli.h"

extern const struct cli_command cli_accept_identity;
extern const struct cli_command cli_backup;
extern const struct cli_command cli_check;
extern const struct cli_command cli_console;
extern const struct cli_command cli_explain;
extern const struct cli_command cli_export;
extern const struct cli_command cli_login;
extern const struct cli_command cli_restore;
extern const struct cli_command cli_run;
extern const struct cli_command cli_seen;
extern const struct cli_command cli_status;
extern const struct cli_command cli_verify;
extern const struct cli_command cli_verify_device;

#endif
