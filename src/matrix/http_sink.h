/*
 * Where the bytes of an answer go as they come in: memory, beyond HTTP_MEMORY_MAX a nameless file that is
 * mapped at the end, or the file that was asked for. Knows nothing of curl.
 */
#ifndef ROTONDE_MATRIX_HTTP_SINK_H
#define ROTONDE_MATRIX_HTTP_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/compiler.h"

enum sink_state { SINK_OPEN, SINK_TOO_BIG, SINK_DISK };

struct sink {
	enum sink_state state;
	int64_t limit;
	int64_t count; /* bytes taken */
	struct buf memory;
	char *spool_folder; /* or NULL */
	char *path;         /* the file being written, or NULL */
	int fd;             /* the spool or the file, else -1 */
	void *map;          /* the spool, when finished */
};

/* spool_folder may be NULL. Copied. */
void sink_init(struct sink *sink, int64_t limit, const char *spool_folder);

/* Forgets and unmaps; removes a file that was not kept. A second time does nothing. */
void sink_release(struct sink *sink);

/* Bytes go to this path from now on, up to this limit. False, and state tells why, when it cannot be made. Nothing was added before. */
bool sink_to_file(struct sink *sink, const char *path, int64_t limit) MUST_CHECK;

/* False when they do not fit or cannot be written: state tells. */
bool sink_add(struct sink *sink, const void *bytes, size_t len) MUST_CHECK;

/* All of it is in: what was not written to a file, until sink_release(). False when it cannot be read back. */
bool sink_finish(struct sink *sink, const char **ret_bytes, size_t *ret_len) MUST_CHECK;

/* The file stays. Not fsynced. */
void sink_keep_file(struct sink *sink);

#endif
