#include <stddef.h>

#include "say/agenda_day.h"
#include "say/daypost.h"
#include "say/standing_words.h"
#include "say/proposal_words.h"
#include "say/summary.h"

const struct day_section day_sections[] = {
	{ "agenda", agenda_day_compose },
	{ "proposals", proposal_day_compose },
	{ "budget.week", summary_week_compose },
	{ "budget.month", summary_month_compose },
	{ "standing", standing_day_compose },
	{ NULL, NULL },
};
