#include "command/ophaalslag_line.h"

#include <string.h>

#include "base/compiler.h"
#include "base/die.h"
#include "base/str.h"
#include "command/core_named.h"
#include "command/number.h"
#include "text/unicode.h"

/* More pages than a round ever fills. */
enum { PAGE_MAX = 99 };

/* Folded. */
static const char *const obstacle_words[] = { "hobbels", "hobbel", "obstacles", "bumps" };

static bool read_obstacles(const char *folded, size_t *ret_page)
{
	for (size_t i = 0; i < ARRAY_LEN(obstacle_words); i++) {
		size_t len = strlen(obstacle_words[i]);
		int64_t page = 1;

		if (!str_starts(folded, obstacle_words[i]) || (folded[len] && folded[len] != ' '))
			continue;
		if (folded[len] && (!number_parse(folded + len + 1, &page) || page < 1 || page > PAGE_MAX))
			return false;
		*ret_page = (size_t)page;
		return true;
	}
	return false;
}

void ophaalslag_line_read(struct arena *arena, const struct core *cores, size_t len, const char *text, struct ophaalslag_line *ret_line)
{
	const char *line = unicode_one_line(arena, text);

	*ret_line = (struct ophaalslag_line){ .action = OPHAALSLAG_ACTION_SHOW, .page = 1 };
	if (str_empty(line))
		return;
	if (read_obstacles(unicode_fold(arena, line), &ret_line->page)) {
		ret_line->action = OPHAALSLAG_ACTION_OBSTACLES;
		return;
	}
	ret_line->core = core_named(arena, cores, len, line);
	ret_line->action = ret_line->core ? OPHAALSLAG_ACTION_CORE : OPHAALSLAG_ACTION_UNREADABLE;
}

const char *ophaalslag_action_format(enum ophaalslag_action action)
{
	switch (action) {
	case OPHAALSLAG_ACTION_SHOW:
		return "show";
	case OPHAALSLAG_ACTION_OBSTACLES:
		return "obstacles";
	case OPHAALSLAG_ACTION_CORE:
		return "core";
	case OPHAALSLAG_ACTION_UNREADABLE:
		return NULL;
	}
	die("ophaalslag action %d", (int)action);
}
