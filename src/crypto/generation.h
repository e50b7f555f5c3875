/*
 * One counter for all that may change who is to get room keys: members, devices, their standing, a session with
 * a device begun anew. Who changed such a thing raises it; who reckoned recipients remembers at which count, and
 * need not reckon again while it stands.
 */
#ifndef ROTONDE_CRYPTO_GENERATION_H
#define ROTONDE_CRYPTO_GENERATION_H

#include <stdint.h>

#include "store/turn.h"

extern const struct statements generation_statements;

int64_t generation_now(struct view *view);
void generation_raise(struct turn *turn);

#endif
