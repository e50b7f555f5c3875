#include "budget/officers.h"

#include "base/arena.h"
#include "budget/ledger.h"
#include "people/group.h"

static bool holds(const struct role_held *list, size_t len, const struct role_held *held)
{
	for (size_t i = 0; i < len; i++) {
		if (list[i].person == held->person && list[i].role == held->role && list[i].core == held->core)
			return true;
	}
	return false;
}

/* Notes those of the list that the other list has not. */
static void note_missing(struct turn *turn, const struct role_held *list, size_t len, const struct role_held *other, size_t other_len, const char *what)
{
	struct arena *arena = turn_arena(turn);

	for (size_t i = 0; i < len; i++) {
		const char *role = role_format(list[i].role);

		if (holds(other, other_len, &list[i]))
			continue;
		if (list[i].core)
			role = arena_printf(arena, "%s %s", role, core_get(turn_view(turn), list[i].core).slug);
		ledger_note(turn, ENTRY_ROLE, 0, list[i].person, 0, arena_printf(arena, "config: %s %s", what, role));
	}
}

void officers_note(struct turn *turn, const struct role_held *before, size_t before_len)
{
	size_t len;
	const struct role_held *now = role_list_of_config(turn_view(turn), &len);

	note_missing(turn, before, before_len, now, len, "no longer");
	note_missing(turn, now, len, before, before_len, "now");
}
