/*
 * What actions and applause remember of one person. What a group agreed to do and did is the group's and stays, without
 * who took it and why it did not work out; the words of what he took back go, and the thanks he got. Thanks he gave are
 * whose they are for.
 */
#ifndef ROTONDE_ACTIONS_PERSON_ACTIONS_H
#define ROTONDE_ACTIONS_PERSON_ACTIONS_H

#include "people/memory.h"

extern const struct statements person_actions_statements;
extern const struct memory person_actions;

#endif
