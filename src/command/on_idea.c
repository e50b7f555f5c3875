/*
 * What neighbours do with an idea besides typing a command: a thumb, saying that they take part, an edit,
 * taking it back, and the picture or place that they send right after it or in reply to it.
 */
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"
#include "command/answer.h"
#include "command/better_photo.h"
#include "command/grammar.h"
#include "command/idea_request.h"
#include "command/records.h"
#include "ideas/helper.h"
#include "people/link.h"
#include "say/idea_words.h"
#include "store/media.h"

/* A picture without words this soon after an idea belongs to it. Longer, and it may be anything. */
#define FOLLOWS_MS (2 * MS_PER_MINUTE)

/* "Location: Lift\nKruitberg 1\nhttps://...", as a bridge writes it, and "Lift" are both called Lift. */
static const char *place_name(const struct request *request)
{
	const char *name = request->event->body;

	if (str_starts(name, "Location:"))
		name += strlen("Location:");
	name += strspn(name, " ");
	return arena_dup_n(turn_arena(request->turn), name, strcspn(name, "\n"));
}

/* The author's own idea that this picture or place belongs to. */
static bool find_followed(const struct request *request, struct idea *ret_idea)
{
	const struct event *event = request->event;
	bool has_words = event->media && !str_empty(event->body);

	if (event->reply_to)
		return idea_request_find(request, event->reply_to, ret_idea) && link_is_one(turn_view(request->turn), ret_idea->author, request->person.id);
	return !has_words && idea_find_latest(turn_view(request->turn), request->person.id, request->group.id,
	                                      event->sent_at_ms - FOLLOWS_MS, ret_idea);
}

static bool on_message(struct request *request)
{
	struct idea idea;

	if (!request->event->media && !request->event->geo_uri)
		return idea_request_take_part(request);
	if (!find_followed(request, &idea) || idea.state == IDEA_ARCHIVED)
		return false;
	idea_request_attach(request, idea.id, place_name(request));
	return true;
}

static bool swap_photo(struct request *request)
{
	struct media_row old, better;
	struct idea idea;

	if (!better_photo_find(request, &old, &better) || !idea_find_by_photo(turn_view(request->turn), old.id, &idea))
		return false;
	media_want(request->turn, better.id);
	idea_remove_photo(request->turn, idea.id, old.id);
	idea_add_photo(request->turn, idea.id, better.id);
	return true;
}

/* The words of the edit: behind its command word, or all when it has none. False when they are for another command. */
static bool read_edit(struct request *request, const char **ret_text)
{
	struct grammar_line line;

	switch (grammar_find(turn_arena(request->turn), request->event->body, commands, &line)) {
	case GRAMMAR_NONE:
		*ret_text = request->text;
		return true;
	case GRAMMAR_COMMAND:
		*ret_text = line.rest;
		request->language = grammar_language(line.tongue, request->language);
		return line.command == &cmd_idee;
	case GRAMMAR_NEAR_MISS:
	case GRAMMAR_UNKNOWN:
		return false;
	}
	die("grammar_find");
}

static bool change_words(struct request *request)
{
	struct view *view = turn_view(request->turn);
	struct reader reader;
	const char *text;
	struct idea idea;

	if (!idea_find_by_source(view, request->event->target, &idea) || !link_is_one(view, idea.author, request->person.id) ||
	    !read_edit(request, &text))
		return false;
	reader = request_reader(request);
	switch (idea_edit(request->turn, idea.id, request->person.id, text, &idea)) {
	case IDEA_EDITED:
		request->answer = idea_words_edited(&reader, &idea);
		break;
	case IDEA_EDIT_SAME:
	case IDEA_EDIT_GONE:
		break;
	case IDEA_EDIT_EMPTY:
		ANSWER(request, "idea.empty");
		break;
	case IDEA_EDIT_TOO_LONG:
		ANSWER(request, "idea.too_long");
		break;
	}
	return true;
}

/* A ja that now says something else is none. */
static bool change_part(struct request *request)
{
	bool yes;

	if (question_read_yes_no(turn_arena(request->turn), request->text, &yes) && yes)
		return false;
	return idea_remove_helper_by(request->turn, request->event->target, request->person.id);
}

static bool on_edit(struct request *request)
{
	bool swapped = swap_photo(request);
	bool changed = change_words(request) || change_part(request);

	return swapped || changed;
}

static bool on_redaction(struct request *request)
{
	struct view *view = turn_view(request->turn);
	const char *target = request->event->target;
	struct media_row media;
	struct idea idea;

	if (idea_remove_thumb(request->turn, target) || idea_remove_helper_by(request->turn, target, request->person.id))
		return true;
	if (idea_find_by_source(view, target, &idea) && link_is_one(view, idea.author, request->person.id)) {
		if (idea_archive(request->turn, idea.id, request->person.id))
			ANSWER(request, "idea.archived", MSG_INT("number", idea.id));
		return true;
	}
	if (media_find(view, target, &media) && idea_find_by_photo(view, media.id, &idea) && link_is_one(view, idea.author, request->person.id)) {
		idea_remove_photo(request->turn, idea.id, media.id);
		return true;
	}
	return false;
}

static bool on_reaction(struct request *request)
{
	struct idea idea;

	if (!str_equal(request->event->reaction, "👍") || !idea_request_find(request, request->event->target, &idea))
		return false;
	idea_add_thumb(request->turn, idea.id, request->person.id, request->event->id);
	return true;
}

const struct listener on_idea = {
	.name = "idea",
	.on_message = on_message,
	.on_edit = on_edit,
	.on_redaction = on_redaction,
	.on_reaction = on_reaction,
};
