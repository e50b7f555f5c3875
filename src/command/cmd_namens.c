/*
 * !namens mevrouw A uit Kruitberg idee bankje bij de lift   an idea from the paper idea box
 *
 * Who wrote it may have no phone. The name is kept for the coordinators alone; the idea belongs to the core that is
 * named, else to this group's.
 */
#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "command/answer.h"
#include "command/idea_course.h"
#include "command/idea_request.h"
#include "command/records.h"
#include "say/idea_news.h"
#include "say/idea_words.h"
#include "text/unicode.h"

/* The name ends in the core's, as a word of its own: how long the name is without it, and a "uit" before it; else all of it. */
static size_t name_without(struct arena *arena, const char *name, const char *core)
{
	static const char *const from[] = { " uit", " van", " in", " from", "," };
	size_t len = strlen(name), core_len = strlen(core);

	if (len <= core_len || name[len - core_len - 1] != ' ' ||
	    !str_equal(unicode_fold(arena, name + len - core_len), unicode_fold(arena, core)))
		return len;
	len -= core_len + 1;
	for (size_t i = 0; i < ARRAY_LEN(from); i++) {
		size_t from_len = strlen(from[i]);

		if (len > from_len && strncmp(name + len - from_len, from[i], from_len) == 0)
			return len - from_len;
	}
	return len;
}

/* Take the core off the name, when one is named that has a group we are in. */
static void find_home(const struct request *request, const char **name, struct idea_draft *draft)
{
	struct view *view = turn_view(request->turn);
	struct arena *arena = turn_arena(request->turn);
	size_t len;
	const struct core *cores = core_list(view, &len);

	for (size_t i = 0; i < len; i++) {
		size_t name_len = name_without(arena, *name, cores[i].name);
		const struct group *groups;
		size_t groups_len;

		if (name_len == strlen(*name))
			continue;
		groups = group_list(view, cores[i].id, true, &groups_len);
		draft->core = cores[i].id;
		draft->group = groups_len ? groups[0].id : draft->group;
		*name = arena_dup_n(arena, *name, name_len);
		return;
	}
}

static enum command_end note(struct request *request, const struct idea_draft *draft)
{
	struct reader reader = request_reader(request);
	struct idea idea;

	switch (idea_add(request->turn, draft, &idea)) {
	case IDEA_ADDED:
	case IDEA_ADDED_TWICE:
		idea_request_attach(request, idea.id, "");
		request->answer = idea_words_noted(&reader, &idea);
		if (idea.group != request->group.id)
			idea_news_tell(request->house, request->turn, &idea, IDEA_NEWS_NOTED, 0);
		return COMMAND_DONE;
	case IDEA_ADD_EMPTY:
		ANSWER(request, "namens.how");
		return COMMAND_REFUSED;
	case IDEA_ADD_TOO_LONG:
		ANSWER(request, "idea.too_long");
		return COMMAND_REFUSED;
	}
	die("idea_add");
}

static enum command_end run(struct request *request)
{
	struct idea_draft draft = {
		.author = request->person.id,
		.group = request->group.id,
		.core = request->group.core,
		.event = request->event->id,
		.said_at_ms = request->event->sent_at_ms,
	};
	struct behalf_line line;

	behalf_line_read(turn_arena(request->turn), request->text, &line);
	if (str_empty(line.name) || str_empty(line.text)) {
		ANSWER(request, "namens.how");
		return COMMAND_REFUSED;
	}
	find_home(request, &line.name, &draft);
	draft.paper_name = line.name;
	draft.text = line.text;
	return note(request, &draft);
}

const struct command cmd_namens = {
	.name = "namens",
	.english = "behalf",
	.roles = 1u << ROLE_COORDINATOR,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_IDEAS,
	.help = "help.namens",
	.run = run,
};
