/*
 * Which command a message is, if any. The word is found as neighbours type it (DESIGN.md, "How people
 * type"): `*!idee*`, full-width `！`, capitals, `!Idee:`, `!ideeën`, `! idee`, `"!idee"`, no-break spaces, trailing
 * dots, `!bon12,50`. Words before the `!` make it no command; so does the bridge's "↷ Forwarded".
 */
#ifndef ROTONDE_COMMAND_GRAMMAR_H
#define ROTONDE_COMMAND_GRAMMAR_H

#include "base/arena.h"
#include "base/compiler.h"
#include "command/command.h"

enum grammar_verdict {
	GRAMMAR_NONE,      /* people talking to each other: never answered */
	GRAMMAR_COMMAND,
	GRAMMAR_NEAR_MISS, /* a typing slip away from the command in the line */
	GRAMMAR_UNKNOWN,   /* a word right behind a `!`, like no command of ours */
};

/* What the word tells of the language; a word that is the same in both tells nothing. */
enum grammar_tongue { GRAMMAR_NEUTRAL, GRAMMAR_NL, GRAMMAR_EN };

struct grammar_line {
	const struct command *command; /* NULL with GRAMMAR_UNKNOWN */
	enum grammar_tongue tongue;    /* of `word` */
	const char *word;              /* the table's word that was typed or, with GRAMMAR_NEAR_MISS, meant */
	const char *typed;             /* the word as typed, cleaned, without `!` */
	const char *rest;              /* what follows, cleaned and tidied, markup stripped, lines kept; maybe "" */
};

/*
 * table is closed by NULL; its words are lower-case a-z. *ret_line is set unless the verdict is GRAMMAR_NONE;
 * its texts live in the arena.
 *
 * A near miss is one slip away (a letter too many, too few, wrong, or two swapped), two for words of
 * more than six letters; what was typed has three letters at least, and a wrong letter does not make a word of
 * three (`!zon` is not `!bon`).
 */
enum grammar_verdict grammar_find(struct arena *arena, const char *body, const struct command *const *table,
                                  struct grammar_line *ret_line) MUST_CHECK;

/* The language to answer in: the word's own, else the one given. */
enum language grammar_language(enum grammar_tongue tongue, enum language otherwise);

#endif
