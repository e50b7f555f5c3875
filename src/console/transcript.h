/*
 * The console's transcript: every message has a number, printed before it and used to point at it.
 * The numbers and the clock outlive a @crash in a small file; the program's own memory does not.
 */
#ifndef ROTONDE_CONSOLE_TRANSCRIPT_H
#define ROTONDE_CONSOLE_TRANSCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/compiler.h"

struct transcript {
	FILE *out;
	struct transcript_message *messages;
	size_t len, size;
};

/* Where the script was when the process was killed. */
struct transcript_place {
	int64_t now_ms;
	int64_t offset;
	int64_t line_number;
};

void transcript_init(struct transcript *transcript, FILE *out);
void transcript_release(struct transcript *transcript);

/*
 * Number a message and print it: "[kruitberg] #4 fatima: text". set_in: lines after the first get two
 * spaces, so that they read back as its continuation (typed text has them already).
 */
void transcript_say(struct transcript *transcript, const char *room, const char *event, const char *who, const char *text, bool set_in);

/* A line that is no message, as it stands. */
void transcript_note(struct transcript *transcript, const char *text);

/* The event of a number; NULL when nothing has that number yet. */
const char *transcript_event(const struct transcript *transcript, int64_t number);

void transcript_save(const struct transcript *transcript, const char *path, const struct transcript_place *place);

/* Take over what transcript_save() left, and remove it. False when there is nothing. */
bool transcript_load(struct transcript *transcript, const char *path, struct transcript_place *ret_place) MUST_CHECK;

#endif
