#include "say/idea_news.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"
#include "ideas/history.h"
#include "people/name.h"
#include "say/idea_words.h"
#include "say/unasked.h"

/* A private message about an idea is worth reading this long. */
#define NEWS_USEFUL_MS (3 * MS_PER_DAY)

static const char *const routed_keys[] = {
	[IDEA_ROUTE_NONE] = NULL,
	[IDEA_ROUTE_INITIATIVE] = "idea.state.initiative",
	[IDEA_ROUTE_PLAN] = "idea.state.plan",
	[IDEA_ROUTE_CORPORATION] = "idea.state.corporation",
	[IDEA_ROUTE_JUST_DO] = "idea.state.just_do",
};

static const char *const routed_marks[] = {
	[IDEA_ROUTE_NONE] = NULL,
	[IDEA_ROUTE_INITIATIVE] = "idea.mark.initiative",
	[IDEA_ROUTE_PLAN] = "idea.mark.plan",
	[IDEA_ROUTE_CORPORATION] = "idea.mark.corporation",
	[IDEA_ROUTE_JUST_DO] = "idea.mark.just_do",
};

const char *idea_words_state(const struct reader *reader, const struct idea *idea)
{
	struct arena *arena = view_arena(reader->view);
	const char *remark = idea_words_of(reader, idea, idea->remark);
	const char *with = str_empty(remark) ? "" : arena_printf(arena, " (%s)", remark);

	switch (idea->state) {
	case IDEA_NEW:
	case IDEA_SUPPORTED:
	case IDEA_ARCHIVED:
		return "";
	case IDEA_BUDGET:
		return SAY_TO(reader, "idea.state.budget", MSG_TEXT("with", with));
	case IDEA_ROUTED:
		return SAY_TO(reader, routed_keys[idea->route], MSG_TEXT("with", with));
	case IDEA_DONE:
		return SAY_TO(reader, "idea.state.done", MSG_TEXT("with", with));
	case IDEA_NOT_NOW:
		return SAY_TO(reader, "idea.state.not_now", MSG_TEXT("reason", remark));
	}
	die("idea state %d", (int)idea->state);
}

const char *idea_words_mark(const struct reader *reader, enum idea_state state, enum idea_route route)
{
	switch (state) {
	case IDEA_NEW:
	case IDEA_SUPPORTED:
	case IDEA_ARCHIVED:
		return "";
	case IDEA_BUDGET:
		return SAY_TO(reader, "idea.mark.budget");
	case IDEA_ROUTED:
		return SAY_TO(reader, routed_marks[route]);
	case IDEA_DONE:
		return SAY_TO(reader, "idea.mark.done");
	case IDEA_NOT_NOW:
		return SAY_TO(reader, "idea.mark.not_now");
	}
	die("idea state %d", (int)state);
}

/* Why it stands as it does: words of the idea and what has become of it. */
static const char *state_news(const struct reader *reader, const struct idea *idea)
{
	const char *name = idea->paper_name ? "" : name_shown(reader->view, reader->house->config, idea->author);
	const char *text = idea_words_short(reader, idea);
	const char *state = idea_words_state(reader, idea);
	const char *words;

	if (str_empty(state))
		state = SAY_TO(reader, "idea.state.open");
	if (str_empty(name) || reader->group->id != idea->group)
		words = SAY_TO(reader, "idea.news", MSG_INT("number", idea->id), MSG_TEXT("text", text), MSG_TEXT("state", state));
	else
		words = SAY_TO(reader, "idea.news.named", MSG_TEXT("name", name), MSG_INT("number", idea->id), MSG_TEXT("text", text), MSG_TEXT("state", state));
	if (idea->state != IDEA_DONE)
		return words;
	return arena_printf(view_arena(reader->view), "%s %s", words, SAY_TO(reader, "idea.news.thanks"));
}

const char *idea_words_news(const struct reader *reader, const struct idea_news *news)
{
	struct idea idea = idea_get(reader->view, news->idea), other;

	switch (news->what) {
	case IDEA_NEWS_STATE:
		return state_news(reader, &idea);
	case IDEA_NEWS_JOINED:
		other = idea_get(reader->view, news->other);
		if (!other.joined_into)
			return NULL;
		return SAY_TO(reader, "idea.news.joined", MSG_INT("number", idea.id), MSG_TEXT("text", idea_words_short(reader, &idea)),
		              MSG_INT("other", other.id), MSG_TEXT("where", idea_words_where(reader, &other)), MSG_TEXT("words", idea_words_short(reader, &other)));
	case IDEA_NEWS_NOTED:
		return SAY_TO(reader, "idea.news.noted", MSG_INT("number", idea.id), MSG_TEXT("text", idea_words_short(reader, &idea)));
	}
	die("idea news %d", (int)news->what);
}

void idea_news_tell(const struct house *house, struct turn *turn, const struct idea *idea, enum idea_news_kind what, int64_t other)
{
	struct group group = group_get(turn_view(turn), idea->group);
	const struct reader reader = { house, turn_view(turn), &group, group.language };
	const struct idea_news news = { .what = what, .idea = idea->id, .other = other };
	const char *words;

	if (group.kind != GROUP_KIND_PRIVATE) {
		idea_news_add(turn, idea, what, other);
		return;
	}
	words = group.room ? idea_words_news(&reader, &news) : NULL;
	if (words)
		(void)unasked_add(house, turn, &(struct unasked){
			.room = group.room,
			.body = words,
			.dedupe = arena_printf(turn_arena(turn), "idea/%" PRId64 "/%" PRId64, idea->id, turn_serial(turn)),
			.useful_ms = NEWS_USEFUL_MS,
		});
}

const char *idea_day_compose(const struct house *house, struct turn *turn, const struct day_post *post)
{
	const struct reader reader = { house, turn_view(turn), post->group, post->group->language };
	const char *text = NULL;
	size_t len;
	const struct idea_news *news = idea_news_list(turn_view(turn), post->group->id, &len);

	for (size_t i = 0; i < len; i++) {
		const char *words = idea_words_news(&reader, &news[i]);

		/* What does not fit waits for tomorrow's post. */
		if (text && words && strlen(text) + strlen(words) >= DAY_SECTION_MAX)
			break;
		idea_news_told(turn, news[i].id);
		if (words)
			text = text ? arena_printf(turn_arena(turn), "%s\n%s", text, words) : words;
	}
	return text;
}
