#include "command/story_request.h"

#include "base/die.h"
#include "base/str.h"
#include "command/album.h"
#include "command/answer.h"
#include "command/bon_request.h"
#include "say/round_words.h"
#include "say/story_words.h"
#include "store/media.h"

/* The picture that an event of this room carried, if it is one. */
static bool find_picture(const struct request *request, const char *event, struct media_row *ret_media)
{
	return event && media_find(turn_view(request->turn), event, ret_media) && str_equal(ret_media->room, request->event->room) &&
	       str_starts(ret_media->file.mime, "image/");
}

bool story_request_attach(const struct request *request, int64_t id, const char *event)
{
	struct media_row media;

	if (!find_picture(request, event, &media))
		return false;
	media_want(request->turn, media.id);
	story_add_photo(request->turn, id, media.id);
	return true;
}

bool story_request_has_picture(const struct request *request)
{
	struct media_row media;

	return find_picture(request, request->event->id, &media) || find_picture(request, request->event->reply_to, &media);
}

/* The message's own pictures, the rest of its album and the one it answers; the story as it is with them. */
static struct story with_pictures(struct request *request, const struct story *story)
{
	struct story now = *story;
	const struct media_row *album;
	size_t len;

	if (!story_takes_photos(story->kind))
		return now;
	album = album_before(request, &len);
	for (size_t i = 0; i < len; i++)
		(void)story_request_attach(request, story->id, album[i].event);
	(void)story_request_attach(request, story->id, request->event->id);
	(void)story_request_attach(request, story->id, request->event->reply_to);
	INVARIANT(story_find_by_event(turn_view(request->turn), story->event, &now));
	return now;
}

static struct story_draft draft_of(const struct request *request, enum story_kind kind)
{
	return (struct story_draft){
		.kind = kind,
		.group = request->group.id,
		.author = request->person.id,
		.event = request->event->id,
		.said_at_ms = request->event->sent_at_ms,
		.disappearing = request->event->disappearing,
		.language = request->language,
		.text = request->text,
		.has_photo = story_takes_photos(kind) && story_request_has_picture(request),
	};
}

/* What there is already, for who typed nothing more. */
static const char *told_so_far(const struct reader *reader, const struct story_draft *draft)
{
	if (draft->kind == STORY_ANSWER)
		return round_words_core(reader, draft->round, draft->core);
	return story_words_list(reader, draft->core, draft->kind);
}

static enum command_end keep(struct request *request, const struct story_draft *draft)
{
	struct reader reader = request_reader(request);
	struct story story;

	switch (story_add(request->turn, draft, &story)) {
	case STORY_DONE:
		story = with_pictures(request, &story);
		request->answer = story_words_told(&reader, &story);
		return COMMAND_DONE;
	case STORY_SAME:
		(void)with_pictures(request, &story);
		ANSWER(request, "story.same");
		return COMMAND_DONE;
	case STORY_EMPTY:
		request->answer = told_so_far(&reader, draft);
		return COMMAND_REFUSED;
	case STORY_TOO_LONG:
		ANSWER(request, "story.too_long");
		return COMMAND_REFUSED;
	case STORY_GONE:
		break;
	}
	die("story_add");
}

enum command_end story_request_tell(struct request *request, enum story_kind kind)
{
	struct story_draft draft = draft_of(request, kind);

	if (!bon_request_core(request, &draft.core) || !draft.core) {
		ANSWER(request, "story.no_core");
		return COMMAND_REFUSED;
	}
	return keep(request, &draft);
}

enum command_end story_request_answer(struct request *request, const char *round, int64_t core)
{
	struct story_draft draft = draft_of(request, STORY_ANSWER);

	draft.round = round;
	draft.core = core;
	return keep(request, &draft);
}

void story_request_answer_edit(struct request *request, enum story_verdict verdict, const struct story *story)
{
	struct reader reader = request_reader(request);

	switch (verdict) {
	case STORY_DONE:
		request->answer = story_words_edited(&reader, story);
		break;
	case STORY_EMPTY:
		ANSWER(request, "story.emptied");
		break;
	case STORY_TOO_LONG:
		ANSWER(request, "story.too_long");
		break;
	case STORY_SAME:
	case STORY_GONE:
		break;
	}
}
