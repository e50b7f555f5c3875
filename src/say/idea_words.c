#include "say/idea_words.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "ideas/family.h"
#include "ideas/helper.h"
#include "ideas/history.h"
#include "people/name.h"
#include "say/idea_news.h"
#include "say/typed.h"
#include "text/unicode.h"
#include "text/zone.h"

/* In characters as a reader counts them; a page of lines, its heading and what follows stays within 600. */
enum { NOTED_MAX = 90, SHORT_MAX = 50, NAME_MAX_SHOWN = 30, CARD_MAX = 280, LINE_MAX = 52, WORDS_MAX = 40, HELPERS_MAX_SHOWN = 100 };

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

const char *idea_words_of(const struct reader *reader, const struct idea *idea, const char *words)
{
	return typed_for(reader, idea->group, words);
}

const char *idea_words_where(const struct reader *reader, const struct idea *idea)
{
	if (!idea->core)
		return SAY_TO(reader, "idea.where.neighbourhood");
	return core_get(reader->view, idea->core).name;
}

static const char *date(const struct reader *reader, int64_t at_ms)
{
	return zone_format_pattern(reader->house->zone, view_arena(reader->view), reader->language, "d MMMM", at_ms);
}

static char *noted_from_paper(const struct reader *reader, const struct idea *idea, const char *text)
{
	const char *where = idea_words_where(reader, idea);

	if (reader->group->kind != GROUP_KIND_COORDINATORS)
		return SAY_TO(reader, "idea.noted.paper", MSG_INT("number", idea->id), MSG_TEXT("text", text), MSG_TEXT("where", where));
	return SAY_TO(reader, "idea.noted.paper_name", MSG_INT("number", idea->id), MSG_TEXT("text", text), MSG_TEXT("where", where),
	              MSG_TEXT("name", unicode_short_line(view_arena(reader->view), idea->paper_name, NAME_MAX_SHOWN)));
}

char *idea_words_noted(const struct reader *reader, const struct idea *idea)
{
	struct arena *arena = view_arena(reader->view);
	const char *text = sentence(arena, unicode_short_line(arena, idea->text, NOTED_MAX));
	struct idea alike;

	if (idea->paper_name)
		return noted_from_paper(reader, idea, text);
	if (idea->alike) {
		alike = idea_get(reader->view, idea->alike);
		return SAY_TO(reader, "idea.noted.alike", MSG_INT("number", idea->id), MSG_TEXT("text", text), MSG_INT("other", alike.id),
		              MSG_TEXT("where", idea_words_where(reader, &alike)), MSG_TEXT("words", idea_words_short(reader, &alike)));
	}
	text = SAY_TO(reader, "idea.noted", MSG_INT("number", idea->id), MSG_TEXT("text", text));
	return idea->of_organisation ? arena_printf(arena, "%s %s", text, SAY_TO(reader, "idea.organisation")) : arena_dup(arena, text);
}

char *idea_words_edited(const struct reader *reader, const struct idea *idea)
{
	struct arena *arena = view_arena(reader->view);
	const char *text = sentence(arena, unicode_short_line(arena, idea->text, NOTED_MAX));

	return SAY_TO(reader, "idea.edited", MSG_INT("number", idea->id), MSG_TEXT("text", text));
}

const char *idea_words_short(const struct reader *reader, const struct idea *idea)
{
	struct arena *arena = view_arena(reader->view);
	char *text = unicode_short_line(arena, idea_words_of(reader, idea, idea->text), SHORT_MAX);
	size_t len = strlen(text);

	while (len && strchr(".!?", text[len - 1]))
		text[--len] = '\0';
	return text;
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
		return unicode_short_line(arena, idea_words_of(reader, idea, idea->place), LINE_MAX);
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
	const char *name;

	if (idea->paper_name && reader->group->kind == GROUP_KIND_COORDINATORS)
		return SAY_TO(reader, "idea.card.paper_name", MSG_TEXT("name", unicode_short_line(view_arena(reader->view), idea->paper_name, NAME_MAX_SHOWN)));
	if (idea->paper_name)
		return SAY_TO(reader, "idea.card.paper");
	name = is_own_group(reader, idea) ? name_shown(reader->view, reader->house->config, idea->author) : "";

	if (str_empty(name))
		return "";
	return SAY_TO(reader, "idea.card.author", MSG_TEXT("name", name));
}

/* Who takes part: who said so in this group by name, of others how many. */
static const char *helpers(const struct reader *reader, const struct idea *idea)
{
	struct arena *arena = view_arena(reader->view);
	const char *names = "";
	size_t len;
	const int64_t *persons = idea_helper_list(reader->view, idea->id, reader->group->id, &len);
	int64_t others = idea->helpers - (int64_t)len;

	for (size_t i = 0; i < len; i++)
		names = joined(arena, names, ", ", name_shown(reader->view, reader->house->config, persons[i]));
	if (!str_empty(names))
		names = SAY_TO(reader, "idea.card.helpers_named", MSG_TEXT("names", unicode_cut(arena, names, HELPERS_MAX_SHOWN)));
	if (others <= 0)
		return names;
	return joined(arena, names, " ", SAY_TO(reader, len ? "idea.card.helpers_more" : "idea.card.helpers", MSG_INT("count", others)));
}

/* The numbers of what goes along with it; "" when it is alone. */
static const char *company(const struct reader *reader, const struct idea *idea)
{
	struct arena *arena = view_arena(reader->view);
	const char *numbers = "";
	size_t len;
	const int64_t *ids = idea_family_list(reader->view, idea->id, &len);

	for (size_t i = 0; i < len; i++) {
		if (ids[i] != idea->id)
			numbers = joined(arena, numbers, ", ", arena_printf(arena, "%" PRId64, ids[i]));
	}
	return len < 2 ? "" : SAY_TO(reader, "idea.card.company", MSG_TEXT("numbers", unicode_cut(arena, numbers, WORDS_MAX)));
}

/* Is joining in worth anything? */
static bool is_open(const struct idea *idea)
{
	return idea->state != IDEA_DONE && idea->state != IDEA_NOT_NOW;
}

/* Who had it, and how it came to be as it stands. */
static const char *facts(const struct reader *reader, const struct idea *idea)
{
	struct arena *arena = view_arena(reader->view);
	const char *text = author(reader, idea);
	int64_t edited_at_ms = edited_at(reader, idea);

	if (edited_at_ms)
		text = joined(arena, text, " ", SAY_TO(reader, "idea.card.edited", MSG_TEXT("date", date(reader, edited_at_ms))));
	if (idea->photos)
		text = joined(arena, text, " ", SAY_TO(reader, "idea.card.photos", MSG_INT("count", idea->photos)));
	if (idea->of_organisation)
		text = joined(arena, text, " ", SAY_TO(reader, "idea.card.organisation"));
	return joined(arena, text, "\n", joined(arena, idea_words_state(reader, idea), " ", company(reader, idea)));
}

char *idea_words_card(const struct reader *reader, const struct idea *idea)
{
	struct arena *arena = view_arena(reader->view);
	const char *text = unicode_cut(arena, idea_words_of(reader, idea, idea->text), CARD_MAX);
	const char *card = SAY_TO(reader, "idea.card", MSG_INT("number", idea->id), MSG_TEXT("where", idea_words_where(reader, idea)),
	                          MSG_TEXT("date", date(reader, idea->said_at_ms)), MSG_TEXT("text", text));
	const char *spot = idea->geo_uri ? place(reader, idea) : NULL;
	const char *last = idea->support || is_open(idea) ? SAY_TO(reader, "idea.card.support", MSG_INT("count", idea->support)) : "";

	card = joined(arena, card, "\n", facts(reader, idea));
	if (spot)
		card = joined(arena, card, "\n", SAY_TO(reader, "idea.card.place", MSG_TEXT("place", spot)));
	last = joined(arena, last, " ", helpers(reader, idea));
	last = joined(arena, last, " ", is_open(idea) ? SAY_TO(reader, "idea.join") : "");
	return arena_dup(arena, joined(arena, card, "\n", last));
}

/* Of the ideas in one state. */
static const char *state_heading(const struct reader *reader, const struct idea_page *page, const char *words)
{
	if (!page->core)
		return SAY_TO(reader, page->len ? "idea.list.state" : "idea.list.none_state", MSG_TEXT("words", words));
	return SAY_TO(reader, page->len ? "idea.list.state_core" : "idea.list.none_state_core", MSG_TEXT("words", words),
	              MSG_TEXT("core", core_get(reader->view, page->core).name));
}

static const char *heading(const struct reader *reader, const struct idea_page *page, const char *words)
{
	if (page->page > 1 && !page->len)
		return SAY_TO(reader, "idea.list.end");
	if (page->by_state)
		return state_heading(reader, page, words);
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
	const char *mark = idea_words_mark(reader, idea->state, idea->route);
	const char *text = unicode_short_line(arena, idea_words_of(reader, idea, idea->text), LINE_MAX - utf8_count(mark, strlen(mark)));

	if (idea->support)
		text = arena_printf(arena, "%s %s", text, SAY_TO(reader, "idea.list.support", MSG_INT("count", idea->support)));
	if (!str_empty(mark))
		text = arena_printf(arena, "%s [%s]", text, mark);
	if (!with_where)
		return SAY_TO(reader, "idea.list.line", MSG_INT("number", idea->id), MSG_TEXT("text", text));
	return SAY_TO(reader, "idea.list.line_of", MSG_INT("number", idea->id), MSG_TEXT("where", idea_words_where(reader, idea)), MSG_TEXT("text", text));
}

char *idea_words_page(const struct reader *reader, const struct idea_page *page)
{
	struct arena *arena = view_arena(reader->view);
	const char *words = page->words ? unicode_short_line(arena, page->words, WORDS_MAX) : NULL;
	char *text = arena_dup(arena, heading(reader, page, words));
	const char *last;

	for (size_t i = 0; i < page->len; i++)
		text = arena_printf(arena, "%s\n%s", text, line(reader, &page->ideas[i], (words && !page->by_state) || !page->core));
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
