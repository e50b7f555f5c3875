/*
 * What the files behind crypto/olm.h share: libolm's manners.
 *
 * libolm destroys what it reads (MATRIX.md 10.3), so it gets copies. It decrypts AES blocks without asking
 * whether the last one is whole: it would read and write up to 15 bytes past the end of the buffers, and for
 * no block at all read the byte before the output. In Olm and Megolm a MAC stands before that, but whoever
 * has the session can make one, and in the key backup anybody can. So we ask before it does.
 */
#ifndef ROTONDE_CRYPTO_OLM_INTERNAL_H
#define ROTONDE_CRYPTO_OLM_INTERNAL_H

#include <olm/olm.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "crypto/olm.h"

struct account {
	OlmAccount *olm;
	struct arena *arena;
	const char *curve25519;
	const char *ed25519;
};

struct pair_session {
	OlmSession *olm;
	struct arena *arena;
};

/* The result of a call that only a bug of ours can make fail. */
#define LIBOLM_MUST(call) libolm_must((call), #call)
size_t libolm_must(size_t result, const char *call);

/* Memory for an object; dies when the arena does not wipe. */
void *libolm_memory(struct arena *arena, size_t size) MUST_CHECK;

/* Kernel randomness. */
void *libolm_random(struct arena *arena, size_t len) MUST_CHECK;

/* An output of len bytes, which will be closed by a NUL. */
char *libolm_output(struct arena *arena, size_t len) MUST_CHECK;

/* A copy of an input for libolm to destroy. */
char *libolm_input(struct arena *arena, const char *input, size_t len) MUST_CHECK;

/*
 * Is the ciphertext whole AES blocks, one or more? The room that libolm asks for the plaintext is the length of
 * the ciphertext; olm_error() is no length.
 */
bool libolm_is_whole(size_t room) MUST_CHECK;

/* What was decrypted into such room, in a libolm_output(), closed. */
struct plaintext libolm_plaintext(char *bytes, size_t len) MUST_CHECK;

#endif
