/*
 * A phrase cut into words, numbers and marks, each remembering where in the text it stood. Letters
 * and digits are told apart ("13u30" is three tokens, the last two glued), so that the grammar can
 * say which of them may touch.
 */
#ifndef ROTONDE_TEXT_WHEN_TOKEN_H
#define ROTONDE_TEXT_WHEN_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/compiler.h"

enum {
	PHRASE_TOKENS_MAX = 1000, /* what comes after is not looked at: nobody writes an appointment that long */
};

enum token_kind {
	TOKEN_END, /* before the first and after the last */
	TOKEN_WORD,
	TOKEN_NUMBER,
	TOKEN_MARK, /* one character that is neither letter, digit nor space */
};

struct token {
	enum token_kind kind;
	size_t at; /* bytes into the text */
	size_t len;
	const char *fold; /* a word: lower case, without accents; a mark: in ASCII when it has a like there, else "?" */
	int value;        /* a number, -1 when it has more than four digits */
	int digits;
	bool glued;    /* no white space before it */
	bool new_line; /* a line break before it */
	bool capital;  /* its first letter is upper case */
};

struct phrase {
	const char *text;
	const struct token *tokens;
	size_t len;
	size_t bytes; /* of the text that became tokens */
};

/* The tokens live in the arena, text is borrowed. Any bytes do: broken UTF-8 becomes marks. */
struct phrase phrase_split(struct arena *arena, const char *text);

/* TOKEN_END outside the phrase. */
const struct token *token_at(const struct phrase *phrase, size_t i);

bool token_is_mark(const struct phrase *phrase, size_t i, char mark);

/* A word that reads exactly so, folded. */
bool token_is_word(const struct phrase *phrase, size_t i, const char *word);

/* One of a NULL-terminated list. */
bool token_is_listed(const struct phrase *phrase, size_t i, const char *const *words);
#define token_is_one_of(phrase, i, ...) token_is_listed((phrase), (i), (const char *const[]){ __VA_ARGS__, NULL })

/* The words and numbers of the sequence, in order. Returns the index after the last, 0 when they do not stand there. */
size_t token_is_sequence(const struct phrase *phrase, size_t i, const char *const *words);
#define token_sequence(phrase, i, ...) token_is_sequence((phrase), (i), (const char *const[]){ __VA_ARGS__, NULL })

/* A number of so many digits, whatever touches it. */
bool token_is_number(const struct phrase *phrase, size_t i, int digits_least, int digits_most);

/* A mark or number that touches what stands before it. */
bool token_is_glued_mark(const struct phrase *phrase, size_t i, char mark);
bool token_is_glued_number(const struct phrase *phrase, size_t i, int digits_least, int digits_most);

/* No letter or digit of token i touches a letter or digit before it: something may begin here, or end. */
bool token_is_apart(const struct phrase *phrase, size_t i);

#endif
