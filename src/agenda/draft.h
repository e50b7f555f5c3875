/*
 * An appointment without a clock ("vrijdagavond bbq"), kept while its author is asked how late it is. It
 * has no number and nobody sees it.
 */
#ifndef ROTONDE_AGENDA_DRAFT_H
#define ROTONDE_AGENDA_DRAFT_H

#include <stdbool.h>
#include <stdint.h>

#include "store/turn.h"

extern const struct statements agenda_draft_statements;

struct agenda_draft {
	int64_t id;
	int64_t author;
	const char *message;  /* the id of the message it was typed in */
	const char *typed;    /* what followed the command word */
	int64_t typed_at_ms;
};

/* Its id, for the question. The same message again replaces the words. */
int64_t draft_keep(struct turn *turn, const struct agenda_draft *draft);

bool draft_find(struct view *view, int64_t id, struct agenda_draft *ret_draft) MUST_CHECK;
bool draft_find_typed(struct view *view, const char *message, struct agenda_draft *ret_draft) MUST_CHECK;

/* It became an event, or its message was taken back. */
void draft_drop(struct turn *turn, int64_t id);

#endif
