/*
 * The agenda and its reader of dates must mean the same: whatever somebody types as an appointment that
 * comes back, libical agrees that its start is the first time of its rule. And any text at all as a rule
 * is either refused or expanded in little time, forwards, each time at a clock that exists.
 */
#include "agenda/recurrence.h"
#include "fuzz/fuzz.h"
#include "text/appointment.h"

enum { ARENA_BYTES = 16 * 1024 * 1024, TEXT_MAX = 1024, STEPS = 50 };

/* Tuesday 14 June 2022, 09:00 in Amsterdam. */
#define SENT_MS INT64_C(1655190000000)


static void walk(const struct zone *zone, const struct series *series)
{
	AUTO_RECURRENCE recurrence = recurrence_open(zone, series);
	struct occurrence occurrence;
	int64_t before_ms = INT64_MIN;

	for (int i = 0; i < STEPS && recurrence_step(recurrence, &occurrence); i++) {
		INVARIANT(occurrence.at_ms > before_ms);
		INVARIANT(wall_exists(&occurrence.wall) && (occurrence.shifted || wall_compare(&occurrence.wall, &occurrence.planned) == 0));
		before_ms = occurrence.at_ms;
	}
	INVARIANT(before_ms > INT64_MIN);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct zone *zone;
	AUTO_ARENA arena = arena_create(ARENA_BYTES);
	struct series series = { .starts = { 2022, 6, 15, 20, 0, 0 } };
	struct appointment appointment;
	const char *text = fuzz_text(arena, data, size);

	if (!zone)
		zone = zone_open("Europe/Amsterdam");
	INVARIANT(zone);
	if (!text || size > TEXT_MAX)
		return 0;
	series.rrule = text;
	if (recurrence_check(zone, &series) == RECURRENCE_FINE)
		walk(zone, &series);
	if (appointment_read(zone, arena, text, SENT_MS, NULL, 0, &appointment) != APPOINTMENT_OK)
		return 0;
	series = (struct series){ zone_wall(zone, appointment.when.start_ms), appointment.when.all_day, appointment.when.rrule };
	INVARIANT(recurrence_check(zone, &series) == RECURRENCE_FINE);
	walk(zone, &series);
	return 0;
}
