/*
 * !stil 2 weken   nothing unasked for two weeks: in a group by its lead or a coordinator, else for oneself
 * !stil uit       no longer
 * !stil           how it is now
 */
#include "base/clock.h"
#include "base/die.h"
#include "command/answer.h"
#include "command/people_lines.h"
#include "command/records.h"
#include "people/quiet.h"
#include "text/zone.h"

/* A lead or coordinator means his group; anybody else, and everybody in his private room, himself. */
static bool is_for_group(const struct request *request)
{
	if (request->group.kind == GROUP_KIND_PRIVATE)
		return false;
	return actor_has(&request->actor, ROLE_COORDINATOR) ||
	       (request->group.core && actor_leads(turn_view(request->turn), &request->actor, request->group.core));
}

static const char *spoken_day(const struct request *request, int64_t at_ms)
{
	return zone_format_pattern(request->house->zone, turn_arena(request->turn), request->language, "EEEE d MMMM HH:mm", at_ms);
}

static void set(struct request *request, int64_t until_ms)
{
	if (is_for_group(request))
		quiet_set_group(request->turn, request->group.id, request->person.id, until_ms);
	else
		quiet_set_person(request->turn, request->person.id, until_ms);
}

static void be_quiet(struct request *request, int64_t until_ms)
{
	set(request, until_ms);
	if (is_for_group(request))
		ANSWER(request, "quiet.group", MSG_TEXT("until", spoken_day(request, until_ms)));
	else if (request->group.kind == GROUP_KIND_PRIVATE)
		ANSWER(request, "quiet.person", MSG_TEXT("until", spoken_day(request, until_ms)));
	else
		ANSWER(request, "quiet.person_in_group", MSG_TEXT("until", spoken_day(request, until_ms)));
}

static void show(struct request *request)
{
	struct view *view = turn_view(request->turn);
	int64_t group_ms = request->group.kind == GROUP_KIND_PRIVATE ? 0 : quiet_group_until(view, request->group.id);
	int64_t person_ms = quiet_person_until(view, request->person.id);

	if (group_ms)
		ANSWER(request, "quiet.group_is", MSG_TEXT("until", spoken_day(request, group_ms)));
	else if (person_ms)
		ANSWER(request, "quiet.person_is", MSG_TEXT("until", spoken_day(request, person_ms)));
	else
		ANSWER(request, "quiet.none");
}

static enum command_end run(struct request *request)
{
	struct stil_line line;

	stil_line_read(turn_arena(request->turn), request->text, &line);
	switch (line.action) {
	case STIL_ACTION_SHOW:
		show(request);
		return COMMAND_DONE;
	case STIL_ACTION_FOR:
		be_quiet(request, turn_now_ms(request->turn) + line.minutes * (int64_t)MS_PER_MINUTE);
		return COMMAND_DONE;
	case STIL_ACTION_OFF:
		set(request, 0);
		ANSWER(request, is_for_group(request) ? "quiet.group_over" : "quiet.person_over");
		return COMMAND_DONE;
	case STIL_ACTION_UNREADABLE:
		ANSWER(request, "quiet.how");
		return COMMAND_REFUSED;
	}
	die("stil_line_read");
}

const struct command cmd_stil = {
	.name = "stil",
	.english = "quiet",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_OTHER,
	.help = "help.stil",
	.run = run,
};
