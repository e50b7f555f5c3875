/*
 * A text taken apart into words, numbers and marks, for amount.c.
 */
#ifndef ROTONDE_TEXT_AMOUNT_SCAN_H
#define ROTONDE_TEXT_AMOUNT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum token_kind {
	TOKEN_NONE, /* what stands before the first and behind the last */
	TOKEN_WORD,
	TOKEN_NUMBER,
	TOKEN_MARK,
};

/* Marks are their code point, except that every minus and dash is '-', × is 'x' and these: */
enum {
	MARK_EURO = 0x20ac,
	MARK_FOREIGN = -2,  /* any other currency */
	MARK_FRACTION = -3, /* ½ and its like */
};

struct token {
	enum token_kind kind;
	bool glued;    /* no blank before it */
	bool dashed;   /* a number that ends in ",-" */
	int32_t mark;  /* TOKEN_MARK */
	size_t start;  /* bytes in the text */
	size_t end;
};

struct scan {
	struct arena *arena;
	const char *text;
	struct token *tokens;
	int len;
};

void scan_text(struct arena *arena, const char *text, struct scan *ret_scan);

/* Any index is fine; outside there is a TOKEN_NONE. */
const struct token *scan_token(const struct scan *scan, int at);

bool scan_is_mark(const struct scan *scan, int at, int32_t mark);

/* The word at `at`, folded, is one of these; the list is closed by NULL. */
bool scan_is_word(const struct scan *scan, int at, const char *const *words);

/* The digits and separators (. and ,) of a number in ASCII, without the ",-". */
const char *scan_number(const struct scan *scan, int at);

#endif
