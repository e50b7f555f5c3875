/*
 * Where an appointment is: a name the neighbourhood knows, or what follows "in", "bij", "at", "@".
 */
#ifndef ROTONDE_TEXT_WHEN_PLACE_H
#define ROTONDE_TEXT_WHEN_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "text/when/token.h"

/*
 * Looks among the tokens that are not taken yet and takes those that only say where. A known name
 * is given as it stands in names, however it was typed; any other place in the writer's words.
 * NULL when no place is said. A name in the middle of a sentence is the place and stays there.
 */
const char *place_take(struct arena *arena, const struct phrase *phrase, bool *taken, const char *const *names, size_t names_len);

#endif
