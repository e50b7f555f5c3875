/*
 * Whom a message means, for commands: found, or told why not.
 */
#ifndef ROTONDE_COMMAND_WHO_REQUEST_H
#define ROTONDE_COMMAND_WHO_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "command/command.h"
#include "people/who.h"

/* WHO_FOUND; else false and the answer says what is unclear, with `how` as the key of what to type when nobody was named. */
bool who_request_found(struct request *request, enum who_verdict verdict, const struct who *who, const char *how) MUST_CHECK;

/* A person's name for an answer; never empty. */
const char *who_request_shown(const struct request *request, int64_t person) MUST_CHECK;

#endif
