/*
 * Results and lessons in words. They are told in the core's own group, and only there are they shown as typed.
 */
#ifndef ROTONDE_SAY_STORY_WORDS_H
#define ROTONDE_SAY_STORY_WORDS_H

#include <stdint.h>

#include "base/compiler.h"
#include "obligations/story.h"
#include "say/reader.h"

/* It is kept; thanks. */
char *story_words_told(const struct reader *reader, const struct story *story) MUST_CHECK;

/* How it reads now. */
char *story_words_edited(const struct reader *reader, const struct story *story) MUST_CHECK;

/* The last few that a core told, and how to tell another. */
char *story_words_list(const struct reader *reader, int64_t core, enum story_kind kind) MUST_CHECK;

#endif
