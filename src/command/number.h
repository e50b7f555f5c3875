/*
 * Numbers as names: "!idee 12" means number 12 only because nothing else follows (DESIGN.md, "How people
 * type"); "!idee 2 bankjes" is a text.
 */
#ifndef ROTONDE_COMMAND_NUMBER_H
#define ROTONDE_COMMAND_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"

/* The whole text is a number above zero, perhaps with "#" before it or a mark behind it: "12", "#12", "12.", "12?". */
bool number_parse(const char *text, int64_t *ret_number) MUST_CHECK;

#endif
