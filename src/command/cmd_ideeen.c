/*
 * !ideeen                 this core's newest (in a group without core: the neighbourhood's)
 * !ideeen fiets           searches those of the whole neighbourhood
 * !ideeen fiets pagina 2  the next ones; !ideeen 2 is page 2 too
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "command/answer.h"
#include "command/number.h"
#include "command/records.h"
#include "say/idea_words.h"
#include "text/unicode.h"

enum { PAGE_MAX = 99 };

/* "pagina 2" at the end of the words; what stands before it stays in words. */
static bool take_page(const char *words, size_t *ret_words_len, int64_t *ret_page)
{
	static const char *const page_words[] = { "pagina ", "page ", "blz " };

	for (size_t i = 0; i < ARRAY_LEN(page_words); i++) {
		for (const char *at = strcasestr(words, page_words[i]); at; at = strcasestr(at + 1, page_words[i])) {
			if ((at == words || at[-1] == ' ') && number_parse(at + strlen(page_words[i]), ret_page)) {
				*ret_words_len = (size_t)(at - words);
				return true;
			}
		}
	}
	return false;
}

/* words NULL: none, list the newest. */
static void read_page(const struct request *request, struct idea_page *page)
{
	struct view *view = turn_view(request->turn);
	int64_t skip = (page->page - 1) * IDEA_PAGE_LINES;

	/* One more than fits tells whether there are more. */
	if (page->words)
		page->ideas = idea_search(view, page->words, skip, IDEA_PAGE_LINES + 1, &page->len);
	else
		page->ideas = idea_list(view, page->core, skip, IDEA_PAGE_LINES + 1, &page->len);
	page->more = page->len > IDEA_PAGE_LINES;
	if (page->more)
		page->len = IDEA_PAGE_LINES;
}

static enum command_end run(struct request *request)
{
	struct arena *arena = turn_arena(request->turn);
	struct reader reader = request_reader(request);
	const char *words = request->text;
	struct idea_page page = { .core = request->group.core, .page = 1 };
	size_t words_len = strlen(words);

	if (number_parse(words, &page.page))
		words_len = 0;
	else
		(void)take_page(words, &words_len, &page.page);
	if (page.page > PAGE_MAX)
		page.page = PAGE_MAX;
	words = unicode_tidy(arena, arena_dup_n(arena, words, words_len));
	page.words = str_empty(words) ? NULL : words;
	read_page(request, &page);
	request->answer = idea_words_page(&reader, &page);
	return COMMAND_DONE;
}

const struct command cmd_ideeen = {
	.name = "ideeen",
	.english = "ideas",
	.role = ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.help = "help.ideeen",
	.run = run,
};
