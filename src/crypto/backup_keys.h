/*
 * The sessions that go to the key backup and come from it, for backup.c.
 */
#ifndef ROTONDE_CRYPTO_BACKUP_KEYS_H
#define ROTONDE_CRYPTO_BACKUP_KEYS_H

#include "crypto/crypto_internal.h"

extern const struct statements backup_keys_statements;

/* Another version: nothing is in it yet, and everything can be asked of it. */
void backup_keys_forget(struct turn *turn);

/* The next hundred sessions that are not there. Fills in about and call. */
bool backup_keys_want_upload(struct crypto *crypto, struct view *view, const char *version, const char *seal_to, struct want *ret_want) MUST_CHECK;
void backup_keys_take_upload(struct turn *turn, const struct want *want);

/* The next session that an event waits for. */
bool backup_keys_want_fetch(struct view *view, const char *version, struct want *ret_want) MUST_CHECK;
void backup_keys_take_fetch(struct crypto *crypto, struct turn *turn, const struct want *want, const struct cJSON *answer);
void backup_keys_take_absent(struct turn *turn, const struct want *want);

#endif
