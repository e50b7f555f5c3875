/*
 * What came back for a want, as most of those who asked tell it apart.
 */
#ifndef ROTONDE_CRYPTO_WANT_REPLY_H
#define ROTONDE_CRYPTO_WANT_REPLY_H

#include "base/compiler.h"
#include "crypto/crypto_internal.h"

enum reply_sense {
	REPLY_ANSWER,  /* the server did it */
	REPLY_REFUSAL, /* it never will, or it says more than anybody reads */
	REPLY_NONE,    /* nobody knows whether it did; who carries decides when to ask again */
};

enum reply_sense want_reply_sense(const struct want_reply *reply) MUST_CHECK;

/* Its body, in the turn's arena; NULL when there is none, or none that is JSON. A refusal may have one too. */
const struct cJSON *want_reply_read(struct turn *turn, const struct want_reply *reply) MUST_CHECK;

#endif
