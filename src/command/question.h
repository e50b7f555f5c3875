/*
 * Questions the bot asked and waits for (DESIGN.md decision 11). A question stands 30 minutes for one
 * person in one group. It is answered by a reply to it, or by that person's next message there when it
 * is exactly an option, a number of the list, an amount, a clock, or ja/nee. A new question to the same person
 * in the same group replaces the old.
 */
#ifndef ROTONDE_COMMAND_QUESTION_H
#define ROTONDE_COMMAND_QUESTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "command/command.h"
#include "people/memory.h"

extern const struct statements question_statements;

/* What is open with a person goes when he is forgotten. */
extern const struct memory question_memory;

enum question_answer {
	QUESTION_YES_NO,
	QUESTION_OPTION, /* one of options, by its words or its number */
	QUESTION_AMOUNT,
	QUESTION_CLOCK,  /* a time of the day, and nothing else: "20:00", "half acht"; by reply anything */
	QUESTION_TEXT,   /* only by reply: anything */
};

/* Ja or nee, in both languages and as people type it: "Ja!", "nee hoor", "ja, graag", "yes". False when it is neither. */
bool question_read_yes_no(struct arena *arena, const char *text, bool *ret_yes) MUST_CHECK;

/* What an answered question means: kind tells which row of question_kinds[] runs. */
struct question {
	const char *kind;      /* "bon.amount", "bon.line", "bon.same", "agenda.time" */
	int64_t subject;       /* the receipt, event or idea it is about */
	enum question_answer answer;
	const char *const *options;
	size_t options_len;
};

/* Ask: the words of the question are the request's answer; call it once per request, and end it COMMAND_DONE. */
void question_ask(struct request *request, const struct question *question);

/* How a question ended, for the command that asked. */
struct question_reply {
	int64_t subject;
	bool yes;             /* QUESTION_YES_NO */
	size_t option;        /* QUESTION_OPTION: index ... */
	const char *chosen;   /* ... and the words of that option */
	const char *text;     /* the words as typed */
};

struct question_kind {
	const char *kind;
	enum command_end (*run)(struct request *request, const struct question_reply *reply) MUST_CHECK;
};

/* Every kind of question, closed by a row without kind. In command/table.c, beside commands[]. */
extern const struct question_kind question_kinds[];

/* For the engine. The row of the outbox that carries the words of what this person was just asked, if he was. */
void question_bind(struct request *request, int64_t outbox);

/*
 * Is this message the answer to an open question? Then the question is over, *ret_kind must run in the
 * language the question was asked in, which request->language now is, and true is returned. Call it for
 * every message that is no command: one that does not answer counts as the next one, and from then on only a
 * reply answers. A command in between leaves the question as it was.
 */
bool question_take(struct request *request, const struct question_kind **ret_kind, struct question_reply *ret_reply) MUST_CHECK;

#endif
