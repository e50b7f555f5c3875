/*
 * Who comes: presence at the coming time of an event, never more than that. Somebody says so by a thumb on
 * a message that is about this one event, or by `!ikkom`. It is told as a count, without names.
 *
 * Of a series each time is counted by itself. Who comes to an event that is held once comes also when it moves.
 */
#ifndef ROTONDE_AGENDA_ATTENDANCE_H
#define ROTONDE_AGENDA_ATTENDANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "agenda/event.h"
#include "base/compiler.h"
#include "people/house.h"
#include "store/turn.h"

extern const struct statements agenda_attendance_statements;

enum attendance_verdict {
	ATTENDANCE_DONE,
	ATTENDANCE_ALREADY, /* it was so already */
	ATTENDANCE_UNKNOWN, /* no such number */
	ATTENDANCE_OFF,     /* it was cancelled */
	ATTENDANCE_OVER,    /* it was held */
};

/* source: the event that said so, by which it can be taken back. *ret_event but for UNKNOWN, brought up to now. */
enum attendance_verdict attendance_come(const struct house *house, struct turn *turn, int64_t number, int64_t person, const char *source,
					struct agenda_event *ret_event) MUST_CHECK;

/* Not after all, however often he said so. */
enum attendance_verdict attendance_leave(const struct house *house, struct turn *turn, int64_t number, int64_t person,
					 struct agenda_event *ret_event) MUST_CHECK;

/* What said so is gone. False when it was none of this person's. */
bool attendance_take_back(struct turn *turn, const char *source, int64_t person) MUST_CHECK;

/* How many come to its next time. */
int64_t attendance_count(struct view *view, const struct agenda_event *event);

/* From now on this message, or the one that this row of the outbox becomes, is about the event's next time. */
void attendance_note_message(struct turn *turn, const struct agenda_event *event, const char *message);
void attendance_note_outbox(struct turn *turn, const struct agenda_event *event, int64_t outbox);

/*
 * The event that a message, or our answer to it, is about: which put it on the agenda, or was noted above. Not
 * when the time it was about is over.
 */
bool attendance_find_event(struct view *view, const char *message, int64_t *ret_number) MUST_CHECK;

#endif
