/*
 * What stands in a Megolm ciphertext: another event's type and content, and the room it was meant for. Pure;
 * the bytes are those of whoever has the session.
 */
#ifndef ROTONDE_CRYPTO_INBOUND_PAYLOAD_H
#define ROTONDE_CRYPTO_INBOUND_PAYLOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/compiler.h"

struct cJSON;

struct payload {
	const char *type;    /* 1-255 bytes, no control characters; not m.room.encrypted */
	const char *room;
	const char *content; /* a JSON object, in canonical form when it has one */
};

/*
 * Read a payload. `outer` is the content of the encrypted event: its m.relates_to is the one that counts, also
 * by being absent (MATRIX.md 7.16), and is what ret_payload->content has. False when it is no payload.
 */
bool payload_parse(struct arena *arena, const char *bytes, size_t len, const struct cJSON *outer, struct payload *ret_payload) MUST_CHECK;

#endif
