#include "say/round_words.h"

#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "obligations/story.h"
#include "say/year_words.h"
#include "text/mask.h"
#include "text/unicode.h"
#include "text/zone.h"
#include "year/obstacle.h"
#include "year/rhythm.h"
#include "year/round.h"

/* In characters as a reader counts them; each answer stays within 600. */
enum { ANSWERS_MAX = 460, ANSWER_LEAST = 60, OBSTACLE_MAX = 75, NAMES_MAX = 150 };

/* Lines. */
enum { ANSWERS_SHOWN = 7, OBSTACLES_FIRST = 4, OBSTACLES_PAGE = 6 };

static struct wall day_of(const char *round)
{
	struct wall day;

	INVARIANT(wall_parse(round, &day));
	return day;
}

static const char *date_of(const struct reader *reader, const char *round)
{
	struct wall day = day_of(round);

	return year_words_day(reader, &day);
}

/* ---- the question ---- */

static const char *question(const struct reader *reader, int64_t core)
{
	const char *own = reader->house->config->year.questions[reader->language];

	return own ? own : SAY_TO(reader, "round.question", MSG_TEXT("core", core_get(reader->view, core).name));
}

static const char *ask(const struct reader *reader, struct turn *turn, const struct day_post *post, const struct wall *round, const char *key)
{
	struct arena *arena = turn_arena(turn);
	int64_t core = post->group->core;

	round_ask(turn, wall_format_date(arena, round), core, daypost_key(arena, post->group, &post->date), &post->date);
	return SAY_TO(reader, key, MSG_TEXT("question", question(reader, core)));
}

static bool covers(const struct day_post *post, const struct wall *day)
{
	return wall_to_days(day) >= wall_to_days(&post->since) && wall_to_days(day) <= wall_to_days(&post->date);
}

/* It was asked a week ago and said nothing. */
static bool wants_reminder(const struct reader *reader, const struct day_post *post, const char *round)
{
	struct wall asked, day;

	if (!round_find_day(reader->view, round, post->group->core, &asked))
		return false;
	day = wall_add_days(&asked, ROUND_REMINDER_DAYS);
	return covers(post, &day) && !story_count_answers(reader->view, post->group->core, round);
}

static const char *ask_core(const struct reader *reader, struct turn *turn, const struct day_post *post)
{
	struct wall round;

	if (!rhythm_find_round(&reader->house->config->year, &post->date, &round) || wall_to_days(&post->date) - wall_to_days(&round) >= ROUND_DAYS)
		return NULL;
	if (covers(post, &round))
		return ask(reader, turn, post, &round, "round.ask");
	if (wants_reminder(reader, post, wall_format_date(turn_arena(turn), &round)))
		return ask(reader, turn, post, &round, "round.again");
	return NULL;
}

/* ---- one core ---- */

/* As typed in its own groups, else without contact details; on one line. */
static const char *answer_text(const struct reader *reader, const struct story *answer)
{
	struct arena *arena = view_arena(reader->view);

	return unicode_one_line(arena, reader->group->core == answer->core ? answer->text : mask_contacts(arena, answer->text));
}

static const char *answer_line(const struct reader *reader, const struct story *answer, size_t max)
{
	const char *text = unicode_cut(view_arena(reader->view), answer_text(reader, answer), max);

	if (!answer->photos)
		return SAY_TO(reader, "story.line", MSG_TEXT("text", text));
	if (str_empty(text))
		return SAY_TO(reader, "story.line_photos", MSG_INT("count", answer->photos));
	return SAY_TO(reader, "story.line_with_photos", MSG_TEXT("text", text), MSG_INT("count", answer->photos));
}

char *round_words_core(const struct reader *reader, const char *round, int64_t core)
{
	struct arena *arena = view_arena(reader->view);
	const char *name = core_get(reader->view, core).name;
	size_t len, first, max;
	const struct story *answers = story_list_answers(reader->view, core, round, &len);
	char *text;

	if (!len)
		return SAY_TO(reader, reader->group->core == core ? "round.own_none" : "round.core_none", MSG_TEXT("core", name),
			      MSG_TEXT("date", date_of(reader, round)));
	first = len > ANSWERS_SHOWN ? len - ANSWERS_SHOWN : 0;
	max = ANSWERS_MAX / (len - first);
	max = max > ANSWER_LEAST ? max : ANSWER_LEAST;
	text = SAY_TO(reader, "round.core", MSG_TEXT("core", name), MSG_TEXT("date", date_of(reader, round)));
	for (size_t i = first; i < len; i++)
		text = arena_printf(arena, "%s\n%s", text, answer_line(reader, &answers[i], max));
	return reader->group->core == core ? arena_printf(arena, "%s\n%s", text, SAY_TO(reader, "round.own_more")) : text;
}

/* ---- all cores ---- */

/* What came of a round. */
struct outcome {
	size_t asked;
	size_t answered;
	const char *silent;     /* the names of those that said nothing; "" for none */
	const char **obstacles; /* each a line: "- Kruitberg: de lift" */
	size_t obstacles_len;
};

static const char **obstacles_of(const struct reader *reader, const struct story *answer, size_t *ret_len)
{
	return obstacle_list(view_arena(reader->view), mask_contacts(view_arena(reader->view), answer->text), ret_len);
}

static void add_obstacles(const struct reader *reader, struct outcome *outcome, const struct story *answers, size_t len)
{
	struct arena *arena = view_arena(reader->view);

	for (size_t i = 0; i < len; i++) {
		size_t found_len;
		const char **found = obstacles_of(reader, &answers[i], &found_len);
		const char **all = arena_array(arena, const char *, outcome->obstacles_len + found_len);

		for (size_t j = 0; j < outcome->obstacles_len; j++)
			all[j] = outcome->obstacles[j];
		for (size_t j = 0; j < found_len; j++)
			all[outcome->obstacles_len++] = SAY_TO(reader, "round.obstacle", MSG_TEXT("core", core_get(reader->view, answers[i].core).name),
							       MSG_TEXT("text", unicode_cut(arena, found[j], OBSTACLE_MAX)));
		outcome->obstacles = all;
	}
}

static struct outcome outcome_of(const struct reader *reader, const char *round)
{
	struct arena *arena = view_arena(reader->view);
	struct outcome outcome = { .silent = "" };
	const int64_t *cores = round_list_cores(reader->view, round, &outcome.asked);

	for (size_t i = 0; i < outcome.asked; i++) {
		size_t len;
		const struct story *answers = story_list_answers(reader->view, cores[i], round, &len);

		outcome.answered += len > 0;
		if (!len)
			outcome.silent = arena_printf(arena, "%s%s%s", outcome.silent, *outcome.silent ? ", " : "", core_get(reader->view, cores[i]).name);
		add_obstacles(reader, &outcome, answers, len);
	}
	return outcome;
}

/* Lines from `first` on, at most `max`. */
static const char *obstacle_lines(struct arena *arena, const struct outcome *outcome, size_t first, size_t max)
{
	const char *text = "";

	for (size_t i = first; i < outcome->obstacles_len && i < first + max; i++)
		text = arena_printf(arena, "%s\n%s", text, outcome->obstacles[i]);
	return text;
}

static const char *obstacles_first(const struct reader *reader, const struct outcome *outcome)
{
	struct arena *arena = view_arena(reader->view);
	const char *text;

	if (!outcome->obstacles_len)
		return SAY_TO(reader, "round.no_obstacles");
	text = arena_printf(arena, "%s%s", SAY_TO(reader, "round.obstacles"), obstacle_lines(arena, outcome, 0, OBSTACLES_FIRST));
	if (outcome->obstacles_len <= OBSTACLES_FIRST)
		return text;
	return arena_printf(arena, "%s\n%s", text, SAY_TO(reader, "round.obstacles_more", MSG_INT("count", (int64_t)(outcome->obstacles_len - OBSTACLES_FIRST))));
}

/* By name as long as that fits. */
static const char *silent_cores(const struct reader *reader, const struct outcome *outcome)
{
	if (utf8_count(outcome->silent, strlen(outcome->silent)) <= NAMES_MAX)
		return SAY_TO(reader, "round.silent", MSG_TEXT("cores", outcome->silent));
	return SAY_TO(reader, "round.silent_count", MSG_INT("count", (int64_t)(outcome->asked - outcome->answered)));
}

char *round_words_all(const struct reader *reader, const char *round)
{
	struct arena *arena = view_arena(reader->view);
	struct outcome outcome = outcome_of(reader, round);
	char *text = SAY_TO(reader, "round.all", MSG_TEXT("date", date_of(reader, round)), MSG_INT("answered", (int64_t)outcome.answered),
			    MSG_INT("asked", (int64_t)outcome.asked));

	if (outcome.answered)
		text = arena_printf(arena, "%s\n%s", text, obstacles_first(reader, &outcome));
	if (outcome.answered && !str_empty(outcome.silent))
		text = arena_printf(arena, "%s\n%s", text, silent_cores(reader, &outcome));
	if (outcome.answered)
		text = arena_printf(arena, "%s\n%s", text, SAY_TO(reader, "round.how"));
	return text;
}

char *round_words_obstacles(const struct reader *reader, const char *round, size_t page)
{
	struct arena *arena = view_arena(reader->view);
	struct outcome outcome = outcome_of(reader, round);
	size_t first = (page - 1) * OBSTACLES_PAGE;
	const char *lines = obstacle_lines(arena, &outcome, first, OBSTACLES_PAGE);

	if (str_empty(lines))
		return SAY_TO(reader, page > 1 && outcome.obstacles_len ? "round.obstacles_end" : "round.no_obstacles");
	lines = arena_printf(arena, "%s%s", SAY_TO(reader, "round.obstacles"), lines);
	if (outcome.obstacles_len > first + OBSTACLES_PAGE)
		return arena_printf(arena, "%s\n%s", lines, SAY_TO(reader, "round.obstacles_page", MSG_INT("page", (int64_t)page + 1)));
	return arena_dup(arena, lines);
}

char *round_words_next(const struct reader *reader)
{
	struct wall today = zone_wall(reader->house->zone, view_now_ms(reader->view)), round;

	if (!rhythm_find_next_round(&reader->house->config->year, &today, &round))
		return SAY_TO(reader, "round.never");
	return SAY_TO(reader, "round.next", MSG_TEXT("date", year_words_day(reader, &round)));
}

/* ---- the day post ---- */

static const char *report(const struct reader *reader, const struct day_post *post)
{
	struct wall begun = wall_add_days(&post->date, -ROUND_DAYS), round, closes;
	const char *day;
	size_t len;

	if (!rhythm_find_round(&reader->house->config->year, &begun, &round))
		return NULL;
	closes = wall_add_days(&round, ROUND_DAYS);
	day = wall_format_date(view_arena(reader->view), &round);
	if (!covers(post, &closes))
		return NULL;
	(void)round_list_cores(reader->view, day, &len);
	return len ? round_words_all(reader, day) : NULL;
}

const char *round_day_compose(const struct house *house, struct turn *turn, const struct day_post *post)
{
	const struct reader reader = { house, turn_view(turn), post->group, post->group->language };

	if (post->group->kind == GROUP_KIND_COORDINATORS)
		return report(&reader, post);
	return post->group->core && post->group->is_main ? ask_core(&reader, turn, post) : NULL;
}
