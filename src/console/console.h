/*
 * The second transport: a neighbourhood in the terminal. No server, no network, and a clock of its
 * own: each line of the script takes a second, `@now` moves time on, and every timer on the way fires
 * at its own moment. What is said is printed as a transcript that is a script again.
 *
 * Rooms are "!GROUP:console", people "@NAME:console", we are "@rotonde:console".
 */
#ifndef ROTONDE_CONSOLE_CONSOLE_H
#define ROTONDE_CONSOLE_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/transport.h"

struct console;

struct console_options {
	const char *script;  /* the whole script, or NULL: lines are read from standard input as they come */
	bool typed;          /* by a person: a slip does not end it, and the clock runs while we wait for a line */
	const char *folder;  /* what photo paths are relative to */
	const char *memory;  /* file that carries the transcript's numbers and clock over a @crash */
	FILE *out;
	int64_t now_ms;      /* where the clock starts */
	const char *const *groups; /* the names that exist */
	size_t groups_len;

	/* Wall-clock text ("2022-06-15T19:00") to an instant; false when it is none. */
	bool (*parse_time)(void *context, const char *text, int64_t *ret_ms);
	/* Start the process anew, now, without any farewell. */
	void (*crash)(void *context);
	void *context;
};

/* Takes up where a @crash left off when the memory file is there (and removes it). */
struct console *console_open(const struct console_options *options) MUST_CHECK;

/* To be given to the engine, which destroys the console with it. */
struct transport *console_transport(struct console *console);
struct clock console_clock(struct console *console);

/* The line that ended the script with an error; NULL when it ended well. */
const char *console_error(const struct console *console);

#endif
