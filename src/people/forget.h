/*
 * Being forgotten: what people/ keeps of somebody goes, but for what four eyes and the books need (docs/PRIVACY.md).
 * The row of the person stays, as a number without a name.
 */
#ifndef ROTONDE_PEOPLE_FORGET_H
#define ROTONDE_PEOPLE_FORGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "store/turn.h"

extern const struct statements forget_statements;

/*
 * Name, language and quiet of all who are he now; of a person of the config the name stays the config's. His ids go too,
 * so that his next message is a stranger's, unless in_books is set or he has a role, a link or a decision: then they
 * stay, for else he could come back as a second pair of eyes. True when they went. Call it when the rooms have forgotten
 * (people/memory.h): it also sees to it that the files of the database keep no trace of what went in this turn.
 */
bool forget_person(struct turn *turn, int64_t person, bool in_books);

/* His ids would stay for what people/ itself knows of him: he stands in the config, has a role, a link or a decision. */
bool forget_keeps_ids(struct view *view, int64_t person) MUST_CHECK;

/* How many ids he writes from. */
int64_t forget_count_ids(struct view *view, int64_t person);

#endif
