/*
 * Actions in words. Who does something is named in the group where it was said alone (DESIGN.md decision 19);
 * what is past its day is "still open", never late.
 */
#ifndef ROTONDE_SAY_ACTION_WORDS_H
#define ROTONDE_SAY_ACTION_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "actions/action.h"
#include "base/compiler.h"
#include "say/reader.h"

/* In characters as a reader counts them: an action's words in a list. */
enum { ACTION_LINE_MAX = 60 };

/* A new one: its number, who does it and when, or who takes it. */
char *action_words_noted(const struct reader *reader, const struct action *action) MUST_CHECK;

/* How it reads now. */
char *action_words_edited(const struct reader *reader, const struct action *action) MUST_CHECK;

/* All about one that was not dropped. */
char *action_words_card(const struct reader *reader, const struct action *action) MUST_CHECK;

enum { ACTION_PAGE_LINES = 6 };

/* What is still open; at most ACTION_PAGE_LINES. today: "2022-06-14". */
char *action_words_list(const struct reader *reader, const struct action *actions, size_t len, bool more, const char *today) MUST_CHECK;

/* The same as lines alone, for others to put a heading over; "" for none. */
char *action_words_open(const struct reader *reader, const struct action *actions, size_t len, const char *today) MUST_CHECK;

/* "Joke, morgen: flyers drukken. ...": to who took it. */
char *action_words_reminder(const struct reader *reader, const struct action *action, const char *today) MUST_CHECK;

/* What this reader may see of the action's words, on one line of at most max characters. */
const char *action_words_text(const struct reader *reader, const struct action *action, const char *words, size_t max) MUST_CHECK;

/* Who does it, "" when this reader may not know, or nobody does. */
const char *action_words_taker(const struct reader *reader, const struct action *action) MUST_CHECK;

#endif
