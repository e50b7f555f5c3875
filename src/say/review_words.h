/*
 * What the office decides about receipts and lines, in words: for the group it concerns and for who decided.
 */
#ifndef ROTONDE_SAY_REVIEW_WORDS_H
#define ROTONDE_SAY_REVIEW_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "budget/move.h"
#include "budget/news.h"
#include "budget/review.h"
#include "budget/sample.h"
#include "say/reader.h"

/* Why nothing was done with receipt `number`. For every verdict but REVIEW_DONE; receipt unless REVIEW_UNKNOWN or REVIEW_NO_OFFICE. */
char *review_words_refusal(const struct reader *reader, enum review_verdict verdict, int64_t number, const struct receipt *receipt) MUST_CHECK;

/* How many wait for a second pair of eyes, the oldest of them, and what to do; `len` of them are not the reader's own. */
char *review_words_waiting(const struct reader *reader, int64_t waiting, const struct receipt *receipts, size_t len) MUST_CHECK;

char *review_words_sample(const struct reader *reader, const struct sample *sample) MUST_CHECK;

/* One piece of news, but for those below. */
char *review_words_news(const struct reader *reader, const struct budget_news *news) MUST_CHECK;

/* Several receipts with the same news (BUDGET_NEWS_APPROVED or BUDGET_NEWS_PAID) in one sentence. */
char *review_words_news_list(const struct reader *reader, enum budget_news_kind kind, const int64_t *numbers, size_t len) MUST_CHECK;

/* What came of proposing a move, or of agreeing to it; the refusals are the same. */
char *review_words_proposed(const struct reader *reader, enum money_move_verdict verdict, const struct money_move *move, int64_t expires_at_ms) MUST_CHECK;
char *review_words_moved(const struct reader *reader, enum money_move_verdict verdict, const struct money_move *move) MUST_CHECK;

#endif
