/*
 * The emoji that people compare, by their number in the specification's table.
 */
#ifndef ROTONDE_CLI_EMOJI_H
#define ROTONDE_CLI_EMOJI_H

enum { EMOJI_COUNT = 64 };

struct emoji {
	const char *symbol;
	const char *key; /* of its name in locales/ */
};

/* number: below EMOJI_COUNT. */
const struct emoji *emoji_get(int number);

#endif
