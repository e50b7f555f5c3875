#include "say/story_words.h"

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "text/unicode.h"
#include "year/obstacle.h"

/* In characters as a reader counts them; the list with what follows stays within 600. */
enum { EDITED_MAX = 120, LINE_MAX = 60 };

enum { LIST_LINES = 5 };

char *story_words_told(const struct reader *reader, const struct story *story)
{
	const char *core = core_get(reader->view, story->core).name;
	size_t obstacles;

	switch (story->kind) {
	case STORY_RESULT:
		if (story->photos)
			return SAY_TO(reader, "story.result_photos", MSG_TEXT("core", core));
		return SAY_TO(reader, "story.result", MSG_TEXT("core", core));
	case STORY_LESSON:
		return SAY_TO(reader, "story.lesson", MSG_TEXT("core", core));
	case STORY_ANSWER:
		(void)obstacle_list(view_arena(reader->view), story->text, &obstacles);
		return SAY_TO(reader, obstacles ? "round.kept_obstacle" : "round.kept");
	}
	die("story kind %d", (int)story->kind);
}

char *story_words_edited(const struct reader *reader, const struct story *story)
{
	return SAY_TO(reader, "story.edited", MSG_TEXT("text", unicode_short_line(view_arena(reader->view), story->text, EDITED_MAX)));
}

static const char *line(const struct reader *reader, const struct story *story)
{
	const char *text = unicode_short_line(view_arena(reader->view), story->text, LINE_MAX);

	if (!story->photos)
		return SAY_TO(reader, "story.line", MSG_TEXT("text", text));
	if (str_empty(text))
		return SAY_TO(reader, "story.line_photos", MSG_INT("count", story->photos));
	return SAY_TO(reader, "story.line_with_photos", MSG_TEXT("text", text), MSG_INT("count", story->photos));
}

char *story_words_list(const struct reader *reader, int64_t core, enum story_kind kind)
{
	struct arena *arena = view_arena(reader->view);
	const char *kind_word = story_kind_format(kind);
	size_t len;
	const struct story *stories = story_list(reader->view, core, kind, &len);
	char *text;

	if (!len)
		return SAY_TO(reader, "story.how", MSG_TEXT("kind", kind_word));
	text = SAY_TO(reader, "story.list", MSG_TEXT("kind", kind_word), MSG_TEXT("core", core_get(reader->view, core).name));
	for (size_t i = len > LIST_LINES ? len - LIST_LINES : 0; i < len; i++)
		text = arena_printf(arena, "%s\n%s", text, line(reader, &stories[i]));
	return arena_printf(arena, "%s\n%s", text, SAY_TO(reader, "story.more", MSG_TEXT("kind", kind_word)));
}
