/*
 * What is remembered of one person in ideas, and what goes: thumbs, that he takes part, the places and photos he sent, the
 * words before an edit, and those of ideas he took back. The others are the neighbourhood's by now and stay, of a person
 * who has no name any more.
 */
#ifndef ROTONDE_IDEAS_PERSON_IDEAS_H
#define ROTONDE_IDEAS_PERSON_IDEAS_H

#include "people/memory.h"

extern const struct statements person_ideas_statements;
extern const struct memory person_ideas;

#endif
