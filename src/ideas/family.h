/*
 * Ideas that go together: alike ones whose author said so, each still with its own number, words and author.
 * The eldest they were joined into stands for all of them; state, route and remark are always the same for all.
 */
#ifndef ROTONDE_IDEAS_FAMILY_H
#define ROTONDE_IDEAS_FAMILY_H

#include <stddef.h>
#include <stdint.h>

#include "ideas/idea.h"

extern const struct statements idea_family_statements;

/* The idea that stands for all it goes together with: itself when it is alone. */
int64_t idea_family_of(const struct idea *idea);

enum { IDEA_FAMILY_MAX = 50 };

/* All that go together with it, itself included, by number; of more than IDEA_FAMILY_MAX the first. */
int64_t *idea_family_list(struct view *view, int64_t id, size_t *ret_len);

enum idea_join_verdict {
	IDEA_JOINED,
	IDEA_JOIN_GONE,     /* one of them is archived */
	IDEA_JOIN_TOGETHER, /* they go together already */
};

/* From now on id, and whatever goes along with it, goes along with other, and shares its state. */
enum idea_join_verdict idea_join(struct turn *turn, int64_t id, int64_t other, int64_t person) MUST_CHECK;

/* It goes on alone; when it stood for others, the eldest of them does from now on. Nothing when it is alone already. */
void idea_leave(struct turn *turn, int64_t id, int64_t person);

/* What a coordinator decides. */
struct idea_course {
	enum idea_state state;  /* none of IDEA_SUPPORTED and IDEA_ARCHIVED */
	enum idea_route route;  /* of IDEA_ROUTED, else IDEA_ROUTE_NONE */
	const char *remark;     /* or "" */
};

enum idea_route_verdict {
	IDEA_ROUTE_SET,
	IDEA_ROUTE_SAME,      /* it stood so already, with the same remark */
	IDEA_ROUTE_GONE,      /* archived */
	IDEA_ROUTE_NO_REASON, /* "not now" without why */
};

/* For it and all that go together with it; stays in the history of each. */
enum idea_route_verdict idea_set_course(struct turn *turn, int64_t id, int64_t person, const struct idea_course *course) MUST_CHECK;

#endif
