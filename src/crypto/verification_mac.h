/*
 * What a SAS verification proves: the code both sides show, and the MACs by which each tells which keys are his
 * (specification, "SAS HKDF calculation" and "MAC calculation"; MATRIX.md 8.10-8.12). Nothing is stored or sent here.
 */
#ifndef ROTONDE_CRYPTO_VERIFICATION_MAC_H
#define ROTONDE_CRYPTO_VERIFICATION_MAC_H

#include "crypto/olm.h"
#include "crypto/short_code.h"

struct cJSON;

/* One side, its keys fixed by value when the two begin. */
struct party {
	const char *user;
	const char *device;
	const char *ed25519;   /* the device's */
	const char *master;    /* the user's master key; NULL: none to be verified */
	const char *ephemeral; /* for this verification; set before the code is asked for */
};

/* starter: whose start counts. */
struct short_code verification_code(struct arena *arena, struct sas *sas, const struct party *starter, const struct party *other,
                                    const char *transaction);

/* The content of our m.key.verification.mac: device and master key. To be destroyed. */
struct cJSON *verification_mac_create(struct arena *arena, struct sas *sas, const struct party *us, const struct party *them,
                                      const char *transaction) MUST_CHECK;

/*
 * Is every key that their MACs name one of theirs that we fixed, with the right MAC, and was none added or left
 * out on the way? *ret_master: their master key is among them.
 */
bool verification_mac_check(struct arena *arena, struct sas *sas, const struct party *them, const struct party *us, const char *transaction,
                            const struct cJSON *content, bool *ret_master) MUST_CHECK;

#endif
