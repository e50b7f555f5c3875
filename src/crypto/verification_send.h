/*
 * Messages of a verification on their way out: in the room, encrypted as all else there, or to devices, in the
 * clear, as they prove themselves.
 */
#ifndef ROTONDE_CRYPTO_VERIFICATION_SEND_H
#define ROTONDE_CRYPTO_VERIFICATION_SEND_H

#include "crypto/crypto_internal.h"

#define VERIFICATION_PREFIX  "m.key.verification."
#define VERIFICATION_REQUEST "m.key.verification.request"
#define VERIFICATION_METHOD  "m.sas.v1"

/* Why a verification ended without success: the specification's codes. */
enum cancellation {
	CANCELLED_NOT,
	CANCELLED_USER,
	CANCELLED_TIMEOUT,
	CANCELLED_UNKNOWN_TRANSACTION,
	CANCELLED_UNKNOWN_METHOD,
	CANCELLED_UNEXPECTED,
	CANCELLED_KEY_MISMATCH,
	CANCELLED_INVALID,
	CANCELLED_ACCEPTED,   /* another device of theirs took it */
	CANCELLED_COMMITMENT,
	CANCELLED_SAS,
	CANCELLED_OTHER,      /* theirs alone: a code we do not know */
};

/* "m.user" */
const char *cancellation_code(enum cancellation why);

/* Any text, or NULL, to a cancellation. */
enum cancellation cancellation_parse(const char *code);

/* How the two talk. */
struct route {
	const char *room; /* NULL: to-device */
	const char *user;
	const char *device;
	const char *transaction; /* in a room the request's event */
};

/* As long as a verification may take in all; its messages are worth nothing after that. */
#define VERIFICATION_MS (INT64_C(10) * 60 * 1000)

/* name: of the type, behind the prefix. Adds what names the transaction, destroys content; the whole of it as it goes out. */
const char *verification_send(struct turn *turn, const struct route *route, const char *name, struct cJSON *content);

void verification_send_cancel(struct turn *turn, const struct route *route, enum cancellation why);

/* Our request in the room: the row of the outbox. words: for clients that know no verifications. */
int64_t verification_send_request(struct crypto *crypto, struct turn *turn, const char *room, const char *user, const char *words);

/* The same to a device. */
void verification_send_request_to(struct crypto *crypto, struct turn *turn, const struct route *route);

/* from_device and methods: the content of a ready, and most of a request's. To be destroyed. */
struct cJSON *verification_offer_create(const struct crypto *crypto) MUST_CHECK;

#endif
