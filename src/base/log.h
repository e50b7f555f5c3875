/*
 * The log: one line an event, logfmt (`level=info event=sync.ok rooms=3`), to stderr, where the
 * journal takes it. Never a token, never the text of a message unless the config asks for it.
 *
 * Whatever a value holds, a line stays one line: control characters are written as \xNN. A value
 * that may contain spaces stands in quotes: `why="..."`.
 */
#ifndef ROTONDE_BASE_LOG_H
#define ROTONDE_BASE_LOG_H

#include <stdbool.h>

#include "base/compiler.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* Lines above this level are not written. The default is LOG_LEVEL_INFO. */
void log_set_level(enum log_level level);

/* "error", "warn", "info" or "debug" to a level; false for any other word. */
bool log_level_parse(const char *word, enum log_level *ret_level) MUST_CHECK;

/* event is a dotted constant name; format and what follows are the key=value pairs, NULL for none. */
void log_write(enum log_level level, const char *event, const char *format, ...) PRINTF_LIKE(3, 4);

#define log_error(event, ...) log_write(LOG_LEVEL_ERROR, event, __VA_ARGS__)
#define log_warn(event, ...)  log_write(LOG_LEVEL_WARN, event, __VA_ARGS__)
#define log_info(event, ...)  log_write(LOG_LEVEL_INFO, event, __VA_ARGS__)
#define log_debug(event, ...) log_write(LOG_LEVEL_DEBUG, event, __VA_ARGS__)

#endif
