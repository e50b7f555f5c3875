/*
 * Every room of the house that remembers something of a person: all that !mijn tells and !vergeet takes away, but for
 * who he is (people/forget.h).
 */
#ifndef ROTONDE_COMMAND_MEMORIES_H
#define ROTONDE_COMMAND_MEMORIES_H

#include "people/memory.h"

extern const struct statements files_memory_statements;

/* Closed by NULL. In the order they are told and forgotten in: files go once no room keeps them. */
extern const struct memory *const memories[];

#endif
