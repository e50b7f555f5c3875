#include "say/introduction.h"

#include "base/arena.h"
#include "base/clock.h"
#include "say/pace.h"
#include "say/unasked.h"
#include "store/outbox.h"
#include "text/message.h"

#define USEFUL_MS (7 * MS_PER_DAY)

enum { Q_LAST, Q_MAX };

static const char *const sql[] = {
	/* Everything from 'intro/' up to the next character after the slash. */
	[Q_LAST] = "SELECT max(not_before_ms) FROM outbox WHERE dedupe >= 'intro/' AND dedupe < 'intro0'",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements introduction_statements = { "introduction", sql, Q_MAX };

/* When the latest introduction goes or went out, else long ago. */
static int64_t last_ms(struct view *view)
{
	struct stmt *q = view_query(view, &introduction_statements, Q_LAST);
	int64_t last = 0;

	while (stmt_step(q))
		last = stmt_int(q, 0);
	return last;
}

/* The words of one introduction. */
static const char *words_of(const struct house *house, struct arena *arena, const struct group *group)
{
	const char *what = SAY(house->catalogue, arena, group->language, "intro.what");
	const char *keeps = SAY(house->catalogue, arena, group->language, "intro.keeps");
	const char *erase = SAY(house->catalogue, arena, group->language, "intro.erase");

	return arena_printf(arena, "%s\n%s\n%s", what, keeps, erase);
}

void introduction_say(const struct house *house, struct turn *turn, const struct group *group)
{
	struct arena *arena = turn_arena(turn);
	const char *dedupe = arena_printf(arena, "intro/%s", group->room);

	if (!group->bridged) {
		/* Somebody just asked us in and is looking: say hello now. */
		(void)outbox_add(turn, &(struct outbox_message){
			.room = group->room,
			.body = words_of(house, arena, group),
			.dedupe = dedupe,
			.expires_at_ms = turn_now_ms(turn) + USEFUL_MS,
		});
		return;
	}
	(void)unasked_add(house, turn, &(struct unasked){
		.room = group->room,
		.body = words_of(house, arena, group),
		.dedupe = dedupe,
		.not_before_ms = last_ms(turn_view(turn)) + pace_gap_ms(house, dedupe),
		.useful_ms = USEFUL_MS,
	});
}
