#include "text/zone.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/ustring.h>

#include "base/clock.h"
#include "base/die.h"

enum {
	NAME_UNITS = 64,
	PATTERN_UNITS = 64,
	SPOKEN_UNITS = 128,
};

struct zone {
	char *name;
	UCalendar *calendar;               /* asked for offsets only: its own calendar turns Julian before 1582 */
	UDateFormat **formats; /* one a language, NULL until it has a date to say; each takes its pattern anew at every call */
};

static bool zone_is_known(const char *name, const UChar *id)
{
	UChar canonical[NAME_UNITS];
	UErrorCode status = U_ZERO_ERROR;
	UBool is_system_id = false;

	/* ICU opens an unknown name as if it were GMT, and takes "GMT+3"; neither is a place people live in. */
	ucal_getCanonicalTimeZoneID(id, -1, canonical, NAME_UNITS, &is_system_id, &status);
	return U_SUCCESS(status) && is_system_id && *name;
}

struct zone *zone_open(const char *name)
{
	UChar id[NAME_UNITS];
	UErrorCode status = U_ZERO_ERROR;
	struct zone *zone;

	if (strlen(name) >= NAME_UNITS)
		return NULL;
	for (const char *p = name; *p; p++) {
		if ((unsigned char)*p >= 0x80)
			return NULL;
	}
	u_charsToUChars(name, id, (int32_t)strlen(name) + 1);
	if (!zone_is_known(name, id))
		return NULL;

	zone = xcalloc(1, sizeof *zone);
	zone->name = xstrdup(name);
	zone->formats = xcalloc(LANGUAGE_MAX, sizeof *zone->formats);
	zone->calendar = ucal_open(id, -1, "en", UCAL_GREGORIAN, &status);
	if (U_FAILURE(status))
		die("ICU does not open zone %s: %s", name, u_errorName(status));
	return zone;
}

void zone_close(struct zone *zone)
{
	if (!zone)
		return;
	for (enum language language = 0; language < LANGUAGE_MAX; language++)
		udat_close(zone->formats[language]);
	free(zone->formats);
	ucal_close(zone->calendar);
	free(zone->name);
	free(zone);
}

const char *zone_name(const struct zone *zone)
{
	return zone->name;
}

static int64_t offset_ms(const struct zone *zone, int64_t utc_ms)
{
	UErrorCode status = U_ZERO_ERROR;
	int64_t offset;

	ucal_setMillis(zone->calendar, (UDate)utc_ms, &status);
	offset = ucal_get(zone->calendar, UCAL_ZONE_OFFSET, &status);
	offset += ucal_get(zone->calendar, UCAL_DST_OFFSET, &status);
	if (U_FAILURE(status))
		die("ICU gives no offset for zone %s: %s", zone->name, u_errorName(status));
	return offset;
}

struct wall zone_wall(const struct zone *zone, int64_t utc_ms)
{
	return wall_from_ms(utc_ms + offset_ms(zone, utc_ms));
}

/*
 * The offsets of a day earlier and a day later are the only two that can hold (no zone changes
 * twice in two days). A guess is right when its instant has the offset that made it: both right and
 * different is a doubled hour, neither right a skipped one.
 */
enum zone_verdict zone_instant(const struct zone *zone, const struct wall *wall, int64_t *ret_utc_ms)
{
	int64_t local, before, after;
	bool before_holds, after_holds;

	if (!wall_exists(wall))
		return ZONE_IMPOSSIBLE;
	local = wall_to_ms(wall);
	before = local - offset_ms(zone, local - MS_PER_DAY);
	after = local - offset_ms(zone, local + MS_PER_DAY);
	before_holds = local - offset_ms(zone, before) == before;
	after_holds = local - offset_ms(zone, after) == after;

	*ret_utc_ms = before_holds || !after_holds ? before : after;
	if (before_holds && after_holds)
		return before == after ? ZONE_OK : ZONE_DOUBLED;
	return before_holds || after_holds ? ZONE_OK : ZONE_SKIPPED;
}

int64_t zone_day_start(const struct zone *zone, const struct wall *day)
{
	struct wall midnight = { .year = day->year, .month = day->month, .day = day->day };
	int64_t utc_ms;

	switch (zone_instant(zone, &midnight, &utc_ms)) {
	case ZONE_OK:
	case ZONE_DOUBLED:
	case ZONE_SKIPPED: /* some zones change at midnight: the day then starts at 01:00 */
		return utc_ms;
	case ZONE_IMPOSSIBLE:
		break;
	}
	die("zone_day_start: no such day %d-%d-%d", day->year, day->month, day->day);
}

char *zone_format_iso(const struct zone *zone, struct arena *arena, int64_t utc_ms)
{
	int64_t offset = offset_ms(zone, utc_ms);
	struct wall wall = wall_from_ms(utc_ms + offset);
	int minutes = abs((int)(offset / MS_PER_MINUTE));

	return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", wall.year, wall.month, wall.day, wall.hour,
			    wall.minute, wall.second, offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

char *zone_format_date(const struct zone *zone, struct arena *arena, int64_t utc_ms)
{
	struct wall wall = zone_wall(zone, utc_ms);

	return wall_format_date(arena, &wall);
}

static UDateFormat *open_format(const char *zone, enum language language)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar id[NAME_UNITS];
	UDateFormat *format;

	u_charsToUChars(zone, id, (int32_t)strlen(zone) + 1);
	format = udat_open(UDAT_PATTERN, UDAT_PATTERN, language_format(language), id, -1, NULL, 0, &status);
	if (U_FAILURE(status))
		die("ICU does not open dates in %s: %s", language_format(language), u_errorName(status));
	return format;
}

/* The names of days and months are a megabyte of ICU, which a daemon that has said nothing yet does without. */
static UDateFormat *format_in(const struct zone *zone, enum language language)
{
	if (!zone->formats[language])
		zone->formats[language] = open_format(zone->name, language);
	return zone->formats[language];
}

char *zone_format_pattern(const struct zone *zone, struct arena *arena, enum language language, const char *pattern,
			  int64_t utc_ms)
{
	UDateFormat *format = format_in(zone, language);
	UErrorCode status = U_ZERO_ERROR;
	UChar pattern_units[PATTERN_UNITS], units[SPOKEN_UNITS];
	char text[SPOKEN_UNITS * 3];

	u_strFromUTF8(pattern_units, PATTERN_UNITS, NULL, pattern, -1, &status);
	if (U_FAILURE(status))
		die("date pattern \"%s\": %s", pattern, u_errorName(status));
	udat_applyPattern(format, false, pattern_units, -1);
	udat_format(format, (UDate)utc_ms, units, SPOKEN_UNITS, NULL, &status);
	u_strToUTF8(text, sizeof text, NULL, units, -1, &status);
	if (U_FAILURE(status))
		die("date pattern \"%s\" does not format: %s", pattern, u_errorName(status));
	return arena_dup(arena, text);
}
