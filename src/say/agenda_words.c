#include "say/agenda_words.h"

#include "agenda/attendance.h"
#include "agenda/exception.h"
#include "agenda/joint.h"
#include "agenda/reminder.h"
#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "people/group.h"
#include "say/chair_words.h"
#include "text/mask.h"
#include "text/unicode.h"
#include "text/zone.h"

/* In characters as a reader counts them; a list with its heading and what follows stays within 600. */
enum { LINE_TITLE_MAX = 40, TITLE_MAX = 160, PLACE_MAX = 60, REASON_MAX = 120 };

enum { CARD_EXCEPTIONS_MAX = 3 };

/* What this reader may see of words that somebody typed, on one line. */
static const char *words_for(const struct reader *reader, const struct agenda_event *event, const char *words, size_t max)
{
	struct arena *arena = view_arena(reader->view);
	char *line = arena_dup(arena, words);

	for (char *at = line; *at; at++) {
		if (*at == '\n')
			*at = ' ';
	}
	if (event->core && event->core != reader->group->core)
		line = mask_contacts(arena, line);
	return unicode_cut(arena, unicode_tidy(arena, line), max);
}

/* "bbq, de tuin". */
static const char *title_and_place(const struct reader *reader, const struct agenda_event *event)
{
	const char *title = words_for(reader, event, event->title, TITLE_MAX);

	if (!event->place)
		return title;
	return arena_printf(view_arena(reader->view), "%s, %s", title, words_for(reader, event, event->place, PLACE_MAX));
}

const char *agenda_words_line(const struct reader *reader, const struct agenda_event *event)
{
	struct arena *arena = view_arena(reader->view);
	const char *text = arena_printf(arena, "%s, %s", words_for(reader, event, event->title, TITLE_MAX), agenda_time_full(reader, event));

	if (!event->place)
		return text;
	return arena_printf(arena, "%s, %s", text, words_for(reader, event, event->place, PLACE_MAX));
}

/* "Kruitberg en Kleiburg". */
static const char *with_joined(const struct reader *reader, const struct agenda_event *event, const char *owner)
{
	size_t len;
	const int64_t *cores = joint_cores(reader->view, event->number, &len);

	for (size_t i = 0; i < len; i++)
		owner = SAY_TO(reader, "agenda.and", MSG_TEXT("first", owner), MSG_TEXT("last", core_get(reader->view, cores[i]).name));
	return owner;
}

static const char *owner(const struct reader *reader, const struct agenda_event *event)
{
	if (!event->core)
		return SAY_TO(reader, "agenda.owner.neighbourhood");
	return with_joined(reader, event, core_get(reader->view, event->core).name);
}

static const char *line(const struct reader *reader, const struct agenda_event *event)
{
	struct arena *arena = view_arena(reader->view);
	const char *text = words_for(reader, event, event->title, LINE_TITLE_MAX);

	if (event->timing.rrule)
		text = arena_printf(arena, "%s (%s)", text, agenda_time_rule(reader, event));
	if (!event->core && reader->group->core)
		text = SAY_TO(reader, "agenda.list.of_all", MSG_TEXT("title", text));
	return SAY_TO(reader, "agenda.list.line", MSG_INT("number", event->number), MSG_TEXT("when", agenda_time_short(reader, event)),
		      MSG_TEXT("title", text));
}

static char *list_heading(const struct reader *reader, size_t len)
{
	if (len == 0)
		return SAY_TO(reader, "agenda.list.none");
	if (!reader->group->core)
		return SAY_TO(reader, "agenda.list.neighbourhood");
	return SAY_TO(reader, "agenda.list.core", MSG_TEXT("core", core_get(reader->view, reader->group->core).name));
}

char *agenda_words_list(const struct reader *reader, const struct agenda_event *events, size_t len, size_t more, int64_t page)
{
	struct arena *arena = view_arena(reader->view);
	char *text;

	if (len == 0 && page > 1)
		return SAY_TO(reader, "agenda.list.no_more");
	text = list_heading(reader, len);
	if (len == 0)
		return text;
	for (size_t i = 0; i < len; i++)
		text = arena_printf(arena, "%s\n%s", text, line(reader, &events[i]));
	if (more)
		text = arena_printf(arena, "%s\n%s", text, SAY_TO(reader, "agenda.list.more", MSG_INT("count", (int64_t)more), MSG_INT("page", page + 1)));
	return arena_printf(arena, "%s\n%s", text, SAY_TO(reader, "agenda.list.open", MSG_INT("number", events[0].number)));
}

static const char *reminders(const struct reader *reader, const struct agenda_event *event)
{
	size_t len;
	const int64_t *offsets = reminder_offsets(reader->house, reader->view, event, &len);

	if (len == 0)
		return SAY_TO(reader, "agenda.reminders.none");
	return SAY_TO(reader, "agenda.reminders", MSG_TEXT("offsets", agenda_time_offsets(reader, offsets, len)));
}

static const char *called_off(const struct reader *reader, const struct agenda_event *event)
{
	int64_t joint = joint_find(reader->view, event->number);

	if (joint)
		return SAY_TO(reader, "agenda.card.joint", MSG_INT("other", joint));
	if (!event->reason)
		return SAY_TO(reader, "agenda.card.cancelled");
	return SAY_TO(reader, "agenda.card.cancelled_why", MSG_TEXT("reason", words_for(reader, event, event->reason, REASON_MAX)));
}

/* "bbq, zaterdag 18 juni om 17:00": of a series its next time alone. */
static const char *next_time(const struct reader *reader, const struct agenda_event *event)
{
	return arena_printf(view_arena(reader->view), "%s, %s", words_for(reader, event, event->title, TITLE_MAX),
			    agenda_time_wall(reader, &event->next, event->timing.all_day));
}

char *agenda_words_coming(const struct reader *reader, const struct agenda_event *event)
{
	return SAY_TO(reader, "ikkom.noted", MSG_INT("number", event->number), MSG_TEXT("what", next_time(reader, event)),
		      MSG_INT("count", attendance_count(reader->view, event)));
}

char *agenda_words_not_coming(const struct reader *reader, const struct agenda_event *event)
{
	return SAY_TO(reader, "ikkom.not", MSG_INT("number", event->number), MSG_TEXT("what", next_time(reader, event)));
}

/* "donderdag 23 juni 2022 om 14:00" of a time of the series. */
static const char *moment(const struct reader *reader, const struct timing *timing)
{
	return agenda_time_wall(reader, &timing->starts, timing->all_day);
}

/* The times to come that are not as always, as many as a card has room for. */
static char *with_exceptions(const struct reader *reader, const struct agenda_event *event, char *card)
{
	struct wall today = zone_wall(reader->house->zone, view_now_ms(reader->view));
	size_t len, shown = 0;
	const struct timing_exception *exceptions = exception_list(reader->view, event->number, &len);

	for (size_t i = 0; i < len && shown < CARD_EXCEPTIONS_MAX; i++) {
		struct timing planned;
		char *words;

		if (wall_to_days(exceptions[i].off ? &exceptions[i].day : &exceptions[i].starts) < wall_to_days(&today) ||
		    !timing_falls_on(reader->house->zone, &event->timing, &exceptions[i].day, &planned))
			continue;
		if (exceptions[i].off)
			words = SAY_TO(reader, "agenda.card.once_off", MSG_TEXT("was", moment(reader, &planned)));
		else
			words = SAY_TO(reader, "agenda.card.once_moved", MSG_TEXT("was", moment(reader, &planned)),
				       MSG_TEXT("now", agenda_time_wall(reader, &exceptions[i].starts, event->timing.all_day)));
		card = arena_printf(view_arena(reader->view), "%s\n%s", card, words);
		shown++;
	}
	return card;
}

char *agenda_words_card(const struct reader *reader, const struct agenda_event *event)
{
	struct arena *arena = view_arena(reader->view);
	char *card = SAY_TO(reader, "agenda.card", MSG_INT("number", event->number), MSG_TEXT("owner", owner(reader, event)),
			    MSG_TEXT("title", words_for(reader, event, event->title, TITLE_MAX)));
	const char *chair;

	card = arena_printf(arena, "%s\n%s", card, SAY_TO(reader, "agenda.card.when", MSG_TEXT("when", agenda_time_full(reader, event))));
	if (event->place)
		card = arena_printf(arena, "%s\n%s", card,
				    SAY_TO(reader, "agenda.card.place", MSG_TEXT("place", words_for(reader, event, event->place, PLACE_MAX))));
	if (event->has_next && event->timing.rrule)
		card = with_exceptions(reader, event, card);
	if (agenda_time_is_shifted(reader, event))
		card = arena_printf(arena, "%s\n%s", card, SAY_TO(reader, "agenda.shifted"));
	if (event->status == AGENDA_CANCELLED)
		return arena_printf(arena, "%s\n%s", card, called_off(reader, event));
	if (!event->has_next)
		return arena_printf(arena, "%s\n%s", card, SAY_TO(reader, "agenda.card.over"));
	chair = chair_words_list(reader, event);
	if (chair)
		card = arena_printf(arena, "%s\n%s", card, chair);
	card = arena_printf(arena, "%s\n%s", card, reminders(reader, event));
	return arena_printf(arena, "%s\n%s", card,
			    SAY_TO(reader, "agenda.card.coming", MSG_INT("count", attendance_count(reader->view, event)),
				   MSG_INT("number", event->number)));
}

char *agenda_words_noted(const struct reader *reader, const struct agenda_event *event)
{
	struct arena *arena = view_arena(reader->view);
	char *text = SAY_TO(reader, "agenda.noted", MSG_INT("number", event->number), MSG_TEXT("what", agenda_words_line(reader, event)));

	if (!event->has_next)
		return arena_printf(arena, "%s %s", text, SAY_TO(reader, "agenda.noted.past"));
	if (!event->core)
		text = arena_printf(arena, "%s %s", text, SAY_TO(reader, "agenda.noted.for_all"));
	if (agenda_time_is_shifted(reader, event))
		text = arena_printf(arena, "%s %s", text, SAY_TO(reader, "agenda.shifted"));
	/* The day of a series cannot be moved, and a clock would make an evening of a whole week. */
	return arena_printf(arena, "%s %s", text,
			    event->timing.all_day && !event->timing.rrule ?
				    SAY_TO(reader, "agenda.noted.how_day", MSG_INT("number", event->number)) :
				    SAY_TO(reader, "agenda.noted.how", MSG_INT("number", event->number)));
}

char *agenda_words_twice(const struct reader *reader, const struct agenda_event *event)
{
	return SAY_TO(reader, "agenda.same", MSG_INT("number", event->number), MSG_TEXT("what", agenda_words_line(reader, event)),
		      MSG_INT("other", event->same_as));
}

char *agenda_words_moved(const struct reader *reader, const struct agenda_event *event)
{
	return SAY_TO(reader, "agenda.moved", MSG_INT("number", event->number), MSG_TEXT("what", agenda_words_line(reader, event)));
}

char *agenda_words_edited(const struct reader *reader, const struct agenda_event *event)
{
	return SAY_TO(reader, "agenda.edited", MSG_INT("number", event->number), MSG_TEXT("what", agenda_words_line(reader, event)));
}

/* why NULL: not said. */
static char *with_why(const struct reader *reader, const struct agenda_event *event, const char *why, char *text)
{
	if (!why)
		return text;
	return arena_printf(view_arena(reader->view), "%s %s", text,
			    SAY_TO(reader, "agenda.why", MSG_TEXT("reason", words_for(reader, event, why, REASON_MAX))));
}

static char *with_reason(const struct reader *reader, const struct agenda_event *event, char *text)
{
	return with_why(reader, event, event->reason, text);
}

char *agenda_words_cancelled(const struct reader *reader, const struct agenda_event *event)
{
	return with_reason(reader, event,
			   SAY_TO(reader, "agenda.cancelled", MSG_INT("number", event->number), MSG_TEXT("what", agenda_words_line(reader, event))));
}

/* What comes instead of a time that is off: nothing to say when another stands before it, or it was the last. */
static char *with_next(const struct reader *reader, const struct agenda_event *event, const struct wall *off, char *text)
{
	if (!event->has_next || wall_compare(&event->next, off) < 0)
		return text;
	return arena_printf(view_arena(reader->view), "%s %s", text,
			    SAY_TO(reader, "agenda.once.next", MSG_TEXT("next", agenda_time_wall(reader, &event->next, event->timing.all_day))));
}

char *agenda_words_once(const struct reader *reader, const struct agenda_event *event, const struct agenda_once *once)
{
	const char *title = words_for(reader, event, event->title, TITLE_MAX);

	if (once->off)
		return with_why(reader, event, once->reason,
				with_next(reader, event, &once->timing.starts,
					  SAY_TO(reader, "agenda.once.off", MSG_INT("number", event->number), MSG_TEXT("title", title),
						 MSG_TEXT("when", moment(reader, &once->timing)))));
	if (timing_equal(&once->timing, &once->planned))
		return SAY_TO(reader, "agenda.once.restored", MSG_INT("number", event->number), MSG_TEXT("title", title),
			      MSG_TEXT("when", moment(reader, &once->timing)));
	return SAY_TO(reader, "agenda.once.moved", MSG_INT("number", event->number), MSG_TEXT("title", title),
		      MSG_TEXT("when", agenda_time_span(reader, &once->timing)), MSG_TEXT("was", moment(reader, &once->planned)));
}

char *agenda_words_reminders(const struct reader *reader, const struct agenda_event *event)
{
	return SAY_TO(reader, "agenda.reminders.set", MSG_INT("number", event->number), MSG_TEXT("reminders", reminders(reader, event)));
}

static char *off(const struct reader *reader, int64_t number)
{
	int64_t joint = joint_find(reader->view, number);

	if (joint)
		return SAY_TO(reader, "agenda.joint", MSG_INT("number", number), MSG_INT("other", joint));
	return SAY_TO(reader, "agenda.off", MSG_INT("number", number));
}

char *agenda_words_refused(const struct reader *reader, enum agenda_verdict verdict, int64_t number, const struct agenda_event *event)
{
	switch (verdict) {
	case AGENDA_DONE:
	case AGENDA_TWICE:
		return NULL;
	case AGENDA_UNCHANGED:
		return SAY_TO(reader, "agenda.unchanged", MSG_INT("number", number), MSG_TEXT("what", agenda_words_line(reader, event)));
	case AGENDA_UNKNOWN:
		return SAY_TO(reader, "agenda.unknown", MSG_INT("number", number));
	case AGENDA_NOT_YOURS:
		if (!event->core)
			return SAY_TO(reader, "agenda.not_yours_all", MSG_INT("number", number));
		return SAY_TO(reader, "agenda.not_yours", MSG_INT("number", number), MSG_TEXT("core", owner(reader, event)));
	case AGENDA_OFF:
		return off(reader, number);
	case AGENDA_OVER:
		return SAY_TO(reader, "agenda.over", MSG_INT("number", number), MSG_TEXT("what", agenda_words_line(reader, event)));
	case AGENDA_PAST:
		return SAY_TO(reader, "agenda.past");
	case AGENDA_SKIPPED_HOUR:
		return SAY_TO(reader, "agenda.skipped_hour");
	case AGENDA_ENDS_BEFORE:
		return SAY_TO(reader, "agenda.ends_before");
	case AGENDA_SERIES_DAY:
		return SAY_TO(reader, "agenda.series_day", MSG_INT("number", number), MSG_TEXT("rule", agenda_time_rule(reader, event)));
	case AGENDA_NO_HOME:
		return SAY_TO(reader, "agenda.no_home");
	case AGENDA_RULE:
		return SAY_TO(reader, "agenda.rule_refused");
	case AGENDA_NO_DAY:
		return SAY_TO(reader, "agenda.once.no_day", MSG_INT("number", number), MSG_TEXT("what", agenda_words_line(reader, event)));
	case AGENDA_NOT_SERIES:
		return SAY_TO(reader, "agenda.not_series", MSG_INT("number", number), MSG_TEXT("what", agenda_words_line(reader, event)));
	case AGENDA_OTHER_KIND:
		return SAY_TO(reader, event->timing.all_day ? "agenda.once.all_day" : "agenda.once.clock", MSG_INT("number", number));
	case AGENDA_NO_CLOCK:
		return SAY_TO(reader, "agenda.no_clock", MSG_INT("number", number));
	}
	die("agenda verdict %d", (int)verdict);
}

static char *reminder(const struct reader *reader, const struct agenda_notice *notice, int64_t now_ms)
{
	char *text = SAY_TO(reader, "agenda.reminder", MSG_TEXT("when", agenda_time_near(reader, &notice->event, now_ms)),
			    MSG_TEXT("what", title_and_place(reader, &notice->event)), MSG_INT("number", notice->event.number));

	if (!agenda_time_is_shifted(reader, &notice->event))
		return text;
	return arena_printf(view_arena(reader->view), "%s %s", text, SAY_TO(reader, "agenda.shifted"));
}

static char *announced_move(const struct reader *reader, const struct agenda_notice *notice)
{
	const struct agenda_event *event = &notice->event;
	const char *what = agenda_words_line(reader, event);

	if (notice->occurrence_all_day == event->timing.all_day && wall_compare(&notice->occurrence, &event->next) == 0)
		return SAY_TO(reader, "agenda.told.changed", MSG_TEXT("what", what), MSG_INT("number", event->number));
	return SAY_TO(reader, "agenda.told.moved", MSG_TEXT("what", what), MSG_INT("number", event->number),
		      MSG_TEXT("was", agenda_time_wall(reader, &notice->occurrence, notice->occurrence_all_day)));
}

static char *announced_cancellation(const struct reader *reader, const struct agenda_notice *notice)
{
	const struct agenda_event *event = &notice->event;
	const char *was = event->timing.rrule ? agenda_time_rule(reader, event) :
						agenda_time_wall(reader, &notice->occurrence, notice->occurrence_all_day);
	char *text = SAY_TO(reader, "agenda.told.cancelled", MSG_TEXT("title", words_for(reader, event, event->title, TITLE_MAX)),
			    MSG_TEXT("was", was), MSG_INT("number", event->number));

	return with_reason(reader, event, text);
}

/* One time of a series that was moved or called off, as it stands now. */
static char *announced_once(const struct reader *reader, const struct agenda_notice *notice)
{
	const struct agenda_event *event = &notice->event;
	const char *title = words_for(reader, event, event->title, TITLE_MAX), *reason = NULL;
	const char *was = agenda_time_wall(reader, &notice->occurrence, notice->occurrence_all_day);
	struct timing_exception exception;
	struct timing now;

	if (notice->kind == AGENDA_NOTICE_CANCELLED) {
		if (!exception_find(reader->view, event->number, &notice->day, &exception, &reason))
			reason = NULL;
		return with_why(reader, event, reason,
				with_next(reader, event, &notice->occurrence,
					  SAY_TO(reader, "agenda.told.once_off", MSG_TEXT("title", title), MSG_TEXT("was", was),
						 MSG_INT("number", event->number))));
	}
	if (!timing_falls_on(reader->house->zone, &event->timing, &notice->day, &now))
		die("a notice for a day that agenda %lld has not", (long long)event->number);
	if (exception_find(reader->view, event->number, &notice->day, &exception, &reason)) {
		now.starts = exception.starts;
		now.has_end = exception.has_end;
		now.ends = exception.ends;
	}
	return SAY_TO(reader, "agenda.told.once_moved", MSG_TEXT("title", title), MSG_TEXT("when", agenda_time_span(reader, &now)),
		      MSG_TEXT("was", was), MSG_INT("number", event->number));
}

char *agenda_words_notice(const struct reader *reader, const struct agenda_notice *notice, int64_t now_ms)
{
	if (notice->once)
		return announced_once(reader, notice);
	switch (notice->kind) {
	case AGENDA_NOTICE_REMINDER:
		return reminder(reader, notice, now_ms);
	case AGENDA_NOTICE_MOVED:
		return announced_move(reader, notice);
	case AGENDA_NOTICE_CANCELLED:
		return announced_cancellation(reader, notice);
	case AGENDA_NOTICE_JOINT:
		return SAY_TO(reader, "agenda.told.joint", MSG_TEXT("cores", owner(reader, &notice->event)),
			      MSG_TEXT("what", agenda_words_line(reader, &notice->event)), MSG_INT("number", notice->event.number));
	}
	die("a notice of kind %d", (int)notice->kind);
}
