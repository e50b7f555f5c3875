/*
 * Do two short titles tell of the same thing? A pure guess from their words, Dutch or English: good enough to
 * ask, never to decide. Words that every meeting has ("samen", "buurt", "middag") do not count, nor do endings
 * ("bankje", "banken"), and a part of a compound counts for it ("kleding" in "kledingruil").
 */
#ifndef ROTONDE_TEXT_LIKENESS_H
#define ROTONDE_TEXT_LIKENESS_H

#include <stdbool.h>

#include "base/arena.h"

/* They share a word that says what it is. Symmetric. */
bool likeness_of_titles(struct arena *arena, const char *a, const char *b);

#endif
