/*
 * Two persons who turn out to be one: the ghost of a phone and a Matrix account. From the link on all ids
 * of both are one person, with the rights of both; what was booked before stands under who did it then.
 *
 * A link can be undone, and the ids go back to whom they came from. What it leaves behind never goes
 * away: who were ever linked are one pair of eyes (DESIGN.md decision 4).
 */
#ifndef ROTONDE_PEOPLE_LINK_H
#define ROTONDE_PEOPLE_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "store/turn.h"

extern const struct statements link_statements;

/* In a statement: the person ?1 himself and all who are he now. */
#define LINK_MEMBERS "(SELECT ?1 UNION ALL SELECT id FROM person WHERE joined = ?1)"

/* In a statement: who the person in this column is now. People are counted by it, for several of them may be one. */
#define LINK_SELF(column) "(SELECT ifnull(self.joined, self.id) FROM person AS self WHERE self.id = " column ")"

enum link_verdict {
	LINK_DONE,
	LINK_ALREADY,   /* they are one already; of an undoing: they are not linked */
	LINK_BOTH_NAMED, /* both stand in the config by name: that is where to mend it */
};

/*
 * Make a and b one. The one who stands in the config stays, else the one we know longest; *ret_stays is he.
 * by: whose hand; 0 the config.
 */
enum link_verdict link_make(struct turn *turn, int64_t a, int64_t b, int64_t by, int64_t *ret_stays) MUST_CHECK;

/* Undo the latest link by which others became this person; *ret_other is who he is again. */
enum link_verdict link_undo(struct turn *turn, int64_t person, int64_t by, int64_t *ret_other) MUST_CHECK;

/* An id that the config moved from one name to another: it goes over alone, and both are one pair of eyes. */
void link_hand_over(struct turn *turn, const char *sender, int64_t from, int64_t to);

/* One person now. */
bool link_is_one(struct view *view, int64_t a, int64_t b);

/* One pair of eyes: one person now or at any time. */
bool link_was_one(struct view *view, int64_t a, int64_t b);

/* The person himself and all who are he now, he first. */
int64_t *link_members(struct view *view, int64_t person, size_t *ret_len);

#endif
