/*
 * Our own identity: the three cross-signing keys, made once or brought back from secret storage, never
 * replaced by ourselves (MATRIX.md 8.1-8.4). Peers give keys to and read from devices that are signed by it alone.
 *
 * It is a loop: ask what the server shows, do what is missing (publish, sign), ask again. So a crash anywhere, and a
 * server that says yes and does nothing, are all the same: what is missing is done once more. An identity on the
 * server that is not the one we hold ends it, until a person brings the keys (crypto/secrets.h).
 */
#ifndef ROTONDE_CRYPTO_IDENTITY_H
#define ROTONDE_CRYPTO_IDENTITY_H

#include "crypto/crypto_internal.h"
#include "crypto/olm.h"

extern const struct statements identity_statements;
extern const struct statements identity_keys_statements;
extern const struct statements identity_vouch_statements;

/* The private halves. */
struct identity_seeds {
	unsigned char master[SIGNER_SEED_BYTES];
	unsigned char self_signing[SIGNER_SEED_BYTES];
	unsigned char user_signing[SIGNER_SEED_BYTES];
};

/*
 * At every start, after the keyring: what the server shows is compared anew, and a new device is signed. Seeds that the
 * vault does not open are forgotten: they were another machine's.
 */
void identity_open(struct crypto *crypto, struct turn *turn);

/* Our cross-signing is complete, published, and signs this device: what crypto_prepare() asks for (6.8). */
bool identity_is_good(struct view *view) MUST_CHECK;

/* The server is still to be asked, or to be brought what is missing: waiting may help. */
bool identity_is_under_way(struct view *view) MUST_CHECK;

/* The server shows an identity that is not the one we hold: then nobody else's is worth much either (8.15). */
bool identity_is_foreign(struct view *view) MUST_CHECK;

/* What keeps it from being good, a word for the log and the status; "" when it is. */
const char *identity_why(struct view *view);

enum crypto_identity identity_status(struct view *view);

/* Where a person can allow that our keys are published, when the server wants that; or NULL. */
const char *identity_approval_url(struct view *view);

/* The server says that something about our own account changed. */
void identity_outdate(struct turn *turn);

/* A person is there who can prove that it is us: what was refused is tried again. */
void identity_retry(struct turn *turn);

/* The private halves, in the arena; NULL when we have none. */
const struct identity_seeds *identity_seeds(struct crypto *crypto, struct view *view);

/*
 * Take over the identity that the server shows, with its private halves. False, and nothing changed, when they are
 * not its: a person may have reset it since they were stored, or the server swaps them.
 */
bool identity_adopt(struct crypto *crypto, struct turn *turn, const struct identity_seeds *seeds) MUST_CHECK;

/* Sign an object that has no signatures yet, as our master key and as this device. Only while we hold the keys. */
void identity_certify(struct crypto *crypto, struct view *view, struct cJSON *object);

/* Sign another user's master key with our user-signing key, after emoji were compared; it goes out as a want. */
void identity_sign_user(struct crypto *crypto, struct turn *turn, const char *user);

/* Our own master key, public: what we hold, or NULL. */
const char *identity_master(struct view *view);

bool identity_want(struct crypto *crypto, struct view *view, struct want *ret_want) MUST_CHECK;
void identity_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);

/* When what was refused is tried again; INT64_MAX. */
int64_t identity_next_ms(struct view *view);

#endif
