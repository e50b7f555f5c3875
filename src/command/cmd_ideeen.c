/*
 * !ideeen                 this core's newest (in a group without core: the neighbourhood's)
 * !ideeen fiets           searches those of the whole neighbourhood
 * !ideeen klaar           this core's that are done, and so with each state
 * !ideeen fiets pagina 2  the next ones; !ideeen 2 is page 2 too
 */
#include "command/answer.h"
#include "command/records.h"
#include "command/short_lines.h"
#include "say/idea_words.h"

/* words NULL: none, list the newest. */
static void read_page(const struct request *request, struct idea_page *page)
{
	struct view *view = turn_view(request->turn);
	int64_t skip = (page->page - 1) * IDEA_PAGE_LINES;

	/* One more than fits tells whether there are more. */
	if (page->by_state)
		page->ideas = idea_list_state(view, page->core, page->state, page->route, skip, IDEA_PAGE_LINES + 1, &page->len);
	else if (page->words)
		page->ideas = idea_search(view, page->words, skip, IDEA_PAGE_LINES + 1, &page->len);
	else
		page->ideas = idea_list(view, page->core, skip, IDEA_PAGE_LINES + 1, &page->len);
	page->more = page->len > IDEA_PAGE_LINES;
	if (page->more)
		page->len = IDEA_PAGE_LINES;
}

static enum command_end run(struct request *request)
{
	struct reader reader = request_reader(request);
	struct idea_page page = { .core = request->group.core };
	struct ideeen_line line;

	ideeen_line_read(turn_arena(request->turn), request->text, &line);
	page.words = line.words;
	page.page = line.page;
	page.by_state = line.by_state;
	page.state = line.state;
	page.route = line.route;
	read_page(request, &page);
	request->answer = idea_words_page(&reader, &page);
	return COMMAND_DONE;
}

const struct command cmd_ideeen = {
	.name = "ideeen",
	.english = "ideas",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_IDEAS,
	.everyday = true,
	.help = "help.ideeen",
	.run = run,
};
