#include "people/who.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "people/person.h"
#include "text/unicode.h"

/* "Jan van der Berg" */
enum { NAME_WORDS_MAX = 4 };

/* Of a later word of a name, in bytes; shorter ones ("van", "de") are in every text. */
enum { LATER_NAME_MIN = 4 };

enum { Q_ALL, Q_MAX };

static const char *const sql[] = {
	[Q_ALL] = "SELECT ifnull(joined, id), name, ifnull(label, '') FROM person WHERE name <> '' OR label IS NOT NULL ORDER BY 1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements who_statements = { "who", sql, Q_MAX };

/* How many go by it, and one of them. */
struct count {
	size_t len;
	int64_t person;
};

static void count_one(struct count *count, int64_t person)
{
	/* In the order of their ids: the names of one who is linked follow each other. */
	if (count->person != person)
		count->len++;
	count->person = person;
}

enum who_verdict who_named(struct view *view, const char *name, int64_t *ret_person)
{
	struct arena *arena = view_arena(view);
	const char *folded = unicode_fold(arena, name);
	struct stmt *q = view_query(view, &who_statements, Q_ALL);
	struct count whole = { 0 }, first = { 0 };
	const struct count *found;

	if (str_empty(folded))
		return WHO_UNKNOWN;
	while (stmt_step(q)) {
		char *theirs = unicode_fold(arena, stmt_text(q, 1));

		if (str_equal(theirs, folded) || str_equal(stmt_text(q, 2), folded)) {
			count_one(&whole, stmt_int(q, 0));
			continue;
		}
		theirs[strcspn(theirs, " ")] = '\0';
		if (str_equal(theirs, folded))
			count_one(&first, stmt_int(q, 0));
	}
	found = whole.len ? &whole : &first;
	if (!found->len)
		return WHO_UNKNOWN;
	*ret_person = found->person;
	return found->len == 1 ? WHO_FOUND : WHO_SEVERAL;
}

/* Every word between blanks, also the first and the last; marks are blanks. */
static char *spaced_words(struct arena *arena, const char *text)
{
	char *words = unicode_fold(arena, text);

	for (char *at = words; *at; at++) {
		if (strchr(" \n\t.,:;!?'\"()[]@&/+-", *at))
			*at = ' ';
	}
	return arena_printf(arena, " %s ", words);
}

static bool has_word(struct arena *arena, const char *spaced, const char *word, size_t len)
{
	return strstr(spaced, arena_printf(arena, " %.*s ", (int)len, word));
}

bool who_may_be_named(struct view *view, const char *text)
{
	struct arena *arena = view_arena(view);
	const char *spaced = spaced_words(arena, text);
	struct stmt *q = view_query(view, &who_statements, Q_ALL);
	bool named = false;

	while (stmt_step(q)) {
		const char *at = spaced_words(arena, stmt_text(q, 1));
		bool first = true;

		for (at += strspn(at, " "); *at; at += strspn(at, " ")) {
			size_t len = strcspn(at, " ");

			named = named || ((first || len >= LATER_NAME_MIN) && has_word(arena, spaced, at, len));
			first = false;
			at += len;
		}
	}
	return named;
}

/* The first `words` words of text; *ret_rest is what follows. NULL when there are not so many. */
static const char *first_words(struct arena *arena, const char *text, size_t words, const char **ret_rest)
{
	size_t len = 0;

	for (size_t i = 0; i < words; i++) {
		len += strspn(text + len, " ");
		if (!text[len] || text[len] == '\n')
			return NULL;
		len += strcspn(text + len, " \n");
	}
	*ret_rest = text + len;
	while (len > 0 && strchr(".,:;!?", text[len - 1]))
		len--;
	return arena_dup_n(arena, text, len);
}

static const char *without(struct arena *arena, const char *text, const char *at, const char *rest)
{
	return unicode_tidy(arena, arena_printf(arena, "%.*s %s", (int)(at - text), text, rest));
}

/* The person the app names; 0 when it names nobody we know. `except` is left out. */
static int64_t mentioned(struct turn *turn, const struct event *event, const char *own, int64_t except)
{
	for (size_t i = 0; i < event->mentions_len; i++) {
		struct person person;

		if (!str_equal(event->mentions[i], own) && person_find_by_sender(turn_view(turn), event->mentions[i], &person) && person.id != except)
			return person.id;
	}
	return 0;
}

/* "@fatima:example.org", typed in full: there is only one. */
static bool read_id(struct view *view, const char *text, const char *at, struct who *ret_who)
{
	struct arena *arena = view_arena(view);
	struct person person;
	const char *rest, *id = *at == '@' ? first_words(arena, at, 1, &rest) : NULL;

	if (!id || !strchr(id, ':') || !person_find_by_sender(view, id, &person))
		return false;
	*ret_who = (struct who){ person.id, id + 1, without(arena, text, at, rest) };
	return true;
}

/* Take the longest name that somebody has from behind the @; of an app's mention his own name. */
static enum who_verdict read_name(struct view *view, const char *text, const char *at, int64_t is_person, struct who *ret_who)
{
	struct arena *arena = view_arena(view);
	enum who_verdict verdict = WHO_UNKNOWN;
	const char *from = at + (*at == '@'), *rest, *name;

	for (size_t words = NAME_WORDS_MAX; words > 0; words--) {
		int64_t person = 0;

		name = first_words(arena, from, words, &rest);
		if (!name)
			continue;
		verdict = who_named(view, name, &person);
		if (verdict == WHO_UNKNOWN && words > 1)
			continue;
		*ret_who = (struct who){ is_person ? is_person : person, name, without(arena, text, at, rest) };
		return is_person ? WHO_FOUND : verdict;
	}
	return verdict;
}

/* Where his name begins in the text: at the @ before it, at the first @, or as he is called. NULL when the text has neither. */
static const char *name_in(struct arena *arena, const char *text, const char *name)
{
	size_t len = strcspn(name, " ");
	const char *first = arena_dup_n(arena, name, len), *rest;

	for (const char *at = strchr(text, '@'); at; at = strchr(at + 1, '@')) {
		const char *word = first_words(arena, at + 1, 1, &rest);

		if (word && str_equal(unicode_fold(arena, word), unicode_fold(arena, first)))
			return at;
	}
	return strchr(text, '@') || !len ? strchr(text, '@') : strstr(text, first);
}

static enum who_verdict read_who(struct turn *turn, const char *text, int64_t person, struct who *ret_who)
{
	struct view *view = turn_view(turn);
	const char *at = strchr(text, '@');

	*ret_who = (struct who){ .rest = text };
	if (person)
		at = name_in(view_arena(view), text, person_get(view, person).name);
	if (at && !person && read_id(view, text, at, ret_who))
		return WHO_FOUND;
	if (at)
		return read_name(view, text, at, person, ret_who);
	if (!person)
		return WHO_NOBODY;
	*ret_who = (struct who){ person, person_get(view, person).name, text };
	return WHO_FOUND;
}

enum who_verdict who_in_text(struct turn *turn, const struct event *event, const char *own, const char *text, struct who *ret_who)
{
	return read_who(turn, text, mentioned(turn, event, own, 0), ret_who);
}

enum who_verdict who_next_in_text(struct turn *turn, const struct event *event, const char *own, const struct who *before, struct who *ret_who)
{
	return read_who(turn, before->rest, mentioned(turn, event, own, before->person), ret_who);
}
