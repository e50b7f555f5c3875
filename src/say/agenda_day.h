/*
 * The agenda's section of the day post: reminders of a day and more, and changes of what lies further
 * ahead than two days.
 */
#ifndef ROTONDE_SAY_AGENDA_DAY_H
#define ROTONDE_SAY_AGENDA_DAY_H

#include "say/daypost.h"

const char *agenda_day_compose(const struct house *house, struct turn *turn, const struct day_post *post);

#endif
