#include "say/review_day.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "people/group.h"
#include "say/review_words.h"
#include "say/unasked.h"

#define NEWS_USEFUL_MS (7 * MS_PER_DAY)

/* Kinds that are told together, in one sentence. */
static bool is_gathered(enum budget_news_kind kind)
{
	return kind == BUDGET_NEWS_APPROVED || kind == BUDGET_NEWS_PAID;
}

/* Put the words behind what is there, and count the news as told; false when they do not fit any more. */
static bool add(struct turn *turn, const char **text, const char *words, const struct budget_news *news, size_t len)
{
	if (*text && strlen(*text) + strlen(words) >= DAY_SECTION_MAX)
		return false;
	*text = *text ? arena_printf(turn_arena(turn), "%s\n%s", *text, words) : words;
	for (size_t i = 0; i < len; i++)
		budget_news_told(turn, news[i].id);
	return true;
}

/* All news of one gathered kind; a sentence names as many as a phone shows, the rest tomorrow. */
static bool add_gathered(const struct reader *reader, struct turn *turn, const char **text, enum budget_news_kind kind, const struct budget_news *news, size_t len)
{
	enum { TOGETHER_MAX = 5 };
	struct budget_news chosen[TOGETHER_MAX];
	int64_t numbers[TOGETHER_MAX];
	size_t count = 0;

	for (size_t i = 0; i < len && count < TOGETHER_MAX; i++) {
		if (news[i].kind != kind)
			continue;
		chosen[count] = news[i];
		numbers[count++] = news[i].subject;
	}
	return !count || add(turn, text, review_words_news_list(reader, kind, numbers, count), chosen, count);
}

const char *review_day_compose(const struct house *house, struct turn *turn, const struct day_post *post)
{
	const struct reader reader = { house, turn_view(turn), post->group, post->group->language };
	const char *text = NULL;
	bool fits;
	size_t len;
	const struct budget_news *news = budget_news_list(turn_view(turn), post->group->id, &len);

	fits = add_gathered(&reader, turn, &text, BUDGET_NEWS_APPROVED, news, len) && add_gathered(&reader, turn, &text, BUDGET_NEWS_PAID, news, len);
	for (size_t i = 0; i < len && fits; i++) {
		if (!is_gathered(news[i].kind))
			fits = add(turn, &text, review_words_news(&reader, &news[i]), &news[i], 1);
	}
	return text;
}

void review_tell(const struct house *house, struct turn *turn, int64_t to, enum budget_news_kind kind, int64_t subject)
{
	struct group group = group_get(turn_view(turn), to);
	const struct reader reader = { house, turn_view(turn), &group, group.language };
	const struct budget_news news = { .kind = kind, .subject = subject };

	if (group.kind != GROUP_KIND_PRIVATE)
		budget_news_add(turn, to, kind, subject);
	else if (group.room)
		(void)unasked_add(house, turn, &(struct unasked){
			.room = group.room,
			.body = review_words_news(&reader, &news),
			.dedupe = arena_printf(turn_arena(turn), "review/%d/%" PRId64 "/%" PRId64, (int)kind, subject, group.id),
			.useful_ms = NEWS_USEFUL_MS,
		});
}

void review_tell_office(const struct house *house, struct turn *turn, enum budget_news_kind kind, int64_t subject)
{
	static const enum group_kind office[] = { GROUP_KIND_COORDINATORS, GROUP_KIND_AUDIT };
	struct group group;

	for (size_t i = 0; i < ARRAY_LEN(office); i++) {
		if (group_find_by_kind(turn_view(turn), office[i], &group))
			review_tell(house, turn, group.id, kind, subject);
	}
}

void review_tell_move(const struct house *house, struct turn *turn, const struct money_move *move, enum budget_news_kind kind, int64_t seen_by)
{
	size_t len;
	const int64_t *groups = money_move_groups(turn_view(turn), move, &len);

	for (size_t i = 0; i < len; i++) {
		bool unheard = kind != BUDGET_NEWS_MOVE_PROPOSED && budget_news_drop(turn, groups[i], BUDGET_NEWS_MOVE_PROPOSED, move->proposal);

		/* Who never heard of it need not hear that it is off. */
		if (groups[i] != seen_by && (kind != BUDGET_NEWS_MOVE_ENDED || !unheard))
			review_tell(house, turn, groups[i], kind, move->proposal);
	}
}
