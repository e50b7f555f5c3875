/*
 * What is remembered of one person in results, lessons and answers. They are the core's account and stay, with their photos
 * and without a name; the words before an edit go, and all of what he took back.
 */
#ifndef ROTONDE_OBLIGATIONS_PERSON_STORIES_H
#define ROTONDE_OBLIGATIONS_PERSON_STORIES_H

#include "people/memory.h"

extern const struct statements person_stories_statements;
extern const struct memory person_stories;

#endif
