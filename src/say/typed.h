/*
 * What people typed, for whoever reads it now: as it is in the group where it was typed, without phone numbers and
 * other contact details everywhere else (DESIGN.md decision 19).
 */
#ifndef ROTONDE_SAY_TYPED_H
#define ROTONDE_SAY_TYPED_H

#include <stdint.h>

#include "base/compiler.h"
#include "say/reader.h"

/* Nobody wrote down in which group it was typed: it counts as typed elsewhere. */
enum { TYPED_ELSEWHERE = 0 };

/* group: where the words were typed. They live in the view's arena, or where they did. */
const char *typed_for(const struct reader *reader, int64_t group, const char *words) MUST_CHECK;

#endif
