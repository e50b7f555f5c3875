/*
 * Receipts in words. In another group than its own a receipt shows no names, and phone numbers and the
 * like in its words are hidden.
 */
#ifndef ROTONDE_SAY_RECEIPT_WORDS_H
#define ROTONDE_SAY_RECEIPT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "budget/booking.h"
#include "say/reader.h"
#include "text/amount.h"

/* What happened to the receipt. */
enum receipt_news {
	RECEIPT_NEWS_BOOKED,
	RECEIPT_NEWS_MENDED,
	RECEIPT_NEWS_BACK, /* money came back */
};

/*
 * Where a receipt stands after something was done, with what is left of its line and a word when that runs
 * out. For every verdict that is no refusal; those that ask for something say so: the question is the caller's to put.
 */
char *receipt_words_news(const struct reader *reader, enum budget_verdict verdict, const struct booking *booking, enum receipt_news news) MUST_CHECK;

/* That a receipt without amount is kept: what receipt_words_news() says of it, without asking. */
char *receipt_words_kept(const struct reader *reader, const struct receipt *receipt) MUST_CHECK;

/* Ask how much it was, by what was wrong with the amount typed; not for AMOUNT_OK. */
char *receipt_words_how_much(const struct reader *reader, enum amount_verdict why) MUST_CHECK;

/* Why nothing was done. For every verdict that is a refusal. */
char *receipt_words_refusal(const struct reader *reader, enum budget_verdict verdict, const struct receipt *receipt) MUST_CHECK;

/* That a photo did not arrive, and what to do about it; why as in media.h. */
char *receipt_words_file_failed(const struct reader *reader, int64_t number, const char *why) MUST_CHECK;

/* Lines to choose from, one a row, numbered as question.h counts them. */
char *receipt_words_options(const struct reader *reader, const struct line *lines, size_t len) MUST_CHECK;

/* "€12,50 verf", "€12,50", "verf", or that its amount is not known. */
const char *receipt_words_what(const struct reader *reader, const struct receipt *receipt) MUST_CHECK;

/* One receipt on one line of a list over all cores: "17 (Kruitberg): €12,50 verf, Moestuin (zonder bon)". */
char *receipt_words_row(const struct reader *reader, const struct receipt *receipt) MUST_CHECK;

/* All about one receipt. */
char *receipt_words_card(const struct reader *reader, const struct receipt *receipt) MUST_CHECK;

enum { RECEIPT_PAGE_LINES = 7 };

/* The newest receipts of a core (0: the neighbourhood's); `more`: there are older ones. */
char *receipt_words_list(const struct reader *reader, int64_t core, const struct receipt *receipts, size_t len, bool more) MUST_CHECK;

#endif
