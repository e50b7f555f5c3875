/*
 * !aanwezig Kruitberg, Kleiburg         these cores were at the learning session, today
 * !aanwezig Kruitberg 12 november       on that day
 * !aanwezig weg Kruitberg               it was not there after all
 * !aanwezig                             who were at the last one
 */
#include "base/die.h"
#include "base/str.h"
#include "command/aanwezig_line.h"
#include "command/answer.h"
#include "command/records.h"
#include "obligations/presence.h"
#include "say/presence_words.h"
#include "text/zone.h"

static enum command_end list(struct request *request)
{
	struct reader reader = request_reader(request);
	const char *day;

	if (presence_find_last_session(reader.view, &day))
		request->answer = presence_words_session(&reader, day, "");
	else
		ANSWER(request, "present.none");
	return COMMAND_DONE;
}

static enum command_end note(struct request *request, const struct aanwezig_line *line)
{
	struct reader reader = request_reader(request);
	const char *day = line->day ? line->day : zone_format_date(request->house->zone, turn_arena(request->turn), request->event->sent_at_ms);

	for (size_t i = 0; i < line->cores_len; i++)
		presence_note(request->turn, line->cores[i]->id, day, request->person.id);
	request->answer = presence_words_session(&reader, day, line->unknown);
	return COMMAND_DONE;
}

static enum command_end undo(struct request *request, const struct aanwezig_line *line)
{
	struct reader reader = request_reader(request);
	const char *undone = "", *absent = "";

	for (size_t i = 0; i < line->cores_len; i++) {
		bool was_there = presence_undo(request->turn, line->cores[i]->id, line->day, request->person.id);
		const char **names = was_there ? &undone : &absent;

		*names = arena_printf(turn_arena(request->turn), "%s%s%s", *names, **names ? ", " : "", line->cores[i]->name);
	}
	request->answer = presence_words_undone(&reader, undone, absent, line->unknown);
	return COMMAND_DONE;
}

static enum command_end run(struct request *request)
{
	struct view *view = turn_view(request->turn);
	struct aanwezig_line line;
	size_t len;
	const struct core *cores = core_list(view, &len);

	aanwezig_line_read(request->house->zone, turn_arena(request->turn), cores, len, request->text, request->event->sent_at_ms, &line);
	if (line.in_future) {
		ANSWER(request, "present.future");
		return COMMAND_REFUSED;
	}
	if (line.action != AANWEZIG_LIST && !line.cores_len) {
		if (str_empty(line.unknown))
			ANSWER(request, "present.no_core");
		else
			ANSWER(request, "present.unknown", MSG_TEXT("names", line.unknown));
		return COMMAND_REFUSED;
	}
	switch (line.action) {
	case AANWEZIG_LIST:
		return list(request);
	case AANWEZIG_NOTE:
		return note(request, &line);
	case AANWEZIG_UNDO:
		return undo(request, &line);
	}
	die("aanwezig action");
}

const struct command cmd_aanwezig = {
	.name = "aanwezig",
	.english = "present",
	.roles = 1u << ROLE_COORDINATOR,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_DOING,
	.help = "help.aanwezig",
	.run = run,
};
