/*
 * The words for what becomes of an idea, as `!route 12 bewonersinitiatief Venzo` and `!ideeen klaar` have them.
 * Pure; what is returned lives in the arena.
 */
#ifndef ROTONDE_COMMAND_IDEA_COURSE_H
#define ROTONDE_COMMAND_IDEA_COURSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "ideas/family.h"

/* The words at the beginning of text; its remark is what follows them, tidied. False when they are no such words. */
bool idea_course_read(struct arena *arena, const char *text, struct idea_course *ret_course) MUST_CHECK;

enum route_verdict {
	ROUTE_READ,
	ROUTE_NUMBER_MISSING,
	ROUTE_UNKNOWN,        /* a number, and no words for where to */
	ROUTE_REASON_MISSING, /* not now, but why? */
};

struct route_line {
	int64_t number; /* 0: none */
	struct idea_course course;
};

/* *ret_line has what could be read, whatever the verdict. */
enum route_verdict route_line_read(struct arena *arena, const char *text, struct route_line *ret_line) MUST_CHECK;

/* "mevrouw A uit Kruitberg idee bankje bij de lift": who wrote it on paper, and what. */
struct behalf_line {
	const char *name; /* with the core still in it; "" when there is none */
	const char *text; /* or "" */
};

void behalf_line_read(struct arena *arena, const char *text, struct behalf_line *ret_line);

#endif
