/*
 * Writing down what answers tell of users and their devices, for device_query.c.
 */
#ifndef ROTONDE_CRYPTO_DEVICE_ROW_H
#define ROTONDE_CRYPTO_DEVICE_ROW_H

#include "crypto/device_claim.h"

/* Users asked for at once, at most (MATRIX.md 6.2). */
enum { QUERY_USERS_MAX = 250 };

/* So many devices of one user are looked at, and kept as claimed by themselves. */
enum { DEVICES_MAX = 500 };

enum device_keeping {
	DEVICE_KEPT,
	DEVICE_NEW,
	DEVICE_OTHER_KEYS, /* we know that name with other keys: nothing changed, an incident tells */
};

enum device_keeping device_keep(struct turn *turn, const struct device_claim *claim);

/* An answer begins: none of the user's devices is shown, until device_keep(). */
void device_hide_all(struct turn *turn, const char *user);

/* Names of the user's devices that the server does not show any more. */
const char **device_list_gone(struct view *view, const char *user, size_t *ret_len);

/* The clock of what makes lists old, and how many users to ask for at once. */
struct device_clock {
	int64_t ticks;
	int64_t batch;
};

void device_clock_get(struct view *view, struct device_clock *ret_clock);
void device_clock_set_batch(struct turn *turn, int64_t batch);

/* Users whose lists are old and whose servers may be asked, oldest first. */
const char **device_user_outdated(struct view *view, int64_t limit, size_t *ret_len);

/* The list is as new as the clock said when it was asked for; what made it old since then stands. */
void device_user_answered(struct turn *turn, const char *user, int64_t asked_at_tick);

/* The user's server did not answer for him: back off. Or it did. */
void device_server_failed(struct turn *turn, const char *server);
void device_server_answered(struct turn *turn, const char *server);

/* What is known of the user's identity; all but the user is NULL when that is nothing. */
struct identity identity_known(struct view *view, const char *user);

/* The identity as the server shows it now: pins the first one, tells of another. Takes master, self_signing and user_signing. */
void identity_keep(struct turn *turn, const struct identity *shown);

#endif
