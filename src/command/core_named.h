/*
 * Which core a person means: by its name or slug, however written ("toren 1", "TOREN-1"), or by the first letters
 * when no other core begins so.
 */
#ifndef ROTONDE_COMMAND_CORE_NAMED_H
#define ROTONDE_COMMAND_CORE_NAMED_H

#include <stddef.h>

#include "base/arena.h"
#include "people/group.h"

/* NULL when it is none of them. */
const struct core *core_named(struct arena *arena, const struct core *cores, size_t len, const char *name);

#endif
