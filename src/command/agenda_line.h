/*
 * What follows `!agenda`, understood: a new appointment, or a number with what to do to it. A number means
 * an event only when it stands alone or when a verb or nothing but a time follows; "!agenda 5 juni bbq" is
 * an appointment (DESIGN.md, "How people type"). Pure: nothing is looked up or stored.
 */
#ifndef ROTONDE_COMMAND_AGENDA_LINE_H
#define ROTONDE_COMMAND_AGENDA_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "text/appointment.h"
#include "text/duration.h"

struct house;

enum agenda_action {
	AGENDA_ACTION_LIST,
	AGENDA_ACTION_ADD,
	AGENDA_ACTION_SHOW,
	AGENDA_ACTION_CANCEL,
	AGENDA_ACTION_MOVE,
	AGENDA_ACTION_REMIND,
	AGENDA_ACTION_END,
	AGENDA_ACTION_CHAIR,
};

struct agenda_line {
	enum agenda_action action;
	int64_t number;                   /* all but list and add */
	int64_t page;                     /* list: from 1 */
	bool once;                        /* cancel, move: only one time, if it is a series */
	const char *once_day;             /* the words that say which; NULL: the coming one */
	struct appointment appointment;   /* add; also when it is refused */
	enum appointment_verdict verdict; /* add */
	const char *words;                /* cancel: the reason or NULL; move: the words about time; end: those about the day;
	                                   * chair: who, or NULL to ask */
	struct durations offsets;         /* remind; none: no reminders at all */
	const char *error;                /* NULL, or the code for `rotonde explain`: "date.missing" */
};

/* text as struct request has it. Relative words count from sent_at_ms. Everything lives in the arena. */
void agenda_line_read(const struct house *house, struct arena *arena, const char *text, int64_t sent_at_ms, struct agenda_line *ret_line);

/* "list", "add", ... as `rotonde explain` prints it. */
const char *agenda_action_format(enum agenda_action action);

/* Where a move of this event leads; of a series that of its next time. */
struct agenda_event;
enum when_verdict agenda_line_move(const struct house *house, struct arena *arena, const struct agenda_line *line, int64_t sent_at_ms,
				   const struct agenda_event *event, struct when *ret_when) MUST_CHECK;

/* The same for a time of a series that is planned at `old`. */
struct timing;
enum when_verdict agenda_line_move_once(const struct house *house, struct arena *arena, const struct agenda_line *line, int64_t sent_at_ms,
					const struct timing *old, struct when *ret_when) MUST_CHECK;

#endif
