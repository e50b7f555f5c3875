/*
 * A scanner that walks the outside of a large JSON answer and hands out pieces of it as raw bytes,
 * without building a tree. One hostile event can then spoil only itself: it is sliced out here by its
 * brackets and parsed alone, strictly, by base/json (MATRIX.md 2.15, 10.10-10.12).
 *
 * It is a scanner, not a validator: it finds where values begin and end. What it hands out may still be
 * no JSON; what it read from a cut-off answer is marked `broken`. Nesting of any depth costs no stack,
 * and every byte is looked at once by each walk over it. Memory: none.
 *
 *	struct scan scan = scan_begin(bytes, len);
 *
 *	if (scan_object(&scan)) {
 *		while (scan_member(&scan, &key)) {
 *			if (slice_is(key, "next_batch"))
 *				next = scan_value(&scan);
 *			else
 *				scan_skip(&scan);
 *		}
 *	}
 *	if (!scan_ended(&scan)) ... the answer was cut off or is no JSON
 */
#ifndef ROTONDE_MATRIX_SLICE_H
#define ROTONDE_MATRIX_SLICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/compiler.h"

struct cJSON;

/* A piece of the answer, borrowed from it. An absent piece has len 0. */
struct slice {
	const char *data;
	size_t len;
};

struct scan {
	const char *at;
	const char *end;
	bool broken; /* ran off the end, or met something that is no JSON; stays so */
};

struct scan scan_begin(const char *bytes, size_t len);
struct scan scan_slice(struct slice slice);

/* Step into the object or array at the cursor. False when something else stands there; it is skipped. */
bool scan_object(struct scan *scan);
bool scan_array(struct scan *scan);

/*
 * On to the next member of the object stepped into, or the next item of the array: the cursor then stands
 * at its value, which the caller takes, skips or steps into. False after the last one. The key is the
 * raw text between its quotes.
 */
bool scan_member(struct scan *scan, struct slice *ret_key);
bool scan_item(struct scan *scan);

/* Take the value at the cursor whole. len is 0 when the scan is broken. */
struct slice scan_value(struct scan *scan);
void scan_skip(struct scan *scan);

/* Nothing was broken and nothing but white space is left. */
bool scan_ended(const struct scan *scan);

/* The raw bytes are exactly this text. For keys without escapes, and for true and false. */
bool slice_is(struct slice slice, const char *text);

/* The value of an object's first member with this key, which is written without escapes. Absent when it is no such object. */
struct slice slice_member(struct slice object, const char *key) MUST_CHECK;

/*
 * The value as a tree, until the next one is asked for: the scratch arena is reset. NULL when it is no
 * JSON object, or larger than an event can be: at most 64 KiB on the wire between servers; escapes and
 * what our server adds may blow that up.
 */
enum { SLICE_OBJECT_MAX = 512 * 1024 };
struct arena *slice_scratch_create(void) MUST_CHECK;
const struct cJSON *slice_object(struct arena *scratch, struct slice value) MUST_CHECK;

/* The value is a JSON string: its text in the arena, checked and mended as base/json does; else NULL. */
char *slice_text(struct arena *arena, struct slice value) MUST_CHECK;

#endif
