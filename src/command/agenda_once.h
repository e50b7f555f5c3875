/*
 * `!agenda 5 alleen deze keer ...`: what is done to one time of a series.
 */
#ifndef ROTONDE_COMMAND_AGENDA_ONCE_H
#define ROTONDE_COMMAND_AGENDA_ONCE_H

#include <stdbool.h>

#include "command/agenda_line.h"
#include "command/command.h"

/* The line is about one time, and the event has more than one. */
bool agenda_once_is_meant(const struct request *request, const struct agenda_line *line);

/* Move that time, or call it off, and answer. */
enum command_end agenda_once_run(struct request *request, const struct agenda_line *line);

#endif
