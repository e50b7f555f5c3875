/*
 * Who holds an office stands in the books, for the books are what they decide about. What people decide is noted when it is
 * agreed (command/cmd_rol.c); what the config gives or takes is noted here.
 */
#ifndef ROTONDE_BUDGET_OFFICERS_H
#define ROTONDE_BUDGET_OFFICERS_H

#include <stddef.h>

#include "people/role.h"
#include "store/turn.h"

/* The config was read anew: note, by nobody's hand, each role that it gives now and did not before, or the other way round. */
void officers_note(struct turn *turn, const struct role_held *before, size_t before_len);

#endif
