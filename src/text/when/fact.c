#include "text/when/fact.h"

#include <string.h>

struct lead_words {
	const char *words[4];
	enum lead lead;
};

/* The longer first. "t/m" and its like are until_read()'s. */
static const struct lead_words leads[] = {
	{ { "met", "ingang", "van" }, LEAD_FROM },
	{ { "starting", "from" }, LEAD_FROM },
	{ { "starting", "on" }, LEAD_FROM },
	{ { "starts", "at" }, LEAD_AT },
	{ { "begint", "om" }, LEAD_AT },
	{ { "v", ".", "a", "." }, LEAD_FROM },
	{ { "vanaf" }, LEAD_FROM },
	{ { "from" }, LEAD_FROM },
	{ { "starting" }, LEAD_FROM },
	{ { "sinds" }, LEAD_FROM },
	{ { "since" }, LEAD_FROM },
	{ { "tussen" }, LEAD_FROM },
	{ { "between" }, LEAD_FROM },
	{ { "van" }, LEAD_OF },
	{ { "om" }, LEAD_AT },
	{ { "at" }, LEAD_AT },
	{ { "rond" }, LEAD_AT },
	{ { "omstreeks" }, LEAD_AT },
	{ { "around" }, LEAD_AT },
	{ { "aanvang" }, LEAD_AT },
	{ { "start" }, LEAD_AT },
	{ { "op" }, LEAD_ON },
	{ { "on" }, LEAD_ON },
};

/* Said on the way from a lead to its time, or before a label's colon; they mean nothing by themselves. */
static const char *const fillers[] = { "ca", "circa", "ongeveer", "about", "de", "the", NULL };
static const char *const labels[] = { "datum", "tijd", "tijdstip", "wanneer", "date", "time", "when", "aanvang", "start", NULL };

static size_t lead_words_read(const struct phrase *phrase, size_t i, enum lead *ret_lead)
{
	for (size_t l = 0; l < ARRAY_LEN(leads); l++) {
		size_t at = i, w = 0;

		for (; w < ARRAY_LEN(leads[l].words) && leads[l].words[w]; w++, at++) {
			if (strcmp(token_at(phrase, at)->fold, leads[l].words[w]) != 0)
				break;
		}
		if (w == ARRAY_LEN(leads[l].words) || !leads[l].words[w]) {
			*ret_lead = leads[l].lead;
			return at;
		}
	}
	return 0;
}

/* "vanaf ca.", "op de", "tot", "Aanvang:"; the strongest of what is said together. i when there is none. */
static size_t lead_skip(const struct phrase *phrase, size_t i, enum lead *ret_lead)
{
	size_t at = i;

	*ret_lead = LEAD_NONE;
	if (token_is_listed(phrase, i, labels) && token_is_glued_mark(phrase, i + 1, ':')) {
		*ret_lead = LEAD_AT;
		at = i + 2;
	}
	for (int words = 0; words < 4; words++) {
		enum lead lead = LEAD_NONE;
		size_t after = until_read(phrase, at);

		if (after) {
			lead = token_is_mark(phrase, at, '-') ? LEAD_DASH : LEAD_UNTIL;
		} else {
			after = lead_words_read(phrase, at, &lead);
			if (!after && at > i && token_is_listed(phrase, at, fillers))
				after = token_is_glued_mark(phrase, at + 1, '.') ? at + 2 : at + 1;
		}
		if (!after)
			break;
		if (lead > *ret_lead)
			*ret_lead = lead;
		at = after;
	}
	return at;
}

static void fact_add(struct facts *facts, const struct fact *fact)
{
	if (facts->len < FACTS_MAX)
		facts->list[facts->len++] = *fact;
}

static size_t all_day_read(const struct phrase *phrase, size_t i)
{
	size_t at = token_is_one_of(phrase, i, "de", "the") ? i + 1 : i;

	if ((token_is_one_of(phrase, at, "hele", "gehele", "whole") && token_is_one_of(phrase, at + 1, "dag", "day")) ||
	    token_sequence(phrase, at, "all", "day"))
		return at + 2;
	return token_sequence(phrase, at, "all", "-", "day");
}

/* A date stands right before token i, so that what follows cannot be one. */
static bool is_after_date(const struct phrase *phrase, const struct facts *facts, size_t i)
{
	const struct fact *last = facts->len ? &facts->list[facts->len - 1] : NULL;
	struct fact here = { .first = i };

	return last && last->kind == FACT_DAY && facts_touch(phrase, last, &here) &&
	       (last->day.kind == DAY_DATE || last->day.kind == DAY_RELATIVE);
}

/* A range becomes two facts, the second of them led by "until". */
static size_t ranges_read(const struct phrase *phrase, size_t first, size_t i, enum lead lead, struct facts *facts)
{
	struct fact from = { .lead = lead, .first = first, .paired = true }, to = { .lead = LEAD_UNTIL };
	size_t split, after;
	bool after_date = is_after_date(phrase, facts, first);

	/* Days first: the 10 and 17 of "10 t/m 17 september" are no hours. */
	after = day_range_read(phrase, i, &from.day, &to.day, &split);
	from.kind = to.kind = FACT_DAY;
	if (!after) {
		after = daytime_range_read(phrase, i, lead, after_date, &from.daytime, &to.daytime, &split);
		from.kind = to.kind = FACT_DAYTIME;
		from.strength = from.daytime.strength;
		to.strength = to.daytime.strength;
	}
	if (!after)
		return 0;
	from.after = to.first = split;
	to.after = after;
	fact_add(facts, &from);
	fact_add(facts, &to);
	return after;
}

/* One fact at token i, whose words begin at token first. */
static size_t single_read(const struct phrase *phrase, size_t first, size_t i, enum lead lead, struct facts *facts)
{
	struct fact fact = { .lead = lead, .first = first };
	size_t after = repeat_read(phrase, i, &fact.repeat);

	if (after) {
		fact.kind = FACT_REPEAT;
		fact.strength = fact.repeat.strength;
	}
	if (!after) {
		after = day_read(phrase, i, lead, &fact.day);
		fact.kind = FACT_DAY;
		fact.strength = fact.day.strength;
	}
	if (!after) {
		after = daytime_read(phrase, i, lead, &fact.daytime);
		fact.kind = FACT_DAYTIME;
		fact.strength = fact.daytime.strength;
	}
	if (!after) {
		after = part_read(phrase, i, &fact.part);
		fact.kind = FACT_PART;
		fact.strength = STRENGTH_SURE;
		if (after && (fact.part == PART_AM || fact.part == PART_PM))
			return 0;
	}
	if (!after) {
		after = all_day_read(phrase, i);
		fact.kind = FACT_ALL_DAY;
	}
	if (!after)
		return 0;
	fact.after = after;
	fact_add(facts, &fact);
	return after;
}

/* The "en" of "tussen 14:00 en 16:00", once "tussen 14:00" was read, and that of "zaterdag en zondag". */
static bool is_range_and(const struct phrase *phrase, const struct facts *facts, size_t i)
{
	const struct fact *last = facts->len ? &facts->list[facts->len - 1] : NULL;
	struct weekday_word next;

	if (!last || last->after != i || !token_is_one_of(phrase, i, "en", "and"))
		return false;
	if (token_is_one_of(phrase, last->first, "tussen", "between"))
		return true;
	return last->kind == FACT_DAY && last->day.kind == DAY_WEEKDAY && weekday_read(phrase, i + 1, &next) &&
	       next.weekday == last->day.weekday % 7 + 1;
}

/* The words at token i, without a lead if that reads, else with. */
static size_t fact_read(const struct phrase *phrase, size_t i, struct facts *facts)
{
	enum lead lead;
	size_t after = ranges_read(phrase, i, i, LEAD_NONE, facts), at;

	if (!after)
		after = single_read(phrase, i, i, LEAD_NONE, facts);
	if (after)
		return after;
	if (is_range_and(phrase, facts, i))
		return single_read(phrase, i, i + 1, LEAD_UNTIL, facts);
	at = lead_skip(phrase, i, &lead);
	if (at == i)
		return 0;
	after = ranges_read(phrase, i, at, lead, facts);
	return after ? after : single_read(phrase, i, at, lead, facts);
}

bool facts_touch(const struct phrase *phrase, const struct fact *before, const struct fact *after)
{
	for (size_t i = before->after; i < after->first; i++) {
		const struct token *token = token_at(phrase, i);

		if (token->kind != TOKEN_MARK || !strchr(",;:-.()*_", token->fold[0]))
			return false;
	}
	return before->after <= after->first;
}

bool fact_is_end(const struct phrase *phrase, const struct facts *facts, size_t i)
{
	const struct fact *fact = &facts->list[i];
	bool kin = false;

	if (fact->lead == LEAD_UNTIL)
		return true;
	if (fact->lead != LEAD_DASH || i == 0 || !facts_touch(phrase, &facts->list[i - 1], fact))
		return false;
	for (size_t b = 0; b < i; b++)
		kin = kin || facts->list[b].kind == fact->kind;
	return kin;
}

/* The number counts something: "5 tot 12 jaar", "om 8 mensen". */
static bool counts_something(const struct phrase *phrase, size_t after)
{
	return token_is_one_of(phrase, after, "jaar", "jarigen", "jarige", "personen", "mensen", "man", "kinderen", "bewoners", "buren",
			       "stuks", "keer", "euro", "eur", "cent", "procent", "meter", "m", "km", "kg", "min", "minuten", "years",
			       "people", "persons", "kids", "children", "residents", "neighbours", "times", "euros", "minutes") ||
	       token_is_one_of(phrase, after, "maanden", "dagen", "weken", "months", "days", "weeks", "x") ||
	       token_is_mark(phrase, after, '%') || token_is_mark(phrase, after, '$') || token_is_mark(phrase, after, '+');
}

/* What follows a mere number lets it be a time: the end, a mark, a preposition. */
static bool is_free(const struct phrase *phrase, size_t after)
{
	const struct token *next = token_at(phrase, after);

	return next->kind == TOKEN_END || next->new_line || next->kind == TOKEN_MARK ||
	       token_is_one_of(phrase, after, "in", "bij", "at", "op", "on", "met", "with", "voor", "for");
}

/* The facts from begin to end (one, or a pair) with what touches them on both sides. */
struct place {
	const struct fact *begin, *end;
	const struct fact *before, *after; /* NULL when nothing touches there */
};

static struct place place_of(const struct phrase *phrase, const struct facts *facts, size_t i)
{
	size_t last = facts->list[i].paired ? i + 1 : i;
	struct place place = { .begin = &facts->list[i], .end = &facts->list[last] };

	if (i && facts_touch(phrase, place.begin - 1, place.begin))
		place.before = place.begin - 1;
	if (last + 1 < facts->len && facts_touch(phrase, place.end, place.end + 1))
		place.after = place.end + 1;
	return place;
}

static bool is_stretch(const struct fact *fact)
{
	return fact->kind == FACT_DAY && day_is_stretch(&fact->day);
}

/* Words about another side of time right beside it, the week it lies in, or the end that it begins. */
static bool has_company(const struct place *place)
{
	return (place->before && (place->before->kind != place->begin->kind || is_stretch(place->before))) ||
	       (place->after && (place->after->kind != place->begin->kind || is_stretch(place->after) || place->after->lead >= LEAD_UNTIL));
}

static bool has_surer(const struct facts *facts, const struct fact *fact)
{
	for (size_t i = 0; i < facts->len; i++) {
		const struct fact *other = &facts->list[i];

		if (other->kind == fact->kind && other->strength == STRENGTH_SURE && other->lead != LEAD_UNTIL && !is_stretch(other))
			return true;
	}
	return false;
}

static bool place_holds(const struct phrase *phrase, const struct facts *facts, const struct place *place)
{
	const struct fact *begin = place->begin;
	bool counts = counts_something(phrase, place->end->after);

	switch (begin->strength) {
	case STRENGTH_SURE:
		return !(counts && begin->kind == FACT_DAY && begin->day.numeric && !begin->day.year);
	case STRENGTH_LIKELY:
		return has_company(place) || (!counts && !has_surer(facts, begin));
	case STRENGTH_BARE:
		if (counts)
			return false;
		if (begin->kind == FACT_DAY)
			return is_free(phrase, begin->after) || place->after;
		if (begin->lead == LEAD_UNTIL || begin->lead == LEAD_DASH)
			return place->before && place->before->kind == FACT_DAYTIME;
		return is_free(phrase, place->end->after) || place->before || place->after;
	case STRENGTH_SHORT:
		return !counts && has_company(place) && !has_surer(facts, begin);
	}
	return false;
}

void facts_read(const struct phrase *phrase, struct facts *ret_facts)
{
	struct facts all = { .len = 0 };

	for (size_t i = 0; i < phrase->len && all.len + 1 < FACTS_MAX;) {
		size_t after = fact_read(phrase, i, &all);

		i = after ? after : i + 1;
	}
	ret_facts->len = 0;
	for (size_t i = 0; i < all.len;) {
		struct place place = place_of(phrase, &all, i);
		size_t next = (size_t)(place.end - all.list) + 1;

		bool holds = place_holds(phrase, &all, &place);

		for (; i < next; i++) {
			if (holds)
				ret_facts->list[ret_facts->len++] = all.list[i];
		}
	}
}
