/*
 * Our own identity: the three cross-signing keys, made once or brought back from secret storage, never
 * replaced by ourselves (MATRIX.md 8.1-8.4), and the secret storage they rest in (8.6, 8.7).
 */
#ifndef ROTONDE_CRYPTO_IDENTITY_H
#define ROTONDE_CRYPTO_IDENTITY_H

#include "crypto/crypto_internal.h"

extern const struct statements identity_statements;

/* Our cross-signing is complete, published, and signs this device: what crypto_prepare() asks for (6.8). */
bool identity_is_good(struct view *view) MUST_CHECK;

/* Sign another user's master key with our user-signing key, after emoji were compared; it goes out as a want. */
void identity_sign_user(struct crypto *crypto, struct turn *turn, const char *user);

bool identity_want(struct crypto *crypto, struct view *view, struct want *ret_want) MUST_CHECK;
void identity_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);
bool secrets_want(struct crypto *crypto, struct view *view, struct want *ret_want) MUST_CHECK;
void secrets_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);

#endif
