/*
 * Applause in words: whom and what for, never how often.
 */
#ifndef ROTONDE_SAY_APPLAUSE_WORDS_H
#define ROTONDE_SAY_APPLAUSE_WORDS_H

#include "actions/applause.h"
#include "base/compiler.h"
#include "say/reader.h"

/* "Fatima", "de keukenploeg"; "" for who is not to be named. For readers in the group where it was said. */
const char *applause_words_whom(const struct reader *reader, const struct applause *applause) MUST_CHECK;

/* The answer to who gave it. */
char *applause_words_given(const struct reader *reader, const struct applause *applause) MUST_CHECK;

#endif
