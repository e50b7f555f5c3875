/*
 * Ideas in words. Who reads them matters: in the group where an idea was said its author may be named,
 * anywhere else nobody is, and phone numbers and the like are hidden (DESIGN.md decision 19).
 */
#ifndef ROTONDE_SAY_IDEA_WORDS_H
#define ROTONDE_SAY_IDEA_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "ideas/idea.h"
#include "say/reader.h"

/* One line: the number, how to support it and to take part; or, when it is alike another, whether they go together. */
char *idea_words_noted(const struct reader *reader, const struct idea *idea) MUST_CHECK;

/* Its first words on one line, as this reader may see them, without a mark at the end: to name it by. */
const char *idea_words_short(const struct reader *reader, const struct idea *idea) MUST_CHECK;

/* What this reader may see of words about the idea that somebody typed. */
const char *idea_words_of(const struct reader *reader, const struct idea *idea, const char *words) MUST_CHECK;

/* Its core's name, or that it is the neighbourhood's. */
const char *idea_words_where(const struct reader *reader, const struct idea *idea) MUST_CHECK;

/* One line: how it reads now. */
char *idea_words_edited(const struct reader *reader, const struct idea *idea) MUST_CHECK;

/* All about one idea that is not archived. */
char *idea_words_card(const struct reader *reader, const struct idea *idea) MUST_CHECK;

enum { IDEA_PAGE_LINES = 6 };

struct idea_page {
	const char *words;        /* what was looked for, or NULL; with by_state the words for the state */
	bool by_state;            /* only those in this state; words is how that was typed */
	enum idea_state state;
	enum idea_route route;
	int64_t core;             /* whose ideas these are; 0: the neighbourhood's. Not used when words are looked for */
	int64_t page;             /* from 1 */
	const struct idea *ideas; /* at most IDEA_PAGE_LINES */
	size_t len;
	bool more;
};

char *idea_words_page(const struct reader *reader, const struct idea_page *page) MUST_CHECK;

#endif
