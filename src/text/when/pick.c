#include "text/when/pick.h"

/* Facts that touch form a run: "vrijdag 17 juni, 20:00". */
static bool same_run(const struct phrase *phrase, const struct fact *a, const struct fact *b)
{
	const struct fact *from = a < b ? a : b, *to = a < b ? b : a;

	for (; from < to; from++) {
		if (!facts_touch(phrase, from, from + 1))
			return false;
	}
	return true;
}

static bool run_has(const struct phrase *phrase, const struct facts *facts, const struct fact *fact, enum fact_kind kind)
{
	for (size_t i = 0; i < facts->len; i++) {
		if (facts->list[i].kind == kind && same_run(phrase, fact, &facts->list[i]))
			return true;
	}
	return false;
}

static bool is_calendar_date(const struct day *day)
{
	return day->kind == DAY_DATE || day->kind == DAY_OF_MONTH || day->kind == DAY_NTH;
}

/* How much a day looks like the one; the first of the best is taken. */
static int day_score(const struct phrase *phrase, const struct facts *facts, const struct fact *fact)
{
	int score = 10;

	if (run_has(phrase, facts, fact, FACT_DAYTIME))
		score += 4;
	if (is_calendar_date(&fact->day))
		score += 2;
	if (fact->strength == STRENGTH_SURE)
		score += 1;
	if (day_is_stretch(&fact->day))
		score -= 8; /* "volgende week" only helps a weekday */
	if (fact->lead == LEAD_OF && !fact->paired)
		score -= 4; /* "het feest van 20 augustus" */
	if (token_is_one_of(phrase, fact->first - 1, "voor", "before", "by", "na", "after"))
		score -= 4; /* "aanmelden voor 15 juni" */
	return score;
}

/* A recurrence that names its days needs no weekday beside it; that one belongs to the title. */
static bool is_day_wanted(const struct pick *pick, const struct fact *fact)
{
	if (!pick->repeat || !repeat_has_days(&pick->repeat->repeat))
		return true;
	return fact->lead == LEAD_FROM || is_calendar_date(&fact->day);
}

static void day_pick(const struct phrase *phrase, struct facts *facts, struct pick *pick)
{
	int best = 0;

	for (size_t i = 0; i < facts->len; i++) {
		struct fact *fact = &facts->list[i];
		int score;

		if (fact->kind != FACT_DAY || fact_is_end(phrase, facts, i) || !is_day_wanted(pick, fact))
			continue;
		score = day_score(phrase, facts, fact);
		if (score > best) {
			best = score;
			pick->day = fact;
		}
	}
	if (pick->day)
		pick->day->used = true;
}

/* The other days that say the same: "volgende week" beside a weekday, a weekday beside a date. */
static void day_complete(const struct phrase *phrase, struct facts *facts, struct pick *pick)
{
	struct fact *day = pick->day;

	for (size_t i = 0; day && i < facts->len; i++) {
		struct fact *fact = &facts->list[i];

		if (fact == day || fact->kind != FACT_DAY || fact_is_end(phrase, facts, i))
			continue;
		if (day_is_stretch(&fact->day) && day->day.kind == DAY_WEEKDAY && day->day.turn == TURN_NEXT) {
			day->day.turn = fact->day.turn;
			day->day.week = fact->day.week;
			day->day.year = fact->day.year;
			fact->used = true;
		} else if (fact->day.kind == DAY_WEEKDAY && fact->day.turn != TURN_WEEK_LATER && is_calendar_date(&day->day) &&
			   !day->day.weekday && same_run(phrase, fact, day)) {
			pick->weekday = fact->day.weekday;
			if (!day->day.part)
				day->day.part = fact->day.part;
			fact->used = true;
		}
	}
}

/* Nothing but time words, marks and "en" from the one to the other. */
static bool is_joined(const struct phrase *phrase, const struct fact *a, const struct fact *b)
{
	const struct fact *from = a < b ? a : b, *to = a < b ? b : a;

	for (; from < to; from++) {
		struct fact joiner = { .first = from->after, .after = from->after };

		if (token_is_one_of(phrase, from->after, "en", "of", "and", "or"))
			joiner.after++;
		if (!facts_touch(phrase, from, &joiner) || !facts_touch(phrase, &joiner, from + 1))
			return false;
	}
	return true;
}

/* "Vrijdag 16 september, week 37"; "volgende week" says nothing of a day that was named already. */
static bool may_be_rival(const struct pick *pick, const struct fact *fact)
{
	if (day_is_stretch(&fact->day))
		return is_calendar_date(&pick->day->day);
	return fact->strength == STRENGTH_SURE && fact->lead != LEAD_OF;
}

/* "Morgen woensdag 15 juni", "maandag en woensdag". Beside a recurrence the other day belongs to the title. */
static void rival_day_pick(const struct phrase *phrase, struct facts *facts, struct pick *pick)
{
	for (size_t i = 0; pick->day && !pick->repeat && i < facts->len; i++) {
		struct fact *fact = &facts->list[i];

		if (fact->kind == FACT_DAY && !fact->used && may_be_rival(pick, fact) && is_joined(phrase, pick->day, fact)) {
			pick->rival_day = fact;
			fact->used = true;
			return;
		}
	}
}

static void last_day_pick(const struct phrase *phrase, struct facts *facts, struct pick *pick)
{
	for (size_t i = 0; i < facts->len; i++) {
		struct fact *fact = &facts->list[i];

		if (fact->kind != FACT_DAY || !fact_is_end(phrase, facts, i))
			continue;
		if (pick->repeat ? fact > pick->repeat
				 : pick->day && fact > pick->day && same_run(phrase, pick->day, fact)) {
			pick->last_day = fact;
			fact->used = true;
			return;
		}
	}
}

static bool is_near(const struct phrase *phrase, const struct pick *pick, const struct fact *fact)
{
	return (pick->day && same_run(phrase, pick->day, fact)) ||
	       (pick->repeat && same_run(phrase, pick->repeat, fact));
}

/* "Lezing over 2 uur slaap, vrijdag" does not begin in two hours. */
static bool is_elsewhere(const struct phrase *phrase, const struct pick *pick, const struct fact *fact)
{
	return (pick->day || pick->repeat) && !is_near(phrase, pick, fact);
}

static void time_pick(const struct phrase *phrase, struct facts *facts, struct pick *pick)
{
	struct fact *first = NULL, *near = NULL, *ahead = NULL, *end_only = NULL;

	for (size_t i = 0; i < facts->len; i++) {
		struct fact *fact = &facts->list[i];

		if (fact->kind != FACT_DAYTIME)
			continue;
		if (fact_is_end(phrase, facts, i)) {
			if (is_near(phrase, pick, fact) && !end_only)
				end_only = fact;
			continue;
		}
		if (fact->daytime.ahead) {
			if (!ahead && !is_elsewhere(phrase, pick, fact))
				ahead = fact;
			continue;
		}
		if (!first)
			first = fact;
		if (!near && is_near(phrase, pick, fact))
			near = fact;
	}
	pick->time = near ? near : first;
	if (!pick->time)
		pick->time = ahead;
	if (pick->time)
		pick->time->used = true;
	else
		pick->end_time = end_only;
}

/* Behind its beginning ("20:00-22:00"), or behind the last day ("vrijdag 15:00 tot zondag 12:00"). */
static void end_time_pick(const struct phrase *phrase, struct facts *facts, struct pick *pick)
{
	for (size_t i = 0; pick->time && i < facts->len; i++) {
		struct fact *fact = &facts->list[i];
		bool behind_last_day;

		if (fact->kind != FACT_DAYTIME || fact <= pick->time || !same_run(phrase, pick->time, fact))
			continue;
		behind_last_day = pick->last_day && !pick->repeat && pick->last_day > pick->time && fact == pick->last_day + 1;
		if (behind_last_day || (fact_is_end(phrase, facts, i) && fact == pick->time + 1)) {
			pick->end_time = fact;
			break;
		}
	}
	if (pick->end_time)
		pick->end_time->used = true;
}

static void part_pick(struct facts *facts, struct pick *pick)
{
	if (pick->repeat)
		pick->part = pick->repeat->repeat.part;
	if (pick->part == PART_NONE && pick->day)
		pick->part = pick->day->day.part;
	for (size_t i = 0; i < facts->len; i++) {
		struct fact *fact = &facts->list[i];

		if (fact->kind == FACT_ALL_DAY) {
			pick->all_day = true;
			fact->used = true;
		}
		if (fact->kind == FACT_PART && pick->part == PART_NONE) {
			pick->part = fact->part;
			fact->used = true;
		}
	}
}

struct pick facts_pick(const struct phrase *phrase, struct facts *facts)
{
	struct pick pick = { 0 };

	for (size_t i = 0; i < facts->len && !pick.repeat; i++) {
		if (facts->list[i].kind == FACT_REPEAT)
			pick.repeat = &facts->list[i];
	}
	if (pick.repeat)
		pick.repeat->used = true;
	day_pick(phrase, facts, &pick);
	day_complete(phrase, facts, &pick);
	last_day_pick(phrase, facts, &pick);
	time_pick(phrase, facts, &pick);
	end_time_pick(phrase, facts, &pick);
	part_pick(facts, &pick);
	rival_day_pick(phrase, facts, &pick);
	return pick;
}
