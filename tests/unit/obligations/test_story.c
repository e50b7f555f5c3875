#include "obligations/story.h"

#include "store/blob.h"
#include "store/media.h"
#include "unit/neighbours.h"

static const struct statements *const rooms[] = { &neighbours_statements, &story_statements, &media_statements, &blob_statements, NULL };
static struct scratch scratch;

static int setup(void **state)
{
	(void)state;
	scratch_open(&scratch, rooms);
	neighbours_move_in(&scratch);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_close(&scratch);
	return 0;
}

static struct story_draft draft_of(const char *event, enum story_kind kind, const char *text)
{
	return (struct story_draft){ .kind = kind, .core = CORE_KRUITBERG, .group = GROUP_KRUITBERG, .author = PERSON_LEAD, .event = event,
		.said_at_ms = SCRATCH_NOW_MS + event[1], .language = LANGUAGE_EN, .text = text };
}

static struct story tell(struct turn *turn, const char *event, enum story_kind kind, const char *text)
{
	const struct story_draft draft = draft_of(event, kind, text);
	struct story story;

	assert_int_equal(story_add(turn, &draft, &story), STORY_DONE);
	return story;
}

static void tell_some(struct turn *turn, void *context)
{
	struct view *view = turn_view(turn);
	const struct story *list;
	struct story found;
	size_t len;

	(void)context;
	(void)tell(turn, "$a", STORY_RESULT, "Moestuin open");
	(void)tell(turn, "$b", STORY_LESSON, "Begin eerder");
	(void)tell(turn, "$c", STORY_RESULT, "Muur geverfd");
	assert_int_equal(story_count(view, CORE_KRUITBERG, STORY_RESULT), 2);
	assert_int_equal(story_count(view, CORE_KRUITBERG, STORY_LESSON), 1);
	assert_int_equal(story_count(view, CORE_KLEIBURG, STORY_RESULT), 0);
	list = story_list(view, CORE_KRUITBERG, STORY_RESULT, &len);
	assert_int_equal(len, 2);
	assert_string_equal(list[0].text, "Moestuin open");
	assert_string_equal(list[1].text, "Muur geverfd");
	assert_true(story_find_by_event(view, "$b", &found));
	assert_int_equal(found.kind, STORY_LESSON);
	assert_int_equal(found.language, LANGUAGE_EN);
	assert_true(story_find_latest(view, PERSON_LEAD, GROUP_KRUITBERG, SCRATCH_NOW_MS, &found));
	assert_string_equal(found.event, "$c");
	assert_false(story_find_latest(view, PERSON_LEAD, GROUP_KRUITBERG, SCRATCH_NOW_MS + 'd', &found));
	assert_false(story_find_latest(view, PERSON_FATIMA, GROUP_KRUITBERG, 0, &found));
}

static void story__is_kept__by_core_and_kind(void **state)
{
	(void)state;
	scratch_turn(&scratch, tell_some, NULL);
}

static void tell_unfit(struct turn *turn, void *context)
{
	char text[STORY_TEXT_MAX + 2];
	struct story_draft draft = draft_of("$a", STORY_RESULT, "");
	struct story first, again;

	(void)context;
	assert_int_equal(story_add(turn, &draft, &again), STORY_EMPTY);
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	draft.text = text;
	assert_int_equal(story_add(turn, &draft, &again), STORY_TOO_LONG);
	draft.text = "";
	draft.has_photo = true;
	assert_int_equal(story_add(turn, &draft, &again), STORY_DONE);
	/* The same message under another id; the same words a moment later are meant. */
	first = tell(turn, "$b", STORY_RESULT, "Muur");
	draft = draft_of("$b", STORY_RESULT, "Muur");
	draft.event = "$x";
	assert_int_equal(story_add(turn, &draft, &again), STORY_SAME);
	assert_int_equal(again.id, first.id);
	(void)tell(turn, "$c", STORY_RESULT, "Muur");
}

static void story_add__refuses__nothing_and_too_much(void **state)
{
	(void)state;
	scratch_turn(&scratch, tell_unfit, NULL);
}

static void change(struct turn *turn, void *context)
{
	struct story story = tell(turn, "$a", STORY_RESULT, "Muur"), now;

	(void)context;
	assert_int_equal(story_edit(turn, story.id, "Muur", &now), STORY_SAME);
	assert_int_equal(story_edit(turn, story.id, "", &now), STORY_EMPTY);
	assert_int_equal(story_edit(turn, story.id, "Muur en lift", &now), STORY_DONE);
	assert_string_equal(now.text, "Muur en lift");
	assert_true(story_withdraw(turn, story.id));
	assert_false(story_withdraw(turn, story.id));
	assert_int_equal(story_edit(turn, story.id, "Toch", &now), STORY_GONE);
	assert_int_equal(story_count(turn_view(turn), CORE_KRUITBERG, STORY_RESULT), 0);
	assert_true(story_find_by_event(turn_view(turn), "$a", &now));
	assert_true(now.withdrawn);
	assert_false(story_find_latest(turn_view(turn), PERSON_LEAD, GROUP_KRUITBERG, 0, &now));
}

static void story__is_changed_and_withdrawn__for_good(void **state)
{
	(void)state;
	scratch_turn(&scratch, change, NULL);
}

static int64_t photo(struct turn *turn, const char *event)
{
	static const struct media file = { .url = "mxc://k/1", .name = "image.jpg", .mime = "image/jpeg" };
	const struct event sent = { .id = event, .room = ROOM_KRUITBERG, .sender = "@lead:console", .body = "", .media = &file };

	return media_remember(turn, &sent);
}

static void photos(struct turn *turn, void *context)
{
	struct view *view = turn_view(turn);
	struct story story = tell(turn, "$a", STORY_RESULT, "Muur"), other = tell(turn, "$b", STORY_RESULT, "Lift"), found;
	int64_t first = photo(turn, "$p1"), second = photo(turn, "$p2"), lost = photo(turn, "$p3");
	const char **hashes;
	size_t len;

	(void)context;
	story_add_photo(turn, story.id, second);
	story_add_photo(turn, story.id, first);
	story_add_photo(turn, story.id, lost);
	story_add_photo(turn, other.id, first);
	media_failed(turn, lost, "not_found");
	assert_true(story_find_by_photo(view, first, &found));
	assert_int_equal(found.id, story.id);
	assert_int_equal(found.photos, 2);
	(void)story_photos(view, story.id, &len);
	assert_int_equal(len, 0);
	blob_record(turn, &(struct blob){ .hash = "b1", .size = 1, .type = "image/jpeg" });
	blob_record(turn, &(struct blob){ .hash = "b2", .size = 1, .type = "image/jpeg" });
	media_stored(turn, first, "b1");
	media_stored(turn, second, "b2");
	hashes = story_photos(view, story.id, &len);
	assert_int_equal(len, 2);
	assert_string_equal(hashes[0], "b2");
	assert_string_equal(hashes[1], "b1");
	story_remove_photo(turn, story.id, second);
	assert_false(story_find_by_photo(view, second, &found));
}

static void story_photos__are_those_that_arrived__in_order(void **state)
{
	(void)state;
	scratch_turn(&scratch, photos, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(story__is_kept__by_core_and_kind, setup, teardown),
		cmocka_unit_test_setup_teardown(story_add__refuses__nothing_and_too_much, setup, teardown),
		cmocka_unit_test_setup_teardown(story__is_changed_and_withdrawn__for_good, setup, teardown),
		cmocka_unit_test_setup_teardown(story_photos__are_those_that_arrived__in_order, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
