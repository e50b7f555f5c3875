/*
 * Files built into the program: migrations, locales, the K-buurt example. tools/embed writes them
 * into build/gen/embedded.c.
 */
#ifndef ROTONDE_BASE_EMBED_H
#define ROTONDE_BASE_EMBED_H

#include <stddef.h>

struct embedded {
	const char *name; /* path in the source tree: "locales/nl.json" */
	const char *data; /* closed with a NUL that does not count */
	size_t len;
};

/* Sorted by name, closed by an entry without name. */
extern const struct embedded embedded_files[];

/* NULL when there is no file of that name. */
const struct embedded *embedded_find(const char *name);

#endif
