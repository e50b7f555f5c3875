#include "say/idea_words.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "people/name.h"
#include "text/mask.h"
#include "text/unicode.h"
#include "text/zone.h"

/* In characters as a reader counts them; a page of lines, its heading and what follows stays within 600. */
enum { NOTED_MAX = 90, CARD_MAX = 380, LINE_MAX = 55, WORDS_MAX = 40 };

static const char *one_line(struct arena *arena, const char *text, size_t max)
{
	char *line = arena_dup(arena, text);

	for (char *at = line; *at; at++) {
		if (*at == '\n')
			*at = ' ';
	}
	return unicode_cut(arena, unicode_tidy(arena, line), max);
}

/* Closed with a mark, so that our own sentence can follow. */
static const char *sentence(struct arena *arena, const char *text)
{
	static const char *const marks[] = { ".", "!", "?", "…" };

	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		if (str_ends(text, marks[i]))
			return text;
	}
	return arena_printf(arena, "%s.", text);
}

static bool is_own_group(const struct reader *reader, const struct idea *idea)
{
	return reader->group->id == idea->group;
}

/* What this reader may see of words that somebody typed. */
static const char *words_for(const struct reader *reader, const struct idea *idea, const char *words)
{
	return is_own_group(reader, idea) ? words : mask_contacts(view_arena(reader->view), words);
}

static const char *where(const struct reader *reader, const struct idea *idea)
{
	if (!idea->core)
		return SAY_TO(reader, "idea.where.neighbourhood");
	return core_get(reader->view, idea->core).name;
}

static const char *date(const struct reader *reader, int64_t at_ms)
{
	return zone_format_pattern(reader->house->zone, view_arena(reader->view), reader->language, "d MMMM", at_ms);
}

char *idea_words_noted(const struct reader *reader, const struct idea *idea)
{
	struct arena *arena = view_arena(reader->view);
	const char *text = sentence(arena, one_line(arena, idea->text, NOTED_MAX));

	return SAY_TO(reader, "idea.noted", MSG_INT("number", idea->id), MSG_TEXT("text", text));
}

char *idea_words_edited(const struct reader *reader, const struct idea *idea)
{
	struct arena *arena = view_arena(reader->view);
	const char *text = sentence(arena, one_line(arena, idea->text, NOTED_MAX));

	return SAY_TO(reader, "idea.edited", MSG_INT("number", idea->id), MSG_TEXT("text", text));
}

/* When it was last changed, or 0. */
static int64_t edited_at(const struct reader *reader, const struct idea *idea)
{
	size_t len;
	const struct idea_change *changes = idea_history(reader->view, idea->id, &len);

	for (size_t i = 0; i < len; i++) {
		if (changes[i].what == IDEA_CHANGE_EDITED)
			return changes[i].at_ms;
	}
	return 0;
}

/* The spot's name, else its coordinates on a map that needs no account; NULL when they are none. */
static const char *place(const struct reader *reader, const struct idea *idea)
{
	static const char scheme[] = "geo:", number[] = "-.0123456789";
	struct arena *arena = view_arena(reader->view);
	const char *latitude = idea->geo_uri, *longitude;
	size_t latitude_len, longitude_len;

	if (!str_empty(idea->place))
		return one_line(arena, words_for(reader, idea, idea->place), LINE_MAX);
	if (!str_starts(latitude, scheme))
		return NULL;
	latitude += strlen(scheme);
	latitude_len = strspn(latitude, number);
	longitude = latitude + latitude_len + (latitude[latitude_len] == ',');
	longitude_len = strspn(longitude, number);
	if (!latitude_len || !longitude_len)
		return NULL;
	return arena_printf(arena, "https://osm.org/?mlat=%.*s&mlon=%.*s", (int)latitude_len, latitude, (int)longitude_len, longitude);
}

/* Either may be empty: then no separator. */
static const char *joined(struct arena *arena, const char *first, const char *separator, const char *second)
{
	if (str_empty(first) || str_empty(second))
		return str_empty(first) ? second : first;
	return arena_printf(arena, "%s%s%s", first, separator, second);
}

static const char *author(const struct reader *reader, const struct idea *idea)
{
	const char *name = is_own_group(reader, idea) ? name_shown(reader->view, reader->house->config, idea->author) : "";

	if (str_empty(name))
		return "";
	return SAY_TO(reader, "idea.card.author", MSG_TEXT("name", name));
}

char *idea_words_card(const struct reader *reader, const struct idea *idea)
{
	struct arena *arena = view_arena(reader->view);
	const char *text = unicode_cut(arena, words_for(reader, idea, idea->text), CARD_MAX);
	const char *card = SAY_TO(reader, "idea.card", MSG_INT("number", idea->id), MSG_TEXT("where", where(reader, idea)),
	                          MSG_TEXT("date", date(reader, idea->said_at_ms)), MSG_TEXT("text", text));
	const char *facts = author(reader, idea);
	const char *spot = idea->geo_uri ? place(reader, idea) : NULL;
	int64_t edited_at_ms = edited_at(reader, idea);

	if (edited_at_ms)
		facts = joined(arena, facts, " ", SAY_TO(reader, "idea.card.edited", MSG_TEXT("date", date(reader, edited_at_ms))));
	if (idea->photos)
		facts = joined(arena, facts, " ", SAY_TO(reader, "idea.card.photos", MSG_INT("count", idea->photos)));
	card = joined(arena, card, "\n", facts);
	if (spot)
		card = joined(arena, card, "\n", SAY_TO(reader, "idea.card.place", MSG_TEXT("place", spot)));
	return arena_printf(arena, "%s\n%s %s", card, SAY_TO(reader, "idea.card.support", MSG_INT("count", idea->support)), SAY_TO(reader, "idea.join"));
}

static const char *heading(const struct reader *reader, const struct idea_page *page, const char *words)
{
	if (page->page > 1 && !page->len)
		return SAY_TO(reader, "idea.list.end");
	if (words)
		return SAY_TO(reader, page->len ? "idea.list.found" : "idea.list.none_found", MSG_TEXT("words", words));
	if (!page->core)
		return SAY_TO(reader, page->len ? "idea.list.neighbourhood" : "idea.list.none");
	return SAY_TO(reader, page->len ? "idea.list.core" : "idea.list.none_core", MSG_TEXT("core", core_get(reader->view, page->core).name));
}

/* In a list of one core its name would be noise. */
static const char *line(const struct reader *reader, const struct idea *idea, bool with_where)
{
	struct arena *arena = view_arena(reader->view);
	const char *text = one_line(arena, words_for(reader, idea, idea->text), LINE_MAX);

	if (idea->support)
		text = arena_printf(arena, "%s %s", text, SAY_TO(reader, "idea.list.support", MSG_INT("count", idea->support)));
	if (!with_where)
		return SAY_TO(reader, "idea.list.line", MSG_INT("number", idea->id), MSG_TEXT("text", text));
	return SAY_TO(reader, "idea.list.line_of", MSG_INT("number", idea->id), MSG_TEXT("where", where(reader, idea)), MSG_TEXT("text", text));
}

char *idea_words_page(const struct reader *reader, const struct idea_page *page)
{
	struct arena *arena = view_arena(reader->view);
	const char *words = page->words ? one_line(arena, page->words, WORDS_MAX) : NULL;
	char *text = arena_dup(arena, heading(reader, page, words));
	const char *last;

	for (size_t i = 0; i < page->len; i++)
		text = arena_printf(arena, "%s\n%s", text, line(reader, &page->ideas[i], words || !page->core));
	if (!page->len)
		return text;
	if (page->more && words)
		last = SAY_TO(reader, "idea.list.more_found", MSG_TEXT("words", words), MSG_INT("page", page->page + 1));
	else if (page->more)
		last = SAY_TO(reader, "idea.list.more", MSG_INT("page", page->page + 1));
	else
		last = SAY_TO(reader, "idea.list.open", MSG_INT("number", page->ideas[0].id));
	return arena_printf(arena, "%s\n%s", text, last);
}
