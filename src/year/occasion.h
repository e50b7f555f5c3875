/*
 * What the year wants a date for, month by month (config.h, struct config_year_event): which of it stands on the
 * agenda, and what the coordinators set aside.
 */
#ifndef ROTONDE_YEAR_OCCASION_H
#define ROTONDE_YEAR_OCCASION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "people/house.h"
#include "config/config.h"
#include "store/turn.h"
#include "text/wall.h"

extern const struct statements occasion_statements;

/* From this long before its month the coordinators hear that it has no date, and then again this long after. */
enum { OCCASION_NUDGE_DAYS = 56, OCCASION_REST_DAYS = 14 };

struct occasion {
	const struct config_year_event *event;
	struct wall month;  /* the first day of the month it is meant for */
	bool dropped;       /* somebody said that it need not be */
	int64_t number;     /* on the agenda; 0: no date yet */
	struct wall starts; /* when there is a number */
	bool all_day;
};

/* Of this month and the eleven after it, by month and then as the config has them. today: on the neighbourhood's calendar. */
struct occasion *occasion_list(const struct house *house, struct view *view, const struct wall *today, size_t *ret_len);

/* It has no date, and nobody said that it need none. */
bool occasion_is_open(const struct occasion *occasion);

/*
 * Of the list the open ones that are near, in a newly made list; none when the coordinators heard of any a short while ago.
 * What is returned counts as heard.
 */
struct occasion *occasion_take_nudges(struct turn *turn, const struct occasion *list, size_t len, const struct wall *today, size_t *ret_len);

/* The first of the list with this event's name or alias; capitals, blanks and dashes make no difference. */
bool occasion_is_named(struct arena *arena, const struct config_year_event *event, const char *name);

/* It need not be this time, or after all. */
void occasion_drop(struct turn *turn, const struct occasion *occasion, int64_t by);
void occasion_want(struct turn *turn, const struct occasion *occasion);

/* The next learning session on the agenda, from today on. */
bool occasion_find_session(const struct house *house, struct view *view, const struct wall *today, struct wall *ret_day) MUST_CHECK;

#endif
