#include "console/script.h"

#include <string.h>

#include "base/str.h"

static const struct {
	const char *word;
	enum trust trust;
} trusts[] = {
	{ "none", TRUST_NONE },
	{ "bridge", TRUST_BRIDGE },
	{ "plain", TRUST_PLAIN },
	{ "direct", TRUST_DIRECT },
};

bool script_continues(const char *line)
{
	return str_starts(line, "  ");
}

static struct script_line error(const char *what)
{
	return (struct script_line){ .kind = SCRIPT_ERROR, .error = what, .text = "" };
}

/* The next word of *cursor, which moves past it and one space; NULL at the end or a newline. */
static const char *next_word(struct arena *arena, const char **cursor)
{
	size_t len = strcspn(*cursor, " \n");
	const char *word;

	if (!len)
		return NULL;
	word = arena_dup_n(arena, *cursor, len);
	*cursor += len + ((*cursor)[len] == ' ');
	return word;
}

/* Take `word ` off the cursor when it stands there. */
static bool take_word(const char **cursor, const char *word)
{
	size_t len = strlen(word);

	if (!str_starts(*cursor, word) || ((*cursor)[len] != ' ' && (*cursor)[len] != '\0'))
		return false;
	*cursor += len + ((*cursor)[len] == ' ');
	return true;
}

static bool take_number(struct arena *arena, const char **cursor, int64_t *ret_number)
{
	const char *word = next_word(arena, cursor);

	return word && *word == '#' && parse_int64(word + 1, ret_number) && *ret_number > 0;
}

static bool take_trust(struct arena *arena, const char **cursor, enum trust *ret_trust)
{
	const char *word = next_word(arena, cursor) + strlen("trust=");

	for (size_t i = 0; i < ARRAY_LEN(trusts); i++) {
		if (str_equal(word, trusts[i].word)) {
			*ret_trust = trusts[i].trust;
			return true;
		}
	}
	return false;
}

/* What stands before the words of a message. NULL, or what was expected. */
static const char *take_modifiers(struct arena *arena, const char **cursor, struct script_line *line)
{
	for (;;) {
		if (take_word(cursor, "photo")) {
			const char *file = next_word(arena, cursor);

			if (!file || line->photos_len == SCRIPT_PHOTOS_MAX)
				return "photo FILE, ten at most";
			line->photos[line->photos_len++] = file;
		} else if (take_word(cursor, "reply")) {
			if (!take_number(arena, cursor, &line->number))
				return "reply #N TEXT";
		} else if (take_word(cursor, "edit")) {
			line->kind = SCRIPT_EDIT;
			if (!take_number(arena, cursor, &line->number))
				return "edit #N TEXT";
		} else if (take_word(cursor, "delete")) {
			line->kind = SCRIPT_DELETE;
			return take_number(arena, cursor, &line->number) ? NULL : "delete #N";
		} else if (take_word(cursor, "react")) {
			line->kind = SCRIPT_REACT;
			if (!take_number(arena, cursor, &line->number) || !(line->emoji = next_word(arena, cursor)))
				return "react #N EMOJI";
			return NULL;
		} else if (take_word(cursor, "sent")) {
			line->time = next_word(arena, cursor);
			if (!line->time)
				return "sent 2022-06-10T09:00 TEXT";
		} else if (str_starts(*cursor, "trust=")) {
			if (!take_trust(arena, cursor, &line->trust))
				return "trust=none, bridge, plain or direct";
		} else {
			return NULL;
		}
	}
}

/* Continuation lines lose their two spaces. */
static const char *join_lines(struct arena *arena, const char *text)
{
	char *joined = arena_dup(arena, text), *to = joined;

	for (const char *from = text; *from; from++) {
		*to++ = *from;
		if (*from == '\n' && script_continues(from + 1))
			from += 2;
	}
	*to = '\0';
	return joined;
}

static struct script_line parse_message(struct arena *arena, const char *text)
{
	struct script_line line = { .kind = SCRIPT_MESSAGE, .trust = TRUST_DIRECT };
	const char *bracket = strchr(text, ']'), *colon, *cursor, *wrong;

	if (!bracket || bracket == text + 1)
		return error("[group] name: text");
	line.group = arena_dup_n(arena, text + 1, (size_t)(bracket - text - 1));
	cursor = bracket + 1 + strspn(bracket + 1, " ");
	if (*cursor == '#') {
		cursor += strcspn(cursor, " \n");
		cursor += strspn(cursor, " ");
	}
	colon = strchr(cursor, ':');
	if (!colon || colon == cursor || strcspn(cursor, " \n") < (size_t)(colon - cursor))
		return error("[group] name: text");
	line.sender = arena_dup_n(arena, cursor, (size_t)(colon - cursor));
	if (str_equal(line.sender, "rotonde"))
		return (struct script_line){ .kind = SCRIPT_EXPECTED, .text = "" };
	cursor = colon + 1 + (colon[1] == ' ');
	line.said = arena_dup(arena, cursor);
	wrong = take_modifiers(arena, &cursor, &line);
	if (wrong)
		return error(wrong);
	line.text = join_lines(arena, cursor);
	return line;
}

static struct script_line parse_directive(struct arena *arena, const char *text)
{
	const char *cursor = text;

	if (take_word(&cursor, "@crash"))
		return (struct script_line){ .kind = SCRIPT_CRASH, .text = "" };
	if (take_word(&cursor, "@now") && *cursor)
		return (struct script_line){ .kind = SCRIPT_NOW, .text = "", .time = arena_dup(arena, cursor) };
	cursor = text;
	if (take_word(&cursor, "@join") && *cursor)
		return (struct script_line){ .kind = SCRIPT_JOIN, .text = "", .group = arena_dup(arena, cursor) };
	return error("@now 2022-06-15T19:00, @crash or @join GROUP");
}

struct script_line script_parse(struct arena *arena, const char *text)
{
	switch (*text) {
	case '\0':
	case '#':
		return (struct script_line){ .kind = SCRIPT_NOTHING, .text = "" };
	case '@':
		return parse_directive(arena, text);
	case '[':
		return parse_message(arena, text);
	default:
		return error("[group] name: text, @now, @crash or # comment");
	}
}
