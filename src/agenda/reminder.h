/*
 * When an event is reminded of. By default as the config says (7 days, 1 day, 2 hours before), else by its
 * own wishes. Wishes of a day and more go with the day post of that day; shorter ones are a message of
 * their own, and one that would fall in the quiet hours comes the evening before. Whole days are reminded
 * of by days only.
 *
 * Reminders stand for the next time of a series only; those of the time after are planned when it is over.
 */
#ifndef ROTONDE_AGENDA_REMINDER_H
#define ROTONDE_AGENDA_REMINDER_H

#include <stddef.h>
#include <stdint.h>

#include "agenda/event.h"
#include "people/house.h"
#include "store/turn.h"

extern const struct statements agenda_reminder_statements;

/* How long before the event, longest first; in the arena of the view. */
int64_t *reminder_offsets(const struct house *house, struct view *view, const struct agenda_event *event, size_t *ret_len);

/* Its own wishes from now on; len 0: no reminders. Planned reminders stay as they are. */
void reminder_set_offsets(struct turn *turn, int64_t number, const int64_t *offsets_ms, size_t len);

/* Plan those for the event's next time that fall due at from_ms or later and were not said before. */
void reminder_plan(const struct house *house, struct turn *turn, const struct agenda_event *event, int64_t from_ms);

/* The waiting ones are off. */
void reminder_drop(struct turn *turn, int64_t number);

/* "7d", "2h", "90m": for keys and logs. */
char *reminder_offset_format(struct arena *arena, int64_t offset_ms) MUST_CHECK;

#endif
