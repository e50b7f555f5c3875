/*
 * Who will read what is said, and in what language. Whose group it is matters: names, and what people typed
 * in their own group, are not for others.
 */
#ifndef ROTONDE_SAY_READER_H
#define ROTONDE_SAY_READER_H

#include "people/group.h"
#include "people/house.h"
#include "store/view.h"
#include "text/language.h"
#include "text/message.h"

struct reader {
	const struct house *house;
	struct view *view;
	const struct group *group;
	enum language language;
};

/* SAY() to this reader: SAY_TO(reader, "bon.left", MSG_CENTS("left", left)). */
#define SAY_TO(reader, ...) SAY((reader)->house->catalogue, view_arena((reader)->view), (reader)->language, __VA_ARGS__)

#endif
