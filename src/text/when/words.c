#include "text/when/words.h"

#include <string.h>

#include "base/str.h"

struct named {
	const char *word;
	int value;
};

static const struct named weekdays[] = {
	{ "maandag", WEEKDAY_MONDAY },	   { "monday", WEEKDAY_MONDAY },     { "dinsdag", WEEKDAY_TUESDAY },
	{ "tuesday", WEEKDAY_TUESDAY },	   { "woensdag", WEEKDAY_WEDNESDAY }, { "wednesday", WEEKDAY_WEDNESDAY },
	{ "donderdag", WEEKDAY_THURSDAY }, { "thursday", WEEKDAY_THURSDAY }, { "vrijdag", WEEKDAY_FRIDAY },
	{ "friday", WEEKDAY_FRIDAY },	   { "zaterdag", WEEKDAY_SATURDAY }, { "saturday", WEEKDAY_SATURDAY },
	{ "zondag", WEEKDAY_SUNDAY },	   { "sunday", WEEKDAY_SUNDAY },
};

static const struct named brief_weekdays[] = {
	{ "ma", WEEKDAY_MONDAY },     { "mon", WEEKDAY_MONDAY },     { "di", WEEKDAY_TUESDAY },	   { "tue", WEEKDAY_TUESDAY },
	{ "tues", WEEKDAY_TUESDAY },  { "wo", WEEKDAY_WEDNESDAY },   { "wed", WEEKDAY_WEDNESDAY }, { "do", WEEKDAY_THURSDAY },
	{ "thu", WEEKDAY_THURSDAY },  { "thur", WEEKDAY_THURSDAY },  { "thurs", WEEKDAY_THURSDAY }, { "vr", WEEKDAY_FRIDAY },
	{ "fri", WEEKDAY_FRIDAY },    { "za", WEEKDAY_SATURDAY },    { "sat", WEEKDAY_SATURDAY },  { "zo", WEEKDAY_SUNDAY },
	{ "sun", WEEKDAY_SUNDAY },
};

static const struct named months[] = {
	{ "januari", 1 },  { "january", 1 }, { "februari", 2 }, { "february", 2 },  { "maart", 3 },  { "march", 3 },
	{ "april", 4 },	   { "mei", 5 },     { "may", 5 },	{ "juni", 6 },	    { "june", 6 },   { "juli", 7 },
	{ "july", 7 },	   { "augustus", 8 }, { "august", 8 },	{ "september", 9 }, { "oktober", 10 }, { "october", 10 },
	{ "november", 11 }, { "december", 12 },
};

static const struct named brief_months[] = {
	{ "jan", 1 }, { "feb", 2 }, { "mrt", 3 }, { "mar", 3 },	 { "apr", 4 },	{ "jun", 6 },  { "jul", 7 },
	{ "aug", 8 }, { "sep", 9 }, { "sept", 9 }, { "okt", 10 }, { "oct", 10 }, { "nov", 11 }, { "dec", 12 },
};

static const struct named numbers[] = {
	{ "een", 1 },	   { "one", 1 },     { "twee", 2 },	 { "two", 2 },	     { "drie", 3 },	 { "three", 3 },
	{ "vier", 4 },	   { "four", 4 },    { "vijf", 5 },	 { "five", 5 },	     { "zes", 6 },	 { "six", 6 },
	{ "zeven", 7 },	   { "seven", 7 },   { "acht", 8 },	 { "eight", 8 },     { "negen", 9 },	 { "nine", 9 },
	{ "tien", 10 },	   { "ten", 10 },    { "elf", 11 },	 { "eleven", 11 },   { "twaalf", 12 },	 { "twelve", 12 },
	{ "dertien", 13 }, { "veertien", 14 }, { "vijftien", 15 }, { "zestien", 16 },  { "zeventien", 17 }, { "achttien", 18 },
	{ "negentien", 19 }, { "twintig", 20 }, { "twenty", 20 },
};

static const struct named ordinals[] = {
	{ "eerste", 1 }, { "first", 1 },  { "tweede", 2 }, { "second", 2 }, { "derde", 3 },    { "third", 3 },
	{ "vierde", 4 }, { "fourth", 4 }, { "vijfde", 5 }, { "fifth", 5 },  { "laatste", -1 }, { "last", -1 },
};

static const struct named part_nouns[] = {
	{ "ochtend", PART_MORNING },	 { "morgen", PART_MORNING },	  { "voormiddag", PART_MORNING },
	{ "morning", PART_MORNING },	 { "middag", PART_AFTERNOON },	  { "namiddag", PART_AFTERNOON },
	{ "afternoon", PART_AFTERNOON }, { "avond", PART_EVENING },	  { "evening", PART_EVENING },
	{ "night", PART_EVENING },	 { "nacht", PART_NIGHT },
};

/* After "'s", or written together with it. */
static const struct named part_adverbs[] = {
	{ "ochtends", PART_MORNING }, { "morgens", PART_MORNING },   { "middags", PART_AFTERNOON },
	{ "avonds", PART_EVENING },   { "nachts", PART_SMALL_HOURS },
};

static const struct named units[] = {
	{ "dag", UNIT_DAY },	   { "dagen", UNIT_DAY },	{ "day", UNIT_DAY },   { "days", UNIT_DAY },
	{ "week", UNIT_WEEK },	   { "weekje", UNIT_WEEK },	{ "weken", UNIT_WEEK },	{ "weeks", UNIT_WEEK }, { "maand", UNIT_MONTH },
	{ "maanden", UNIT_MONTH }, { "month", UNIT_MONTH },	{ "months", UNIT_MONTH }, { "kwartaal", UNIT_QUARTER },
	{ "kwartalen", UNIT_QUARTER }, { "quarter", UNIT_QUARTER }, { "quarters", UNIT_QUARTER }, { "jaar", UNIT_YEAR },
	{ "jaren", UNIT_YEAR },	   { "year", UNIT_YEAR },	{ "years", UNIT_YEAR },
};

static bool named_find(const struct named *table, size_t len, const char *word, int *ret_value)
{
	for (size_t i = 0; i < len; i++) {
		if (str_equal(table[i].word, word)) {
			*ret_value = table[i].value;
			return true;
		}
	}
	return false;
}

#define NAMED_FIND(table, word, ret_value) named_find((table), ARRAY_LEN(table), (word), (ret_value))

static size_t named_read(const struct phrase *phrase, size_t i, const struct named *table, size_t len, int *ret_value)
{
	const struct token *token = token_at(phrase, i);

	if (token->kind != TOKEN_WORD || !token_is_apart(phrase, i + 1))
		return 0;
	return named_find(table, len, token->fold, ret_value) ? i + 1 : 0;
}

#define NAMED_READ(phrase, i, table, ret_value) named_read((phrase), (i), (table), ARRAY_LEN(table), (ret_value))

/* Over the full stop of an abbreviation. */
static size_t stop_skip(const struct phrase *phrase, size_t i)
{
	return token_is_glued_mark(phrase, i, '.') ? i + 1 : i;
}

/* "vrijdagavond": the weekday, and what is written on to it. */
static bool compound_find(const char *word, struct weekday_word *ret_word)
{
	for (size_t i = 0; i < ARRAY_LEN(weekdays); i++) {
		const char *rest = word + strlen(weekdays[i].word);
		int part = PART_NONE;

		if (!str_starts(word, weekdays[i].word))
			continue;
		ret_word->weekday = (enum weekday)weekdays[i].value;
		ret_word->plural = str_equal(rest, "s") || str_equal(rest, "en");
		if (*rest && !ret_word->plural && !NAMED_FIND(part_nouns, rest, &part))
			return false;
		ret_word->part = (enum part)part;
		return true;
	}
	return false;
}

size_t weekday_read(const struct phrase *phrase, size_t i, struct weekday_word *ret_word)
{
	const struct token *token = token_at(phrase, i);
	struct weekday_word word = { 0 };
	size_t after = i + 1, noun;
	int weekday;

	if (token->kind != TOKEN_WORD || !token_is_apart(phrase, i) || !token_is_apart(phrase, i + 1))
		return 0;
	if (NAMED_FIND(brief_weekdays, token->fold, &weekday)) {
		*ret_word = (struct weekday_word){ .weekday = (enum weekday)weekday, .brief = true };
		return stop_skip(phrase, after);
	}
	if (!compound_find(token->fold, &word))
		return 0;
	if (word.part == PART_NONE && !word.plural) {
		noun = part_noun_read(phrase, token_is_glued_mark(phrase, after, '-') ? after + 1 : after, &word.part);
		if (noun)
			after = noun;
	}
	*ret_word = word;
	return after;
}

size_t month_read(const struct phrase *phrase, size_t i, int *ret_month)
{
	size_t after = NAMED_READ(phrase, i, months, ret_month);

	if (after)
		return after;
	after = NAMED_READ(phrase, i, brief_months, ret_month);
	return after ? stop_skip(phrase, after) : 0;
}

size_t part_noun_read(const struct phrase *phrase, size_t i, enum part *ret_part)
{
	int part;
	size_t after = NAMED_READ(phrase, i, part_nouns, &part);

	if (after)
		*ret_part = (enum part)part;
	return after;
}

/* "pm", "p.m." and the like for the morning. */
static size_t meridiem_read(const struct phrase *phrase, size_t i, enum part *ret_part)
{
	static const struct {
		const char *together, *letter;
		enum part part;
	} halves[] = { { "am", "a", PART_AM }, { "pm", "p", PART_PM } };

	for (size_t h = 0; h < ARRAY_LEN(halves); h++) {
		size_t after = 0;

		if (token_is_word(phrase, i, halves[h].together) && token_is_apart(phrase, i + 1))
			after = i + 1;
		else if (token_is_word(phrase, i, halves[h].letter) && token_is_glued_mark(phrase, i + 1, '.') &&
			 token_is_word(phrase, i + 2, "m"))
			after = stop_skip(phrase, i + 3);
		if (after) {
			*ret_part = halves[h].part;
			return after;
		}
	}
	return 0;
}

/* "'s avonds", "s avonds", "savonds". */
static size_t part_adverb_read(const struct phrase *phrase, size_t i, enum part *ret_part)
{
	const struct token *token;
	size_t at = token_is_mark(phrase, i, '\'') ? i + 1 : i;
	int part;

	token = token_at(phrase, at);
	if (token_is_word(phrase, at, "s") && token_at(phrase, at + 1)->kind == TOKEN_WORD) {
		token = token_at(phrase, ++at);
		if (!NAMED_FIND(part_adverbs, token->fold, &part))
			return 0;
	} else if (token->kind != TOKEN_WORD || token->fold[0] != 's' || !NAMED_FIND(part_adverbs, token->fold + 1, &part)) {
		return 0;
	}
	*ret_part = (enum part)part;
	return at + 1;
}

size_t part_read(const struct phrase *phrase, size_t i, enum part *ret_part)
{
	size_t after = part_adverb_read(phrase, i, ret_part);

	if (!after)
		after = meridiem_read(phrase, i, ret_part);
	if (after)
		return after;
	if (token_is_word(phrase, i, "in") && token_is_one_of(phrase, i + 1, "de", "the"))
		return part_noun_read(phrase, i + 2, ret_part);
	if (token_sequence(phrase, i, "at", "night")) {
		*ret_part = PART_EVENING;
		return i + 2;
	}
	return 0;
}

size_t count_read(const struct phrase *phrase, size_t i, int *ret_count)
{
	if (token_is_number(phrase, i, 1, 4)) {
		*ret_count = token_at(phrase, i)->value;
		return i + 1;
	}
	return NAMED_READ(phrase, i, numbers, ret_count);
}

size_t ordinal_read(const struct phrase *phrase, size_t i, int *ret_ordinal)
{
	if (token_is_number(phrase, i, 1, 2)) {
		if (!token_at(phrase, i + 1)->glued || !token_is_apart(phrase, i + 2) ||
		    !token_is_one_of(phrase, i + 1, "e", "de", "ste", "st", "nd", "rd", "th"))
			return 0;
		*ret_ordinal = token_at(phrase, i)->value;
		return i + 2;
	}
	return NAMED_READ(phrase, i, ordinals, ret_ordinal);
}

size_t unit_read(const struct phrase *phrase, size_t i, enum unit *ret_unit)
{
	int unit;
	size_t after = NAMED_READ(phrase, i, units, &unit);

	if (after)
		*ret_unit = (enum unit)unit;
	return after;
}

size_t until_read(const struct phrase *phrase, size_t i)
{
	size_t after = token_sequence(phrase, i, "tot", "en", "met");

	if (!after)
		after = token_sequence(phrase, i, "tot", "aan");
	if (!after)
		after = token_sequence(phrase, i, "t", "/", "m");
	if (!after && (token_is_one_of(phrase, i, "tot", "tm", "until", "till", "til", "through", "thru", "to") ||
		       token_is_mark(phrase, i, '-')))
		after = i + 1;
	return after;
}
