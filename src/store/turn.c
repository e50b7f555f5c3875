#include "store/turn.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "base/die.h"
#include "base/log.h"
#include "base/random.h"
#include "store/store_internal.h"

enum { VIEW_CEILING = 256 * 1024 * 1024 };

struct view *turn_view(struct turn *turn)
{
	return &turn->view;
}

struct arena *turn_arena(const struct turn *turn)
{
	return turn->view.arena;
}

int64_t turn_now_ms(const struct turn *turn)
{
	return turn->view.now_ms;
}

int64_t turn_serial(struct turn *turn)
{
	struct store *store = turn->view.store;

	/* A counter alone would begin anew with every start, and two turns may have the same moment. */
	if (!store->first_serial) {
		random_bytes(&store->first_serial, sizeof store->first_serial);
		store->first_serial = (store->first_serial >> 2) | 1;
	}
	return (int64_t)(store->first_serial + store->turns);
}

void turn_scrub(struct turn *turn)
{
	turn->view.store->scrub = true;
}

struct arena *view_arena(const struct view *view)
{
	return view->arena;
}

int64_t view_now_ms(const struct view *view)
{
	return view->now_ms;
}

/* Keys and plaintext passed through the turn: nothing of it outlives the transaction. */
static void end(struct store *store)
{
	arena_reset(store->turn_arena);
	store->in_turn = false;
}

/* Back to a clean connection after trouble: no statement half read, no transaction open. */
static void drop(struct store *store)
{
	for (size_t i = 0; i < store->rooms_len; i++) {
		for (size_t j = 0; j < store->rooms[i].room->len; j++)
			stmt_reset(&store->rooms[i].stmts[j]);
	}
	if (!sqlite3_get_autocommit(store->db))
		(void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	store->committing = false;
	end(store);
}

/* The pages of the journal into the database, and the journal cut to nothing. Another process that reads puts it off. */
static void scrub(struct store *store)
{
	int result = sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

	store->scrub = result != SQLITE_OK;
	if (store->scrub)
		log_warn("store.scrub", "why=\"%s\"", sqlite3_errstr(result));
}

enum turn_end turn_run(struct store *store, int64_t now_ms, void (*work)(struct turn *turn, void *context), void *context)
{
	INVARIANT(!store->in_turn && !store->view);
	store->turn.view = (struct view){ .store = store, .arena = store->turn_arena, .now_ms = now_ms };
	store->turn.savepoint = false;
	store->in_turn = true;
	store->turns++;
	if (setjmp(store->turn.trouble) != 0) {
		drop(store);
		return TURN_DROPPED;
	}
	store_frame(store, FRAME_BEGIN);
	work(&store->turn, context);
	INVARIANT(!store->turn.savepoint);
	store->committing = true;
	store_frame(store, FRAME_COMMIT);
	store->committing = false;
	end(store);
	if (store->scrub)
		scrub(store);
	return TURN_COMMITTED;
}

void turn_savepoint(struct turn *turn)
{
	INVARIANT(!turn->savepoint);
	store_frame(turn->view.store, FRAME_SAVEPOINT);
	turn->savepoint = true;
}

void turn_savepoint_rollback(struct turn *turn)
{
	INVARIANT(turn->savepoint);
	store_frame(turn->view.store, FRAME_ROLLBACK);
	turn_savepoint_keep(turn);
}

void turn_savepoint_keep(struct turn *turn)
{
	INVARIANT(turn->savepoint);
	store_frame(turn->view.store, FRAME_RELEASE);
	turn->savepoint = false;
}

struct view *view_open(struct store *store, int64_t now_ms)
{
	struct view *view = xcalloc(1, sizeof *view);

	INVARIANT(!store->in_turn && !store->view);
	*view = (struct view){ .store = store, .arena = arena_create_secret(VIEW_CEILING), .now_ms = now_ms };
	store_frame(store, FRAME_LOOK);
	store->view = view;
	return view;
}

void view_close(struct view *view)
{
	if (!view)
		return;
	view->store->committing = true;
	store_frame(view->store, FRAME_COMMIT);
	view->store->committing = false;
	view->store->view = NULL;
	arena_destroy(view->arena);
	free(view);
}
