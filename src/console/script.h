/*
 * The lines of a console script (DESIGN.md, "Surfaces"), read into what they mean. Pure: text in,
 * struct out.
 *
 *	[kruitberg] fatima: !idee fietsenrek bij de lift
 *	[kruitberg] lead: photo receipt.jpg !bon 12,50 verf
 *	  a line starting with two spaces continues the text
 *	[kruitberg] fatima: reply #3 ja
 *	@now 2022-06-15T19:00
 *	# comment
 *
 * A printed transcript is a script too: "#4 " before a name is passed over, and what rotonde said in
 * it is what a golden test expects, not something to play.
 */
#ifndef ROTONDE_CONSOLE_SCRIPT_H
#define ROTONDE_CONSOLE_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/event.h"

enum { SCRIPT_PHOTOS_MAX = 10 };

enum script_kind {
	SCRIPT_NOTHING,  /* empty line or comment: printed as it is */
	SCRIPT_EXPECTED, /* what rotonde said when this transcript was made */
	SCRIPT_MESSAGE,
	SCRIPT_EDIT,
	SCRIPT_DELETE,
	SCRIPT_REACT,
	SCRIPT_NOW,      /* @now TIME */
	SCRIPT_CRASH,    /* @crash */
	SCRIPT_JOIN,     /* @join GROUP: the bot is taken into this group (again) */
	SCRIPT_ERROR,    /* `error` tells what was expected */
};

struct script_line {
	enum script_kind kind;
	const char *group;   /* "kruitberg", "@fatima" */
	const char *sender;  /* "fatima" */
	const char *said;    /* all behind the name, as it stood there: for the transcript */
	const char *text;    /* words of the message; lines joined by newlines; never NULL */
	const char *photos[SCRIPT_PHOTOS_MAX];
	size_t photos_len;
	int64_t number;      /* `reply`, `edit`, `delete`, `react`: the message meant; 0: none */
	const char *emoji;
	const char *time;    /* @now and `sent`: "2022-06-15T19:00", not checked; or NULL */
	enum trust trust;    /* `trust=`; TRUST_DIRECT when unsaid */
	const char *error;
};

/* One line with its continuation lines, newlines between, without the last newline. */
struct script_line script_parse(struct arena *arena, const char *text) MUST_CHECK;

/* Does this line continue the one before? */
bool script_continues(const char *line);

#endif
