/*
 * The recovery key on its way between people and us: shown once on a terminal or written to a private file, typed
 * in without an echo or read from one. Never anything else: what is printed elsewhere ends in a log (MATRIX.md 8.7).
 */
#ifndef ROTONDE_CLI_RECOVERY_FILE_H
#define ROTONDE_CLI_RECOVERY_FILE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/compiler.h"

/* Is there a way to hand it over? path NULL: only a terminal will do. */
bool recovery_file_possible(const char *path);

/* False with a message. A file that holds this key already is fine, another one is never overwritten. */
bool recovery_file_give(const char *path, const char *key) MUST_CHECK;

/* In the arena; NULL with a message. */
const char *recovery_file_take(struct arena *arena, const char *path) MUST_CHECK;

#endif
