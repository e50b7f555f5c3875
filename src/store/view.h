/*
 * Looking at the database without the power to change it. A view has one frozen moment, and an arena
 * in which everything read from it lives.
 */
#ifndef ROTONDE_STORE_VIEW_H
#define ROTONDE_STORE_VIEW_H

#include <stddef.h>
#include <stdint.h>

#include "store/stmt.h"

struct arena;
struct view;

struct arena *view_arena(const struct view *view);
int64_t view_now_ms(const struct view *view);

/* A statement of the room's table; one that writes is a bug here. Bindings start empty. */
struct stmt *view_query(struct view *view, const struct statements *room, size_t index);

#endif
