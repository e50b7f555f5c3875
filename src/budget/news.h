/*
 * What groups are to hear of decisions about their receipts and lines: kept until their next day post, so that
 * nobody is told ten times a day.
 */
#ifndef ROTONDE_BUDGET_NEWS_H
#define ROTONDE_BUDGET_NEWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/turn.h"

extern const struct statements budget_news_statements;

enum budget_news_kind {
	BUDGET_NEWS_APPROVED,
	BUDGET_NEWS_REJECTED,
	BUDGET_NEWS_PAID,
	BUDGET_NEWS_SOLE,          /* approved by its own owner */
	BUDGET_NEWS_MOVE_PROPOSED,
	BUDGET_NEWS_MOVED,
	BUDGET_NEWS_MOVE_ENDED,    /* withdrawn, or nobody agreed in time */
};

struct budget_news {
	int64_t id;
	enum budget_news_kind kind;
	int64_t subject; /* the receipt; of a move the proposal */
};

/* Something for this group. */
void budget_news_add(struct turn *turn, int64_t group, enum budget_news_kind kind, int64_t subject);

/* What this group has not heard yet, oldest first. */
struct budget_news *budget_news_list(struct view *view, int64_t group, size_t *ret_len);

/* It is not true any more: nobody needs to hear it. False when it was heard already. */
bool budget_news_drop(struct turn *turn, int64_t group, enum budget_news_kind kind, int64_t subject);

/* It was said. */
void budget_news_told(struct turn *turn, int64_t id);

#endif
