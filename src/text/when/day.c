#include "text/when/day.h"

#include <string.h>

#include "base/str.h"
#include "text/when/length.h"

#define TAIL_MARKS "/.,:+#@_$&="

/* A word that ends here, not at "-feest" or ".nl". */
static bool is_date_end(const struct phrase *phrase, size_t i)
{
	const struct token *mark = token_at(phrase, i), *next = token_at(phrase, i + 1);

	if (!token_is_apart(phrase, i) || token_is_glued_mark(phrase, i, '%'))
		return false;
	return !mark->glued || mark->kind != TOKEN_MARK || !next->glued || next->kind != TOKEN_NUMBER ||
	       (token_is_mark(phrase, i, '-') && next->digits == 2 && token_is_glued_mark(phrase, i + 2, ':'));
}

/* A number that is not the tail of a phone number, an amount or a version: touches none of the marks. */
static bool is_date_start(const struct phrase *phrase, size_t i, const char *marks)
{
	const struct token *before = token_at(phrase, i - 1);

	if (!token_is_apart(phrase, i))
		return false;
	return !token_at(phrase, i)->glued || before->kind != TOKEN_MARK || !strchr(marks, before->fold[0]);
}

/* "2022", ", 2022", "'22" after a date; i when there is none. */
static size_t year_skip(const struct phrase *phrase, size_t i, int *ret_year)
{
	size_t at = token_is_mark(phrase, i, ',') ? i + 1 : i;
	int year = token_at(phrase, at)->value;

	if (token_is_mark(phrase, i, '\'') && token_is_glued_number(phrase, i + 1, 2, 2) && is_date_end(phrase, i + 2)) {
		*ret_year = 2000 + token_at(phrase, i + 1)->value;
		return i + 2;
	}
	if (!token_is_number(phrase, at, 4, 4) || year < 1900 || year > DAY_YEAR_MOST || !is_date_end(phrase, at + 1) ||
	    token_is_one_of(phrase, at + 1, "uur", "u", "euro"))
		return i;
	*ret_year = year;
	return at + 1;
}

/* "2022-06-15", and the T that may follow. */
static size_t iso_read(const struct phrase *phrase, size_t i, struct day *ret_day)
{
	size_t after = i + 5;

	if (!token_is_number(phrase, i, 4, 4) || !is_date_start(phrase, i, TAIL_MARKS "-") || !token_is_glued_mark(phrase, i + 1, '-') ||
	    !token_is_glued_number(phrase, i + 2, 1, 2) || !token_is_glued_mark(phrase, i + 3, '-') ||
	    !token_is_glued_number(phrase, i + 4, 1, 2))
		return 0;
	if (token_at(phrase, after)->glued && token_is_word(phrase, after, "t") && token_is_glued_number(phrase, after + 1, 2, 2))
		after++;
	else if (!is_date_end(phrase, after))
		return 0;
	*ret_day = (struct day){
		.kind = DAY_DATE,
		.year = token_at(phrase, i)->value,
		.month = token_at(phrase, i + 2)->value,
		.day = token_at(phrase, i + 4)->value,
		.numeric = true,
	};
	return after;
}

/* "06-12 34 56 78": a mobile phone number that begins like a date. */
static bool is_phone(const struct phrase *phrase, size_t i)
{
	int digits = 0;

	if (!str_equal(token_at(phrase, i)->fold, "06"))
		return false;
	for (; digits < 10; i++) {
		if (token_at(phrase, i)->kind == TOKEN_NUMBER)
			digits += token_at(phrase, i)->digits;
		else if (!token_is_mark(phrase, i, '-') && !token_is_mark(phrase, i, '.'))
			return false;
	}
	return digits == 10 && !token_is_glued_mark(phrase, i, ':');
}

/* What "24/7" and "1/2" usually are. */
static enum strength numeric_strength(const struct day *day, char mark)
{
	static const int sayings[][2] = { { 24, 7 }, { 1, 2 }, { 1, 3 }, { 1, 4 }, { 3, 4 } };

	if (day->year)
		return STRENGTH_SURE;
	for (size_t i = 0; mark == '/' && i < ARRAY_LEN(sayings); i++) {
		if (day->day == sayings[i][0] && day->month == sayings[i][1])
			return STRENGTH_SHORT;
	}
	return day->month > 12 ? STRENGTH_LIKELY : STRENGTH_SURE;
}

/* "15-6", "15/6", "15-6-2022", "15/6/22", "15.6.2022". */
static size_t numeric_read(const struct phrase *phrase, size_t i, struct day *ret_day)
{
	char mark = token_at(phrase, i + 1)->fold[0];
	struct day day = { .kind = DAY_DATE, .numeric = true };
	size_t after = i + 3;

	if (!token_is_number(phrase, i, 1, 2) || !is_date_start(phrase, i, TAIL_MARKS "-") || !mark || !strchr("-/.", mark) ||
	    !token_is_glued_mark(phrase, i + 1, mark) || !token_is_glued_number(phrase, i + 2, 1, 2))
		return 0;
	if (token_is_glued_mark(phrase, after, mark) &&
	    (token_is_glued_number(phrase, after + 1, 4, 4) || token_is_glued_number(phrase, after + 1, 2, 2))) {
		day.year = token_at(phrase, after + 1)->value;
		if (token_at(phrase, after + 1)->digits == 2)
			day.year += 2000;
		after += 2;
	}
	if (!is_date_end(phrase, after) || token_is_one_of(phrase, after, "uur", "u", "h", "am", "pm") || (mark == '.' && day.year < 1900) || (!day.year && is_phone(phrase, i)))
		return 0;
	day.day = token_at(phrase, i)->value;
	day.month = token_at(phrase, i + 2)->value;
	if (!day.day || !day.month || (!day.year && (day.day > 31 || day.month > 31)))
		return 0;
	day.strength = numeric_strength(&day, mark);
	*ret_day = day;
	return after;
}

/* "15", "15e", "vijf": a day before its month. */
static size_t month_day_read(const struct phrase *phrase, size_t i, int *ret_day)
{
	size_t after;

	if (token_at(phrase, i)->kind == TOKEN_NUMBER) {
		if (!token_is_number(phrase, i, 1, 2) || !is_date_start(phrase, i, TAIL_MARKS))
			return 0;
		after = ordinal_read(phrase, i, ret_day);
		if (after)
			return after;
	}
	after = count_read(phrase, i, ret_day);
	return token_is_word(phrase, i, "een") ? 0 : after;
}

/* "15 juni", "15e juni 2022", "15th of June". */
static size_t day_month_read(const struct phrase *phrase, size_t i, struct day *ret_day)
{
	struct day day = { .kind = DAY_DATE };
	size_t after = month_day_read(phrase, i, &day.day);

	if (!after)
		return 0;
	if (token_is_one_of(phrase, after, "of", "van"))
		after++;
	after = month_read(phrase, after, &day.month);
	if (!after)
		return 0;
	after = year_skip(phrase, after, &day.year);
	*ret_day = day;
	return after;
}

/* "June 15th", "June 15, 2022"; small letters and no more to go by are less sure. */
static size_t month_first_read(const struct phrase *phrase, size_t i, struct day *ret_day)
{
	struct day day = { .kind = DAY_DATE };
	size_t number = month_read(phrase, i, &day.month), after, ordinal;

	if (!number || !token_is_number(phrase, number, 1, 2) || token_at(phrase, number)->glued)
		return 0;
	day.day = token_at(phrase, number)->value;
	ordinal = ordinal_read(phrase, number, &day.day);
	after = ordinal ? ordinal : number + 1;
	if (day.day < 1 || day.day > 31 || !token_is_apart(phrase, after) || token_is_one_of(phrase, after, "uur", "u", "am", "pm") ||
	    month_read(phrase, after, &(int){ 0 }) || (!ordinal && token_is_glued_mark(phrase, after, ':')))
		return 0;
	after = year_skip(phrase, after, &day.year);
	if (!ordinal && !day.year && !token_at(phrase, i)->capital)
		day.strength = token_is_one_of(phrase, i, "may", "march", "mar") ? STRENGTH_SHORT : STRENGTH_LIKELY;
	*ret_day = day;
	return after;
}

static size_t date_read(const struct phrase *phrase, size_t i, struct day *ret_day)
{
	size_t after = iso_read(phrase, i, ret_day);

	if (!after)
		after = numeric_read(phrase, i, ret_day);
	if (!after)
		after = day_month_read(phrase, i, ret_day);
	if (!after)
		after = month_first_read(phrase, i, ret_day);
	return after;
}

static size_t article_skip(const struct phrase *phrase, size_t i)
{
	return token_is_one_of(phrase, i, "de", "the") ? i + 1 : i;
}

/* "de 15e", "the 15th", with the article read already or still to come. */
static size_t day_of_month_read(const struct phrase *phrase, size_t i, struct day *ret_day)
{
	size_t at = article_skip(phrase, i), after;

	if (token_at(phrase, at)->kind != TOKEN_NUMBER || (at == i && !token_is_one_of(phrase, i - 1, "de", "the")))
		return 0;
	*ret_day = (struct day){ .kind = DAY_OF_MONTH, .strength = STRENGTH_BARE };
	after = ordinal_read(phrase, at, &ret_day->day);
	return after && ret_day->day <= 31 ? after : 0;
}

/* "over 3 dagen", "over een week", "in two weeks". */
static size_t distance_read(const struct phrase *phrase, size_t i, struct day *ret_day)
{
	bool english = token_is_word(phrase, i, "in");
	int count = 1;
	size_t after;
	enum unit unit;

	if (!english && !token_is_word(phrase, i, "over"))
		return 0;
	after = token_is_word(phrase, i + 1, "a") ? i + 2 : count_read(phrase, i + 1, &count);
	if (!after || count < 1 || count > 366 || !unit_read(phrase, after, &unit))
		return 0;
	if (english && !token_is_one_of(phrase, after, "day", "days", "week", "weeks", "month", "months"))
		return 0;
	if (length_is_vague(phrase, after + 1))
		return 0;
	*ret_day = (struct day){ .kind = DAY_RELATIVE };
	switch (unit) {
	case UNIT_DAY:
		ret_day->days = count;
		break;
	case UNIT_WEEK:
		ret_day->days = 7 * count;
		break;
	case UNIT_MONTH:
		ret_day->months = count;
		break;
	case UNIT_QUARTER:
	case UNIT_YEAR:
		return 0;
	}
	return after + 1;
}

static const struct {
	const char *word;
	int days;
	enum part part;
} relatives[] = {
	{ "vandaag", 0, PART_NONE },	   { "today", 0, PART_NONE },		 { "morgen", 1, PART_NONE },
	{ "tomorrow", 1, PART_NONE },	   { "overmorgen", 2, PART_NONE },	 { "vanavond", 0, PART_EVENING },
	{ "tonight", 0, PART_EVENING },	   { "vanmiddag", 0, PART_AFTERNOON },	 { "vanochtend", 0, PART_MORNING },
	{ "vanmorgen", 0, PART_MORNING },  { "vannacht", 0, PART_NIGHT },	 { "morgenavond", 1, PART_EVENING },
	{ "morgenmiddag", 1, PART_AFTERNOON }, { "morgenochtend", 1, PART_MORNING }, { "overmorgenavond", 2, PART_EVENING },
	{ "gisteren", -1, PART_NONE },	   { "yesterday", -1, PART_NONE },	 { "eergisteren", -2, PART_NONE },
};

/* "vandaag", "morgenavond", "tomorrow night", "this evening", "the day after tomorrow". */
static size_t relative_read(const struct phrase *phrase, size_t i, struct day *ret_day)
{
	size_t at = token_is_word(phrase, i, "the") ? i + 1 : i, after;

	*ret_day = (struct day){ .kind = DAY_RELATIVE };
	after = token_sequence(phrase, at, "day", "after", "tomorrow");
	if (after) {
		ret_day->days = 2;
		return after;
	}
	if (token_is_one_of(phrase, i, "this", "deze")) {
		after = part_noun_read(phrase, i + 1, &ret_day->part);
		return after;
	}
	if (token_is_one_of(phrase, i - 1, "goede", "goeie", "goeden", "'"))
		return 0;
	for (size_t r = 0; r < ARRAY_LEN(relatives); r++) {
		if (!token_is_word(phrase, i, relatives[r].word) || !token_is_apart(phrase, i + 1))
			continue;
		ret_day->days = relatives[r].days;
		ret_day->part = relatives[r].part;
		after = ret_day->part ? 0 : part_noun_read(phrase, i + 1, &ret_day->part);
		return after ? after : i + 1;
	}
	return distance_read(phrase, i, ret_day);
}

/* "komende", "volgende week", "this": which weekday is meant. *ret_week when a week was named. */
static size_t turn_read(const struct phrase *phrase, size_t i, enum turn *ret_turn, bool *ret_week)
{
	size_t after = token_sequence(phrase, i, "a", ".", "s", ".");

	if (after) {
		*ret_turn = TURN_COMING;
		return after;
	}
	after = i + 1;
	if (token_is_one_of(phrase, i, "komende", "aankomende", "aanstaande", "eerstvolgende", "coming"))
		*ret_turn = TURN_COMING;
	else if (token_is_one_of(phrase, i, "volgende", "next"))
		*ret_turn = token_is_word(phrase, after, "week") ? TURN_NEXT_WEEK : TURN_COMING;
	else if (token_is_one_of(phrase, i, "deze", "this"))
		*ret_turn = token_is_word(phrase, after, "week") ? TURN_THIS_WEEK : TURN_NEXT;
	else
		return 0;
	*ret_week = token_is_word(phrase, after, "week");
	return *ret_week ? after + 1 : after;
}

/* "vrijdag a.s.", "Friday next week", "vrijdag over een week". */
static size_t turn_suffix_skip(const struct phrase *phrase, size_t i, enum turn *ret_turn)
{
	bool week = false;
	enum turn turn;
	size_t after = token_sequence(phrase, i, "a", ".", "s", ".");

	if (after || token_is_word(phrase, i, "aanstaande")) {
		*ret_turn = TURN_COMING;
		return after ? after : i + 1;
	}
	after = token_sequence(phrase, i, "over", "een", "week");
	if (!after)
		after = token_sequence(phrase, i, "over", "1", "week");
	if (after && !length_is_vague(phrase, after)) {
		*ret_turn = TURN_WEEK_LATER;
		return after;
	}
	after = turn_read(phrase, i, &turn, &week);
	if (!after || !week || turn == TURN_COMING)
		return i;
	*ret_turn = turn;
	return after;
}

/* "week 37", "wk 37", "in week 37 van 2023"; not "week 2 van de cursus", nor "week 12 uur". */
static size_t week_number_read(const struct phrase *phrase, size_t i, struct day *ret_day)
{
	size_t at = token_is_word(phrase, i, "in") ? i + 1 : i, number = at + 1, after, year_at;
	struct day day = { .kind = DAY_WEEK, .turn = TURN_NUMBERED_WEEK, .numeric = true };

	if (!token_is_one_of(phrase, at, "week", "wk", "weeknr", "weeknummer") ||
	    token_is_one_of(phrase, i - 1, "per", "elke", "iedere", "een", "a", "every", "each", "vorige", "afgelopen", "last", "hele"))
		return 0;
	if (token_is_glued_mark(phrase, number, '.'))
		number++;
	after = number + 1;
	if (!token_is_number(phrase, number, 1, 2) || !is_date_end(phrase, after) || token_is_one_of(phrase, after, "uur", "u", "h", "hours"))
		return 0;
	day.week = token_at(phrase, number)->value;
	year_at = token_is_one_of(phrase, after, "van", "of", "in") ? after + 1 : after;
	*ret_day = day;
	number = year_skip(phrase, year_at, &ret_day->year);
	if (number == year_at && token_is_one_of(phrase, after, "van", "of"))
		return 0;
	return number == year_at ? after : number;
}

static const struct {
	const char *word;
	enum turn turn;
} weekend_turns[] = {
	{ "dit", TURN_THIS_WEEKEND },	      { "deze", TURN_THIS_WEEKEND },	    { "this", TURN_THIS_WEEKEND },
	{ "komend", TURN_COMING_WEEKEND },    { "komende", TURN_COMING_WEEKEND },   { "aankomend", TURN_COMING_WEEKEND },
	{ "aankomende", TURN_COMING_WEEKEND }, { "aanstaand", TURN_COMING_WEEKEND }, { "aanstaande", TURN_COMING_WEEKEND },
	{ "eerstvolgende", TURN_COMING_WEEKEND }, { "coming", TURN_COMING_WEEKEND }, { "volgend", TURN_NEXT_WEEKEND },
	{ "volgende", TURN_NEXT_WEEKEND },    { "next", TURN_NEXT_WEEKEND },
};

/* "dit weekend", "in het komende weekend", "a.s. weekend", "next weekend". */
static size_t weekend_read(const struct phrase *phrase, size_t i, struct day *ret_day)
{
	size_t in = token_is_word(phrase, i, "in") ? i + 1 : i, at = token_is_one_of(phrase, in, "het", "the") ? in + 1 : in;
	size_t after = token_sequence(phrase, at, "a", ".", "s", ".");
	struct day day = { .kind = DAY_WEEKEND, .turn = TURN_COMING_WEEKEND };

	for (size_t t = 0; !after && t < ARRAY_LEN(weekend_turns); t++) {
		if (token_is_word(phrase, at, weekend_turns[t].word)) {
			day.turn = weekend_turns[t].turn;
			after = at + 1;
		}
	}
	if (!after || !token_is_one_of(phrase, after, "weekend", "weekeinde") || !token_is_apart(phrase, after + 1))
		return 0;
	*ret_day = day;
	return after + 1;
}

/* "eerste woensdag van juli". */
static size_t nth_read(const struct phrase *phrase, size_t i, struct day *ret_day)
{
	struct day day = { .kind = DAY_NTH };
	struct weekday_word word;
	size_t after = ordinal_read(phrase, i, &day.ordinal);

	if (!after || day.ordinal > 5)
		return 0;
	after = weekday_read(phrase, after, &word);
	if (!after || !token_is_one_of(phrase, after, "van", "in", "of"))
		return 0;
	day.weekday = word.weekday;
	day.part = word.part;
	after = month_read(phrase, after + 1, &day.month);
	if (!after)
		return 0;
	after = year_skip(phrase, after, &day.year);
	*ret_day = day;
	return after;
}

/* A weekday, by itself or before its date. */
static size_t weekday_date_read(const struct phrase *phrase, size_t i, struct day *ret_day)
{
	enum turn turn = TURN_NEXT;
	bool week = false;
	struct weekday_word word;
	struct day date;
	size_t turned = turn_read(phrase, i, &turn, &week), at = turned ? turned : i, after, comma;

	if (week && token_is_one_of(phrase, at, "op", "on"))
		at++;
	after = weekday_read(phrase, at, &word);
	if (!after || word.plural) {
		*ret_day = (struct day){ .kind = DAY_WEEK, .turn = turn };
		return week ? turned : 0;
	}
	comma = token_is_mark(phrase, after, ',') ? after + 1 : after;
	at = date_read(phrase, article_skip(phrase, comma), &date);
	if (!at || date.strength == STRENGTH_SHORT || (date.numeric && date.strength == STRENGTH_LIKELY))
		at = day_of_month_read(phrase, comma, &date);
	if (at && (date.kind == DAY_DATE || date.kind == DAY_OF_MONTH)) {
		date.weekday = word.weekday;
		date.part = word.part;
		date.strength = STRENGTH_SURE;
		*ret_day = date;
		return at;
	}
	*ret_day = (struct day){
		.kind = DAY_WEEKDAY,
		.weekday = word.weekday,
		.part = word.part,
		.turn = turn,
		.strength = word.brief && !turned ? STRENGTH_SHORT : STRENGTH_SURE,
	};
	return turn_suffix_skip(phrase, after, &ret_day->turn);
}

size_t day_read(const struct phrase *phrase, size_t i, enum lead lead, struct day *ret_day)
{
	size_t after;

	if (!token_is_apart(phrase, i))
		return 0;
	after = relative_read(phrase, i, ret_day);
	if (!after)
		after = weekend_read(phrase, i, ret_day);
	if (!after)
		after = week_number_read(phrase, i, ret_day);
	if (!after)
		after = weekday_date_read(phrase, i, ret_day);
	if (!after)
		after = date_read(phrase, article_skip(phrase, i), ret_day);
	if (!after)
		after = nth_read(phrase, article_skip(phrase, i), ret_day);
	if (!after && lead != LEAD_NONE && lead != LEAD_AT)
		after = day_of_month_read(phrase, i, ret_day);
	if (!after && (lead == LEAD_FROM || lead == LEAD_UNTIL)) {
		bool end = token_is_one_of(phrase, i, "eind", "einde", "end");
		size_t at = end ? i + 1 : i;

		*ret_day = (struct day){ .kind = DAY_MONTH, .ordinal = end ? -1 : 0 };
		if (token_is_one_of(phrase, at, "of", "van"))
			at++;
		after = month_read(phrase, at, &ret_day->month);
		if (after)
			after = year_skip(phrase, after, &ret_day->year);
	}
	return after;
}

/* "10 t/m 17 september", "maandag 10 t/m vrijdag 14 oktober", "10 en 11 september". */
static size_t days_then_month_read(const struct phrase *phrase, size_t i, struct day *ret_from, struct day *ret_to,
				   size_t *ret_split)
{
	struct weekday_word word = { 0 };
	struct day from = { .kind = DAY_DATE };
	size_t weekday = weekday_read(phrase, i, &word), number = weekday ? weekday : i, second, after;
	bool pair;

	second = month_day_read(phrase, number, &from.day);
	if (!second || token_at(phrase, number)->kind != TOKEN_NUMBER || from.day < 1 || from.day > 31)
		return 0;
	pair = token_is_one_of(phrase, second, "en", "and") || token_is_mark(phrase, second, '&');
	second = pair ? second + 1 : until_read(phrase, second);
	if (!second)
		return 0;
	after = day_read(phrase, second, LEAD_NONE, ret_to);
	if (!after || ret_to->kind != DAY_DATE || ret_to->numeric || token_at(phrase, second)->kind == TOKEN_MARK ||
	    month_read(phrase, second, &(int){ 0 }) || (pair && ret_to->day != from.day + 1 && !token_is_one_of(phrase, i - 1, "tussen", "between")))
		return 0;
	from.weekday = word.weekday;
	from.year = ret_to->year;
	from.month = ret_to->month;
	*ret_from = from;
	*ret_split = second;
	return after;
}

/* "September 10-17", "June 10th to 17th". */
static size_t month_then_days_read(const struct phrase *phrase, size_t i, struct day *ret_from, struct day *ret_to,
				   size_t *ret_split)
{
	struct day from, to;
	size_t first = month_first_read(phrase, i, &from), second, after, ordinal;

	if (!first || from.year)
		return 0;
	second = until_read(phrase, first);
	if (!second || !token_is_number(phrase, second, 1, 2))
		return 0;
	to = from;
	to.day = token_at(phrase, second)->value;
	ordinal = ordinal_read(phrase, second, &to.day);
	after = ordinal ? ordinal : second + 1;
	if (to.day <= from.day || to.day > 31 || !is_date_end(phrase, after) || month_read(phrase, after, &(int){ 0 }) ||
	    token_is_glued_mark(phrase, after, ':') || token_is_one_of(phrase, after, "uur", "u", "am", "pm", "of"))
		return 0;
	after = year_skip(phrase, after, &to.year);
	from.year = to.year;
	*ret_from = from;
	*ret_to = to;
	*ret_split = second;
	return after;
}

size_t day_range_read(const struct phrase *phrase, size_t i, struct day *ret_from, struct day *ret_to, size_t *ret_split)
{
	size_t after;

	if (!token_is_apart(phrase, i))
		return 0;
	after = days_then_month_read(phrase, i, ret_from, ret_to, ret_split);
	return after ? after : month_then_days_read(phrase, i, ret_from, ret_to, ret_split);
}
