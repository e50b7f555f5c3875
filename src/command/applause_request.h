/*
 * What the command and the listener of applause do alike.
 */
#ifndef ROTONDE_COMMAND_APPLAUSE_REQUEST_H
#define ROTONDE_COMMAND_APPLAUSE_REQUEST_H

#include "base/compiler.h"
#include "command/command.h"

/* Give the applause that text, of the message `event`, is about; what that message gave before is replaced. */
enum command_end applause_request_give(struct request *request, const char *text, const char *event) MUST_CHECK;

#endif
