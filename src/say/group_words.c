#include "say/group_words.h"

#include "base/arena.h"
#include "base/die.h"
#include "text/message.h"

const char *group_words_name(const struct house *house, struct view *view, enum language language, const struct group *group)
{
	struct arena *arena = view_arena(view);
	const char *core;

	switch (group->kind) {
	case GROUP_KIND_CORE:
		core = core_get(view, group->core).name;
		return group->is_main ? core : arena_printf(arena, "%s (%s)", core, group->name);
	case GROUP_KIND_COORDINATORS:
		return SAY(house->catalogue, arena, language, "group.coordinators");
	case GROUP_KIND_AUDIT:
		return SAY(house->catalogue, arena, language, "group.audit");
	case GROUP_KIND_NEIGHBOURHOOD:
		return SAY(house->catalogue, arena, language, "group.neighbourhood");
	case GROUP_KIND_PRIVATE:
		return group->name;
	}
	die("group kind %d", group->kind);
}
