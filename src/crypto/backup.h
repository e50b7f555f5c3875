/*
 * The key backup (spec: Server-side key backups, m.megolm_backup.v1.curve25519-aes-sha2; MATRIX.md 7.12, 7.13): every
 * session we can read with goes there, sealed; after a lost database those that events wait for come back, one by one.
 * Its MAC covers nothing, so what comes back is readable and proves nothing (7.5).
 *
 * A version of it counts only when its public key is ours, or our identity signed it. One that somebody deleted or
 * switched off is not made again by itself.
 */
#ifndef ROTONDE_CRYPTO_BACKUP_H
#define ROTONDE_CRYPTO_BACKUP_H

#include "crypto/crypto_internal.h"
#include "crypto/olm.h"

extern const struct statements backup_statements;

/* At every start: what the server has is compared anew. */
void backup_open(struct crypto *crypto, struct turn *turn);

/* A new key, and a version for it as soon as our identity is good. Nothing when we have a key. */
void backup_make(struct crypto *crypto, struct turn *turn);

/* The key came out of secret storage. */
void backup_adopt(struct crypto *crypto, struct turn *turn, const unsigned char key[KEY_BACKUP_KEY_BYTES]);

/* The private key; false when we have none. */
bool backup_key(struct crypto *crypto, struct view *view, unsigned char ret_key[KEY_BACKUP_KEY_BYTES]) MUST_CHECK;

enum crypto_backup backup_status(struct view *view);

bool backup_want(struct crypto *crypto, struct view *view, struct want *ret_want) MUST_CHECK;
void backup_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);

/* When something is to be asked again, or for the first time; INT64_MAX. */
int64_t backup_next_ms(struct view *view);

#endif
