/*
 * The summaries of the budget that come by themselves, as sections of the day post: every Monday to each core
 * whose books changed since it was told last, and on the first of the month to all, with the head of the
 * ledger for everybody to keep. A month in which nothing was booked is told in a line.
 */
#ifndef ROTONDE_SAY_SUMMARY_H
#define ROTONDE_SAY_SUMMARY_H

#include "people/house.h"
#include "say/daypost.h"
#include "store/turn.h"

extern const struct statements summary_statements;

/* Sections of day_sections[]. */
const char *summary_week_compose(const struct house *house, struct turn *turn, const struct day_post *post);
const char *summary_month_compose(const struct house *house, struct turn *turn, const struct day_post *post);

#endif
