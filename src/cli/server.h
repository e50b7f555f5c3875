/*
 * The homeserver as the config names it, for `run` and `login`.
 */
#ifndef ROTONDE_CLI_SERVER_H
#define ROTONDE_CLI_SERVER_H

#include "base/arena.h"
#include "config/config.h"
#include "crypto/crypto.h"
#include "matrix/matrix.h"

/* What matrix_open() and its sisters want; strings live in the arena. Makes the data folder. False with a message when that fails. */
bool server_options(struct arena *arena, const struct config *config, struct matrix_options *ret_options) MUST_CHECK;

/* How crypto_open() is to open for this account; strings live in the arena. */
struct crypto_options server_crypto_options(struct arena *arena, const struct config *config, const struct matrix_account *account);

/* What a verdict means and what to do, in plain words on stderr. `error` is matrix_account's, or "". */
void server_complain(const struct config *config, const struct matrix_options *options, enum matrix_verdict verdict, const char *error);

#endif
