/*
 * A share as a bar of text, the same in WhatsApp and Element, on phones and in proportional fonts:
 * "▓▓▓▓▓░░░░░ 52%".
 */
#ifndef ROTONDE_TEXT_BAR_H
#define ROTONDE_TEXT_BAR_H

#include "base/arena.h"
#include "base/compiler.h"

/*
 * Ten blocks, rounded down, but something is never shown as nothing: from 1% on there is one block.
 * Above 100% the bar is full with a + behind it, and the number tells the truth. Negative counts as 0.
 */
char *bar_format(struct arena *arena, int percent) MUST_CHECK;

#endif
