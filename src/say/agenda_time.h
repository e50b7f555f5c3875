/*
 * The time of what stands on the agenda, in words, for who reads it now.
 */
#ifndef ROTONDE_SAY_AGENDA_TIME_H
#define ROTONDE_SAY_AGENDA_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "agenda/event.h"
#include "base/compiler.h"
#include "say/reader.h"

/*
 * "woensdag 15 juni 2022 om 20:00", "zaterdag 10 t/m zaterdag 17 september 2022", "elke donderdag van 10:00 tot
 * 11:30, de eerstvolgende keer donderdag 16 juni 2022".
 */
char *agenda_time_full(const struct reader *reader, const struct agenda_event *event) MUST_CHECK;

/* For a list: "wo 15 jun 20:00", of a series its next time. */
char *agenda_time_short(const struct reader *reader, const struct agenda_event *event) MUST_CHECK;

/* To begin a reminder with: "Vanavond om 20:00", "Morgen om 10:00", "Woensdag 22 juni 2022 om 20:00 (over 7 dagen)". */
char *agenda_time_near(const struct reader *reader, const struct agenda_event *event, int64_t now_ms) MUST_CHECK;

/* When it was, before a change: "woensdag 15 juni 2022 om 20:00". */
char *agenda_time_wall(const struct reader *reader, const struct wall *wall, bool all_day) MUST_CHECK;

/* "donderdag 23 juni 2022 van 20:00 tot 22:00": once, without its rule. */
char *agenda_time_span(const struct reader *reader, const struct timing *timing) MUST_CHECK;

/* "7 dagen, 1 dag en 2 uur". */
char *agenda_time_offsets(const struct reader *reader, const int64_t *offsets_ms, size_t len) MUST_CHECK;

/* The rule of a series: "elke donderdag", "elke laatste vrijdag van de maand". */
char *agenda_time_rule(const struct reader *reader, const struct agenda_event *event) MUST_CHECK;

/* Summer time skips the clock of the next time, so that it begins an hour later than planned. */
bool agenda_time_is_shifted(const struct reader *reader, const struct agenda_event *event);

#endif
