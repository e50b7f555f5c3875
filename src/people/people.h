/*
 * The people of the config into the database: cores, groups, persons and roles. The file is the
 * authority for what stands in it; what was taken out of it keeps its row for the history.
 */
#ifndef ROTONDE_PEOPLE_PEOPLE_H
#define ROTONDE_PEOPLE_PEOPLE_H

#include "config/config.h"
#include "store/turn.h"

extern const struct statements people_statements;

/* At every start; changes nothing when nothing changed. */
void people_import(struct turn *turn, const struct config *config);

#endif
