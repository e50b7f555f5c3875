#include "command/records.h"

#include "base/clock.h"
#include "budget/booking.h"
#include "budget/ledger.h"
#include "budget/line.h"
#include "budget/receipt.h"
#include "ideas/family.h"
#include "ideas/helper.h"
#include "ideas/history.h"
#include "ideas/idea.h"
#include "ideas/news.h"
#include "obligations/story.h"
#include "people/link.h"
#include "store/outbox.h"
#include "store/outbox_owner.h"
#include "unit/command/ask.h"
#include "year/round.h"

static const struct statements *const rooms[] = { &neighbours_statements, &group_statements, &person_statements, &actor_statements,
	&link_statements, &media_statements, &outbox_statements, &idea_statements, &idea_family_statements,
	&idea_helper_statements, &idea_history_statements, &idea_news_statements, &line_statements, &receipt_statements,
	&booking_statements, &ledger_statements, &question_statements, &story_statements, &round_statements, NULL };
static struct scratch scratch;
static struct test_house home;

static int setup(void **state)
{
	(void)state;
	scratch_open(&scratch, rooms);
	neighbours_move_in(&scratch);
	test_house_open(&home);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	test_house_close(&home);
	scratch_close(&scratch);
	return 0;
}

static const struct media picture = { .url = "mxc://k/1", .name = "image.jpg", .mime = "image/jpeg" };
static const struct media paper = { .url = "mxc://k/2", .name = "plan.pdf", .mime = "application/pdf" };

#define LEAD(...)   ((struct typed){ .person = PERSON_LEAD, .group = GROUP_KRUITBERG, .event = { __VA_ARGS__ } })
#define FATIMA(...) ((struct typed){ .person = PERSON_FATIMA, .group = GROUP_KRUITBERG, .event = { __VA_ARGS__ } })

static struct story story_of(struct turn *turn, const char *event)
{
	struct story story;

	assert_true(story_find_by_event(turn_view(turn), event, &story));
	return story;
}

static void edits(struct turn *turn, void *context)
{
	const char *answer;

	(void)context;
	assert_non_null(ask(&home, turn, LEAD(.id = "$a", .body = "!resultaat muur")));
	assert_true(notice(&home, turn, LEAD(.kind = EVENT_EDIT, .id = "$e1", .target = "$a", .body = "!result the wall"), &on_story, &answer));
	assert_string_equal(answer, "Changed. It now says: the wall");
	assert_true(notice(&home, turn, LEAD(.kind = EVENT_EDIT, .id = "$e2", .target = "$a", .body = "muur en lift"), &on_story, &answer));
	assert_string_equal(story_of(turn, "$a").text, "muur en lift");
	assert_true(notice(&home, turn, LEAD(.kind = EVENT_EDIT, .id = "$e3", .target = "$a", .body = "!resultaat"), &on_story, &answer));
	assert_non_null(answer);
	/* Another command's words, and another person's. */
	assert_false(notice(&home, turn, LEAD(.kind = EVENT_EDIT, .id = "$e4", .target = "$a", .body = "!leerpunt begin eerder"), &on_story, &answer));
	assert_false(notice(&home, turn, FATIMA(.kind = EVENT_EDIT, .id = "$e5", .target = "$a", .body = "!resultaat niets"), &on_story, &answer));
	assert_string_equal(story_of(turn, "$a").text, "muur en lift");
}

static void on_story__amends__by_the_authors_edit_only(void **state)
{
	(void)state;
	scratch_turn(&scratch, edits, NULL);
}

static bool is_stranger_taken(struct turn *turn, const struct listener *listener, const char *id, const char *target)
{
	const char *answer;

	return notice(&home, turn, FATIMA(.kind = EVENT_EDIT, .id = id, .target = target, .media = &picture), listener, &answer);
}

static void swaps(struct turn *turn, void *context)
{
	const char *answer;

	(void)context;
	assert_non_null(ask(&home, turn, LEAD(.id = "$a", .body = "!resultaat muur", .media = &picture)));
	assert_non_null(ask(&home, turn, LEAD(.id = "$i", .body = "!idee bank", .media = &picture)));
	assert_non_null(ask(&home, turn, LEAD(.id = "$b", .body = "!bon verf", .media = &picture)));
	assert_false(is_stranger_taken(turn, &on_story, "$s1", "$a"));
	assert_false(is_stranger_taken(turn, &on_idea, "$s2", "$i"));
	assert_false(is_stranger_taken(turn, &on_receipt, "$s3", "$b"));
	assert_true(notice(&home, turn, LEAD(.kind = EVENT_EDIT, .id = "$o1", .target = "$a", .media = &picture), &on_story, &answer));
	assert_true(notice(&home, turn, LEAD(.kind = EVENT_EDIT, .id = "$o2", .target = "$i", .media = &picture), &on_idea, &answer));
	assert_true(notice(&home, turn, LEAD(.kind = EVENT_EDIT, .id = "$o3", .target = "$b", .media = &picture), &on_receipt, &answer));
}

static void better_photo_find__takes__only_the_senders_own_edit(void **state)
{
	(void)state;
	scratch_turn(&scratch, swaps, NULL);
}

static void redactions(struct turn *turn, void *context)
{
	const char *answer;

	(void)context;
	assert_non_null(ask(&home, turn, LEAD(.id = "$a", .body = "!resultaat muur")));
	assert_non_null(ask(&home, turn, LEAD(.id = "$b", .body = "!leerpunt begin eerder", .disappearing = true)));
	assert_false(notice(&home, turn, FATIMA(.kind = EVENT_REDACTION, .id = "$d1", .target = "$a"), &on_story, &answer));
	assert_false(story_of(turn, "$a").withdrawn);
	assert_true(notice(&home, turn, LEAD(.kind = EVENT_REDACTION, .id = "$d2", .target = "$a"), &on_story, &answer));
	assert_string_equal(answer, "Het resultaat is weggehaald.");
	assert_true(story_of(turn, "$a").withdrawn);
	/* The room deletes that one by itself. */
	assert_true(notice(&home, turn, LEAD(.kind = EVENT_REDACTION, .id = "$d3", .target = "$b"), &on_story, &answer));
	assert_null(answer);
	assert_false(story_of(turn, "$b").withdrawn);
}

static void on_story__withdraws__by_the_authors_redaction_only(void **state)
{
	(void)state;
	scratch_turn(&scratch, redactions, NULL);
}

static void photos(struct turn *turn, void *context)
{
	const char *answer;

	(void)context;
	assert_non_null(ask(&home, turn, LEAD(.id = "$a", .body = "!resultaat muur")));
	assert_true(notice(&home, turn, LEAD(.id = "$p1", .form = FORM_IMAGE, .media = &picture), &on_story, &answer));
	assert_string_equal(answer, "Foto bij het resultaat gezet.");
	assert_true(notice(&home, turn, LEAD(.id = "$p2", .form = FORM_IMAGE, .media = &picture), &on_story, &answer));
	assert_null(answer);
	assert_false(notice(&home, turn, LEAD(.id = "$p3", .form = FORM_IMAGE, .media = &picture, .body = "Wat een feest"), &on_story, &answer));
	assert_false(notice(&home, turn, LEAD(.id = "$p4", .form = FORM_FILE, .media = &paper), &on_story, &answer));
	assert_false(notice(&home, turn, FATIMA(.id = "$p5", .form = FORM_IMAGE, .media = &picture), &on_story, &answer));
	assert_false(notice(&home, turn, LEAD(.id = "$p6", .form = FORM_IMAGE, .media = &picture, .sent_at_ms = SCRATCH_NOW_MS + 3 * MS_PER_MINUTE), &on_story,
			    &answer));
	/* In reply to the result, or to what we said of it; not by a neighbour who leads nothing. */
	outbox_mark_sent(turn, outbox_add(turn, &(struct outbox_message){ .room = ROOM_KRUITBERG, .body = "x", .reply_to = "$a" }), "$bot");
	assert_true(notice(&home, turn, LEAD(.id = "$p7", .form = FORM_IMAGE, .media = &picture, .reply_to = "$bot"), &on_story, &answer));
	assert_false(notice(&home, turn, FATIMA(.id = "$p8", .form = FORM_IMAGE, .media = &picture, .reply_to = "$a"), &on_story, &answer));
	assert_int_equal(story_of(turn, "$a").photos, 3);
	/* The sharper copy takes the place of the first, and its sender takes one off. */
	assert_true(notice(&home, turn, LEAD(.kind = EVENT_EDIT, .id = "$p9", .target = "$p1", .form = FORM_IMAGE, .media = &picture), &on_story, &answer));
	assert_int_equal(story_of(turn, "$a").photos, 3);
	assert_false(notice(&home, turn, FATIMA(.kind = EVENT_REDACTION, .id = "$d1", .target = "$p2"), &on_story, &answer));
	assert_true(notice(&home, turn, LEAD(.kind = EVENT_REDACTION, .id = "$d2", .target = "$p2"), &on_story, &answer));
	assert_int_equal(story_of(turn, "$a").photos, 2);
}

static void on_story__takes__the_photos_that_are_meant(void **state)
{
	(void)state;
	scratch_turn(&scratch, photos, NULL);
}

static void photo_after_others(struct turn *turn, void *context)
{
	const char *answer;

	(void)context;
	assert_non_null(ask(&home, turn, LEAD(.id = "$a", .body = "!resultaat muur")));
	assert_non_null(ask(&home, turn, LEAD(.id = "$b", .body = "!idee nog een muur", .sent_at_ms = SCRATCH_NOW_MS + 1)));
	assert_false(notice(&home, turn, LEAD(.id = "$p1", .form = FORM_IMAGE, .media = &picture, .sent_at_ms = SCRATCH_NOW_MS + 2), &on_story, &answer));
	assert_non_null(ask(&home, turn, LEAD(.id = "$c", .body = "!leerpunt begin eerder", .sent_at_ms = SCRATCH_NOW_MS + 3)));
	assert_false(notice(&home, turn, LEAD(.id = "$p2", .form = FORM_IMAGE, .media = &picture, .sent_at_ms = SCRATCH_NOW_MS + 4), &on_story, &answer));
	assert_int_equal(story_of(turn, "$a").photos + story_of(turn, "$c").photos, 0);
}

static void on_story__leaves__a_photo_that_follows_something_else(void **state)
{
	(void)state;
	scratch_turn(&scratch, photo_after_others, NULL);
}

static void lost_photo(struct turn *turn, void *context)
{
	struct media_row file;

	(void)context;
	assert_non_null(ask(&home, turn, LEAD(.id = "$a", .form = FORM_IMAGE, .media = &picture, .body = "!resultaat muur")));
	assert_true(media_find(turn_view(turn), "$a", &file));
	on_story.on_file(&home.house, turn, &file);
	assert_false(outbox_has(turn_view(turn), "story/file/1"));
	media_failed(turn, file.id, "not_found");
	file = media_get(turn_view(turn), file.id);
	assert_int_equal(file.id, 1);
	on_story.on_file(&home.house, turn, &file);
	assert_true(outbox_has(turn_view(turn), "story/file/1"));
}

static void on_story__tells__when_a_photo_is_lost(void **state)
{
	(void)state;
	scratch_turn(&scratch, lost_photo, NULL);
}

/* The day post $q asked Kruitberg. */
static void ask_kruitberg(struct turn *turn)
{
	const struct wall day = { .year = 2022, .month = 6, .day = 1 };
	const struct outbox_message post = { .room = ROOM_KRUITBERG, .body = "x", .dedupe = "day/kruitberg/2022-06-01" };

	outbox_mark_sent(turn, outbox_add(turn, &post), "$q");
	round_ask(turn, "2022-06-01", CORE_KRUITBERG, post.dedupe, &day);
}

static void answers(struct turn *turn, void *context)
{
	const char *answer;

	(void)context;
	ask_kruitberg(turn);
	assert_true(notice(&home, turn, FATIMA(.id = "$a", .reply_to = "$q", .body = "gaat goed"), &on_round, &answer));
	assert_string_equal(story_of(turn, "$a").round, "2022-06-01");
	assert_int_equal(story_of(turn, "$a").core, CORE_KRUITBERG);
	assert_true(notice(&home, turn, LEAD(.id = "$b", .reply_to = "$q", .body = "hobbel: de lift"), &on_round, &answer));
	assert_non_null(strstr(answer, "de hobbel"));
	/* About something else in that post, or no answer at all. */
	assert_false(notice(&home, turn, FATIMA(.id = "$c", .reply_to = "$q", .body = "ja"), &on_round, &answer));
	assert_false(notice(&home, turn, FATIMA(.id = "$d", .reply_to = "$q", .body = "Ik!"), &on_round, &answer));
	assert_false(notice(&home, turn, FATIMA(.id = "$e", .body = "gaat goed"), &on_round, &answer));
	assert_false(notice(&home, turn, FATIMA(.id = "$f", .reply_to = "$a", .body = "mooi!"), &on_round, &answer));
	/* Our thanks. */
	outbox_mark_sent(turn, outbox_add(turn, &(struct outbox_message){ .room = ROOM_KRUITBERG, .body = "x", .reply_to = "$a" }), "$thanks");
	assert_true(notice(&home, turn, FATIMA(.id = "$g", .reply_to = "$thanks", .body = "en soep"), &on_round, &answer));
	assert_int_equal(story_count_answers(turn_view(turn), CORE_KRUITBERG, "2022-06-01"), 3);
	assert_int_equal(story_count(turn_view(turn), CORE_KRUITBERG, STORY_RESULT), 0);
}

static void on_round__keeps__replies_to_the_question(void **state)
{
	(void)state;
	scratch_turn(&scratch, answers, NULL);
}

static void answer_photos(struct turn *turn, void *context)
{
	const char *answer;

	(void)context;
	ask_kruitberg(turn);
	assert_true(notice(&home, turn, FATIMA(.id = "$a", .reply_to = "$q", .form = FORM_IMAGE, .media = &picture), &on_round, &answer));
	assert_int_equal(story_of(turn, "$a").photos, 1);
	assert_true(notice(&home, turn, FATIMA(.id = "$p", .form = FORM_IMAGE, .media = &picture), &on_story, &answer));
	assert_int_equal(story_of(turn, "$a").photos, 2);
	outbox_mark_sent(turn, outbox_add(turn, &(struct outbox_message){ .room = ROOM_KRUITBERG, .body = "x", .reply_to = "$a" }), "$thanks");
	assert_false(notice(&home, turn, FATIMA(.id = "$r", .reply_to = "$thanks", .form = FORM_IMAGE, .media = &picture), &on_round, &answer));
	assert_true(notice(&home, turn, FATIMA(.id = "$r", .reply_to = "$thanks", .form = FORM_IMAGE, .media = &picture), &on_story, &answer));
	assert_int_equal(story_of(turn, "$a").photos, 3);
	/* Somebody else's photo is an answer of his own. */
	assert_true(notice(&home, turn, LEAD(.id = "$l", .reply_to = "$thanks", .form = FORM_IMAGE, .media = &picture), &on_round, &answer));
	assert_int_equal(story_of(turn, "$l").author, PERSON_LEAD);
	/* A paper or a voice is nothing to keep, and whoever sent it is told. */
	assert_true(notice(&home, turn, FATIMA(.id = "$d", .reply_to = "$q", .form = FORM_FILE, .media = &paper), &on_round, &answer));
	assert_non_null(strstr(answer, "Typ je het"));
	assert_int_equal(story_count_answers(turn_view(turn), CORE_KRUITBERG, "2022-06-01"), 2);
}

static void on_round__takes__photos_and_no_papers(void **state)
{
	(void)state;
	scratch_turn(&scratch, answer_photos, NULL);
}

static void answer_edits(struct turn *turn, void *context)
{
	const char *answer;

	(void)context;
	ask_kruitberg(turn);
	assert_true(notice(&home, turn, FATIMA(.id = "$a", .reply_to = "$q", .body = "gaat goed"), &on_round, &answer));
	assert_true(notice(&home, turn, FATIMA(.kind = EVENT_EDIT, .id = "$e", .target = "$a", .body = "gaat beter"), &on_story, &answer));
	assert_string_equal(story_of(turn, "$a").text, "gaat beter");
	assert_false(notice(&home, turn, LEAD(.kind = EVENT_EDIT, .id = "$f", .target = "$a", .body = "slecht"), &on_story, &answer));
	assert_false(notice(&home, turn, FATIMA(.kind = EVENT_EDIT, .id = "$g", .target = "$a", .body = "!resultaat muur"), &on_story, &answer));
	assert_true(notice(&home, turn, FATIMA(.kind = EVENT_EDIT, .id = "$h", .target = "$a", .body = "!ophaalslag top"), &on_story, &answer));
	assert_string_equal(story_of(turn, "$a").text, "top");
	assert_true(notice(&home, turn, FATIMA(.kind = EVENT_REDACTION, .id = "$i", .target = "$a"), &on_story, &answer));
	assert_string_equal(answer, "Je antwoord is weggehaald.");
	assert_int_equal(story_count_answers(turn_view(turn), CORE_KRUITBERG, "2022-06-01"), 0);
}

static void on_story__mends__answers_by_their_author_only(void **state)
{
	(void)state;
	scratch_turn(&scratch, answer_edits, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(better_photo_find__takes__only_the_senders_own_edit, setup, teardown),
		cmocka_unit_test_setup_teardown(on_story__amends__by_the_authors_edit_only, setup, teardown),
		cmocka_unit_test_setup_teardown(on_story__withdraws__by_the_authors_redaction_only, setup, teardown),
		cmocka_unit_test_setup_teardown(on_story__takes__the_photos_that_are_meant, setup, teardown),
		cmocka_unit_test_setup_teardown(on_story__leaves__a_photo_that_follows_something_else, setup, teardown),
		cmocka_unit_test_setup_teardown(on_round__keeps__replies_to_the_question, setup, teardown),
		cmocka_unit_test_setup_teardown(on_round__takes__photos_and_no_papers, setup, teardown),
		cmocka_unit_test_setup_teardown(on_story__mends__answers_by_their_author_only, setup, teardown),
		cmocka_unit_test_setup_teardown(on_story__tells__when_a_photo_is_lost, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
