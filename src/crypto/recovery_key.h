/*
 * The recovery key: 32 bytes as people write them down (specification, Appendices, "Cryptographic key
 * representation"), in base58 with a byte of parity and in groups of four. It is shown once, to a terminal or
 * in a private file, never in a room or the log.
 */
#ifndef ROTONDE_CRYPTO_RECOVERY_KEY_H
#define ROTONDE_CRYPTO_RECOVERY_KEY_H

#include "base/compiler.h"

enum {
	RECOVERY_KEY_BYTES = 32,
	RECOVERY_KEY_SIZE = 60, /* twelve groups of four, the blanks between them, a NUL */
};

enum recovery_key {
	RECOVERY_KEY_OK,
	RECOVERY_KEY_CHARACTER, /* one stands in it that no recovery key has: 0, O, I, l, a sign */
	RECOVERY_KEY_LENGTH,
	RECOVERY_KEY_MISTYPED,  /* all looks well, but together it is no recovery key */
};

void recovery_key_format(const unsigned char key[RECOVERY_KEY_BYTES], char ret_text[RECOVERY_KEY_SIZE]);

/* Blanks and line ends do not matter. */
enum recovery_key recovery_key_parse(const char *text, unsigned char ret_key[RECOVERY_KEY_BYTES]) MUST_CHECK;

#endif
