/*
 * Signed JSON (specification, Appendices, "Signing JSON"): the signature of one key under
 * `signatures`/USER/KEY_ID, over the object as it came, unknown members included.
 */
#ifndef ROTONDE_CRYPTO_SIGNATURE_H
#define ROTONDE_CRYPTO_SIGNATURE_H

#include "base/arena.h"
#include "base/compiler.h"

struct cJSON;

enum signature {
	SIGNATURE_GOOD,
	SIGNATURE_ABSENT,      /* no signature of this user with this key id */
	SIGNATURE_UNCANONICAL, /* nothing that can be signed: no object, a key twice, a fraction, mended text */
	SIGNATURE_KEY_UNSOUND, /* the key is none, or one that fits every message */
	SIGNATURE_WRONG,
};

/* key_id is the whole of it, "ed25519:ABCDEFG"; key_base64 what we hold for it, never what the object itself claims. */
enum signature signature_verify(struct arena *arena, const struct cJSON *object, const char *user, const char *key_id,
	const char *key_base64) MUST_CHECK;

/* "good", "absent", "uncanonical", "key_unsound", "wrong": for the log. */
const char *signature_word(enum signature verdict);

#endif
