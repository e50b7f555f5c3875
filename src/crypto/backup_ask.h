/*
 * Which sessions the key backup is to be asked for: those that an event waits for, once each (MATRIX.md 7.13).
 */
#ifndef ROTONDE_CRYPTO_BACKUP_ASK_H
#define ROTONDE_CRYPTO_BACKUP_ASK_H

#include "crypto/crypto_internal.h"

extern const struct statements backup_ask_statements;

/* An event waits for this session, or for an earlier copy of it. Remembered also while there is no backup. */
void backup_ask(struct turn *turn, const char *room, const char *session);

/* The next one to ask for: some seconds after the event, for keys are often a little behind. */
bool backup_ask_next(struct view *view, const char **ret_room, const char **ret_session) MUST_CHECK;

/* When time alone brings one more; INT64_MAX. */
int64_t backup_ask_next_ms(struct view *view);

/* The backup has answered, with a session or with nothing. */
void backup_ask_answered(struct turn *turn, const char *room, const char *session);

/* It is another backup now. */
void backup_ask_again(struct turn *turn);

#endif
