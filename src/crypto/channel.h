/*
 * Olm: a secret way to one device and back (MATRIX.md section 5). Sessions are rows, sealed; they are opened
 * into the turn and written back in it. What comes in is checked to be from whom it says, once, and handed to
 * the receiver of its type.
 */
#ifndef ROTONDE_CRYPTO_CHANNEL_H
#define ROTONDE_CRYPTO_CHANNEL_H

#include "crypto/device.h"

enum channel_state {
	CHANNEL_NONE,   /* nobody asked for one */
	CHANNEL_ASKED,  /* a key is to be claimed, or is being */
	CHANNEL_FAILED, /* the device gave none; not to be asked again before a while (5.7): go on without it */
	CHANNEL_OPEN,
};

enum channel_state channel_state(struct view *view, const struct device *device);

/* Have a key claimed when there is no session and nothing forbids to ask. */
void channel_ask(struct turn *turn, const struct device *device);

/* Encrypt a to-device message and put it in the queue. False when no session is there. */
bool channel_send(struct crypto *crypto, struct turn *turn, const struct device *device, const char *type, const struct cJSON *content,
                  const char *group) MUST_CHECK;

/* Rises when the device began a new session with us: it may have lost what we sent it before (5.17). */
int64_t channel_wedges(struct view *view, const struct device *device);

/* A to-device message that is open and from whom it says. */
struct message {
	const char *type;
	const struct cJSON *content;
	const char *sender;
	bool sealed;               /* it came by Olm; else in the clear, and proves nothing */
	const char *curve25519;    /* sealed: the sending device's keys */
	const char *ed25519;
	const struct device *device; /* sealed, and we know that device of the sender; else NULL */
};

/* A to-device event, sealed or not. What is allocated in the turn's arena meanwhile is given back: receivers leave nothing there. */
void channel_take(struct crypto *crypto, struct turn *turn, const struct to_device *event);

bool channel_want(struct crypto *crypto, struct view *view, struct want *ret_want) MUST_CHECK;
void channel_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);

/* When a device may be asked again; INT64_MAX. */
int64_t channel_next_ms(struct view *view);

#endif
