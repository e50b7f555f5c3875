/*
 * What the roundabout remembers of one person: whether he wanted to do something together, for his core. The answer
 * stays, for nobody is asked twice; that it was his goes.
 */
#ifndef ROTONDE_ROUNDABOUT_PERSON_PAIRS_H
#define ROTONDE_ROUNDABOUT_PERSON_PAIRS_H

#include "people/memory.h"

extern const struct statements person_pairs_statements;
extern const struct memory person_pairs;

#endif
