/*
 * Do two texts tell of the same idea? A pure guess from their words, Dutch, English or both: good enough to ask
 * the author, never to decide. tests/ideas/similar.tsv holds pairs that it is measured with.
 *
 * Words that every idea has ("graag", "would like", "buurt") do not count; what stands behind "bij", "in" or "for"
 * (where, for whom) counts little; endings are cut off ("bankjes", "banken"); some words of both languages are one
 * ("bike", "fiets"); half of a compound counts for half ("tuin" and "moestuin"); and slips of the finger are close.
 */
#ifndef ROTONDE_IDEAS_SIMILAR_H
#define ROTONDE_IDEAS_SIMILAR_H

#include "base/arena.h"
#include "base/compiler.h"

struct similar_text;

/* The words of an idea that count. folded is as unicode_fold() gives it. Lives in the arena. */
const struct similar_text *similar_text_read(struct arena *arena, const char *folded) MUST_CHECK;

/* From 0, nothing in common, to 1. Symmetric. */
double similar_score(const struct similar_text *a, const struct similar_text *b);

/* From this score on it is worth a question. */
#define SIMILAR_ENOUGH 0.55

/* An FTS5 query (trigrams) for texts that may be similar; NULL when no word is long enough. */
char *similar_format_match(struct arena *arena, const struct similar_text *text) MUST_CHECK;

#endif
