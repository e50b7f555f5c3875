#include "cli/explain.h"

#include <string.h>

#include "actions/action.h"
#include "actions/applause.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/str.h"
#include "budget/line.h"
#include "command/aanwezig_line.h"
#include "command/actie_line.h"
#include "command/agenda_line.h"
#include "command/bonnen_line.h"
#include "command/core_named.h"
#include "command/grammar.h"
#include "command/idea_course.h"
#include "command/help_line.h"
#include "command/jaar_line.h"
#include "command/number.h"
#include "command/ophaalslag_line.h"
#include "command/people_lines.h"
#include "command/records.h"
#include "command/review_line.h"
#include "command/short_lines.h"
#include "ideas/idea.h"
#include "obligations/story.h"
#include "people/house.h"
#include "say/budget_words.h"
#include "say/reader.h"
#include "text/amount.h"
#include "text/zone.h"

/* One message being explained. */
struct explanation {
	const struct explain_place *place;
	struct arena *arena;
	const char *text;        /* what follows the command word */
	enum language language;  /* to answer in; what follows the word may change it */
	const char *error;       /* a code, or NULL */
	struct cJSON *fields;
};

static void set_text(struct explanation *about, const char *key, const char *text)
{
	if (text)
		json_set_str(about->fields, key, text);
	else
		json_set_null(about->fields, key);
}

/* Numbers of ideas, receipts and events start at 1. */
static void set_number(struct explanation *about, int64_t number)
{
	if (number)
		json_set_int(about->fields, "number", number);
	else
		json_set_null(about->fields, "number");
}

static const char *amount_code(enum amount_verdict verdict)
{
	switch (verdict) {
	case AMOUNT_OK:
		return NULL;
	case AMOUNT_MISSING:
		return "amount.missing";
	case AMOUNT_AMBIGUOUS:
		return "amount.ambiguous";
	case AMOUNT_ZERO:
		return "amount.zero";
	case AMOUNT_NEGATIVE:
		return "amount.negative";
	case AMOUNT_ABSURD:
		return "amount.absurd";
	}
	return NULL;
}

/* The amount in the text, which the books take up to the whole grant; the words beside it. */
static const char *explain_amount(struct explanation *about, const char *text)
{
	struct amount amount;
	enum amount_verdict verdict = amount_parse(about->arena, text, &amount);

	if (verdict == AMOUNT_OK && cents_exceeds(amount.amount, line_total_granted(about->place->view)))
		verdict = AMOUNT_ABSURD;
	about->error = amount_code(verdict);
	if (verdict == AMOUNT_OK)
		json_set_int(about->fields, "amount_cents", cents_to_int64(amount.amount));
	else
		json_set_null(about->fields, "amount_cents");
	return amount.rest;
}

static void set_line(struct explanation *about, const struct line *lines, const struct line_match *match)
{
	set_text(about, "line", match->kind == LINE_MATCH_UNCLEAR ? NULL : lines[match->chosen].name);
}

static void explain_bon(struct explanation *about)
{
	size_t len;
	const struct line *lines = line_list_of(about->place->view, about->place->group->core, &len);
	const char *words = explain_amount(about, about->text);
	struct line_match match = line_match(about->arena, words, lines, len);

	set_text(about, "text", words);
	set_line(about, lines, &match);
}

/* Of a receipt of this group's core, for which receipt it is nobody knows here. */
static void explain_named_line(struct explanation *about, const char *name)
{
	size_t len;
	const struct line *lines = line_list_of(about->place->view, about->place->group->core, &len);
	struct line_match match = line_match_named(about->arena, name, lines, len);

	set_line(about, lines, &match);
	if (match.kind == LINE_MATCH_UNCLEAR)
		about->error = "line.unclear";
}

static void explain_bonnen(struct explanation *about)
{
	struct bonnen_line line;

	bonnen_line_read(about->arena, about->text, &line);
	set_text(about, "action", bonnen_action_format(line.action));
	set_number(about, line.number);
	switch (line.action) {
	case BONNEN_ACTION_AMOUNT:
	case BONNEN_ACTION_BACK:
		(void)explain_amount(about, line.rest);
		break;
	case BONNEN_ACTION_LINE:
		explain_named_line(about, line.rest);
		break;
	case BONNEN_ACTION_UNREADABLE:
		about->error = "number.missing";
		break;
	case BONNEN_ACTION_LIST:
	case BONNEN_ACTION_SHOW:
	case BONNEN_ACTION_WITHDRAW:
		break;
	}
}

static void explain_idee(struct explanation *about)
{
	int64_t number = 0;
	bool shows = number_parse(about->text, &number);

	set_number(about, number);
	set_text(about, "text", shows || str_empty(about->text) ? NULL : about->text);
	if (str_empty(about->text))
		about->error = "text.missing";
	else if (utf8_count(about->text, strlen(about->text)) > IDEA_TEXT_MAX)
		about->error = "text.too_long";
}

/* As in the database, but for what is not stored there. */
static const char *idea_list_format(const struct ideeen_line *line)
{
	return line->state == IDEA_SUPPORTED ? "support" : idea_state_format(line->state);
}

static void explain_ideeen(struct explanation *about)
{
	struct ideeen_line line;

	ideeen_line_read(about->arena, about->text, &line);
	set_text(about, "word", line.by_state ? NULL : line.words);
	set_text(about, "state", line.by_state ? idea_list_format(&line) : NULL);
	set_text(about, "route", line.by_state ? idea_route_format(line.route) : NULL);
	json_set_int(about->fields, "page", line.page);
}

/* Of !resultaat and !leerpunt; without words they tell what there is. */
static void explain_story(struct explanation *about)
{
	set_text(about, "text", str_empty(about->text) ? NULL : about->text);
	if (utf8_count(about->text, strlen(about->text)) > STORY_TEXT_MAX)
		about->error = "text.too_long";
}

static void explain_aanwezig(struct explanation *about)
{
	struct cJSON *slugs = json_array_create();
	struct aanwezig_line line;
	size_t len;
	const struct core *cores = core_list(about->place->view, &len);

	aanwezig_line_read(about->place->house->zone, about->arena, cores, len, about->text, about->place->sent_at_ms, &line);
	set_text(about, "action", aanwezig_action_format(line.action));
	for (size_t i = 0; i < line.cores_len; i++)
		json_push_str(slugs, line.cores[i]->slug);
	json_set(about->fields, "cores", slugs);
	set_text(about, "unknown", str_empty(line.unknown) ? NULL : line.unknown);
	set_text(about, "day", line.day);
	if (line.in_future)
		about->error = "date.future";
	else if (line.action != AANWEZIG_LIST && !line.cores_len)
		about->error = str_empty(line.unknown) ? "core.missing" : "core.unknown";
}

static void explain_stand(struct explanation *about)
{
	size_t len;
	const struct core *cores = core_list(about->place->view, &len);
	const struct core *core = core_named(about->arena, cores, len, about->text);

	set_text(about, "core", core ? core->slug : NULL);
	if (!core && !str_empty(about->text))
		about->error = "core.unknown";
}

static void explain_jaar(struct explanation *about)
{
	struct jaar_line line;

	jaar_line_read(about->arena, about->text, &line);
	set_text(about, "action", jaar_action_format(line.action));
	set_text(about, "name", line.name);
}

/* In a core's group it tells, where offices are at work it asks. */
static void explain_ophaalslag(struct explanation *about)
{
	size_t len;
	const struct core *cores = core_list(about->place->view, &len);
	struct ophaalslag_line line;

	if (about->place->group->kind == GROUP_KIND_CORE) {
		explain_story(about);
		return;
	}
	ophaalslag_line_read(about->arena, cores, len, about->text, &line);
	set_text(about, "action", ophaalslag_action_format(line.action));
	set_text(about, "core", line.core ? line.core->slug : NULL);
	json_set_int(about->fields, "page", (int64_t)line.page);
	if (line.action == OPHAALSLAG_ACTION_UNREADABLE)
		about->error = "core.unknown";
}

static void explain_route(struct explanation *about)
{
	struct route_line line;
	enum route_verdict verdict = route_line_read(about->arena, about->text, &line);
	bool known = verdict == ROUTE_READ || verdict == ROUTE_REASON_MISSING;

	set_number(about, line.number);
	set_text(about, "state", known ? idea_state_format(line.course.state) : NULL);
	set_text(about, "route", idea_route_format(line.course.route));
	set_text(about, "remark", str_empty(line.course.remark) ? NULL : line.course.remark);
	switch (verdict) {
	case ROUTE_READ:
		break;
	case ROUTE_NUMBER_MISSING:
		about->error = "number.missing";
		break;
	case ROUTE_UNKNOWN:
		about->error = "route.unknown";
		break;
	case ROUTE_REASON_MISSING:
		about->error = "reason.missing";
		break;
	}
}

static void explain_namens(struct explanation *about)
{
	struct behalf_line line;

	behalf_line_read(about->arena, about->text, &line);
	set_text(about, "name", str_empty(line.name) ? NULL : line.name);
	set_text(about, "text", str_empty(line.text) ? NULL : line.text);
	if (str_empty(line.name))
		about->error = "name.missing";
	else if (str_empty(line.text))
		about->error = "text.missing";
}

static void explain_budget(struct explanation *about)
{
	switch (budget_scope_read(about->arena, about->text, &about->language)) {
	case BUDGET_SCOPE_CORE:
		set_text(about, "scope", about->place->group->core ? "core" : "neighbourhood");
		break;
	case BUDGET_SCOPE_ALL:
		set_text(about, "scope", "neighbourhood");
		break;
	case BUDGET_SCOPE_UNKNOWN:
		set_text(about, "scope", NULL);
		about->error = "scope.unknown";
		break;
	}
}

static void explain_ikkom(struct explanation *about)
{
	struct coming_line line;

	coming_line_read(about->arena, about->text, &line);
	set_number(about, line.number);
	json_set_bool(about->fields, "coming", !line.not);
}

static void explain_ruil(struct explanation *about)
{
	struct swap_line line;

	swap_line_read(about->arena, about->text, &line);
	set_number(about, line.number);
	set_text(about, "with", line.with);
}

static void explain_taal(struct explanation *about)
{
	bool chosen = language_name_find(about->arena, about->text, &about->language);

	set_text(about, "language", chosen ? language_format(about->language) : NULL);
	if (!chosen && !str_empty(about->text))
		about->error = "language.unknown";
}

static void explain_koppel(struct explanation *about)
{
	struct koppel_line line;

	koppel_line_read(about->arena, about->text, &line);
	set_text(about, "action", line.undo ? "part" : "join");
	set_text(about, "who", str_empty(line.rest) ? NULL : line.rest);
	if (str_empty(line.rest))
		about->error = "person.missing";
}

static void explain_rol(struct explanation *about)
{
	struct rol_line line;

	rol_line_read(about->arena, about->text, &line);
	set_text(about, "action", line.takes ? "take" : "give");
	set_text(about, "who", str_empty(line.who) ? NULL : line.who);
	set_text(about, "role", line.role == ROLE_RESIDENT ? NULL : role_format(line.role));
	set_text(about, "core", str_empty(line.core) ? NULL : line.core);
	if (line.role == ROLE_RESIDENT)
		about->error = "role.missing";
	else if (str_empty(line.who))
		about->error = "person.missing";
}

static void explain_akkoord(struct explanation *about)
{
	struct akkoord_line line;

	akkoord_line_read(about->arena, about->text, &line);
	set_text(about, "action", akkoord_action_format(line.action));
	set_number(about, line.number);
	set_text(about, "reason", str_empty(line.reason) ? NULL : line.reason);
	if (line.action == AKKOORD_ACTION_UNREADABLE)
		about->error = "number.missing";
	else if (line.action == AKKOORD_ACTION_ALONE && str_empty(line.reason))
		about->error = "reason.missing";
}

static void explain_stil(struct explanation *about)
{
	struct stil_line line;

	stil_line_read(about->arena, about->text, &line);
	set_text(about, "action", stil_action_format(line.action));
	if (line.action == STIL_ACTION_FOR)
		json_set_int(about->fields, "minutes", line.minutes);
	else
		json_set_null(about->fields, "minutes");
	if (line.action == STIL_ACTION_UNREADABLE)
		about->error = "duration.invalid";
}

static void explain_help(struct explanation *about)
{
	struct help_line line;

	if (help_line_read(about->arena, about->text, &line) == HELP_SUBJECT_UNKNOWN)
		about->error = "command.unknown";
	set_text(about, "word", line.word);
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

	set_text(about, "start", timed ? format_time(about, when, when->start_ms) : NULL);
	set_text(about, "end", timed && when->has_end ? format_time(about, when, when->end_ms) : NULL);
	json_set_bool(about->fields, "all_day", timed && when->all_day);
	set_text(about, "rrule", timed ? when->rrule : NULL);
	set_text(about, "title", appointment->title);
	set_text(about, "place", appointment->place);
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
		set_text(about, "once", line->once_day ? line->once_day : "next");
}

static void explain_agenda(struct explanation *about)
{
	struct agenda_line line;

	agenda_line_read(about->place->house, about->arena, about->text, about->place->sent_at_ms, &line);
	about->error = line.error;
	set_text(about, "action", agenda_action_format(line.action));
	set_number(about, line.number);
	set_appointment(about, &line);
	switch (line.action) {
	case AGENDA_ACTION_CANCEL:
		set_text(about, "reason", line.words);
		set_once(about, &line);
		break;
	case AGENDA_ACTION_MOVE:
		set_text(about, "to", line.words);
		set_once(about, &line);
		if (!about->error)
			about->error = move_code(about, line.words);
		break;
	case AGENDA_ACTION_END:
		set_text(about, "until", line.words);
		break;
	case AGENDA_ACTION_REMIND:
		set_minutes(about, &line.offsets);
		break;
	case AGENDA_ACTION_CHAIR:
		set_text(about, "chair", line.words);
		break;
	case AGENDA_ACTION_LIST:
	case AGENDA_ACTION_ADD:
	case AGENDA_ACTION_SHOW:
		break;
	}
}

static bool is_too_long(const char *text, size_t max)
{
	return utf8_count(text, strlen(text)) > max;
}

/* The name behind an @; whose it is nobody knows here. The words without it. */
static const char *explain_taker(struct explanation *about, const char *text)
{
	const char *at = strchr(text, '@');
	size_t len = at ? strcspn(at + 1, " \n") : 0;

	set_text(about, "who", len ? arena_dup_n(about->arena, at + 1, len) : NULL);
	return len ? arena_printf(about->arena, "%.*s%s", (int)(at - text), text, at + 1 + len) : text;
}

static void explain_task(struct explanation *about, const char *text)
{
	struct actie_task task;

	text = explain_taker(about, text);
	about->error = when_verdict_code(actie_task_read(about->place->house, about->arena, text, about->place->sent_at_ms, &task));
	set_text(about, "text", task.text);
	set_text(about, "due", task.due);
	set_text(about, "clock", task.clock);
	if (!about->error && str_empty(task.text))
		about->error = "text.missing";
	else if (!about->error && is_too_long(task.text, ACTION_TEXT_MAX))
		about->error = "text.too_long";
}

static void explain_actie(struct explanation *about)
{
	int64_t number;
	enum actie_wish wish = actie_line_read(about->arena, about->text, &number);

	set_text(about, "action", actie_wish_format(wish));
	set_number(about, number);
	if (wish == ACTIE_ADD)
		explain_task(about, about->text);
}

static void explain_gedaan(struct explanation *about)
{
	int64_t number = 0;

	if (!number_parse(about->text, &number))
		about->error = "number.missing";
	set_number(about, number);
}

static void explain_niet(struct explanation *about)
{
	const char *reason = NULL;
	int64_t number = 0;

	if (!niet_line_read(about->arena, about->text, &number, &reason))
		about->error = "number.missing";
	set_number(about, number);
	set_text(about, "reason", str_empty(reason) ? NULL : reason);
}

static void explain_extra(struct explanation *about)
{
	set_text(about, "text", str_empty(about->text) ? NULL : about->text);
	if (str_empty(about->text))
		about->error = "text.missing";
	else if (is_too_long(about->text, ACTION_TEXT_MAX))
		about->error = "text.too_long";
}

static void explain_applaus(struct explanation *about)
{
	static const char *const wishes[] = { [APPLAUS_GIVE] = "give", [APPLAUS_OFF] = "off", [APPLAUS_ON] = "on" };
	struct applaus_line line;

	applaus_line_read(about->arena, about->text, &line);
	set_text(about, "action", wishes[line.wish]);
	if (line.wish != APPLAUS_GIVE)
		return;
	set_text(about, "who", str_empty(line.whom) ? NULL : line.whom + (*line.whom == '@'));
	set_text(about, "why", str_empty(line.why) ? NULL : line.why);
	if (str_empty(about->text))
		about->error = "text.missing";
	else if (is_too_long(line.whom, APPLAUSE_TEXT_MAX) || is_too_long(line.why, APPLAUSE_TEXT_MAX))
		about->error = "text.too_long";
}

static void set_numbers(struct explanation *about, const struct review_line *line)
{
	struct cJSON *numbers = json_array_create();

	for (size_t i = 0; i < line->len; i++)
		json_push_int(numbers, line->numbers[i]);
	json_set(about->fields, "numbers", numbers);
}

static void explain_keur(struct explanation *about)
{
	struct review_line line;
	const char *alone;

	review_line_read(about->arena, about->text, REVIEW_NUMBERS_MAX, &line);
	alone = review_line_alone(about->arena, &line);
	set_numbers(about, &line);
	set_text(about, "alone", alone);
	if (!str_empty(about->text) && (!line.len || (!str_empty(line.rest) && !alone)))
		about->error = "number.missing";
}

static void explain_betaald(struct explanation *about)
{
	struct review_line line;

	review_line_read(about->arena, about->text, REVIEW_NUMBERS_MAX, &line);
	set_numbers(about, &line);
	if (!line.len || !str_empty(line.rest))
		about->error = "number.missing";
}

/* One receipt, and words that are needed. */
static void explain_words_about(struct explanation *about, const char *key, const char *missing)
{
	struct review_line line;

	review_line_read(about->arena, about->text, 1, &line);
	set_number(about, line.len ? line.numbers[0] : 0);
	set_text(about, key, str_empty(line.rest) ? NULL : line.rest);
	if (!line.len)
		about->error = "number.missing";
	else if (str_empty(line.rest))
		about->error = missing;
}

static void explain_afkeur(struct explanation *about)
{
	explain_words_about(about, "reason", "reason.missing");
}

static void explain_vraag(struct explanation *about)
{
	explain_words_about(about, "text", "text.missing");
}

static void explain_steekproef(struct explanation *about)
{
	struct sample_line line;
	bool read = sample_line_read(about->arena, about->text, &line);

	if (read)
		json_set_int(about->fields, "count", (int64_t)line.count);
	else
		json_set_null(about->fields, "count");
	set_text(about, "seed", read && line.has_seed ? line.seed : NULL);
	if (!read)
		about->error = "sample.unreadable";
}

static void set_titled_line(struct explanation *about, const char *key, const struct line *lines, const struct line_match *match)
{
	bool clear = match->kind != LINE_MATCH_UNCLEAR;

	set_text(about, key, clear ? lines[match->chosen].name : NULL);
	if (!clear && !about->error)
		about->error = "line.unclear";
}

static void explain_schuif(struct explanation *about)
{
	const struct reader reader = { about->place->house, about->place->view, about->place->group, about->language };
	struct move_line line;
	size_t len;
	struct line *lines = line_list(about->place->view, &len);

	for (size_t i = 0; i < len; i++)
		lines[i].name = budget_words_line(&reader, &lines[i]);
	move_line_read(about->arena, about->text, lines, len, &line);
	about->error = amount_code(line.amount_read);
	if (line.amount_read == AMOUNT_OK)
		json_set_int(about->fields, "amount_cents", cents_to_int64(line.amount));
	else
		json_set_null(about->fields, "amount_cents");
	if (line.from) {
		set_titled_line(about, "from", lines, &line.from_match);
		set_titled_line(about, "to", lines, &line.to_match);
	} else {
		set_text(about, "from", NULL);
		set_text(about, "to", NULL);
		about->error = about->error ? about->error : "line.unclear";
	}
	set_text(about, "reason", str_empty(line.reason) ? NULL : line.reason);
	if (!about->error && str_empty(line.reason))
		about->error = "reason.missing";
}

static const struct {
	const struct command *command;
	void (*explain)(struct explanation *about);
} explainers[] = {
	{ &cmd_ikkom, explain_ikkom },   { &cmd_ruil, explain_ruil },     { &cmd_jaar, explain_jaar },
	{ &cmd_idee, explain_idee },     { &cmd_ideeen, explain_ideeen }, { &cmd_bon, explain_bon },   { &cmd_bonnen, explain_bonnen },
	{ &cmd_route, explain_route },   { &cmd_namens, explain_namens },
	{ &cmd_stil, explain_stil },     { &cmd_koppel, explain_koppel }, { &cmd_rol, explain_rol }, { &cmd_akkoord, explain_akkoord },
	{ &cmd_keur, explain_keur },     { &cmd_afkeur, explain_afkeur }, { &cmd_vraag, explain_vraag },
	{ &cmd_betaald, explain_betaald }, { &cmd_steekproef, explain_steekproef }, { &cmd_schuif, explain_schuif },
	{ &cmd_budget, explain_budget }, { &cmd_agenda, explain_agenda }, { &cmd_taal, explain_taal }, { &cmd_help, explain_help },
	{ &cmd_resultaat, explain_story }, { &cmd_leerpunt, explain_story },
	{ &cmd_stand, explain_stand },   { &cmd_aanwezig, explain_aanwezig }, { &cmd_ophaalslag, explain_ophaalslag },
	{ &cmd_actie, explain_actie },   { &cmd_gedaan, explain_gedaan }, { &cmd_niet, explain_niet }, { &cmd_extra, explain_extra },
	{ &cmd_applaus, explain_applaus },
};

static void explain_command(struct explanation *about, const struct command *command)
{
	for (size_t i = 0; i < ARRAY_LEN(explainers); i++) {
		if (explainers[i].command == command)
			explainers[i].explain(about);
	}
	json_set_str(about->fields, "lang", language_format(about->language));
}

struct cJSON *explain_message(const struct explain_place *place, const char *text)
{
	struct explanation about = { .place = place, .arena = view_arena(place->view), .fields = json_object_create() };
	struct grammar_line line;

	switch (grammar_find(about.arena, text, commands, &line)) {
	case GRAMMAR_NONE:
		set_text(&about, "command", NULL);
		return about.fields;
	case GRAMMAR_NEAR_MISS:
	case GRAMMAR_UNKNOWN:
		set_text(&about, "command", NULL);
		set_text(&about, "suggestion", line.command ? line.word : NULL);
		about.error = "command.unknown";
		break;
	case GRAMMAR_COMMAND:
		about.text = line.rest;
		about.language = grammar_language(line.tongue, place->group->language);
		set_text(&about, "command", line.command->name);
		explain_command(&about, line.command);
		break;
	}
	set_text(&about, "error", about.error);
	return about.fields;
}
