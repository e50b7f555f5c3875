#include "say/presence_words.h"

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "obligations/presence.h"
#include "text/zone.h"

char *presence_words_day(const struct reader *reader, const char *day)
{
	struct wall date;

	INVARIANT(wall_parse(day, &date));
	return zone_format_pattern(reader->house->zone, view_arena(reader->view), reader->language, "d MMMM", zone_day_start(reader->house->zone, &date));
}

/* Either may be "". */
static char *lines(struct arena *arena, const char *first, const char *second)
{
	return arena_printf(arena, "%s%s%s", first, *first && *second ? "\n" : "", second);
}

static const char *not_known(const struct reader *reader, const char *unknown)
{
	return str_empty(unknown) ? "" : SAY_TO(reader, "present.unknown", MSG_TEXT("names", unknown));
}

char *presence_words_session(const struct reader *reader, const char *day, const char *unknown)
{
	struct arena *arena = view_arena(reader->view);
	const char *names = "";
	size_t len;
	const int64_t *cores = presence_list(reader->view, day, &len);

	for (size_t i = 0; i < len; i++)
		names = arena_printf(arena, "%s%s%s", names, i ? ", " : "", core_get(reader->view, cores[i]).name);
	return lines(arena, SAY_TO(reader, "present.session", MSG_TEXT("date", presence_words_day(reader, day)), MSG_TEXT("cores", names)),
		     not_known(reader, unknown));
}

char *presence_words_undone(const struct reader *reader, const char *undone, const char *absent, const char *unknown)
{
	struct arena *arena = view_arena(reader->view);
	const char *text = str_empty(undone) ? "" : SAY_TO(reader, "present.undone", MSG_TEXT("cores", undone));

	if (!str_empty(absent))
		text = lines(arena, text, SAY_TO(reader, "present.absent", MSG_TEXT("cores", absent)));
	return lines(arena, text, not_known(reader, unknown));
}
