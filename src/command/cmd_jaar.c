/*
 * !jaar                                what comes back every year: what is planned, and what has no date yet
 * !jaar kernenraad hoeft niet          nobody need be reminded of the next one
 * !jaar kernenraad mei hoeft niet      of that of May
 * !jaar kernenraad toch wel            after all
 */
#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "command/answer.h"
#include "command/jaar_line.h"
#include "command/records.h"
#include "say/year_words.h"
#include "text/unicode.h"
#include "text/zone.h"
#include "year/occasion.h"

/* "kernenraad", or "kernenraad mei" with its month in either language. */
static bool is_meant(const struct request *request, const struct occasion *occasion, const char *name)
{
	struct arena *arena = turn_arena(request->turn);
	struct reader reader = request_reader(request);

	if (occasion_is_named(arena, occasion->event, name))
		return true;
	for (reader.language = LANGUAGE_NL; reader.language < LANGUAGE_MAX; reader.language++) {
		const char *month = unicode_fold(arena, year_words_month(&reader, &occasion->month));
		size_t name_len = strlen(name), month_len = strlen(month);

		if (name_len > month_len + 1 && str_equal(name + name_len - month_len, month) && name[name_len - month_len - 1] == ' ' &&
		    occasion_is_named(arena, occasion->event, arena_dup_n(arena, name, name_len - month_len - 1)))
			return true;
	}
	return false;
}

/* The first that is meant and not dropped yet, or wanted again and dropped before; else the first that is meant at all. */
static const struct occasion *find_meant(const struct request *request, const struct occasion *list, size_t len, const struct jaar_line *line)
{
	const struct occasion *meant = NULL;

	for (size_t i = 0; i < len; i++) {
		if (!is_meant(request, &list[i], line->name))
			continue;
		if (list[i].dropped == (line->action == JAAR_ACTION_WANT))
			return &list[i];
		if (!meant)
			meant = &list[i];
	}
	return meant;
}

static enum command_end change(struct request *request, const struct jaar_line *line)
{
	const struct reader reader = request_reader(request);
	struct wall today = zone_wall(request->house->zone, turn_now_ms(request->turn));
	size_t len;
	const struct occasion *list = occasion_list(request->house, reader.view, &today, &len);
	const struct occasion *meant = find_meant(request, list, len, line);

	if (!meant) {
		ANSWER(request, "year.unknown");
		return COMMAND_REFUSED;
	}
	if (meant->number) {
		request->answer = year_words_planned(&reader, meant);
		return COMMAND_REFUSED;
	}
	if (line->action == JAAR_ACTION_DROP)
		occasion_drop(request->turn, meant, request->person.id);
	else
		occasion_want(request->turn, meant);
	ANSWER(request, line->action == JAAR_ACTION_DROP ? "year.drop_done" : "year.want_done", MSG_TEXT("name", meant->event->name),
	       MSG_TEXT("month", year_words_month(&reader, &meant->month)));
	return COMMAND_DONE;
}

static enum command_end run(struct request *request)
{
	const struct reader reader = request_reader(request);
	struct jaar_line line;

	jaar_line_read(turn_arena(request->turn), request->text, &line);
	switch (line.action) {
	case JAAR_ACTION_LIST:
		request->answer = year_words_list(&reader);
		return COMMAND_DONE;
	case JAAR_ACTION_DROP:
	case JAAR_ACTION_WANT:
		return change(request, &line);
	}
	die("!jaar");
}

const struct command cmd_jaar = {
	.name = "jaar",
	.english = "year",
	.roles = 1u << ROLE_COORDINATOR,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_AGENDA,
	.help = "help.jaar",
	.run = run,
};
