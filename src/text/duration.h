/*
 * How long before: "3d 1u", "2 dagen", "een week", "1 day and 2 hours". Each is one reminder; they are
 * not added up.
 */
#ifndef ROTONDE_TEXT_DURATION_H
#define ROTONDE_TEXT_DURATION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "text/language.h"

enum { DURATIONS_MAX = 10 };

struct durations {
	int minutes[DURATIONS_MAX]; /* longest first, each once */
	size_t len;
};

/*
 * The whole text is a list of durations, in Dutch or English, perhaps with "van tevoren" or "before"
 * behind it. False when it is empty, says anything else, has a duration of nothing or of more
 * than a year, or more than DURATIONS_MAX of them.
 */
bool durations_parse(struct arena *arena, const char *text, struct durations *ret_durations) MUST_CHECK;

/* "3 dagen", "1 uur", "90 minuten": in the largest unit that goes into it. */
char *duration_spoken(struct arena *arena, enum language language, int minutes) MUST_CHECK;

#endif
