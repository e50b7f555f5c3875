/*
 * The secret storage of our account (spec: Secrets): our identity's private keys and the backup's, on the server,
 * under a key that only people hold. Made once at a login, opened by a login that has lost its database; both are
 * rows that say how far they are, so that they go on after a crash.
 */
#ifndef ROTONDE_CRYPTO_SECRETS_H
#define ROTONDE_CRYPTO_SECRETS_H

#include "crypto/crypto_internal.h"

extern const struct statements secrets_statements;

/* Begin to make it, with a new recovery key, once our identity is good. Nothing when there is one, or one is begun. */
void secrets_make(struct crypto *crypto, struct turn *turn);

/* Begin to open it. text: a recovery key, or the passphrase that somebody chose elsewhere. */
void secrets_open(struct crypto *crypto, struct turn *turn, const char *text);

/* All is stored, and nobody has seen the recovery key yet: its text. Else NULL. */
const char *secrets_recovery_key(struct crypto *crypto, struct view *view);

/* A person has it: it is forgotten here. */
void secrets_forget(struct turn *turn);

/* *ret_failure: a word with CRYPTO_STORAGE_FAILED, else NULL. */
enum crypto_storage secrets_status(struct view *view, const char **ret_failure);

bool secrets_want(struct crypto *crypto, struct view *view, struct want *ret_want) MUST_CHECK;
void secrets_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);

#endif
