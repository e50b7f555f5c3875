/*
 * What follows the commands that take a word or two (`!ideeen`, `!budget`, `!taal`), understood.
 * Pure: nothing is looked up or stored. text is as struct request has it; what is returned lives in the arena.
 */
#ifndef ROTONDE_COMMAND_SHORT_LINES_H
#define ROTONDE_COMMAND_SHORT_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "ideas/idea.h"
#include "text/language.h"

struct ideeen_line {
	const char *words; /* to search for; NULL: none, list the newest */
	int64_t page;      /* 1 to IDEEEN_PAGE_MAX */
	bool by_state;     /* words are those of a state: list what stands so */
	enum idea_state state;
	enum idea_route route;
};

enum { IDEEEN_PAGE_MAX = 99 };

void ideeen_line_read(struct arena *arena, const char *text, struct ideeen_line *ret_line);

enum budget_scope {
	BUDGET_SCOPE_CORE, /* nothing was said: this core's, where there is one */
	BUDGET_SCOPE_ALL,  /* the whole neighbourhood */
	BUDGET_SCOPE_UNKNOWN,
};

/* With BUDGET_SCOPE_ALL *ret_language is that of the word ("!budget" itself is the same in both). */
enum budget_scope budget_scope_read(struct arena *arena, const char *text, enum language *ret_language) MUST_CHECK;

/* A language by one of its names: "nl", "engels", "Dutch". */
bool language_name_find(struct arena *arena, const char *text, enum language *ret_language) MUST_CHECK;

/* `!ikkom`: somebody comes, or not. */
struct coming_line {
	int64_t number; /* 0: not said */
	bool not;
};

void coming_line_read(struct arena *arena, const char *text, struct coming_line *ret_line);

/* `!ruil`: whose turns change. */
struct swap_line {
	int64_t number;   /* 0: not said */
	const char *with; /* NULL: not said */
};

void swap_line_read(struct arena *arena, const char *text, struct swap_line *ret_line);

#endif
