#include "say/sheet.h"

#include <string.h>

#include "base/str.h"
#include "budget/booking.h"
#include "obligations/story.h"
#include "store/blob.h"
#include "store/media.h"
#include "unit/budget/books.h"
#include "unit/house.h"

static const struct statements *const rooms[] = { &people_statements, &link_statements,    &person_statements,  &group_statements,
						  &actor_statements,  &line_statements,    &ledger_statements,  &receipt_statements,
						  &booking_statements, &media_statements,  &blob_statements,    &story_statements,
						  NULL };

static struct books books;
static struct test_house home;

static int setup(void **state)
{
	(void)state;
	books_open(&books, rooms);
	test_house_open(&home);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	test_house_close(&home);
	books_close(&books);
	return 0;
}

static struct group kruitberg(struct turn *turn)
{
	struct group group;

	assert_true(group_find(turn_view(turn), "kruitberg", &group));
	return group;
}

static struct story tell(struct turn *turn, const char *event, enum story_kind kind, const char *text)
{
	struct group group = kruitberg(turn);
	const struct story_draft draft = { .kind = kind, .core = group.core, .group = group.id, .text = text, .event = event,
					   .author = person_ensure(turn, "@lead:console").id, .said_at_ms = SCRATCH_NOW_MS + event[1] };
	struct story story;

	assert_int_equal(story_add(turn, &draft, &story), STORY_DONE);
	return story;
}

static int64_t photo(struct turn *turn, const char *event, const char *hash, const char *type)
{
	static const struct media file = { .url = "mxc://k/1", .name = "image.jpg", .mime = "image/jpeg" };
	int64_t media = media_remember(turn, &(struct event){ .id = event, .room = "!kruitberg:console", .sender = "@lead:console", .body = "", .media = &file });
	struct blob blob = { .size = 1, .type = type };

	(void)snprintf(blob.hash, sizeof blob.hash, "%s", hash);
	blob_record(turn, &blob);
	media_stored(turn, media, hash);
	return media;
}

/* The page as text; its photos in *ret_sheet, whose buffer is gone. */
static const char *compose(struct turn *turn, enum language language, struct sheet *ret_sheet)
{
	struct reader reader = { &home.house, turn_view(turn), NULL, language };
	struct core core = core_get(turn_view(turn), kruitberg(turn).core);
	const char *html;

	sheet_compose(&reader, &core, ret_sheet);
	html = arena_dup_n(turn_arena(turn), ret_sheet->html.data, ret_sheet->html.len);
	buf_release(&ret_sheet->html);
	return html;
}

enum { DEPTH_MAX = 20, TAG_MAX = 20 };

static bool is_void(const char *tag)
{
	return str_equal(tag, "meta") || str_equal(tag, "img") || str_equal(tag, "br") || str_equal(tag, "!DOCTYPE");
}

/* Each tag is closed by its own, in order, and no < or > stands elsewhere. */
static void assert_whole(const char *html)
{
	char open[DEPTH_MAX][TAG_MAX];
	size_t depth = 0;

	for (const char *at = strchr(html, '<'); at; at = strchr(at, '<')) {
		const char *end = strpbrk(at + 1, "<>");
		bool closes = at[1] == '/';
		const char *name = at + 1 + closes;
		size_t len = strcspn(name, " >");
		char tag[TAG_MAX];

		assert_true(end && *end == '>' && len && len < sizeof tag);
		memcpy(tag, name, len);
		tag[len] = '\0';
		if (closes) {
			assert_true(depth > 0);
			assert_string_equal(open[--depth], tag);
		} else if (!is_void(tag)) {
			assert_true(depth < DEPTH_MAX);
			memcpy(open[depth++], tag, len + 1);
		}
		at = end + 1;
		assert_true(strcspn(at, ">") >= strcspn(at, "<"));
	}
	assert_int_equal(depth, 0);
}

static void compose_full(struct turn *turn, void *context)
{
	struct actor lead = actor_get(turn_view(turn), person_ensure(turn, "@lead:console").id, TRUST_DIRECT);
	struct group group = kruitberg(turn);
	struct story result = tell(turn, "$a", STORY_RESULT, "<script>alert('x')</script> & meer\nBel 06-12345678"), gone;
	struct sheet sheet;
	struct booking booking;
	const char *html;
	int64_t receipt = photo(turn, "$b", "c3", "image/jpeg");
	const struct receipt_draft draft = { .group = group.id, .core = group.core, .event = "$b", .day = "2022-06-14", .words = "verf", .has_amount = true,
					     .amount = cents_from_int64(1250), .photos = &receipt, .photos_len = 1 };

	(void)context;
	story_add_photo(turn, result.id, photo(turn, "$p1", "a1", "image/jpeg"));
	story_add_photo(turn, result.id, photo(turn, "$p2", "b2", "image/heic"));
	gone = tell(turn, "$c", STORY_RESULT, "toch niet");
	assert_true(story_withdraw(turn, gone.id));
	(void)tell(turn, "$d", STORY_LESSON, "begin \"eerder\"");
	assert_int_equal(budget_book(turn, &lead, &draft, &booking), BUDGET_BOOKED);
	html = compose(turn, LANGUAGE_NL, &sheet);
	assert_whole(html);
	assert_non_null(strstr(html, "<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; meer<br>Bel •••</p>"));
	assert_non_null(strstr(html, "begin &quot;eerder&quot;"));
	assert_null(strstr(html, "toch niet"));
	assert_non_null(strstr(html, "<td>Vrij besteedbaar</td><td>€1.000,00</td><td>€12,50</td><td>€987,50</td>"));
	assert_non_null(strstr(html, "<td>Samen voor Kruitberg</td>"));
	/* What a browser cannot show is linked to; a receipt's photo is not for everybody. */
	assert_int_equal(sheet.photos_len, 2);
	assert_string_equal(sheet.photos[0].blob, "a1");
	assert_string_equal(sheet.photos[1].blob, "b2");
	assert_non_null(strstr(html, "<img src=\"kruitberg-1.jpg\" alt=\"Foto 1\">"));
	assert_non_null(strstr(html, "<a href=\"kruitberg-2.heic\">Foto 2</a>"));
	/* Nobody's name. */
	assert_null(strstr(html, "lead"));
	assert_null(strstr(html, "Lead"));
}

static void sheet__tells_all__but_names_and_numbers(void **state)
{
	(void)state;
	scratch_turn(&books.scratch, compose_full, NULL);
}

static void compose_empty(struct turn *turn, void *context)
{
	struct sheet sheet;
	const char *html = compose(turn, LANGUAGE_EN, &sheet);

	(void)context;
	assert_whole(html);
	assert_int_equal(sheet.photos_len, 0);
	assert_non_null(strstr(html, "<html lang=\"en\">"));
	assert_non_null(strstr(html, "Nothing was told about this yet."));
	assert_non_null(strstr(html, "<h2>Where the money went</h2>"));
}

static void sheet__is_whole__with_nothing_to_tell(void **state)
{
	(void)state;
	scratch_turn(&books.scratch, compose_empty, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sheet__tells_all__but_names_and_numbers, setup, teardown),
		cmocka_unit_test_setup_teardown(sheet__is_whole__with_nothing_to_tell, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
