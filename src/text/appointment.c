#include "text/appointment.h"

#include "text/when/place.h"
#include "text/when/title.h"
#include "text/when/token.h"

/* Marks the tokens that lie in the spans. */
static void spans_take(const struct phrase *phrase, const struct when *when, bool *taken)
{
	size_t span = 0;

	for (size_t i = 0; i < phrase->len; i++) {
		size_t at = token_at(phrase, i)->at;

		while (span < when->spans_len && at >= when->spans[span].at + when->spans[span].len)
			span++;
		taken[i] = span < when->spans_len && at >= when->spans[span].at;
	}
}

static enum appointment_verdict verdict_of(const struct appointment *appointment)
{
	if (appointment->when_verdict != WHEN_OK)
		return APPOINTMENT_WHEN_REFUSED;
	return appointment->title ? APPOINTMENT_OK : APPOINTMENT_TITLE_MISSING;
}

enum appointment_verdict appointment_read(const struct zone *zone, struct arena *arena, const char *text, int64_t sent_at_ms,
					  const char *const *names, size_t names_len, struct appointment *ret_appointment)
{
	struct phrase phrase = phrase_split(arena, text);
	bool *taken = arena_array(arena, bool, phrase.len);
	struct appointment appointment;

	appointment.when_verdict = when_read(zone, arena, text, sent_at_ms, &appointment.when);
	spans_take(&phrase, &appointment.when, taken);
	appointment.place = place_take(arena, &phrase, taken, names, names_len);
	appointment.title = title_compose(arena, &phrase, taken);
	*ret_appointment = appointment;
	return verdict_of(&appointment);
}

enum appointment_verdict appointment_read_placeless(const struct zone *zone, struct arena *arena, const char *text, int64_t sent_at_ms,
						    struct appointment *ret_appointment)
{
	struct phrase phrase = phrase_split(arena, text);
	bool *taken = arena_array(arena, bool, phrase.len);
	struct appointment appointment = { 0 };

	appointment.when_verdict = when_read(zone, arena, text, sent_at_ms, &appointment.when);
	spans_take(&phrase, &appointment.when, taken);
	appointment.title = title_compose(arena, &phrase, taken);
	*ret_appointment = appointment;
	return verdict_of(&appointment);
}

const char *appointment_code(enum appointment_verdict verdict, const struct appointment *appointment)
{
	switch (verdict) {
	case APPOINTMENT_OK:
		return NULL;
	case APPOINTMENT_WHEN_REFUSED:
		return when_verdict_code(appointment->when_verdict);
	case APPOINTMENT_TITLE_MISSING:
		return "title.missing";
	}
	return NULL;
}
