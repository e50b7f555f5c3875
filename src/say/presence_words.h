/*
 * Who were at a learning session, in words.
 */
#ifndef ROTONDE_SAY_PRESENCE_WORDS_H
#define ROTONDE_SAY_PRESENCE_WORDS_H

#include "base/compiler.h"
#include "say/reader.h"

/* A day of the calendar, "2022-11-12", as people say it: "12 november". */
char *presence_words_day(const struct reader *reader, const char *day) MUST_CHECK;

/* The cores that were there on that day, and what was typed that is no core ("" for nothing). */
char *presence_words_session(const struct reader *reader, const char *day, const char *unknown) MUST_CHECK;

/* Names with a comma between: cores that were taken off, cores that did not stand there, what is no core; each "" for none, not all. */
char *presence_words_undone(const struct reader *reader, const char *undone, const char *absent, const char *unknown) MUST_CHECK;

#endif
