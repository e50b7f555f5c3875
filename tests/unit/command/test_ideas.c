#include "command/records.h"

#include "base/clock.h"
#include "ideas/family.h"
#include "ideas/helper.h"
#include "ideas/history.h"
#include "ideas/idea.h"
#include "ideas/news.h"
#include "people/link.h"
#include "store/outbox.h"
#include "store/outbox_owner.h"
#include "unit/command/ask.h"

static const struct statements *const rooms[] = { &link_statements, &neighbours_statements, &group_statements, &person_statements, &actor_statements,
	&media_statements, &outbox_statements, &idea_statements,
	&idea_family_statements, &idea_helper_statements, &idea_history_statements, &idea_news_statements, &question_statements, NULL };
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

#define FATIMA(...) ((struct typed){ .person = PERSON_FATIMA, .group = GROUP_KRUITBERG, .event = { __VA_ARGS__ } })
#define JOHN(...)   ((struct typed){ .person = PERSON_JOHN, .group = GROUP_KLEIBURG, .event = { __VA_ARGS__ } })

/* The only idea there is. */
static struct idea the_idea(struct turn *turn)
{
	struct idea idea;

	assert_true(idea_find(turn_view(turn), 1, &idea));
	return idea;
}

static void note_one(struct turn *turn)
{
	assert_non_null(ask(&home, turn, FATIMA(.id = "$a", .body = "!idee fietsenrek bij de lift")));
}

static void numbers_and_texts(struct turn *turn, void *context)
{
	(void)context;
	assert_string_equal(ask(&home, turn, FATIMA(.id = "$a", .body = "!idee 2 bankjes")), "Idee 1 genoteerd: 2 bankjes. Goed idee? Geef een 👍. Wil je zelf meedoen? Antwoord ja.");
	assert_string_equal(ask(&home, turn, FATIMA(.id = "$b", .body = "!Idea: a tap!")), "Idea 2 noted: a tap! Good idea? Give a 👍. Want to take part yourself? Answer yes.");
	assert_non_null(strstr(ask(&home, turn, FATIMA(.id = "$c", .body = "!idee 1")), "2 bankjes\nVan Fatima."));
	assert_non_null(strstr(ask(&home, turn, FATIMA(.id = "$d", .body = "!idee #1.")), "2 bankjes"));
	assert_string_equal(ask(&home, turn, FATIMA(.id = "$e", .body = "!idee 12")), "Idee 12 ken ik niet. Met !ideeen zie je de lijst.");
	assert_non_null(strstr(ask(&home, turn, FATIMA(.id = "$f", .body = "!idee")), "!idee fietsenrek bij de lift"));
	assert_non_null(strstr(ask(&home, turn, FATIMA(.id = "$g", .body = "!idee 0612345678")), "Idee 3 genoteerd"));
}

static void idee__tells_apart__numbers_and_texts(void **state)
{
	(void)state;
	scratch_turn(&scratch, numbers_and_texts, NULL);
}

static void support(struct turn *turn, void *context)
{
	const char *answer;

	(void)context;
	note_one(turn);
	/* The engine put the answer into the room as $bot. */
	outbox_mark_sent(turn, outbox_add(turn, &(struct outbox_message){ .room = ROOM_KRUITBERG, .body = "x", .reply_to = "$a" }), "$bot");
	assert_true(notice(&home, turn, JOHN(.kind = EVENT_REACTION, .id = "$r1", .target = "$bot", .reaction = "👍"), &on_idea, &answer));
	assert_null(answer);
	assert_true(notice(&home, turn, JOHN(.kind = EVENT_REACTION, .id = "$r2", .target = "$a", .reaction = "👍"), &on_idea, &answer));
	assert_false(notice(&home, turn, JOHN(.kind = EVENT_REACTION, .id = "$r3", .target = "$a", .reaction = "❤"), &on_idea, &answer));
	assert_false(notice(&home, turn, JOHN(.kind = EVENT_REACTION, .id = "$r4", .target = "$z", .reaction = "👍"), &on_idea, &answer));
	assert_int_equal(the_idea(turn).support, 1);
	assert_true(notice(&home, turn, JOHN(.kind = EVENT_REDACTION, .id = "$d1", .target = "$r1"), &on_idea, &answer));
	assert_int_equal(the_idea(turn).support, 1);
	assert_true(notice(&home, turn, JOHN(.kind = EVENT_REDACTION, .id = "$d2", .target = "$r2"), &on_idea, &answer));
	assert_int_equal(the_idea(turn).support, 0);
	/* A thumb on somebody's card. */
	assert_non_null(ask(&home, turn, JOHN(.id = "$card", .body = "!idee 1")));
	assert_true(notice(&home, turn, JOHN(.kind = EVENT_REACTION, .id = "$r5", .target = "$card", .reaction = "👍"), &on_idea, &answer));
	assert_int_equal(the_idea(turn).support, 1);
}

static void on_idea__counts__thumbs_wherever_the_idea_is_seen(void **state)
{
	(void)state;
	scratch_turn(&scratch, support, NULL);
}

static void edits(struct turn *turn, void *context)
{
	const char *answer;

	(void)context;
	note_one(turn);
	assert_true(notice(&home, turn, FATIMA(.kind = EVENT_EDIT, .id = "$e1", .target = "$a", .body = "!idea bankjes"), &on_idea, &answer));
	assert_string_equal(answer, "Idea 1 changed: bankjes.");
	assert_true(notice(&home, turn, FATIMA(.kind = EVENT_EDIT, .id = "$e2", .target = "$a", .body = "!idee bankjes"), &on_idea, &answer));
	assert_null(answer);
	assert_true(notice(&home, turn, FATIMA(.kind = EVENT_EDIT, .id = "$e3", .target = "$a", .body = "!idee"), &on_idea, &answer));
	assert_non_null(answer);
	assert_false(notice(&home, turn, FATIMA(.kind = EVENT_EDIT, .id = "$e4", .target = "$a", .body = "!taal en"), &on_idea, &answer));
	assert_false(notice(&home, turn, JOHN(.kind = EVENT_EDIT, .id = "$e5", .target = "$a", .body = "!idee kraan"), &on_idea, &answer));
	assert_string_equal(the_idea(turn).text, "bankjes");
}

static void on_idea__amends__by_the_authors_edit_only(void **state)
{
	(void)state;
	scratch_turn(&scratch, edits, NULL);
}

static void redactions(struct turn *turn, void *context)
{
	const char *answer;

	(void)context;
	note_one(turn);
	assert_false(notice(&home, turn, JOHN(.kind = EVENT_REDACTION, .id = "$d1", .target = "$a"), &on_idea, &answer));
	assert_int_equal(the_idea(turn).state, IDEA_NEW);
	assert_true(notice(&home, turn, FATIMA(.kind = EVENT_REDACTION, .id = "$d2", .target = "$a"), &on_idea, &answer));
	assert_string_equal(answer, "Idee 1 is weggehaald.");
	assert_string_equal(ask(&home, turn, FATIMA(.id = "$b", .body = "!idee 1")), "Idee 1 is weggehaald door wie het bedacht.");
}

static void on_idea__archives__by_the_authors_redaction_only(void **state)
{
	(void)state;
	scratch_turn(&scratch, redactions, NULL);
}

static void pictures(struct turn *turn, void *context)
{
	const char *answer;

	(void)context;
	assert_non_null(ask(&home, turn, FATIMA(.id = "$a", .form = FORM_IMAGE, .media = &picture, .body = "!idee fietsenrek")));
	assert_int_equal(the_idea(turn).photos, 1);
	/* The rest of the album, then a photo of another day's party. */
	assert_true(notice(&home, turn, FATIMA(.id = "$p2", .form = FORM_IMAGE, .media = &picture), &on_idea, &answer));
	assert_null(answer);
	assert_false(notice(&home, turn, FATIMA(.id = "$p3", .form = FORM_IMAGE, .media = &picture, .body = "Wat een feest"), &on_idea, &answer));
	assert_false(notice(&home, turn, FATIMA(.id = "$p4", .form = FORM_IMAGE, .media = &picture,
	                                        .sent_at_ms = SCRATCH_NOW_MS + 3 * MS_PER_MINUTE), &on_idea, &answer));
	assert_false(notice(&home, turn, JOHN(.id = "$p5", .form = FORM_IMAGE, .media = &picture, .reply_to = "$a"), &on_idea, &answer));
	assert_int_equal(the_idea(turn).photos, 2);
	assert_true(notice(&home, turn, FATIMA(.id = "$p6", .form = FORM_IMAGE, .media = &picture, .reply_to = "$a", .body = "nog een",
	                                       .sent_at_ms = SCRATCH_NOW_MS + MS_PER_HOUR), &on_idea, &answer));
	assert_int_equal(the_idea(turn).photos, 3);
	/* A sharper copy takes the place of the first; a photo taken back leaves. */
	assert_true(notice(&home, turn, FATIMA(.kind = EVENT_EDIT, .id = "$hd", .target = "$p2", .form = FORM_IMAGE, .media = &picture), &on_idea, &answer));
	assert_null(answer);
	assert_int_equal(the_idea(turn).photos, 3);
	assert_true(notice(&home, turn, FATIMA(.kind = EVENT_REDACTION, .id = "$d", .target = "$hd"), &on_idea, &answer));
	assert_int_equal(the_idea(turn).photos, 2);
}

static void on_idea__keeps__pictures_that_belong_to_it(void **state)
{
	(void)state;
	scratch_turn(&scratch, pictures, NULL);
}

static void picture_first(struct turn *turn, void *context)
{
	const char *answer;
	struct media_row media;

	(void)context;
	assert_false(notice(&home, turn, JOHN(.id = "$p", .form = FORM_IMAGE, .media = &picture), &on_idea, &answer));
	assert_non_null(ask(&home, turn, JOHN(.id = "$a", .reply_to = "$p", .body = "!idea paint this wall")));
	assert_int_equal(the_idea(turn).photos, 1);
	assert_true(media_find(turn_view(turn), "$p", &media));
	assert_int_equal(media.state, MEDIA_WANTED);
}

static void idee__takes__the_picture_it_answers(void **state)
{
	(void)state;
	scratch_turn(&scratch, picture_first, NULL);
}

static void places(struct turn *turn, void *context)
{
	const char *answer;

	(void)context;
	note_one(turn);
	assert_true(notice(&home, turn, FATIMA(.id = "$l", .form = FORM_LOCATION, .geo_uri = "geo:52.3,4.9", .body = "Location: Lift\nKruitberg 1"),
	                   &on_idea, &answer));
	assert_string_equal(the_idea(turn).place, "Lift");
	assert_string_equal(the_idea(turn).geo_uri, "geo:52.3,4.9");
}

static void on_idea__keeps__the_place_that_follows(void **state)
{
	(void)state;
	scratch_turn(&scratch, places, NULL);
}

static void lists(struct turn *turn, void *context)
{
	const char *answer;

	(void)context;
	for (int i = 0; i < 8; i++) {
		const char ids[] = "$a$b$c$d$e$f$g$h";
		char id[3] = { ids[2 * i], ids[2 * i + 1], '\0' };

		(void)ask(&home, turn, FATIMA(.id = arena_dup(turn_arena(turn), id), .body = "!idee tuin, bel 06-12345678", .sent_at_ms = SCRATCH_NOW_MS - 1 - i));
	}
	answer = ask(&home, turn, FATIMA(.id = "$1", .body = "!ideeën"));
	assert_string_equal(answer, "Nieuwste ideeën van Kruitberg:\n8: tuin, bel 06-12345678\n7: tuin, bel 06-12345678\n6: tuin, bel 06-12345678\n"
	                            "5: tuin, bel 06-12345678\n4: tuin, bel 06-12345678\n3: tuin, bel 06-12345678\nMeer zien? Typ !ideeen pagina 2");
	answer = ask(&home, turn, FATIMA(.id = "$2", .body = "!ideeen pagina 2"));
	assert_string_equal(answer, "Nieuwste ideeën van Kruitberg:\n2: tuin, bel 06-12345678\n1: tuin, bel 06-12345678\nEén idee lezen? Typ !idee 2");
	assert_string_equal(answer, ask(&home, turn, FATIMA(.id = "$3", .body = "!ideeen 2")));
	assert_string_equal(ask(&home, turn, JOHN(.id = "$4", .body = "!ideas")),
	                    "Kleiburg has no ideas yet. Do you have one? Type for example: !idea bike rack near the lift");
	answer = ask(&home, turn, JOHN(.id = "$5", .body = "!ideas TUIN page 2"));
	assert_string_equal(answer, "Ideas in the neighbourhood with “TUIN”:\n2, Kruitberg: tuin, bel •••\n1, Kruitberg: tuin, bel •••\nRead one? Type !idea 2");
	assert_string_equal(ask(&home, turn, FATIMA(.id = "$6", .body = "!ideeen kerst 2022")), "Ik vind geen idee met “kerst 2022”. Probeer een ander woord.");
}

static void ideeen__lists__own_and_finds_everywhere(void **state)
{
	(void)state;
	scratch_turn(&scratch, lists, NULL);
}

static void twice(struct turn *turn, void *context)
{
	const struct question_kind *kind;
	struct question_reply reply;
	struct request request;
	struct typed no = FATIMA(.id = "$n", .body = "nee");
	struct idea idea;

	(void)context;
	note_one(turn);
	assert_string_equal(ask(&home, turn, FATIMA(.id = "$b", .body = "!idee fietsenrek bij de lift")),
	                    "Ik heb dit als idee 2 genoteerd, maar het lijkt precies op je idee 1. Zijn het twee ideeën? Antwoord ja of nee.");
	finish_event(turn, &no);
	request = request_for(&home, turn, &no);
	assert_true(question_take(&request, &kind, &reply));
	assert_int_equal(kind->run(&request, &reply), COMMAND_DONE);
	assert_string_equal(request.answer, "Goed, idee 2 is weg. Idee 1 blijft staan.");
	assert_true(idea_find(turn_view(turn), 2, &idea));
	assert_int_equal(idea.state, IDEA_ARCHIVED);
}

static void idee__asks__about_the_same_words_at_the_same_moment(void **state)
{
	(void)state;
	scratch_turn(&scratch, twice, NULL);
}

#define AT_HOME(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_HOME(idee__tells_apart__numbers_and_texts),
		AT_HOME(on_idea__counts__thumbs_wherever_the_idea_is_seen),
		AT_HOME(on_idea__amends__by_the_authors_edit_only),
		AT_HOME(on_idea__archives__by_the_authors_redaction_only),
		AT_HOME(on_idea__keeps__pictures_that_belong_to_it),
		AT_HOME(idee__takes__the_picture_it_answers),
		AT_HOME(on_idea__keeps__the_place_that_follows),
		AT_HOME(ideeen__lists__own_and_finds_everywhere),
		AT_HOME(idee__asks__about_the_same_words_at_the_same_moment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
