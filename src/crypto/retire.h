/*
 * The end of a device (MATRIX.md 1.4, 1.9, 5.2): its keys may never be used again, not by a copy of the database
 * either, and its name never gets other keys. See crypto_retire().
 */
#ifndef ROTONDE_CRYPTO_RETIRE_H
#define ROTONDE_CRYPTO_RETIRE_H

#include "crypto/crypto_internal.h"

extern const struct statements retire_statements;

#endif
