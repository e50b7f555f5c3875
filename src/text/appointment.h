/*
 * An appointment as people type it, whole: when it is, where, and what it is called.
 *
 *	WOENSDAGAVOND 15 JUNI 20:00, bijeenkomst actieve bewoners, HRHolst, iedereen welkom
 *
 * is on 2022-06-15 at 20:00, in HRHolst, and called "bijeenkomst actieve bewoners, iedereen welkom".
 */
#ifndef ROTONDE_TEXT_APPOINTMENT_H
#define ROTONDE_TEXT_APPOINTMENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "text/when.h"
#include "text/zone.h"

enum appointment_verdict {
	APPOINTMENT_OK,
	APPOINTMENT_WHEN_REFUSED, /* see when_verdict */
	APPOINTMENT_TITLE_MISSING,
};

struct appointment {
	struct when when;
	enum when_verdict when_verdict;
	const char *title; /* the writer's words and capitals, one line; NULL when missing */
	const char *place; /* NULL when not said */
};

/*
 * names are the places the neighbourhood knows, matched without regard to capitals and accents.
 * All but the time is set whatever the verdict, and lives in the arena (a known place in names).
 */
enum appointment_verdict appointment_read(const struct zone *zone, struct arena *arena, const char *text, int64_t sent_at_ms,
					  const char *const *names, size_t names_len, struct appointment *ret_appointment) MUST_CHECK;

/* The same for what is to be done rather than attended: a place is a part of the title. */
enum appointment_verdict appointment_read_placeless(const struct zone *zone, struct arena *arena, const char *text, int64_t sent_at_ms,
						    struct appointment *ret_appointment) MUST_CHECK;

/* "date.missing", "title.missing", as `rotonde explain` prints it; NULL for APPOINTMENT_OK. */
const char *appointment_code(enum appointment_verdict verdict, const struct appointment *appointment);

#endif
