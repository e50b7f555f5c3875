/*
 * The end of the road for bugs: a broken invariant, failing SQL, no memory. The process says what
 * broke and aborts; restarting is safe by design, a half-repaired state is not (STYLE section 3).
 */
#ifndef ROTONDE_BASE_DIE_H
#define ROTONDE_BASE_DIE_H

#include <stddef.h>

#include "base/compiler.h"

/* Print one line to stderr and abort(). Never returns. */
_Noreturn void die(const char *format, ...) PRINTF_LIKE(1, 2);

#define INVARIANT(condition)                                                              \
	do {                                                                              \
		if (!(condition))                                                         \
			die("%s:%d: broken invariant: %s", __FILE__, __LINE__, #condition); \
	} while (0)

/* malloc family that never returns NULL. */
void *xmalloc(size_t size) MUST_CHECK;
void *xcalloc(size_t count, size_t size) MUST_CHECK;
void *xrealloc(void *memory, size_t size) MUST_CHECK;
char *xstrdup(const char *text) MUST_CHECK;

#endif
