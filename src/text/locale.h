/*
 * A locale file: one JSON object, key to message, one key a line. Keys are dotted lower-case words
 * ("bon.booked_over"), sorted, so that two people adding messages rarely meet.
 */
#ifndef ROTONDE_TEXT_LOCALE_H
#define ROTONDE_TEXT_LOCALE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "text/language.h"
#include "text/pattern.h"

/* The file as text. */
struct locale_text {
	const char *file; /* "locales/nl.json" */
	const char *json;
	size_t len;
};

struct locale_message {
	const char *key;
	const struct pattern *pattern;
	int line;
	int column;
};

/* The file as messages, sorted by key in strcmp() order. */
struct locale {
	const struct locale_message *messages;
	size_t len;
};

/* Who is told about slips. */
struct locale_report {
	void (*add)(void *context, const char *file, int line, int column, const char *what);
	void *context;
};

/* The file of a language that is built into the program. */
struct locale_text locale_text_get(enum language language);

/*
 * Read a file; everything lives in the arena. Reported and left out: a key that is no key or stands twice,
 * a message that is no text or does not compile. Returns how many slips there were.
 */
size_t locale_parse(struct arena *arena, const struct locale_text *text, const struct locale_report *report,
                    struct locale *ret_locale);

/* NULL when the locale has no such key. */
const struct locale_message *locale_find(const struct locale *locale, const char *key);

/*
 * Report every slip in and between these files: what locale_parse() reports, keys out of order, keys
 * that one language has and another lacks, arguments that differ, plural branches that a language
 * lacks or has no use for. Returns how many.
 */
size_t locale_check(const struct locale_text texts[LANGUAGE_MAX], const struct locale_report *report);

#endif
