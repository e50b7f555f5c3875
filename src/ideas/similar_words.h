/*
 * What single words are worth when ideas are compared (ideas/similar.h). Dutch and English together. All words are
 * folded (text/unicode.h).
 */
#ifndef ROTONDE_IDEAS_SIMILAR_WORDS_H
#define ROTONDE_IDEAS_SIMILAR_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Says nothing about what the idea is. */
bool similar_word_is_stop(const char *word);

/* Do the lists behind this and the next stand in the order that finding a word needs? For their unit test. */
bool similar_words_are_sorted(void);

/* What follows tells where, when or for whom. */
bool similar_word_is_preposition(const char *word);

/* The one stem that stands for all words of its meaning: "bike" gives "fiet". The same stem when it is alone. */
const char *similar_word_meaning(const char *stem);

/*
 * How words begin that mean the same as this stem, or as its half when it is a compound: for looking them up in folded
 * text. The next one at each call, NULL after the last; *walk is 0 at first.
 */
const char *similar_word_piece(const char *stem, size_t *walk);

#endif
