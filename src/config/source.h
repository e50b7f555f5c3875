/*
 * The text of a config file, checked as text: whole, not too large, valid UTF-8 without NUL, a byte
 * order mark cut off. Files come from disk or, for the built-in example, from the program itself.
 */
#ifndef ROTONDE_CONFIG_SOURCE_H
#define ROTONDE_CONFIG_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "config/errors.h"

enum { SOURCE_BYTES_MAX = 256 * 1024 };

enum source_home {
	SOURCE_HOME_DISK,
	SOURCE_HOME_PROGRAM, /* embedded files */
};

struct source {
	const char *file; /* as errors name it */
	const char *bytes;
	size_t len;
};

/* False with an error. Everything in *ret_source lives in the arena. */
bool source_read(struct arena *arena, const char *path, enum source_home home, struct source *ret_source,
	struct config_errors *errors) MUST_CHECK;

/* The same checks for bytes that are at hand; *ret_source borrows them. */
bool source_check(const char *file, const char *bytes, size_t len, struct source *ret_source,
	struct config_errors *errors) MUST_CHECK;

/* Line and column of a byte. */
struct config_mark source_mark(const struct source *source, size_t offset);

#endif
