/*
 * The roundabout's part in what commands do.
 */
#ifndef ROTONDE_COMMAND_ROUNDABOUT_REQUEST_H
#define ROTONDE_COMMAND_ROUNDABOUT_REQUEST_H

#include "agenda/event.h"
#include "command/command.h"

/*
 * The event is new or was changed: if it may go with another core's, have the leads of both asked, in their
 * private rooms with us or, when a core's leads have none or want to be left alone, in the day post of its main group.
 */
void roundabout_request_look(struct request *request, const struct agenda_event *event);

#endif
