/*
 * Where the console's lines come from: a whole script, or standard input as it is typed. A line is
 * handed out with the lines that continue it.
 */
#ifndef ROTONDE_CONSOLE_LINES_H
#define ROTONDE_CONSOLE_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

struct lines {
	const char *script; /* NULL: standard input */
	size_t offset;      /* into the script */
	int64_t number;     /* of the line handed out last */
	struct buf input;   /* read ahead */
	bool input_ended;
};

void lines_init(struct lines *lines, const char *script);
void lines_release(struct lines *lines);

/* In the arena; NULL when there is none (yet: see lines_ended()). */
const char *lines_next(struct lines *lines, struct arena *arena);

/* No line will ever come any more, once lines_next() gave NULL. */
bool lines_ended(const struct lines *lines);

/* Standard input is readable: take what is there. */
void lines_read_input(struct lines *lines);

#endif
