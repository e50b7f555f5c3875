/*
 * Is there any other pair of eyes? Four eyes are the rule; where nobody else could ever look, an explicit way out
 * exists, and this is what decides that nobody could (DESIGN.md decisions 4 and 9).
 */
#ifndef ROTONDE_PEOPLE_EYES_H
#define ROTONDE_PEOPLE_EYES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "store/turn.h"

extern const struct statements eyes_statements;

/* Somebody holds one of these roles (bits 1u << enum role) who is not, and never was, this person. */
bool eyes_others(struct view *view, int64_t person, unsigned roles) MUST_CHECK;

/* The same for somebody who never was any of these persons. */
bool eyes_besides(struct view *view, const int64_t *persons, size_t len, unsigned roles) MUST_CHECK;

#endif
