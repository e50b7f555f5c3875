/*
 * What the agenda's command, its listener and its questions do alike.
 */
#ifndef ROTONDE_COMMAND_AGENDA_REQUEST_H
#define ROTONDE_COMMAND_AGENDA_REQUEST_H

#include <stdint.h>

#include "agenda/change.h"
#include "command/agenda_line.h"
#include "command/command.h"
#include "say/agenda_words.h"

/* A message that puts something on the agenda: whatever was done to it since, this is what it said. */
struct agenda_message {
	const char *id;
	const char *typed;   /* what follows the command word */
	int64_t typed_at_ms;
};

struct agenda_hand agenda_request_hand(const struct request *request);

struct timing agenda_request_timing(const struct request *request, const struct when *when);

/* The appointment of a line that was read without error, as the agenda takes it. */
struct agenda_entry agenda_request_entry(const struct request *request, const struct agenda_line *line, const struct agenda_message *message);

/*
 * Put the message's appointment on the agenda and answer. One without a clock becomes a draft and a
 * question; one that cannot be is refused with an example.
 */
enum command_end agenda_request_add(struct request *request, const struct agenda_line *line, const struct agenda_message *message);

/* Answer why the time was not taken, with an example. */
enum command_end agenda_request_refuse_when(struct request *request, enum when_verdict verdict);

/* Answer why the agenda refused; event as agenda/change.h promises it. */
enum command_end agenda_request_refuse(struct request *request, enum agenda_verdict verdict, int64_t number,
				       const struct agenda_event *event);

#endif
