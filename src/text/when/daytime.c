#include "text/when/daytime.h"

#include "text/when/length.h"

enum { HOUR = 60, HALF_DAY = 12 * HOUR, DAY = 24 * HOUR };

/* Writes hour and minute into *time, or that there is no such clock. */
static void clock_set(struct daytime *time, int hour, int minute)
{
	time->minutes = hour * HOUR + minute;
	time->wrong = minute > 59 || time->minutes > DAY;
}

/* "uur", "u", "h", "o'clock". */
static size_t hour_word_read(const struct phrase *phrase, size_t i)
{
	size_t after = 0;

	if (token_is_one_of(phrase, i, "uur", "u", "h", "oclock"))
		after = i + 1;
	else if (token_is_word(phrase, i, "o") && token_is_glued_mark(phrase, i + 1, '\'') &&
		 token_is_word(phrase, i + 2, "clock"))
		after = i + 3;
	return after && token_is_apart(phrase, after) ? after : 0;
}

/* "€ 12.50", "entree 12.50". */
static bool is_price(const struct phrase *phrase, size_t first, size_t after)
{
	if (token_is_mark(phrase, first - 1, '$') || token_is_mark(phrase, after, '$'))
		return true;
	return token_is_one_of(phrase, first - 1, "eur", "euro", "entree", "prijs", "kosten", "kost", "bijdrage", "price", "fee") ||
	       token_is_one_of(phrase, after, "eur", "euro", "euros", "p", "pp", "per", "cent") || token_is_mark(phrase, after, '%');
}

/* 20:00, 20.00, 20u00: the number at i, a mark or letter, two digits. */
static size_t digits_read(const struct phrase *phrase, size_t i, enum lead lead, struct daytime *ret_time)
{
	bool colon = token_is_glued_mark(phrase, i + 1, ':'), dot = token_is_glued_mark(phrase, i + 1, '.');
	bool letter = token_at(phrase, i + 1)->glued && token_is_one_of(phrase, i + 1, "u", "h");
	size_t after = i + 3, word;

	if (!token_is_number(phrase, i, 1, 2) || !(colon || dot || letter) || !token_is_glued_number(phrase, i + 2, 2, 2))
		return 0;
	if (token_is_glued_mark(phrase, after, '.') && token_at(phrase, after + 1)->glued)
		return 0;
	if (token_is_glued_mark(phrase, after, ':') && token_is_glued_number(phrase, after + 1, 2, 2))
		after += 2; /* seconds, which nobody means */
	clock_set(ret_time, token_at(phrase, i)->value, token_at(phrase, i + 2)->value);
	ret_time->vague = false;
	ret_time->strength = STRENGTH_SURE;
	word = hour_word_read(phrase, after);
	if (word)
		return word;
	if (!dot)
		return token_is_apart(phrase, after) || part_read(phrase, after, &(enum part){ 0 }) ? after : 0;
	if (is_price(phrase, i, after) || ret_time->wrong)
		return 0;
	if (lead == LEAD_NONE || lead == LEAD_ON || lead == LEAD_OF)
		ret_time->strength = token_at(phrase, i)->digits == 2 ? STRENGTH_LIKELY : STRENGTH_SHORT;
	return after;
}

/* "2 uur" may be how long something takes; "om 2 uur" may not. */
static enum strength hours_strength(const struct phrase *phrase, size_t i, size_t after, enum lead lead, int hour)
{
	if (token_is_one_of(phrase, after, "lang", "durend", "durende", "per", "long"))
		return STRENGTH_SHORT;
	if (lead == LEAD_AT || lead == LEAD_FROM || lead == LEAD_UNTIL || lead == LEAD_DASH)
		return STRENGTH_SURE;
	if (token_is_one_of(phrase, i - 1, "duur", "duurt", "elke", "per", "over", "in", "na", "binnen", "minimaal", "van"))
		return STRENGTH_SHORT;
	return hour >= 8 && hour <= 23 ? STRENGTH_LIKELY : STRENGTH_SHORT;
}

/* "19u", "8 uur", "acht uur", "8 uur 30", "7 pm", "seven o'clock". */
static size_t hours_read(const struct phrase *phrase, size_t i, enum lead lead, struct daytime *ret_time)
{
	int hour;
	size_t count = count_read(phrase, i, &hour), after;
	enum part part;

	if (!count || token_at(phrase, i)->digits > 2)
		return 0;
	clock_set(ret_time, hour, 0);
	ret_time->vague = hour <= 12 && token_at(phrase, i)->fold[0] != '0';
	after = hour_word_read(phrase, count);
	if (!after) {
		size_t half = part_read(phrase, count, &part);

		if (!half || (part != PART_AM && part != PART_PM))
			return 0;
		ret_time->strength = STRENGTH_SURE;
		return count;
	}
	ret_time->strength = hours_strength(phrase, i, after, lead, hour);
	if (ret_time->strength == STRENGTH_SURE && ret_time->wrong && lead != LEAD_AT && lead != LEAD_FROM)
		return 0;
	if (token_is_number(phrase, after, 2, 2) && token_at(phrase, after)->value < 60 && token_is_apart(phrase, after + 1) &&
	    token_is_word(phrase, after - 1, "uur")) {
		ret_time->minutes += token_at(phrase, after)->value;
		after++;
	}
	return after;
}

/* "half acht", "half 8": half an hour before; but "half eight" in English is half past. */
static size_t half_read(const struct phrase *phrase, size_t i, int *ret_minutes)
{
	static const char *const english[] = { "one",  "two",	"three", "four", "five",   "six",    "seven",
					       "eight", "nine", "ten",	 "eleven", "twelve", NULL };
	int hour;
	size_t after;

	if (!token_is_word(phrase, i, "half"))
		return 0;
	after = count_read(phrase, i + 1, &hour);
	if (!after || hour < 1 || hour > 12 || !token_is_apart(phrase, after) || token_at(phrase, i + 1)->digits > 2)
		return 0;
	*ret_minutes = (hour % 12) * HOUR + (token_is_listed(phrase, i + 1, english) ? HOUR / 2 : -HOUR / 2);
	return after;
}

/* "kwart", "quarter", "half", "10", "tien", and over or before what follows. */
static size_t shift_read(const struct phrase *phrase, size_t i, int *ret_minutes, bool *ret_named)
{
	int minutes;
	size_t after = i + 1;

	if (token_is_word(phrase, i, "a") && token_is_word(phrase, i + 1, "quarter"))
		return shift_read(phrase, i + 1, ret_minutes, ret_named);
	*ret_named = true;
	if (token_is_one_of(phrase, i, "kwart", "quarter")) {
		minutes = 15;
	} else if (token_is_word(phrase, i, "half") && token_is_word(phrase, i + 1, "past")) {
		minutes = 30;
	} else {
		*ret_named = false;
		after = count_read(phrase, i, &minutes);
		if (!after || minutes < 1 || minutes > 29 || token_at(phrase, i)->digits > 2)
			return 0;
	}
	if (token_is_one_of(phrase, after, "over", "past"))
		*ret_minutes = minutes;
	else if (token_is_one_of(phrase, after, "voor", "to"))
		*ret_minutes = -minutes;
	else
		return 0;
	return after + 1;
}

/* "half acht", "kwart over 7", "vijf voor half acht", "half past seven", with or without "uur". */
static size_t worded_read(const struct phrase *phrase, size_t i, enum lead lead, struct daytime *ret_time)
{
	int shift = 0, minutes;
	bool named = true;
	size_t shifted = shift_read(phrase, i, &shift, &named), hour_at = shifted ? shifted : i, after, word;

	after = half_read(phrase, hour_at, &minutes);
	if (after)
		named = true;
	if (!after && shifted) {
		int hour;

		after = count_read(phrase, hour_at, &hour);
		if (!after || hour < 1 || hour > 12 || !token_is_apart(phrase, after))
			return 0;
		minutes = (hour % 12) * HOUR;
	}
	if (!after)
		return 0;
	minutes += shift;
	if (minutes < 0)
		minutes += HALF_DAY;
	ret_time->minutes = minutes < HOUR ? minutes + HALF_DAY : minutes;
	ret_time->vague = true;
	ret_time->strength = named || lead == LEAD_AT || lead == LEAD_FROM || lead == LEAD_UNTIL ? STRENGTH_SURE : STRENGTH_SHORT;
	word = hour_word_read(phrase, after);
	return word ? word : after;
}

/* "noon", "12 noon", "midnight": the end of the day it is said of. */
static size_t named_read(const struct phrase *phrase, size_t i, struct daytime *ret_time)
{
	if (token_is_number(phrase, i, 2, 2) && token_at(phrase, i)->value == 12 && token_is_one_of(phrase, i + 1, "noon", "midnight"))
		i++;
	if (token_is_one_of(phrase, i, "noon", "midday"))
		ret_time->minutes = HALF_DAY;
	else if (token_is_one_of(phrase, i, "midnight", "middernacht"))
		ret_time->minutes = DAY;
	else
		return 0;
	ret_time->strength = STRENGTH_SURE;
	return i + 1;
}

/* A number by itself, after a word that makes it an hour. */
static size_t bare_read(const struct phrase *phrase, size_t i, enum lead lead, struct daytime *ret_time)
{
	int hour;
	size_t after = count_read(phrase, i, &hour);

	if (!after || hour > 24 || token_at(phrase, i)->digits > 2 || !token_is_apart(phrase, after) ||
	    lead == LEAD_NONE || lead == LEAD_ON || lead == LEAD_OF || token_is_word(phrase, i, "een"))
		return 0;
	if (token_at(phrase, after)->kind == TOKEN_MARK && token_at(phrase, after)->glued && token_at(phrase, after + 1)->glued &&
	    !token_is_mark(phrase, after, '-') && token_at(phrase, after + 1)->kind != TOKEN_MARK)
		return 0;
	clock_set(ret_time, hour, 0);
	ret_time->vague = hour >= 1 && hour <= 12 && token_at(phrase, i)->fold[0] != '0';
	ret_time->strength = STRENGTH_BARE;
	return after;
}

/* The 5 of "2,5 uur". */
static bool is_fraction(const struct phrase *phrase, size_t i)
{
	return token_at(phrase, i)->glued && token_at(phrase, i - 1)->glued && token_at(phrase, i - 2)->kind == TOKEN_NUMBER &&
	       (token_is_mark(phrase, i - 1, ',') || token_is_mark(phrase, i - 1, '.') || token_is_mark(phrase, i - 1, ':') ||
		token_is_mark(phrase, i - 1, '/'));
}

/* The 20 of "2022-06-15T20:00". */
static bool is_iso_clock(const struct phrase *phrase, size_t i)
{
	return token_is_word(phrase, i - 1, "t") && token_at(phrase, i - 1)->glued && token_is_glued_mark(phrase, i + 1, ':') &&
	       token_is_glued_mark(phrase, i - 3, '-');
}

/* "over 2 uur", "over een kwartier", "in half an hour"; not "over een uur of twee", nor "het gaat over 2 uur". Dutch "in 2 uur" is how long it takes. */
static size_t ahead_read(const struct phrase *phrase, size_t i, struct daytime *ret_time)
{
	bool english = token_is_word(phrase, i, "in");
	struct length length;
	size_t after;

	if ((!english && !token_is_word(phrase, i, "over")) || token_is_one_of(phrase, i - 1, "gaat", "gaan", "ging", "praat", "praten", "verdeeld"))
		return 0;
	after = length_read(phrase, i + 1, &length);
	if (!after || !length.by_hours || length.minutes > DAY || token_is_word(phrase, after - 1, "m") || !token_is_apart(phrase, after) ||
	    length_is_vague(phrase, after))
		return 0;
	if (english && !token_is_one_of(phrase, after - 1, "hour", "hours", "hr", "hrs", "minute", "minutes", "min", "mins"))
		return 0;
	*ret_time = (struct daytime){ .ahead = length.minutes };
	return after;
}

size_t daytime_read(const struct phrase *phrase, size_t i, enum lead lead, struct daytime *ret_time)
{
	struct daytime time = { 0 };
	size_t after, part;

	if ((!token_is_apart(phrase, i) && !is_iso_clock(phrase, i)) || is_fraction(phrase, i))
		return 0;
	after = digits_read(phrase, i, lead, &time);
	if (!after)
		after = worded_read(phrase, i, lead, &time);
	if (!after)
		after = named_read(phrase, i, &time);
	if (!after)
		after = hours_read(phrase, i, lead, &time);
	if (!after)
		after = bare_read(phrase, i, lead, &time);
	if (!after && lead == LEAD_NONE)
		return ahead_read(phrase, i, ret_time);
	if (!after)
		return 0;
	part = part_read(phrase, after, &time.part);
	if (part) {
		time.strength = STRENGTH_SURE;
		after = part;
	}
	*ret_time = time;
	return after;
}

size_t daytime_range_read(const struct phrase *phrase, size_t i, enum lead lead, bool after_date, struct daytime *ret_from,
			  struct daytime *ret_to, size_t *ret_split)
{
	struct daytime from = { 0 }, to;
	size_t second, after;
	bool introduced = lead == LEAD_FROM || lead == LEAD_OF, dashed, exact;
	int hour;

	second = count_read(phrase, i, &hour);
	if (!second || hour > 24 || token_at(phrase, i)->digits > 2 || !token_is_apart(phrase, i) || !token_is_apart(phrase, second))
		return 0;
	dashed = token_is_mark(phrase, second, '-');
	if (lead == LEAD_FROM && token_is_one_of(phrase, second, "en", "and"))
		second++;
	else
		second = until_read(phrase, second);
	if (!second)
		return 0;
	after = daytime_read(phrase, second, LEAD_UNTIL, &to);
	if (!after)
		return 0;
	exact = to.strength != STRENGTH_BARE;
	if (dashed && !exact && (hour * HOUR >= to.minutes || to.minutes <= HALF_DAY) && !after_date)
		return 0; /* 15-6 is a date, 15-13 a wrong one */
	clock_set(&from, hour, 0);
	from.vague = hour >= 1 && hour <= 12 && token_at(phrase, i)->fold[0] != '0';
	if (exact)
		from.strength = introduced || dashed ? STRENGTH_SURE : STRENGTH_LIKELY;
	else
		from.strength = introduced && !dashed ? STRENGTH_BARE : STRENGTH_SHORT;
	to.strength = from.strength;
	*ret_from = from;
	*ret_to = to;
	*ret_split = second;
	return after;
}

static int minutes_in_part(int minutes, enum part part)
{
	bool twelve = minutes >= HALF_DAY && minutes < HALF_DAY + HOUR;

	switch (part) {
	case PART_NONE:
	case PART_MORNING:
		return minutes;
	case PART_AM:
		return twelve ? minutes - HALF_DAY : minutes;
	case PART_PM:
		return minutes < HALF_DAY ? minutes + HALF_DAY : minutes;
	case PART_AFTERNOON:
		return minutes < 8 * HOUR ? minutes + HALF_DAY : minutes;
	case PART_EVENING:
		if (minutes < 4 * HOUR)
			return minutes + DAY;
		return minutes < HALF_DAY + HOUR ? minutes + HALF_DAY : minutes;
	case PART_NIGHT:
		if (minutes < 7 * HOUR)
			return minutes + DAY;
		return minutes < HALF_DAY + HOUR ? minutes + HALF_DAY : minutes;
	case PART_SMALL_HOURS:
		return twelve || (minutes >= 8 * HOUR && minutes < HALF_DAY) ? minutes + HALF_DAY : minutes;
	}
	return minutes;
}

int daytime_settle(const struct daytime *time)
{
	if (time->part == PART_NONE && time->vague && time->minutes < 8 * HOUR)
		return time->minutes + HALF_DAY;
	return minutes_in_part(time->minutes, time->part);
}

bool daytime_settle_range(const struct daytime *from, const struct daytime *to, int *ret_from, int *ret_to)
{
	int begin = daytime_settle(from), end = daytime_settle(to);

	if (from->part == PART_NONE && from->vague && to->part != PART_NONE) {
		int borrowed = minutes_in_part(from->minutes, to->part);

		begin = borrowed < end ? borrowed : from->minutes;
	}
	if (end <= begin && to->vague && end + HALF_DAY > begin)
		end += HALF_DAY;
	if (end == begin)
		return false;
	*ret_from = begin;
	*ret_to = end < begin ? end + DAY : end;
	return true;
}
