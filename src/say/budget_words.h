/*
 * The budget in words: what is spent and left, with bars of text.
 */
#ifndef ROTONDE_SAY_BUDGET_WORDS_H
#define ROTONDE_SAY_BUDGET_WORDS_H

#include <stdint.h>

#include "base/compiler.h"
#include "budget/line.h"
#include "say/reader.h"

/* Every line of a core, its area's too, and what stands apart; without a heading. */
char *budget_words_core(const struct reader *reader, int64_t core) MUST_CHECK;

/* In characters, for budget_words_all() alone in an answer. */
enum { BUDGET_ROWS_MAX = 440 };

/*
 * The whole neighbourhood: in all, the free money of all cores together, each area, each line of the
 * neighbourhood. Rows beyond rows_max characters are counted, not shown.
 */
char *budget_words_all(const struct reader *reader, size_t rows_max) MUST_CHECK;

/* A line among all lines: "Moestuin (Kruitberg)"; of the neighbourhood "Buurtbreed" alone. */
const char *budget_words_line(const struct reader *reader, const struct line *line) MUST_CHECK;

/* Only the first row of that: all the money together. */
const char *budget_words_whole(const struct reader *reader) MUST_CHECK;

#endif
