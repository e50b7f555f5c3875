/*
 * The title of an appointment: the writer's words without those taken for something else, tidied of
 * the commas, brackets and little words that now hold nothing together.
 */
#ifndef ROTONDE_TEXT_WHEN_TITLE_H
#define ROTONDE_TEXT_WHEN_TITLE_H

#include <stdbool.h>

#include "base/arena.h"
#include "text/when/token.h"

/* NULL when no word is left. One line, whatever the text. */
const char *title_compose(struct arena *arena, const struct phrase *phrase, const bool *taken);

#endif
