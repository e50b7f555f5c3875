/*
 * How long something takes or lies ahead: "3 dagen", "een half uur", "anderhalf uur", "90 min", "half an hour".
 */
#ifndef ROTONDE_TEXT_WHEN_LENGTH_H
#define ROTONDE_TEXT_WHEN_LENGTH_H

#include <stdbool.h>
#include <stddef.h>

#include "text/when/token.h"

enum { LENGTH_MINUTES_MAX = 366 * 24 * 60 };

struct length {
	int minutes;  /* 1 up to LENGTH_MINUTES_MAX */
	bool by_hours; /* said in hours or less, not in days */
};

/* Reads at token i; the index after it, 0 when there is no length. */
size_t length_read(const struct phrase *phrase, size_t i, struct length *ret_length);

/* "of twee" behind "over een week", "or 3": more than one length is meant. */
bool length_is_vague(const struct phrase *phrase, size_t after);

#endif
