/*
 * Comparing emoji, for those inside crypto/: what comes in. What people may do with it is in crypto.h.
 *
 *	verification.h         who may ask, and which verification a message is for
 *	verification_flow.h    one verification, from the request to its end
 *	verification_send.h    its messages on their way out
 *	verification_mac.h     what is computed
 */
#ifndef ROTONDE_CRYPTO_VERIFICATION_H
#define ROTONDE_CRYPTO_VERIFICATION_H

#include "crypto/channel.h"

/* Receiver of to-device messages m.key.verification.*, called by channel.c; sealed or not, they prove themselves. */
void verification_take(struct crypto *crypto, struct turn *turn, const struct message *message);

/* Is this an event of a verification in its room? */
bool verification_is_event(const char *type, const char *content) MUST_CHECK;

/* Such an event, opened. */
void verification_take_event(struct crypto *crypto, struct turn *turn, const struct event *event, const struct crypto_plain *plain);

/* End what took too long, and what a restart cut off. Nobody waits for the very second, so each batch is soon enough. */
void verifications_expire(struct crypto *crypto, struct turn *turn);

/* Forget all of them. */
void verifications_drop(struct crypto *crypto);

#endif
