/*
 * What a /sync answer tells about keys (base/keys.h): messages to our device, devices that changed, and
 * how many of our keys are left. Pure. Every message is parsed alone, as the events of rooms are, and
 * keeps its content as it came: signatures and commitments are made over those bytes.
 */
#ifndef ROTONDE_MATRIX_WIRE_KEYS_H
#define ROTONDE_MATRIX_WIRE_KEYS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/keys.h"
#include "matrix/slice.h"

/* Where they stand in the answer; zero before the first member is taken. */
struct wire_keys {
	struct slice to_device;
	struct slice device_lists;
	struct slice one_time_keys;
	struct slice fallback_keys;
	struct slice fallback_keys_unstable;
};

/* Keep a member of the answer when it is one of these. */
void wire_keys_take(struct wire_keys *keys, struct slice key, struct slice value);

/* The news lives in the arena; scratch is one of slice_scratch_create(). False when there is more of it than can be. */
bool wire_keys_read(struct arena *arena, struct arena *scratch, const struct wire_keys *keys, struct key_news *ret_news) MUST_CHECK;

#endif
