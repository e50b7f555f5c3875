/*
 * What the explainers of single commands share: the message in hand, and how its fields are written.
 */
#ifndef ROTONDE_CLI_EXPLAIN_FIELDS_H
#define ROTONDE_CLI_EXPLAIN_FIELDS_H

#include <stdint.h>

#include "base/arena.h"
#include "cli/explain.h"
#include "text/language.h"

struct command;

/* One message being explained. */
struct explanation {
	const struct explain_place *place;
	struct arena *arena;
	const char *text;        /* what follows the command word */
	enum language language;  /* to answer in; what follows the word may change it */
	const char *error;       /* a code, or NULL */
	struct cJSON *fields;
};

/* How one command is explained: it adds fields, and says what is wrong. */
struct explainer {
	const struct command *command;
	void (*explain)(struct explanation *about);
};

/* Closed by a row without a command. */
extern const struct explainer explain_money[];
extern const struct explainer explain_agenda[];

/* text NULL: null. */
void explain_set_text(struct explanation *about, const char *key, const char *text);

/* Numbers of ideas, receipts and events start at 1; 0: null. */
void explain_set_number(struct explanation *about, int64_t number);

#endif
