/*
 * What a group hears of decisions about its receipts and lines: in its day post, each once. A private room has no
 * day post and hears it at once.
 */
#ifndef ROTONDE_SAY_REVIEW_DAY_H
#define ROTONDE_SAY_REVIEW_DAY_H

#include <stdint.h>

#include "budget/move.h"
#include "budget/news.h"
#include "say/daypost.h"

/* A section of day_sections[]. */
const char *review_day_compose(const struct house *house, struct turn *turn, const struct day_post *post);

/* Something that the group `to` should hear. */
void review_tell(const struct house *house, struct turn *turn, int64_t to, enum budget_news_kind kind, int64_t subject);

/* The same for who watches over the money: the coordinators and the audit committee. */
void review_tell_office(const struct house *house, struct turn *turn, enum budget_news_kind kind, int64_t subject);

/* The same for all whose money a move is about, but the group that reads it otherwise; 0: none does. */
void review_tell_move(const struct house *house, struct turn *turn, const struct money_move *move, enum budget_news_kind kind, int64_t seen_by);

#endif
