#include "cli/explain.h"

#include <string.h>

#include "actions/action.h"
#include "actions/applause.h"
#include "base/json.h"
#include "base/str.h"
#include "cli/explain_fields.h"
#include "command/aanwezig_line.h"
#include "command/actie_line.h"
#include "command/core_named.h"
#include "command/grammar.h"
#include "command/help_line.h"
#include "command/idea_course.h"
#include "command/number.h"
#include "command/ophaalslag_line.h"
#include "command/people_lines.h"
#include "command/records.h"
#include "command/short_lines.h"
#include "ideas/idea.h"
#include "obligations/story.h"
#include "people/house.h"

void explain_set_text(struct explanation *about, const char *key, const char *text)
{
	if (text)
		json_set_str(about->fields, key, text);
	else
		json_set_null(about->fields, key);
}

void explain_set_number(struct explanation *about, int64_t number)
{
	if (number)
		json_set_int(about->fields, "number", number);
	else
		json_set_null(about->fields, "number");
}

static void explain_idee(struct explanation *about)
{
	int64_t number = 0;
	bool shows = number_parse(about->text, &number);

	explain_set_number(about, number);
	explain_set_text(about, "text", shows || str_empty(about->text) ? NULL : about->text);
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
	explain_set_text(about, "word", line.by_state ? NULL : line.words);
	explain_set_text(about, "state", line.by_state ? idea_list_format(&line) : NULL);
	explain_set_text(about, "route", line.by_state ? idea_route_format(line.route) : NULL);
	json_set_int(about->fields, "page", line.page);
}

/* Of !resultaat and !leerpunt; without words they tell what there is. */
static void explain_story(struct explanation *about)
{
	explain_set_text(about, "text", str_empty(about->text) ? NULL : about->text);
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
	explain_set_text(about, "action", aanwezig_action_format(line.action));
	for (size_t i = 0; i < line.cores_len; i++)
		json_push_str(slugs, line.cores[i]->slug);
	json_set(about->fields, "cores", slugs);
	explain_set_text(about, "unknown", str_empty(line.unknown) ? NULL : line.unknown);
	explain_set_text(about, "day", line.day);
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

	explain_set_text(about, "core", core ? core->slug : NULL);
	if (!core && !str_empty(about->text))
		about->error = "core.unknown";
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
	explain_set_text(about, "action", ophaalslag_action_format(line.action));
	explain_set_text(about, "core", line.core ? line.core->slug : NULL);
	json_set_int(about->fields, "page", (int64_t)line.page);
	if (line.action == OPHAALSLAG_ACTION_UNREADABLE)
		about->error = "core.unknown";
}

static void explain_route(struct explanation *about)
{
	struct route_line line;
	enum route_verdict verdict = route_line_read(about->arena, about->text, &line);
	bool known = verdict == ROUTE_READ || verdict == ROUTE_REASON_MISSING;

	explain_set_number(about, line.number);
	explain_set_text(about, "state", known ? idea_state_format(line.course.state) : NULL);
	explain_set_text(about, "route", idea_route_format(line.course.route));
	explain_set_text(about, "remark", str_empty(line.course.remark) ? NULL : line.course.remark);
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
	explain_set_text(about, "name", str_empty(line.name) ? NULL : line.name);
	explain_set_text(about, "text", str_empty(line.text) ? NULL : line.text);
	if (str_empty(line.name))
		about->error = "name.missing";
	else if (str_empty(line.text))
		about->error = "text.missing";
}

static void explain_taal(struct explanation *about)
{
	bool chosen = language_name_find(about->arena, about->text, &about->language);

	explain_set_text(about, "language", chosen ? language_format(about->language) : NULL);
	if (!chosen && !str_empty(about->text))
		about->error = "language.unknown";
}

static void explain_koppel(struct explanation *about)
{
	struct koppel_line line;

	koppel_line_read(about->arena, about->text, &line);
	explain_set_text(about, "action", line.undo ? "part" : "join");
	explain_set_text(about, "who", str_empty(line.rest) ? NULL : line.rest);
	if (str_empty(line.rest))
		about->error = "person.missing";
}

static void explain_rol(struct explanation *about)
{
	struct rol_line line;

	rol_line_read(about->arena, about->text, &line);
	explain_set_text(about, "action", line.takes ? "take" : "give");
	explain_set_text(about, "who", str_empty(line.who) ? NULL : line.who);
	explain_set_text(about, "role", line.role == ROLE_RESIDENT ? NULL : role_format(line.role));
	explain_set_text(about, "core", str_empty(line.core) ? NULL : line.core);
	if (line.role == ROLE_RESIDENT)
		about->error = "role.missing";
	else if (str_empty(line.who))
		about->error = "person.missing";
}

static void explain_akkoord(struct explanation *about)
{
	struct akkoord_line line;

	akkoord_line_read(about->arena, about->text, &line);
	explain_set_text(about, "action", akkoord_action_format(line.action));
	explain_set_number(about, line.number);
	explain_set_text(about, "reason", str_empty(line.reason) ? NULL : line.reason);
	if (line.action == AKKOORD_ACTION_UNREADABLE)
		about->error = "number.missing";
	else if (line.action == AKKOORD_ACTION_ALONE && str_empty(line.reason))
		about->error = "reason.missing";
}

static void explain_stil(struct explanation *about)
{
	struct stil_line line;

	stil_line_read(about->arena, about->text, &line);
	explain_set_text(about, "action", stil_action_format(line.action));
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
	explain_set_text(about, "word", line.word);
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

	explain_set_text(about, "who", len ? arena_dup_n(about->arena, at + 1, len) : NULL);
	return len ? arena_printf(about->arena, "%.*s%s", (int)(at - text), text, at + 1 + len) : text;
}

static void explain_task(struct explanation *about, const char *text)
{
	struct actie_task task;

	text = explain_taker(about, text);
	about->error = when_verdict_code(actie_task_read(about->place->house, about->arena, text, about->place->sent_at_ms, &task));
	explain_set_text(about, "text", task.text);
	explain_set_text(about, "due", task.due);
	explain_set_text(about, "clock", task.clock);
	if (!about->error && str_empty(task.text))
		about->error = "text.missing";
	else if (!about->error && is_too_long(task.text, ACTION_TEXT_MAX))
		about->error = "text.too_long";
}

static void explain_actie(struct explanation *about)
{
	int64_t number;
	enum actie_wish wish = actie_line_read(about->arena, about->text, &number);

	explain_set_text(about, "action", actie_wish_format(wish));
	explain_set_number(about, number);
	if (wish == ACTIE_ADD)
		explain_task(about, about->text);
}

static void explain_gedaan(struct explanation *about)
{
	int64_t number = 0;

	if (!number_parse(about->text, &number))
		about->error = "number.missing";
	explain_set_number(about, number);
}

static void explain_niet(struct explanation *about)
{
	const char *reason = NULL;
	int64_t number = 0;

	if (!niet_line_read(about->arena, about->text, &number, &reason))
		about->error = "number.missing";
	explain_set_number(about, number);
	explain_set_text(about, "reason", str_empty(reason) ? NULL : reason);
}

static void explain_extra(struct explanation *about)
{
	explain_set_text(about, "text", str_empty(about->text) ? NULL : about->text);
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
	explain_set_text(about, "action", wishes[line.wish]);
	if (line.wish != APPLAUS_GIVE)
		return;
	explain_set_text(about, "who", str_empty(line.whom) ? NULL : line.whom + (*line.whom == '@'));
	explain_set_text(about, "why", str_empty(line.why) ? NULL : line.why);
	if (str_empty(about->text))
		about->error = "text.missing";
	else if (is_too_long(line.whom, APPLAUSE_TEXT_MAX) || is_too_long(line.why, APPLAUSE_TEXT_MAX))
		about->error = "text.too_long";
}

/* ---- one message ---- */

static const struct explainer others[] = {
	{ &cmd_idee, explain_idee },
	{ &cmd_ideeen, explain_ideeen },
	{ &cmd_route, explain_route },
	{ &cmd_namens, explain_namens },
	{ &cmd_stil, explain_stil },
	{ &cmd_koppel, explain_koppel },
	{ &cmd_rol, explain_rol },
	{ &cmd_akkoord, explain_akkoord },
	{ &cmd_taal, explain_taal },
	{ &cmd_help, explain_help },
	{ &cmd_resultaat, explain_story },
	{ &cmd_leerpunt, explain_story },
	{ &cmd_stand, explain_stand },
	{ &cmd_aanwezig, explain_aanwezig },
	{ &cmd_ophaalslag, explain_ophaalslag },
	{ &cmd_actie, explain_actie },
	{ &cmd_gedaan, explain_gedaan },
	{ &cmd_niet, explain_niet },
	{ &cmd_extra, explain_extra },
	{ &cmd_applaus, explain_applaus },
	{ .command = NULL },
};

static void explain_by(struct explanation *about, const struct explainer *explainers, const struct command *command)
{
	for (; explainers->command; explainers++) {
		if (explainers->command == command)
			explainers->explain(about);
	}
}

static void explain_command(struct explanation *about, const struct command *command)
{
	explain_by(about, explain_money, command);
	explain_by(about, explain_agenda, command);
	explain_by(about, others, command);
	json_set_str(about->fields, "lang", language_format(about->language));
}

struct cJSON *explain_message(const struct explain_place *place, const char *text)
{
	struct explanation about = { .place = place, .arena = view_arena(place->view), .fields = json_object_create() };
	struct grammar_line line;

	switch (grammar_find(about.arena, text, commands, &line)) {
	case GRAMMAR_NONE:
		explain_set_text(&about, "command", NULL);
		return about.fields;
	case GRAMMAR_NEAR_MISS:
	case GRAMMAR_UNKNOWN:
		explain_set_text(&about, "command", NULL);
		explain_set_text(&about, "suggestion", line.command ? line.word : NULL);
		about.error = "command.unknown";
		break;
	case GRAMMAR_COMMAND:
		about.text = line.rest;
		about.language = grammar_language(line.tongue, place->group->language);
		explain_set_text(&about, "command", line.command->name);
		explain_command(&about, line.command);
		break;
	}
	explain_set_text(&about, "error", about.error);
	return about.fields;
}
