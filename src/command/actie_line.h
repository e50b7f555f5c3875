/*
 * What follows `!actie`, `!niet` and `!applaus`, understood. Pure: nothing is looked up or stored. text is as struct
 * request has it; what is returned lives in the arena.
 */
#ifndef ROTONDE_COMMAND_ACTIE_LINE_H
#define ROTONDE_COMMAND_ACTIE_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "people/house.h"
#include "text/when.h"

enum actie_wish {
	ACTIE_LIST,
	ACTIE_SHOW,
	ACTIE_TAKE,
	ACTIE_LOOK_BACK,
	ACTIE_ADD,
};

/* *ret_number with ACTIE_SHOW and ACTIE_TAKE, else 0. */
enum actie_wish actie_line_read(struct arena *arena, const char *text, int64_t *ret_number) MUST_CHECK;

/* "list", "show", "take", "look_back", "add". */
const char *actie_wish_format(enum actie_wish wish);

/* "Ik", "ik doe het!": somebody takes it. */
bool actie_takes(struct arena *arena, const char *text);

/* What is to be done, and by which day. */
struct actie_task {
	const char *text;  /* on one line; "" when there are no words */
	const char *due;   /* "2022-06-17", or NULL */
	const char *clock; /* "18:00", or NULL */
};

/*
 * text: without the name of who does it. No day is fine and so is one without a clock: an action has a day. Unless WHEN_OK
 * the day was meant but cannot be, and only the text is set.
 */
enum when_verdict actie_task_read(const struct house *house, struct arena *arena, const char *text, int64_t sent_at_ms, struct actie_task *ret_task) MUST_CHECK;

/* "7 te weinig animo": the number, and what follows or "". False when it does not begin with a number. */
bool niet_line_read(struct arena *arena, const char *text, int64_t *ret_number, const char **ret_reason) MUST_CHECK;

enum applaus_wish {
	APPLAUS_GIVE,
	APPLAUS_OFF, /* he does not want to be named */
	APPLAUS_ON,
};

/* "Fatima voor de soep" in two, each on one line; either may be "". */
struct applaus_line {
	enum applaus_wish wish;
	const char *whom;
	const char *why;  /* "voor de soep", with the word that joins it on */
};

void applaus_line_read(struct arena *arena, const char *text, struct applaus_line *ret_line);

#endif
