/*
 * Megolm sessions of others (and our own copies), who owns them, and opening events with them (MATRIX.md
 * section 7). A session is one row, sealed; its owner is set from the Olm channel it came by and never from
 * what an event claims.
 */
#ifndef ROTONDE_CRYPTO_INBOUND_H
#define ROTONDE_CRYPTO_INBOUND_H

#include "crypto/channel.h"

extern const struct statements inbound_statements;

/* Receivers of to-device messages, called by channel.c. */
void inbound_take_key(struct crypto *crypto, struct turn *turn, const struct message *message);       /* m.room_key */
void inbound_take_forwarded(struct crypto *crypto, struct turn *turn, const struct message *message); /* m.forwarded_room_key */
void inbound_take_withheld(struct crypto *crypto, struct turn *turn, const struct message *message);  /* m.room_key.withheld */
void inbound_take_request(struct crypto *crypto, struct turn *turn, const struct message *message);   /* m.room_key_request */

/* Our own copy of a session we begin to send with. session_key as in m.room_key. */
void inbound_keep_own(struct crypto *crypto, struct turn *turn, const char *room, const char *session_key, bool shared_history);

/* The session from this index on, in the form m.forwarded_room_key and the backup carry; NULL when there is none that early. */
struct cJSON *inbound_export(struct crypto *crypto, struct view *view, const char *room, const char *session, int64_t index) MUST_CHECK;

/* A session from the backup or a file: readable, its origin unproven (7.5). */
void inbound_import(struct crypto *crypto, struct turn *turn, const char *room, const char *session, const struct cJSON *data);

/* crypto_decrypt() but for the verifications. */
enum crypto_verdict inbound_open(struct crypto *crypto, struct turn *turn, const struct event *event, const struct crypto_relay *relay,
                                 bool last_try, struct crypto_plain *ret_plain, const char **ret_session, const char **ret_why) MUST_CHECK;

#endif
