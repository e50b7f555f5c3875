/*
 * Whatever is typed after !agenda: it is read in little time, nothing of it is invented, and what is
 * understood makes sense. The first two bytes choose the moment it was sent, hour by hour over seven
 * years with their nights of summer time.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"
#include "text/appointment.h"
#include "text/duration.h"
#include "text/spoken.h"

enum { ARENA_BYTES = 64 * 1024 * 1024, TEXT_MAX = 8192 };

static const char *const places[] = { "Kruitberg", "4 Torens", "K-buurthuis" };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_when(const struct zone *zone, struct arena *arena, const struct when *when, int64_t sent_at_ms)
{
	INVARIANT(when->all_day ? when->start_ms > sent_at_ms - 400 * MS_PER_DAY : when->start_ms > sent_at_ms);
	INVARIANT(!when->has_end || when->end_ms > when->start_ms);
	for (enum language language = 0; language < LANGUAGE_MAX; language++) {
		INVARIANT(!str_empty(spoken_when(zone, arena, language, when)));
		INVARIANT(!when->rrule || !str_empty(spoken_rule(zone, arena, language, when->rrule)));
	}
}

static void check_spans(const struct when *when, const char *text)
{
	size_t end = 0;

	for (size_t i = 0; i < when->spans_len; i++) {
		INVARIANT(when->spans[i].at >= end && when->spans[i].len);
		end = when->spans[i].at + when->spans[i].len;
	}
	INVARIANT(end <= strlen(text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct zone *zone;
	AUTO_ARENA arena = arena_create(ARENA_BYTES);
	struct appointment appointment;
	struct durations durations;
	int64_t sent_at_ms;
	char *text;

	if (!zone)
		zone = zone_open("Europe/Amsterdam");
	INVARIANT(zone);
	if (size < 2 || size > TEXT_MAX || memchr(data + 2, 0, size - 2))
		return 0;
	sent_at_ms = INT64_C(1640991600000) + (data[0] << 8 | data[1]) * MS_PER_HOUR;
	text = arena_dup_n(arena, (const char *)data + 2, size - 2);
	switch (appointment_read(zone, arena, text, sent_at_ms, places, ARRAY_LEN(places), &appointment)) {
	case APPOINTMENT_OK:
		INVARIANT(!str_empty(appointment.title));
		check_when(zone, arena, &appointment.when, sent_at_ms);
		break;
	case APPOINTMENT_TITLE_MISSING:
		check_when(zone, arena, &appointment.when, sent_at_ms);
		break;
	case APPOINTMENT_WHEN_REFUSED:
		INVARIANT(!appointment.when.start_ms && !appointment.when.rrule);
		break;
	}
	check_spans(&appointment.when, text);
	if (utf8_valid(text, strlen(text))) {
		INVARIANT(!appointment.title || utf8_valid(appointment.title, strlen(appointment.title)));
		INVARIANT(!appointment.place || utf8_valid(appointment.place, strlen(appointment.place)));
	}
	if (durations_parse(arena, text, &durations))
		INVARIANT(durations.len && durations.minutes[durations.len - 1] > 0);
	return 0;
}
