/*
 * Others' devices and identities (MATRIX.md 6.2, 6.3, 8.5, 8.15). We follow the users with whom we share an
 * encrypted room, and ourselves: what the server says changed is outdated until a /keys/query that was asked
 * after that has been answered. Device keys are fixed by their first sight; an identity's master key is pinned
 * by its first sight, and its change suspends the user until a person accepts it.
 */
#ifndef ROTONDE_CRYPTO_DEVICE_H
#define ROTONDE_CRYPTO_DEVICE_H

#include "crypto/crypto_internal.h"

extern const struct statements device_statements;
extern const struct statements device_user_statements;

struct device {
	const char *user;
	const char *id;
	const char *curve25519;
	const char *ed25519;
};

/* How far a device is to be trusted, by what we know now; in rising order. */
enum standing {
	STANDING_UNKNOWN,  /* no such device */
	STANDING_UNSIGNED, /* its owner did not sign it, or has no identity */
	STANDING_CHANGED,  /* signed, by an identity that is not the pinned one */
	STANDING_SIGNED,   /* signed by the pinned identity */
	STANDING_VERIFIED, /* and a person compared emoji with its owner */
};

struct identity {
	const char *user;
	const char *master;        /* as the server shows it now, proven by its own signatures; NULL: none */
	const char *self_signing;  /* signed by master; or NULL */
	const char *user_signing;  /* of ourselves only, signed by master; or NULL */
	const char *pinned;        /* the master key we saw first, or that a person accepted; or NULL */
	bool verified;             /* a person compared emoji for the pinned key */
};

/* Follow a user's devices from now on. Nothing when we do so already. */
void devices_track(struct turn *turn, const char *user);
void devices_untrack(struct turn *turn, const char *user);

/* The server says they changed; unknown users are nothing to us. */
void devices_outdate(struct turn *turn, const char *user);
void devices_outdate_all(struct turn *turn);

/* Waiting for lists that were outdated before starts anew: nobody asked while the process was not there. */
void devices_wait_anew(struct turn *turn);

/*
 * Tracked, and as new as the server's word; or its server could not be asked lately or did not answer for ten
 * seconds, so waiting is no use (6.2). What is no user id has no devices, and is settled.
 */
bool devices_settled(struct view *view, const char *user) MUST_CHECK;

/*
 * Devices that the server shows, with keys of their own: two devices of a user with one curve25519 key are both
 * as good as absent (6.3).
 */
bool device_find(struct view *view, const char *user, const char *id, struct device *ret_device) MUST_CHECK;
bool device_find_by_curve25519(struct view *view, const char *user, const char *curve25519, struct device *ret_device) MUST_CHECK;

/* All devices of a user that can be written to (both algorithms), by id. */
struct device *device_list(struct view *view, const char *user, size_t *ret_len);

/* STANDING_UNKNOWN also when the keys are others than those we know, or the server does not show the device any more. */
enum standing device_standing(struct view *view, const struct device *device);

bool identity_find(struct view *view, const char *user, struct identity *ret_identity) MUST_CHECK;

/* A person says that the user's present identity is the right one: pin it, to be verified anew. False when there is none. */
bool identity_accept(struct turn *turn, const char *user) MUST_CHECK;

/* Emoji were compared: this master key is the user's. Of a user we never followed there is nothing to verify. */
void identity_set_verified(struct turn *turn, const char *user, const char *master);

/*
 * A device that vouches for itself in an Olm message (sender_device_keys, MATRIX.md 5.12): true when user,
 * keys and self-signature agree with what is given; it is then remembered as a query would have.
 */
bool device_take_claimed(struct crypto *crypto, struct turn *turn, const struct cJSON *device_keys, const char *user, const char *curve25519,
                         const char *ed25519) MUST_CHECK;

bool device_want(struct crypto *crypto, struct view *view, struct want *ret_want) MUST_CHECK;
void device_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);

/* When a server that failed may be asked again, or waiting for a list is over; INT64_MAX. */
int64_t device_next_ms(struct view *view);

#endif
