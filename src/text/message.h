/*
 * What the bot says, in the words of locales/nl.json and locales/en.json: a key and named arguments in,
 * text out. The messages are patterns (text/pattern.h), compiled once at the start.
 *
 *   SAY(words, arena, LANGUAGE_NL, "idea.noted", MSG_INT("number", 12), MSG_TEXT("core", "Kruitberg"))
 *
 * A slip in a locale file must not silence the bot. What `make check` would have found (a key that a
 * language lacks, an argument not given) is logged at run time, and said in another language or, when
 * there is none, by the key itself.
 */
#ifndef ROTONDE_TEXT_MESSAGE_H
#define ROTONDE_TEXT_MESSAGE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "text/language.h"
#include "text/pattern.h"

struct catalogue;

/* The locale files built into the program. A broken one ends the process: no build with one passes its tests. */
struct catalogue *catalogue_create(void) MUST_CHECK;

/* NULL is fine. */
void catalogue_destroy(struct catalogue *catalogue);

/* Never NULL; in the arena. */
char *message_format(const struct catalogue *catalogue, struct arena *arena, enum language language, const char *key,
                     const struct message_arg *args, size_t args_len) MUST_CHECK;

#define MSG_TEXT(name_, text_)     ((struct message_arg){ .name = (name_), .kind = MESSAGE_TEXT, .text = (text_) })
#define MSG_INT(name_, number_)    ((struct message_arg){ .name = (name_), .kind = MESSAGE_INT, .number = (number_) })
#define MSG_CENTS(name_, cents_)   ((struct message_arg){ .name = (name_), .kind = MESSAGE_CENTS, .cents = (cents_) })

/* message_format() with the key and any number of MSG_ arguments behind the language. */
#define SAY(catalogue, arena, language, ...)                                                             \
	message_format((catalogue), (arena), (language), SAY_KEY_(__VA_ARGS__, SAY_END_),                \
	               SAY_ARGS_(__VA_ARGS__, SAY_END_),                                                 \
	               sizeof SAY_ARGS_(__VA_ARGS__, SAY_END_) / sizeof(struct message_arg) - 1)
#define SAY_END_               ((struct message_arg){ .name = NULL })
#define SAY_KEY_(key, ...)     (key)
#define SAY_ARGS_(key, ...)    ((const struct message_arg[]){ __VA_ARGS__ })

#endif
