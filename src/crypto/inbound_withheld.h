/*
 * Why others say that they do not give us a key (specification, m.room_key.withheld). It comes in the clear and
 * proves nothing: it is for the log and changes nothing else (MATRIX.md 7.14).
 */
#ifndef ROTONDE_CRYPTO_INBOUND_WITHHELD_H
#define ROTONDE_CRYPTO_INBOUND_WITHHELD_H

#include "crypto/crypto_internal.h"

extern const struct statements inbound_withheld_statements;

/* "no-key", or the reason that the sender of an event gave for not having sent it: "withheld-unverified", ... */
const char *inbound_why_withheld(struct view *view, const char *room, const char *session, const char *sender);

/* He sent the key after all. */
void inbound_forget_withheld(struct turn *turn, const char *room, const char *session, const char *sender);

#endif
