/*
 * What the group an idea came from is still to hear about it, unasked, in its next day post. Only the latest
 * state is news, and what was taken back is not any more.
 */
#ifndef ROTONDE_IDEAS_NEWS_H
#define ROTONDE_IDEAS_NEWS_H

#include <stddef.h>
#include <stdint.h>

#include "ideas/idea.h"

extern const struct statements idea_news_statements;

enum idea_news_kind {
	IDEA_NEWS_STATE,  /* it stands otherwise */
	IDEA_NEWS_JOINED, /* another goes along with it */
	IDEA_NEWS_NOTED,  /* it came on paper, and was typed in elsewhere */
};

struct idea_news {
	int64_t id;
	enum idea_news_kind what;
	int64_t idea;
	int64_t other; /* IDEA_NEWS_JOINED: the one that goes along; else 0 */
};

/* For the group of the idea. */
void idea_news_add(struct turn *turn, const struct idea *idea, enum idea_news_kind what, int64_t other);

enum { IDEA_NEWS_MAX = 6 };

/* Of one group, oldest first, at most IDEA_NEWS_MAX. */
struct idea_news *idea_news_list(struct view *view, int64_t group, size_t *ret_len);

void idea_news_told(struct turn *turn, int64_t id);

/* The idea was taken back. */
void idea_news_drop(struct turn *turn, int64_t idea);

#endif
