/*
 * What became of ideas, in words: for the card, for a list, and for the group an idea came from, which hears it in
 * its day post. An author is named in the group of his own idea alone.
 */
#ifndef ROTONDE_SAY_IDEA_NEWS_H
#define ROTONDE_SAY_IDEA_NEWS_H

#include <stdint.h>

#include "base/compiler.h"
#include "ideas/idea.h"
#include "ideas/news.h"
#include "say/daypost.h"
#include "say/reader.h"

/* A sentence: "Dit gaat verder als bewonersinitiatief (Venzo)."; "" while nobody decided anything. */
const char *idea_words_state(const struct reader *reader, const struct idea *idea) MUST_CHECK;

/* A word or two for a list: "gedaan"; "" while nobody decided anything. */
const char *idea_words_mark(const struct reader *reader, enum idea_state state, enum idea_route route) MUST_CHECK;

/* To the author of the idea and his group, with a word of thanks when it is done. NULL when it is no news any more. */
const char *idea_words_news(const struct reader *reader, const struct idea_news *news) MUST_CHECK;

/* To the idea's group: by its next day post, or in a private conversation by itself. */
void idea_news_tell(const struct house *house, struct turn *turn, const struct idea *idea, enum idea_news_kind what, int64_t other);

/* The section of the day post. */
const char *idea_day_compose(const struct house *house, struct turn *turn, const struct day_post *post);

#endif
