/*
 * Bytes that grow, up to a ceiling given at birth: network bodies, composed messages, files.
 * The content is always closed with a NUL that does not count.
 */
#ifndef ROTONDE_BASE_BUF_H
#define ROTONDE_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"

struct buf {
	char *data; /* never NULL after buf_init() */
	size_t len;
	size_t size;
	size_t ceiling;
	bool overflowed; /* something did not fit and was left out */
};

void buf_init(struct buf *buf, size_t ceiling);
void buf_release(struct buf *buf);

/* Empty it, keep the memory and clear the overflow mark. */
void buf_reset(struct buf *buf);

/* Add len bytes, or none and mark the overflow when they do not fit under the ceiling. */
bool buf_add(struct buf *buf, const void *bytes, size_t len);
bool buf_add_text(struct buf *buf, const char *text);
bool buf_printf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);

#define AUTO_BUF CLEANUP(buf_release) struct buf

#endif
