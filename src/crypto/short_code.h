/*
 * What two people compare: seven emoji and three numbers (specification, "SAS method: emoji" and "decimal").
 * Pure. The emoji are their numbers in the specification's table; how they look and what they are called is
 * for who shows them.
 */
#ifndef ROTONDE_CRYPTO_SHORT_CODE_H
#define ROTONDE_CRYPTO_SHORT_CODE_H

#include "crypto/crypto.h"

/* The emoji take all bytes, the numbers the first five: both are the head of one HKDF stream. */
enum { SHORT_CODE_BYTES = 6 };

struct short_code short_code_of(const unsigned char bytes[static SHORT_CODE_BYTES]);

#endif
