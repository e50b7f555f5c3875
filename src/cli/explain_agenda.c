#include "cli/explain_fields.h"

#include "base/clock.h"
#include "base/json.h"
#include "command/agenda_line.h"
#include "command/jaar_line.h"
#include "command/records.h"
#include "command/short_lines.h"
#include "people/house.h"
#include "text/zone.h"

static void explain_ikkom(struct explanation *about)
{
	struct coming_line line;

	coming_line_read(about->arena, about->text, &line);
	explain_set_number(about, line.number);
	json_set_bool(about->fields, "coming", !line.not);
}

static void explain_ruil(struct explanation *about)
{
	struct swap_line line;

	swap_line_read(about->arena, about->text, &line);
	explain_set_number(about, line.number);
	explain_set_text(about, "with", line.with);
}

static void explain_jaar(struct explanation *about)
{
	struct jaar_line line;

	jaar_line_read(about->arena, about->text, &line);
	explain_set_text(about, "action", jaar_action_format(line.action));
	explain_set_text(about, "name", line.name);
}

/* All-day times are dates, others instants in the neighbourhood's zone. */
static const char *format_time(struct explanation *about, const struct when *when, int64_t at_ms)
{
	const struct zone *zone = about->place->house->zone;

	return when->all_day ? zone_format_date(zone, about->arena, at_ms) : zone_format_iso(zone, about->arena, at_ms);
}

static void set_appointment(struct explanation *about, const struct agenda_line *line)
{
	const struct appointment *appointment = &line->appointment;
	const struct when *when = &appointment->when;
	bool timed = line->action == AGENDA_ACTION_ADD && appointment->when_verdict == WHEN_OK;

	explain_set_text(about, "start", timed ? format_time(about, when, when->start_ms) : NULL);
	explain_set_text(about, "end", timed && when->has_end ? format_time(about, when, when->end_ms) : NULL);
	json_set_bool(about->fields, "all_day", timed && when->all_day);
	explain_set_text(about, "rrule", timed ? when->rrule : NULL);
	explain_set_text(about, "title", appointment->title);
	explain_set_text(about, "place", appointment->place);
}

/* A move is read beside the event it is about, which nobody knows here: as if that were tomorrow. */
static const char *move_code(struct explanation *about, const char *words)
{
	const struct when old = { .start_ms = about->place->sent_at_ms + MS_PER_DAY };
	struct when when;

	return when_verdict_code(when_read_move(about->place->house->zone, about->arena, words, about->place->sent_at_ms, &old, &when));
}

static void set_minutes(struct explanation *about, const struct durations *offsets)
{
	struct cJSON *minutes = json_array_create();

	for (size_t i = 0; i < offsets->len; i++)
		json_push_int(minutes, offsets->minutes[i]);
	json_set(about->fields, "minutes", minutes);
}

/* Only one time of a series: "next", or the words that say which. */
static void set_once(struct explanation *about, const struct agenda_line *line)
{
	if (line->once)
		explain_set_text(about, "once", line->once_day ? line->once_day : "next");
}

static void explain_event(struct explanation *about)
{
	struct agenda_line line;

	agenda_line_read(about->place->house, about->arena, about->text, about->place->sent_at_ms, &line);
	about->error = line.error;
	explain_set_text(about, "action", agenda_action_format(line.action));
	explain_set_number(about, line.number);
	set_appointment(about, &line);
	switch (line.action) {
	case AGENDA_ACTION_CANCEL:
		explain_set_text(about, "reason", line.words);
		set_once(about, &line);
		break;
	case AGENDA_ACTION_MOVE:
		explain_set_text(about, "to", line.words);
		set_once(about, &line);
		if (!about->error)
			about->error = move_code(about, line.words);
		break;
	case AGENDA_ACTION_END:
		explain_set_text(about, "until", line.words);
		break;
	case AGENDA_ACTION_REMIND:
		set_minutes(about, &line.offsets);
		break;
	case AGENDA_ACTION_CHAIR:
		explain_set_text(about, "chair", line.words);
		break;
	case AGENDA_ACTION_LIST:
	case AGENDA_ACTION_ADD:
	case AGENDA_ACTION_SHOW:
		break;
	}
}

const struct explainer explain_agenda[] = {
	{ &cmd_ikkom, explain_ikkom },
	{ &cmd_ruil, explain_ruil },
	{ &cmd_jaar, explain_jaar },
	{ &cmd_agenda, explain_event },
	{ .command = NULL },
};
