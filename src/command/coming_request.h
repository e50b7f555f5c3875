/*
 * What `!ikkom` and its edit do alike.
 */
#ifndef ROTONDE_COMMAND_COMING_REQUEST_H
#define ROTONDE_COMMAND_COMING_REQUEST_H

#include "command/command.h"
#include "command/short_lines.h"

/* source: the message that says so. */
enum command_end coming_request_run(struct request *request, const struct coming_line *line, const char *source);

#endif
