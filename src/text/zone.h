/*
 * The neighbourhood's time zone: what an instant (UTC, milliseconds) reads on the wall there, and
 * which instant a wall clock means. ICU's tz data decides; the zone keeps ICU's objects open once they
 * are used, for opening them is slow.
 *
 * A clock that daylight saving skips has no instant, one that it repeats has two. Who asks is told.
 */
#ifndef ROTONDE_TEXT_ZONE_H
#define ROTONDE_TEXT_ZONE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "text/language.h"
#include "text/wall.h"

struct zone;

enum zone_verdict {
	ZONE_OK,
	ZONE_DOUBLED,    /* the clock was set back and this hour came twice: the first is taken */
	ZONE_SKIPPED,    /* the clock was set forward over it: what it would have been without that is taken, 02:30 becomes 03:30 */
	ZONE_IMPOSSIBLE, /* no such date or clock in any zone; nothing is taken */
};

/* By its IANA name, "Europe/Amsterdam"; NULL for a name the tz data does not know. */
struct zone *zone_open(const char *name) MUST_CHECK;

/* NULL is fine. */
void zone_close(struct zone *zone);

/* The name it was opened by. */
const char *zone_name(const struct zone *zone);

struct wall zone_wall(const struct zone *zone, int64_t utc_ms);

/* Sets *ret_utc_ms unless the verdict is ZONE_IMPOSSIBLE. */
enum zone_verdict zone_instant(const struct zone *zone, const struct wall *wall, int64_t *ret_utc_ms) MUST_CHECK;

/* The first instant of the day: an all-day event starts here, and its end is where the day after its last starts. */
int64_t zone_day_start(const struct zone *zone, const struct wall *day);

/* "2022-06-15T20:00:00+02:00"; milliseconds are dropped. */
char *zone_format_iso(const struct zone *zone, struct arena *arena, int64_t utc_ms) MUST_CHECK;

/* "2022-06-15", the date on the wall. */
char *zone_format_date(const struct zone *zone, struct arena *arena, int64_t utc_ms) MUST_CHECK;

/* By an ICU pattern (UTS 35), in a language's names of days and months: "EEEE d MMMM y". */
char *zone_format_pattern(const struct zone *zone, struct arena *arena, enum language language, const char *pattern,
			  int64_t utc_ms) MUST_CHECK;

#endif
