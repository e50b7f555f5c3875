#include "say/sheet.h"

#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "budget/line.h"
#include "budget/receipt.h"
#include "obligations/story.h"
#include "store/blob.h"
#include "text/html.h"
#include "text/mask.h"
#include "text/zone.h"

enum { SHEET_BYTES_MAX = 16 * 1024 * 1024 };

static const char style[] =
	"body{font:16px/1.5 sans-serif;max-width:48rem;margin:0 auto;padding:1rem;color:#222}"
	"header p{margin:0;color:#555}h1{margin:0;font-size:2.2rem}h2{margin:2rem 0 .5rem;border-bottom:2px solid #ddd}"
	"article{margin:0 0 1.2rem;break-inside:avoid}article p{margin:0 0 .3rem}.when{color:#555;font-size:.85rem}"
	".photos{display:flex;flex-wrap:wrap;gap:.5rem}.photos img{max-width:100%;max-height:20rem;border-radius:4px}"
	"table{border-collapse:collapse;width:100%}th,td{padding:.3rem .5rem;border-bottom:1px solid #ddd;text-align:right}"
	"th:first-child,td:first-child{text-align:left}tfoot td{font-weight:bold}"
	"p,td{overflow-wrap:anywhere}td:not(:first-child){white-space:nowrap}"
	"@media(max-width:40rem){table{font-size:.8rem}th,td{padding:.25rem .15rem}}"
	"@media print{body{max-width:none;padding:0}.photos img{max-height:8cm}}";

/* A page being written. */
struct page {
	const struct reader *reader;
	const struct core *core;
	struct sheet *sheet;
};

/* Text between tags or in a quoted attribute. */
static void add_text(struct page *page, const char *text)
{
	buf_add_text(&page->sheet->html, html_escape(view_arena(page->reader->view), text));
}

static void add_element(struct page *page, const char *open, const char *text, const char *close)
{
	buf_add_text(&page->sheet->html, open);
	add_text(page, text);
	buf_add_text(&page->sheet->html, close);
}

/* What people typed: contact details hidden, lines kept. */
static void add_typed(struct page *page, const char *typed)
{
	const char *text = mask_contacts(view_arena(page->reader->view), typed);

	buf_add_text(&page->sheet->html, "<p>");
	while (*text) {
		size_t len = strcspn(text, "\n");

		add_text(page, arena_dup_n(view_arena(page->reader->view), text, len));
		text += len;
		if (*text == '\n') {
			buf_add_text(&page->sheet->html, "<br>");
			text++;
		}
	}
	buf_add_text(&page->sheet->html, "</p>\n");
}

/* ---- what was told ---- */

/* Browsers show these; others are linked to. */
static bool is_shown(const char *type)
{
	return str_equal(type, "image/jpeg") || str_equal(type, "image/png") || str_equal(type, "image/webp") || str_equal(type, "image/gif");
}

static const char *take_photo(struct page *page, const char *hash, const struct blob *blob)
{
	struct sheet *sheet = page->sheet;
	const char *name = arena_printf(view_arena(page->reader->view), "%s-%zu%s", page->core->slug, sheet->photos_len + 1, blob_suffix(blob->type));

	sheet->photos[sheet->photos_len++] = (struct sheet_photo){ hash, name };
	return name;
}

static void add_photo(struct page *page, const char *hash)
{
	const struct reader *reader = page->reader;
	const char *name, *label;
	struct blob blob;

	INVARIANT(blob_find(reader->view, hash, &blob));
	name = take_photo(page, hash, &blob);
	label = SAY_TO(reader, "sheet.photo", MSG_INT("number", (int64_t)page->sheet->photos_len));
	add_element(page, is_shown(blob.type) ? "<img src=\"" : "<a href=\"", name, is_shown(blob.type) ? "\" alt=\"" : "\">");
	add_element(page, "", label, is_shown(blob.type) ? "\">\n" : "</a>\n");
}

static void add_photos(struct page *page, const struct story *story)
{
	size_t len;
	const char **hashes = story_photos(page->reader->view, story->id, &len);

	if (!len)
		return;
	buf_add_text(&page->sheet->html, "<div class=\"photos\">\n");
	for (size_t i = 0; i < len; i++)
		add_photo(page, hashes[i]);
	buf_add_text(&page->sheet->html, "</div>\n");
}

static void add_story(struct page *page, const struct story *story)
{
	const struct reader *reader = page->reader;

	buf_add_text(&page->sheet->html, "<article>\n");
	if (!str_empty(story->text))
		add_typed(page, story->text);
	add_element(page, "<p class=\"when\">",
		    zone_format_pattern(reader->house->zone, view_arena(reader->view), reader->language, "d MMMM y", story->said_at_ms), "</p>\n");
	add_photos(page, story);
	buf_add_text(&page->sheet->html, "</article>\n");
}

static void add_stories(struct page *page, const char *title, const char *none, const struct story *stories, size_t len)
{
	buf_add_text(&page->sheet->html, "<section>\n");
	add_element(page, "<h2>", title, "</h2>\n");
	if (!len)
		add_element(page, "<p>", none, "</p>\n");
	for (size_t i = 0; i < len; i++)
		add_story(page, &stories[i]);
	buf_add_text(&page->sheet->html, "</section>\n");
}

/* ---- money ---- */

static void add_cents(struct page *page, struct cents cents)
{
	add_element(page, "<td>", SAY_TO(page->reader, "sheet.amount", MSG_CENTS("amount", cents)), "</td>");
}

static void add_row(struct page *page, const char *name, struct cents granted, struct cents spent)
{
	add_element(page, "<tr><td>", name, "</td>");
	add_cents(page, granted);
	add_cents(page, spent);
	add_cents(page, cents_sub(granted, spent));
	buf_add_text(&page->sheet->html, "</tr>\n");
}

static void add_head(struct page *page)
{
	static const char *const keys[] = { "sheet.line", "sheet.granted", "sheet.spent", "sheet.left" };

	buf_add_text(&page->sheet->html, "<table>\n<thead><tr>");
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		add_element(page, "<th>", SAY_TO(page->reader, keys[i]), "</th>");
	buf_add_text(&page->sheet->html, "</tr></thead>\n<tbody>\n");
}

/* The core's own lines with their sum; those it shares with its area say so and are not in it. */
static void add_lines(struct page *page)
{
	const struct reader *reader = page->reader;
	struct cents granted = cents_from_int64(0), spent = cents_from_int64(0);
	size_t len;
	const struct line *lines = line_list_of(reader->view, page->core->id, &len);

	add_head(page);
	for (size_t i = 0; i < len; i++) {
		bool own = lines[i].owner == LINE_OWNER_CORE;
		const char *name = own ? lines[i].name : SAY_TO(reader, "sheet.shared", MSG_TEXT("line", lines[i].name));

		add_row(page, name, lines[i].granted, lines[i].spent);
		if (own) {
			granted = cents_add(granted, lines[i].granted);
			spent = cents_add(spent, lines[i].spent);
		}
	}
	buf_add_text(&page->sheet->html, "</tbody>\n<tfoot>\n");
	add_row(page, SAY_TO(reader, "sheet.total", MSG_TEXT("core", page->core->name)), granted, spent);
	buf_add_text(&page->sheet->html, "</tfoot>\n</table>\n");
}

static void add_money(struct page *page)
{
	const struct reader *reader = page->reader;
	struct receipt_apart apart = receipt_apart(reader->view, page->core->id);

	buf_add_text(&page->sheet->html, "<section>\n");
	add_element(page, "<h2>", SAY_TO(reader, "sheet.money"), "</h2>\n");
	add_lines(page);
	if (apart.count)
		add_element(page, "<p>", SAY_TO(reader, "sheet.apart", MSG_INT("count", apart.count)), "</p>\n");
	buf_add_text(&page->sheet->html, "</section>\n");
}

/* ---- the page ---- */

static void add_top(struct page *page)
{
	const struct reader *reader = page->reader;
	const char *where = reader->house->config->neighbourhood.name;

	buf_printf(&page->sheet->html, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", language_format(reader->language));
	buf_add_text(&page->sheet->html, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
	add_element(page, "<title>", arena_printf(view_arena(reader->view), "%s, %s", page->core->name, where), "</title>\n");
	buf_printf(&page->sheet->html, "<style>%s</style>\n</head>\n<body>\n", style);
	add_element(page, "<header>\n<p>", where, "</p>\n");
	add_element(page, "<h1>", page->core->name, "</h1>\n</header>\n<main>\n");
}

void sheet_compose(const struct reader *reader, const struct core *core, struct sheet *ret_sheet)
{
	struct page page = { reader, core, ret_sheet };
	size_t results_len, lessons_len, photos = 0;
	const struct story *results = story_list(reader->view, core->id, STORY_RESULT, &results_len);
	const struct story *lessons = story_list(reader->view, core->id, STORY_LESSON, &lessons_len);

	for (size_t i = 0; i < results_len; i++)
		photos += (size_t)results[i].photos;
	*ret_sheet = (struct sheet){ .photos = arena_array(view_arena(reader->view), struct sheet_photo, photos) };
	buf_init(&ret_sheet->html, SHEET_BYTES_MAX);
	add_top(&page);
	add_stories(&page, SAY_TO(reader, "sheet.results"), SAY_TO(reader, "sheet.no_results"), results, results_len);
	add_stories(&page, SAY_TO(reader, "sheet.lessons"), SAY_TO(reader, "sheet.no_lessons"), lessons, lessons_len);
	add_money(&page);
	buf_add_text(&ret_sheet->html, "</main>\n</body>\n</html>\n");
	INVARIANT(!ret_sheet->html.overflowed);
}
