/*
 * Other devices that ask us for the key of a session (MATRIX.md 7.9). Our own signed devices get it whole;
 * a device of another user only what it was given before, from the same index on; everybody else gets no answer.
 */
#ifndef ROTONDE_CRYPTO_INBOUND_REQUEST_H
#define ROTONDE_CRYPTO_INBOUND_REQUEST_H

#include "crypto/crypto_internal.h"

extern const struct statements inbound_request_statements;

#endif
