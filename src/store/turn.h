/*
 * A turn: one unit of work, one SQLite transaction, one arena, one frozen clock (STYLE section 11).
 * Whoever changes anything takes a `struct turn *`, whoever only looks takes a `struct view *`.
 * Beginning and committing live in turn_owner.h, for the engine alone.
 */
#ifndef ROTONDE_STORE_TURN_H
#define ROTONDE_STORE_TURN_H

#include <stdint.h>

#include "store/view.h"

struct turn;

struct view *turn_view(struct turn *turn);
struct arena *turn_arena(const struct turn *turn);
int64_t turn_now_ms(const struct turn *turn);

/* A number that no other turn has, of this process or another: to know later what was done in one and the same. */
int64_t turn_serial(struct turn *turn);

/*
 * What this turn erases must not be found in the files either: once it is committed, the journal that still holds the
 * old pages is emptied, now or with the next turn that nobody reads along with.
 */
void turn_scrub(struct turn *turn);

/* A statement of the room's table, reading or writing. Bindings start empty. */
struct stmt *turn_query(struct turn *turn, const struct statements *room, size_t index);

#endif
