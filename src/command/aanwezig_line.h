/*
 * What follows `!aanwezig`, understood: "Kruitberg, Kleiburg", "Kleiburg en Toren 1 12 november", "weg Kruitberg".
 * Pure: nothing is looked up or stored.
 */
#ifndef ROTONDE_COMMAND_AANWEZIG_LINE_H
#define ROTONDE_COMMAND_AANWEZIG_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "people/group.h"
#include "text/zone.h"

enum aanwezig_action {
	AANWEZIG_LIST,
	AANWEZIG_NOTE,
	AANWEZIG_UNDO,
};

struct aanwezig_line {
	enum aanwezig_action action;
	const struct core **cores; /* as named, maybe none */
	size_t cores_len;
	const char *unknown;       /* what is no core and no day, a comma between; "" when all was understood */
	const char *day;           /* the last such day up to the day it was sent: "2022-11-12"; NULL when none was named */
	bool in_future;            /* the day named is still to come */
};

void aanwezig_line_read(const struct zone *zone, struct arena *arena, const struct core *cores, size_t len, const char *text,
			int64_t sent_at_ms, struct aanwezig_line *ret_line);

/* "list", "note", "undo". */
const char *aanwezig_action_format(enum aanwezig_action action);

#endif
