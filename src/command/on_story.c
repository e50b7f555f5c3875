/*
 * What people do with a result, a lesson or an answer besides typing a command: the photos that follow, a sharper copy of
 * one, an edit of their message, taking it back. And what becomes of a photo on its way.
 */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"
#include "budget/receipt.h"
#include "command/answer.h"
#include "command/better_photo.h"
#include "command/grammar.h"
#include "command/records.h"
#include "command/story_request.h"
#include "ideas/idea.h"
#include "people/link.h"
#include "say/unasked.h"
#include "store/media.h"
#include "store/outbox.h"

/* A picture without words this soon after a result belongs to it. Longer, and it may be anything. */
#define FOLLOWS_MS (2 * MS_PER_MINUTE)

/* How long it is worth telling that a photo did not arrive. */
#define FILE_NEWS_MS (2 * MS_PER_DAY)

static bool is_own(const struct request *request, const struct story *story)
{
	return link_is_one(turn_view(request->turn), story->author, request->person.id);
}

/* The story that an event is about, also when that is our own answer. */
static bool find_meant(const struct request *request, const char *event, struct story *ret_story)
{
	struct view *view = turn_view(request->turn);
	const char *answered;

	if (story_find_by_event(view, event, ret_story))
		return true;
	return outbox_find_answered(view, event, &answered) && story_find_by_event(view, answered, ret_story);
}

/* A photo belongs to what was said last: did an idea or a receipt of this person come later? */
static bool other_came_after(const struct request *request, int64_t said_at_ms)
{
	struct view *view = turn_view(request->turn);
	struct receipt receipt;
	struct idea idea;

	return idea_find_latest(view, request->person.id, request->group.id, said_at_ms, &idea) ||
	       (receipt_find_for_photo(view, request->group.id, request->person.id, request->event->sent_at_ms, &receipt) &&
		receipt.sent_at_ms > said_at_ms);
}

/* The story that a photo which is no command belongs to: the one it answers, when he may add to it, or his last. */
static bool find_followed(const struct request *request, struct story *ret_story)
{
	struct view *view = turn_view(request->turn);
	const struct event *event = request->event;

	if (event->reply_to)
		return find_meant(request, event->reply_to, ret_story) &&
		       (is_own(request, ret_story) || actor_leads(view, &request->actor, ret_story->core));
	return str_empty(event->body) &&
	       story_find_latest(view, request->person.id, request->group.id, event->sent_at_ms - FOLLOWS_MS, ret_story) &&
	       !other_came_after(request, ret_story->said_at_ms);
}

static bool on_message(struct request *request)
{
	struct story story;

	if (!request->event->media || !find_followed(request, &story) || !story_takes_photos(story.kind) || story.withdrawn ||
	    !story_request_attach(request, story.id, request->event->id))
		return false;
	/* The rest of an album needs no words. */
	if (!story.photos) {
		if (!request->person.has_language)
			request->language = story.language;
		ANSWER(request, "story.photo_joined", MSG_TEXT("kind", story_kind_format(story.kind)));
	}
	return true;
}

static bool swap_photo(struct request *request)
{
	struct media_row old, better;
	struct story story;

	if (!better_photo_find(request, &old, &better) || !story_find_by_photo(turn_view(request->turn), old.id, &story) ||
	    !story_request_attach(request, story.id, request->event->id))
		return false;
	story_remove_photo(request->turn, story.id, old.id);
	return true;
}

/* The words of the edit: behind its command word, or all when it has none. False when they are for another command. */
static bool read_edit(struct request *request, const struct story *story, const char **ret_text)
{
	static const struct command *const tellers[] = {
		[STORY_RESULT] = &cmd_resultaat, [STORY_LESSON] = &cmd_leerpunt, [STORY_ANSWER] = &cmd_ophaalslag,
	};
	struct grammar_line line;

	switch (grammar_find(turn_arena(request->turn), request->event->body, commands, &line)) {
	case GRAMMAR_NONE:
		*ret_text = request->text;
		request->language = story->language;
		return true;
	case GRAMMAR_COMMAND:
		*ret_text = line.rest;
		request->language = grammar_language(line.tongue, request->language);
		return line.command == tellers[story->kind];
	case GRAMMAR_NEAR_MISS:
	case GRAMMAR_UNKNOWN:
		return false;
	}
	die("grammar_find");
}

static bool change_words(struct request *request)
{
	const char *text;
	struct story story;

	if (!story_find_by_event(turn_view(request->turn), request->event->target, &story) || !is_own(request, &story) ||
	    !read_edit(request, &story, &text))
		return false;
	story_request_answer_edit(request, story_edit(request->turn, story.id, text, &story), &story);
	return true;
}

static bool on_edit(struct request *request)
{
	bool swapped = swap_photo(request);
	bool changed = change_words(request);

	return swapped || changed;
}

/* Its message is gone; where the room deletes by itself that says nothing. */
static void take_back(struct request *request, const struct story *story)
{
	if (story->disappearing || !story_withdraw(request->turn, story->id))
		return;
	if (!request->person.has_language)
		request->language = story->language;
	ANSWER(request, "story.withdrawn", MSG_TEXT("kind", story_kind_format(story->kind)));
}

static bool on_redaction(struct request *request)
{
	struct view *view = turn_view(request->turn);
	const char *target = request->event->target;
	struct media_row media;
	struct story story;

	if (story_find_by_event(view, target, &story) && is_own(request, &story)) {
		take_back(request, &story);
		return true;
	}
	if (!media_find(view, target, &media) || !str_equal(media.sender, request->event->sender) || !story_find_by_photo(view, media.id, &story))
		return false;
	if (!media.disappearing)
		story_remove_photo(request->turn, story.id, media.id);
	return true;
}

static void on_file(const struct house *house, struct turn *turn, const struct media_row *file)
{
	struct story story;
	struct group group;

	if (file->state != MEDIA_FAILED || !story_find_by_photo(turn_view(turn), file->id, &story) || story.withdrawn)
		return;
	group = group_get(turn_view(turn), story.group);
	if (!group.room)
		return;
	(void)unasked_add(house, turn, &(struct unasked){
		.room = group.room,
		.body = SAY(house->catalogue, turn_arena(turn), story.language, "story.photo_failed",
			    MSG_TEXT("kind", story_kind_format(story.kind))),
		.dedupe = arena_printf(turn_arena(turn), "story/file/%" PRId64, file->id),
		.useful_ms = FILE_NEWS_MS,
	});
}

const struct listener on_story = {
	.name = "story",
	.on_message = on_message,
	.on_edit = on_edit,
	.on_redaction = on_redaction,
	.on_file = on_file,
};
