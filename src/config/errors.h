/*
 * What is wrong with a config, all of it at once: a person mends a file top to bottom and runs
 * `rotonde check` again, instead of meeting the errors one at a time.
 *
 * An error reads `file:line:column: what was found, what was expected`, in plain English: it is for
 * the operator, not for the chat. Lines and columns count from 1; columns count characters.
 */
#ifndef ROTONDE_CONFIG_ERRORS_H
#define ROTONDE_CONFIG_ERRORS_H

#include <stdarg.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/compiler.h"

enum { CONFIG_ERRORS_MAX = 200 };

/* A spot in a file. line 0: the file as a whole; column 0: the line as a whole. */
struct config_mark {
	const char *file;
	unsigned line;
	unsigned column;
};

struct config_errors {
	const char *items[CONFIG_ERRORS_MAX]; /* "file:line:column: text"; each file's top to bottom */
	struct config_mark marks[CONFIG_ERRORS_MAX];
	size_t len;
	size_t more;         /* how many did not fit */
	struct arena *arena; /* owns the items */
};

void config_errors_init(struct config_errors *errors);
void config_errors_release(struct config_errors *errors);

/* One line, whatever the text holds. Also for rooms above config: what only they can check is reported in the same form. */
void config_errors_add(struct config_errors *errors, struct config_mark at, const char *format, ...)
	PRINTF_LIKE(3, 4);
void config_errors_add_list(struct config_errors *errors, struct config_mark at, const char *format, va_list args)
	PRINTF_LIKE(3, 0);

/* Somebody's text in quotes for an error, cut to a few words. */
const char *config_shown(struct arena *arena, const char *text) MUST_CHECK;

/* "file:line:column", without the parts that are 0. */
char *config_mark_format(struct arena *arena, struct config_mark at) MUST_CHECK;

/* All of them, one a line, and how many more there were. "" when there are none. */
char *config_errors_format(struct arena *arena, const struct config_errors *errors) MUST_CHECK;

#endif
