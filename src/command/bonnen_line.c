#include "command/bonnen_line.h"

#include <string.h>

#include "base/str.h"
#include "command/number.h"
#include "text/unicode.h"

static const struct {
	const char *word; /* folded */
	enum bonnen_action action;
} verbs[] = {
	{ "potje", BONNEN_ACTION_LINE },   { "lijn", BONNEN_ACTION_LINE },    { "line", BONNEN_ACTION_LINE },
	{ "pot", BONNEN_ACTION_LINE },     { "terug", BONNEN_ACTION_BACK },   { "retour", BONNEN_ACTION_BACK },
	{ "back", BONNEN_ACTION_BACK },    { "refund", BONNEN_ACTION_BACK },  { "weg", BONNEN_ACTION_WITHDRAW },
	{ "gone", BONNEN_ACTION_WITHDRAW }, { "withdraw", BONNEN_ACTION_WITHDRAW }, { "intrekken", BONNEN_ACTION_WITHDRAW },
	{ "verwijder", BONNEN_ACTION_WITHDRAW }, { "verwijderen", BONNEN_ACTION_WITHDRAW }, { "remove", BONNEN_ACTION_WITHDRAW },
	{ "bedrag", BONNEN_ACTION_AMOUNT }, { "amount", BONNEN_ACTION_AMOUNT },
};

/* The first word of text; *ret_rest is what follows. */
static const char *first_word(struct arena *arena, const char *text, const char **ret_rest)
{
	size_t len = strcspn(text, " \n");

	*ret_rest = text + len + strspn(text + len, " \n");
	return arena_dup_n(arena, text, len);
}

/* What stands behind the number: a verb and its rest, or else an amount. */
static void read_change(struct arena *arena, const char *text, struct bonnen_line *line)
{
	const char *rest, *word = unicode_fold(arena, first_word(arena, text, &rest));

	line->action = BONNEN_ACTION_AMOUNT;
	line->rest = text;
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		if (!str_equal(verbs[i].word, word))
			continue;
		line->action = verbs[i].action;
		line->rest = rest;
		return;
	}
}

void bonnen_line_read(struct arena *arena, const char *text, struct bonnen_line *ret_line)
{
	struct bonnen_line line = { .action = BONNEN_ACTION_LIST, .rest = "" };
	const char *rest;

	if (!str_empty(text)) {
		if (!number_parse(first_word(arena, text, &rest), &line.number))
			line.action = BONNEN_ACTION_UNREADABLE;
		else if (str_empty(rest))
			line.action = BONNEN_ACTION_SHOW;
		else
			read_change(arena, rest, &line);
	}
	*ret_line = line;
}

const char *bonnen_action_format(enum bonnen_action action)
{
	static const char *const words[] = {
		[BONNEN_ACTION_LIST] = "list", [BONNEN_ACTION_SHOW] = "show", [BONNEN_ACTION_AMOUNT] = "amount",
		[BONNEN_ACTION_LINE] = "line", [BONNEN_ACTION_BACK] = "back", [BONNEN_ACTION_WITHDRAW] = "withdraw",
		[BONNEN_ACTION_UNREADABLE] = NULL,
	};

	return words[action];
}
