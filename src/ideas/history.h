/*
 * What happened to an idea, in order: it is the memory of why it stands as it does.
 */
#ifndef ROTONDE_IDEAS_HISTORY_H
#define ROTONDE_IDEAS_HISTORY_H

#include <stddef.h>
#include <stdint.h>

#include "ideas/idea.h"

extern const struct statements idea_history_statements;

enum { IDEA_HISTORY_MAX = 20 };

enum idea_change_kind {
	IDEA_CHANGE_NOTED,
	IDEA_CHANGE_EDITED,
	IDEA_CHANGE_ARCHIVED,
	IDEA_CHANGE_STATE,
	IDEA_CHANGE_JOINED,
	IDEA_CHANGE_PARTED, /* the others of its company are gone, or it goes on without them */
};

struct idea_change {
	int64_t idea;
	enum idea_change_kind what;
	int64_t person;
	int64_t at_ms;
	const char *old_text;   /* IDEA_CHANGE_EDITED: the words before it */
	enum idea_state state;  /* IDEA_CHANGE_STATE: what it became, with route and remark */
	enum idea_route route;
	const char *remark;
	int64_t other;          /* IDEA_CHANGE_JOINED: the idea it goes along with from here on */
};

/* at_ms is the turn's now. */
void idea_change_add(struct turn *turn, const struct idea_change *change);

/* Newest first, at most IDEA_HISTORY_MAX. */
struct idea_change *idea_history(struct view *view, int64_t id, size_t *ret_len);

#endif
