#include "command/jaar_line.h"

#include <string.h>

#include "base/die.h"
#include "base/str.h"
#include "text/unicode.h"

/* How a line ends that says it need not be, or after all; folded. A longer one stands before one that it ends in. */
static const struct {
	const char *words;
	enum jaar_action action;
} endings[] = {
	{ " hoeft niet", JAAR_ACTION_DROP },
	{ " is niet nodig", JAAR_ACTION_DROP },
	{ " niet nodig", JAAR_ACTION_DROP },
	{ " gaat niet door", JAAR_ACTION_DROP },
	{ " is not needed", JAAR_ACTION_DROP },
	{ " not needed", JAAR_ACTION_DROP },
	{ " need not be", JAAR_ACTION_DROP },
	{ " niet", JAAR_ACTION_DROP },
	{ " not", JAAR_ACTION_DROP },
	{ " moet toch wel", JAAR_ACTION_WANT },
	{ " toch wel", JAAR_ACTION_WANT },
	{ " wel", JAAR_ACTION_WANT },
	{ " after all", JAAR_ACTION_WANT },
	{ " is needed", JAAR_ACTION_WANT },
	{ " needed", JAAR_ACTION_WANT },
};

/* "kernenraad hoeft niet meer!": what people add to the end. */
static size_t cut_end(const char *text, size_t len)
{
	while (len && strchr(" .,!", text[len - 1]))
		len--;
	return len;
}

void jaar_line_read(struct arena *arena, const char *text, struct jaar_line *ret_line)
{
	const char *typed = unicode_fold(arena, unicode_one_line(arena, text));
	size_t len = cut_end(typed, strlen(typed));

	*ret_line = (struct jaar_line){ .action = JAAR_ACTION_LIST };
	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		size_t ending = strlen(endings[i].words);

		if (ending >= len || memcmp(typed + len - ending, endings[i].words, ending) != 0)
			continue;
		*ret_line = (struct jaar_line){ endings[i].action, arena_dup_n(arena, typed, cut_end(typed, len - ending)) };
		return;
	}
}

const char *jaar_action_format(enum jaar_action action)
{
	switch (action) {
	case JAAR_ACTION_LIST:
		return "list";
	case JAAR_ACTION_DROP:
		return "drop";
	case JAAR_ACTION_WANT:
		return "want";
	}
	die("jaar action %d", (int)action);
}
