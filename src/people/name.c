#include "people/name.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "people/person.h"
#include "text/mask.h"
#include "text/unicode.h"

enum { NAME_SHOWN_MAX = 30, GHOST_DIGITS_SHOWN = 2 };

/* A sentence that begins with a name must not look like a command (DESIGN.md decision 14). */
static const char *past_bangs(const char *line)
{
	static const char wide[] = "！";

	for (;;) {
		if (*line == '!' || *line == ' ')
			line++;
		else if (str_starts(line, wide))
			line += strlen(wide);
		else
			return line;
	}
}

static char *one_line(struct arena *arena, const char *name)
{
	char *line = unicode_clean(arena, name);

	for (char *at = line; *at; at++) {
		if (*at == '\n')
			*at = ' ';
	}
	return unicode_cut(arena, past_bangs(unicode_tidy(arena, mask_contacts(arena, line))), NAME_SHOWN_MAX);
}

char *name_look(struct arena *arena, const char *name)
{
	return unicode_look(arena, one_line(arena, name));
}

/* "Fatima (@fatima:example.org)", as a name of one's own choice; or a number, which is hidden and says nothing then. */
static bool wants_an_id(struct arena *arena, const char *name)
{
	return strpbrk(unicode_fold(arena, name), "@([{") || strstr(name, "•••");
}

/* Of a ghost's id, and what follows them. */
static const char *last_digits(const char *sender)
{
	return sender + strcspn(sender, ":") - GHOST_DIGITS_SHOWN;
}

static const char *mark_of(struct arena *arena, const struct config *config, const char *sender)
{
	if (config_is_ghost(config, sender))
		return arena_printf(arena, "WhatsApp ··%.*s", GHOST_DIGITS_SHOWN, last_digits(sender));
	/* Of somebody else's bridge: a number too, and not one of our WhatsApp people. */
	return str_starts(sender + 1, config->bridge.ghost_prefix) ? arena_printf(arena, "··%s", last_digits(sender)) : sender;
}

char *name_shown(struct view *view, const struct config *config, int64_t person)
{
	struct arena *arena = view_arena(view);
	char *name = one_line(arena, person_get(view, person).name);
	const char *sender;

	if (str_empty(name) || (!person_name_is_shared(view, person) && !wants_an_id(arena, name)))
		return name;
	sender = person_sender(view, person);
	return sender ? arena_printf(arena, "%s (%s)", name, mark_of(arena, config, sender)) : name;
}
