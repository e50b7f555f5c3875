/*
 * What a login does about encrypted rooms: the device's keys, our identity and the secret storage it rests in are
 * brought to the server, or brought back from it (MATRIX.md 8.1-8.7). Each step is a turn: a login that was cut off
 * goes on where it was.
 */
#ifndef ROTONDE_CLI_LOGIN_KEYS_H
#define ROTONDE_CLI_LOGIN_KEYS_H

#include <stdbool.h>

#include "base/compiler.h"
#include "config/config.h"
#include "crypto/crypto.h"
#include "matrix/matrix.h"

struct store;

struct login_keys {
	const struct config *config;
	const struct matrix_options *server;
	struct store *store;
	const char *password;          /* of the account, where the server wants it once more */
	const char *recovery_key_file; /* where the recovery key goes, or with recover comes from; NULL: the terminal */
	bool recover;
};

/* The stored device may not go on: why, in a word; NULL when it may. With it goes what it left behind in the database. */
const char *login_keys_retire_dead(const struct login_keys *login, const struct matrix_account *stored, bool device_gone);

/* After the login. Prints what was done, and what a person is to do; false when something is in the way. */
bool login_keys_settle(const struct login_keys *login, const struct matrix_account *account) MUST_CHECK;

#endif
