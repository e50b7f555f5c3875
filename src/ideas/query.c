#include "ideas/query.h"

#include <stdbool.h>
#include <string.h>

#include "base/str.h"

enum { TRIGRAM = 3 };

/* What stands around words and is seldom looked for. Within a word it stays: "24-uurs". */
#define SPACE " \t\n"
#define EDGES SPACE ".,;:!?()[]{}<>\"'*"

/* The next word of *rest, moved behind it; false at the end. */
static bool next_word(const char **rest, const char **ret_word, size_t *ret_len)
{
	const char *word = *rest + strspn(*rest, EDGES);
	size_t len = strcspn(word, SPACE);

	*rest = word + len;
	while (len && strchr(EDGES, word[len - 1]))
		len--;
	*ret_word = word;
	*ret_len = len;
	return len > 0;
}

char *query_format_match(struct arena *arena, const char *folded)
{
	/* Doubled quotes, and two quotes with a space around each word of at least a byte. */
	char *match = arena_alloc(arena, 4 * strlen(folded) + 1);
	const char *rest = folded, *word;
	char *end = match;
	size_t len;

	while (next_word(&rest, &word, &len)) {
		if (utf8_count(word, len) < TRIGRAM)
			continue;
		if (end != match)
			*end++ = ' ';
		*end++ = '"';
		for (size_t i = 0; i < len; i++) {
			if (word[i] == '"')
				*end++ = '"';
			*end++ = word[i];
		}
		*end++ = '"';
	}
	return end == match ? NULL : match;
}

char *query_format_like(struct arena *arena, const char *folded)
{
	char *like = arena_alloc(arena, 2 * strlen(folded) + 3);
	char *end = like;

	*end++ = '%';
	for (const char *from = folded; *from; from++) {
		if (strchr("\\%_", *from))
			*end++ = '\\';
		*end++ = *from;
	}
	*end = '%';
	return like;
}
