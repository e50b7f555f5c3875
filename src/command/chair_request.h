/*
 * Who chairs: `!agenda 5 voorzitter ...` and `!ruil 5`.
 */
#ifndef ROTONDE_COMMAND_CHAIR_REQUEST_H
#define ROTONDE_COMMAND_CHAIR_REQUEST_H

#include <stdint.h>

#include "command/command.h"

/* words: names in order, "Joke weg tot 1 juli", "Joke kan niet", "niemand", or NULL to be told. */
enum command_end chair_request_run(struct request *request, int64_t number, const char *words);

/* with: a name, or NULL for who comes next. */
enum command_end chair_request_swap(struct request *request, int64_t number, const char *with);

#endif
