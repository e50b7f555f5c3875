/*
 * How a group is called among people.
 */
#ifndef ROTONDE_SAY_GROUP_WORDS_H
#define ROTONDE_SAY_GROUP_WORDS_H

#include "base/compiler.h"
#include "people/group.h"
#include "people/house.h"
#include "store/turn.h"
#include "text/language.h"

/* "Kruitberg", "Kleiburg (kleiburg-fase-2)" for a core's further groups, "Coördinatoren". */
const char *group_words_name(const struct house *house, struct view *view, enum language language, const struct group *group) MUST_CHECK;

#endif
