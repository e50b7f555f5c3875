/*
 * What people look for, as SQLite's FTS5 (with trigrams) and LIKE want it. Whatever they type is
 * words, never the syntax of a query.
 */
#ifndef ROTONDE_IDEAS_QUERY_H
#define ROTONDE_IDEAS_QUERY_H

#include "base/arena.h"
#include "base/compiler.h"

/* An FTS5 query for all words of three letters and more; NULL when there are none: trigrams cannot find shorter ones. */
char *query_format_match(struct arena *arena, const char *folded) MUST_CHECK;

/* A pattern for LIKE ... ESCAPE '\': the words as they stand, anywhere. */
char *query_format_like(struct arena *arena, const char *folded) MUST_CHECK;

#endif
