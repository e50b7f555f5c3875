/*
 * What follows `!help`, understood. Pure: nothing is looked up or stored. text is as struct request has it; what
 * is returned lives in the arena.
 */
#ifndef ROTONDE_COMMAND_HELP_LINE_H
#define ROTONDE_COMMAND_HELP_LINE_H

#include "base/arena.h"
#include "base/compiler.h"
#include "command/command.h"
#include "command/grammar.h"

enum help_subject {
	HELP_SUBJECT_FIRST,   /* nothing was said: what he needs most here */
	HELP_SUBJECT_ALL,     /* "alles": every word */
	HELP_SUBJECT_TOPIC,   /* "geld": the words that go together */
	HELP_SUBJECT_COMMAND, /* "bon", "!receipt", or nearly so */
	HELP_SUBJECT_UNKNOWN,
};

struct help_line {
	enum command_topic topic;      /* with HELP_SUBJECT_TOPIC */
	const struct command *command; /* with HELP_SUBJECT_COMMAND */
	enum grammar_tongue tongue;    /* of the word; neutral with HELP_SUBJECT_FIRST and _UNKNOWN */
	const char *word;              /* in Dutch; NULL with HELP_SUBJECT_FIRST and _UNKNOWN */
	const char *typed;             /* with HELP_SUBJECT_UNKNOWN: cleaned, without `!` */
};

enum help_subject help_line_read(struct arena *arena, const char *text, struct help_line *ret_line) MUST_CHECK;

#endif
