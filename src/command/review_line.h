/*
 * What follows the commands of the office, understood: numbers of receipts with a reason or a question, a sample,
 * a move of money. Pure: nothing is looked up or stored. text is as struct request has it; what is returned lives in
 * the arena.
 */
#ifndef ROTONDE_COMMAND_REVIEW_LINE_H
#define ROTONDE_COMMAND_REVIEW_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/money.h"
#include "budget/line.h"
#include "budget/sample.h"
#include "text/amount.h"

enum { REVIEW_NUMBERS_MAX = 20 };

/* "17 18 en 19 alleen ik ben er": numbers first, then words. */
struct review_line {
	int64_t numbers[REVIEW_NUMBERS_MAX];
	size_t len;
	const char *rest; /* what follows them; maybe "" */
};

/* At most `max` numbers; what follows is the rest, also when that begins with a number. */
void review_line_read(struct arena *arena, const char *text, size_t max, struct review_line *ret_line);

/* The reason behind "alleen" or "alone"; NULL when the rest does not begin with that word. */
const char *review_line_alone(struct arena *arena, const struct review_line *line) MUST_CHECK;

enum { SAMPLE_DEFAULT = 5 };

/* "5", "5 zaad 8c41f2" or nothing; false for anything else. */
struct sample_line {
	size_t count;
	bool has_seed;
	char seed[SAMPLE_SEED_DIGITS + 1];
};
bool sample_line_read(struct arena *arena, const char *text, struct sample_line *ret_line) MUST_CHECK;

/* "500 van Excursie naar Muurschilderingen want ...". */
struct move_line {
	enum amount_verdict amount_read;
	struct cents amount;     /* with AMOUNT_OK */
	const char *from;        /* between "van" and "naar"; NULL when they are not there */
	struct line_match from_match;
	const char *to;          /* the words that chose the other line */
	struct line_match to_match;
	const char *reason;      /* what follows; maybe "" */
};

/*
 * lines are those to choose from, each called by its owner and its name ("Kruitberg Moestuin"), so that a name
 * alone does where only one line has it.
 */
void move_line_read(struct arena *arena, const char *text, const struct line *lines, size_t lines_len, struct move_line *ret_line);

#endif
