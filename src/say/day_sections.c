#include <stddef.h>

#include "say/action_day.h"
#include "say/agenda_day.h"
#include "say/applause_day.h"
#include "say/chair_words.h"
#include "say/daypost.h"
#include "say/idea_news.h"
#include "say/look_back.h"
#include "say/proposal_words.h"
#include "say/review_day.h"
#include "say/roundabout_words.h"
#include "say/round_words.h"
#include "say/standing_words.h"
#include "say/summary.h"
#include "say/year_words.h"

const struct day_section day_sections[] = {
	{ "agenda", agenda_day_compose },
	{ "agenda.chair", chair_day_compose },
	{ "roundabout", roundabout_day_compose },
	{ "proposals", proposal_day_compose },
	{ "round", round_day_compose },
	{ "year", year_day_compose },
	{ "actions", action_day_compose },
	{ "ideas", idea_day_compose },
	{ "review", review_day_compose },
	{ "budget.week", summary_week_compose },
	{ "budget.month", summary_month_compose },
	{ "standing", standing_day_compose },
	{ "actions.look_back", look_back_compose },
	{ "applause", applause_day_compose },
	{ "applause.neighbourhood", applause_day_compose_neighbourhood },
	{ NULL, NULL },
};
