/*
 * Numbers and money as people read them: "1.250" and "€1.250,00" in Dutch, "1,250" and "€1,250.00"
 * in English. Negative money is "-€3,00". No spaces, so that a phone never breaks a line inside an amount.
 */
#ifndef ROTONDE_TEXT_SPOKEN_NUMBER_H
#define ROTONDE_TEXT_SPOKEN_NUMBER_H

#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/money.h"
#include "text/language.h"

char *number_spoken(struct arena *arena, enum language language, int64_t number) MUST_CHECK;
char *cents_spoken(struct arena *arena, enum language language, struct cents cents) MUST_CHECK;

#endif
