/*
 * The agenda in words: answers, and what is said by itself. Facts come in, text goes out. Outside the
 * groups of its core the phone numbers and the like in an event are hidden.
 */
#ifndef ROTONDE_SAY_AGENDA_WORDS_H
#define ROTONDE_SAY_AGENDA_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "agenda/change.h"
#include "agenda/notice.h"
#include "agenda/once.h"
#include "base/compiler.h"
#include "say/agenda_time.h"

enum { AGENDA_LIST_LINES = 8 };

/* What is coming in the reader's group; more: how many there are beyond these; page: which these are, from 1. */
char *agenda_words_list(const struct reader *reader, const struct agenda_event *events, size_t len, size_t more, int64_t page) MUST_CHECK;

/* "bbq, zaterdag 18 juni 2022 om 17:00, de tuin". */
const char *agenda_words_line(const struct reader *reader, const struct agenda_event *event) MUST_CHECK;

/* All about one event. */
char *agenda_words_card(const struct reader *reader, const struct agenda_event *event) MUST_CHECK;

/* It stands on the agenda now: what was understood, in full. */
char *agenda_words_noted(const struct reader *reader, const struct agenda_event *event) MUST_CHECK;

/* The same, and the question whether it is another than event.same_as. */
char *agenda_words_twice(const struct reader *reader, const struct agenda_event *event) MUST_CHECK;

char *agenda_words_moved(const struct reader *reader, const struct agenda_event *event) MUST_CHECK;
char *agenda_words_edited(const struct reader *reader, const struct agenda_event *event) MUST_CHECK;
char *agenda_words_cancelled(const struct reader *reader, const struct agenda_event *event) MUST_CHECK;
/* To somebody who comes to its next time, or does not after all. */
char *agenda_words_coming(const struct reader *reader, const struct agenda_event *event) MUST_CHECK;
char *agenda_words_not_coming(const struct reader *reader, const struct agenda_event *event) MUST_CHECK;

/* One time of a series as it stands now: moved, off or as always. */
char *agenda_words_once(const struct reader *reader, const struct agenda_event *event, const struct agenda_once *once) MUST_CHECK;

char *agenda_words_reminders(const struct reader *reader, const struct agenda_event *event) MUST_CHECK;

/* Why not. event holds what the verdict promises (agenda/change.h). NULL for AGENDA_DONE and AGENDA_TWICE. */
char *agenda_words_refused(const struct reader *reader, enum agenda_verdict verdict, int64_t number,
			   const struct agenda_event *event) MUST_CHECK;

/* A reminder or announcement, read at now_ms. */
char *agenda_words_notice(const struct reader *reader, const struct agenda_notice *notice, int64_t now_ms) MUST_CHECK;

#endif
