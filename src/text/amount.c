#include "text/amount.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "text/amount_scan.h"
#include "text/unicode.h"

/* What stands behind a receipt is a line or two; a longer text is not searched. */
enum { AMOUNT_TEXT_MAX = 4096 };

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

#define EURO_WORDS WORDS("euro", "euros", "euro's", "eur")
#define CENT_WORDS WORDS("ct", "cts", "cent", "cents", "centen", "eurocent")
#define FOREIGN_WORDS WORDS("dollar", "dollars", "usd", "gbp", "srd", "lira")
#define AND_WORDS WORDS("en", "and")
#define TIMES_WORDS WORDS("x", "keer", "maal", "times")
#define APIECE_WORDS WORDS("per", "p", "pp", "each", "elk", "apiece", "ieder")
#define HOUR_WORDS WORDS("uur", "u", "h", "hr", "hrs", "hour", "hours", "am", "pm")
#define CLOCK_WORDS WORDS("om", "at", "half", "vanaf", "tot", "until", "till", "around")
#define NUMBER_WORDS WORDS("nr", "nummer", "no", "number", "week", "kamer", "room", "bus", "lijn", "bon", "huisnummer")

#define WEEKDAY_WORDS                                                                                                  \
	WORDS("ma", "di", "wo", "do", "vr", "za", "zo", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag",     \
	      "zaterdag", "zondag", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", \
	      "thursday", "friday", "saturday", "sunday")

#define MONTH_WORDS                                                                                                   \
	WORDS("jan", "januari", "january", "feb", "februari", "february", "mrt", "maart", "mar", "march", "apr",      \
	      "april", "mei", "may", "jun", "juni", "june", "jul", "juli", "july", "aug", "augustus", "august",       \
	      "sep", "sept", "september", "okt", "oktober", "oct", "october", "nov", "november", "dec", "december")

/* What is measured comes in fractions too: "1,50 m hout". */
#define MEASURE_WORDS                                                                                                   \
	WORDS("kg", "kilo", "kilos", "kilogram", "gram", "gr", "g", "mg", "pond", "pound", "pounds", "ons", "l",        \
	      "liter", "liters", "litre", "litres", "ltr", "ml", "cl", "dl", "m", "meter", "meters", "metre", "metres", \
	      "cm", "mm", "km", "inch", "w", "watt", "v", "volt", "procent", "percent", "pct", "x")

/* What is counted does not: "15,00 kinderen" is fifteen euros. */
#define COUNT_WORDS                                                                                                    \
	WORDS("stuk", "stuks", "st", "stk", "pieces", "pcs", "keer", "maal", "times", "pak", "pakken", "zak",          \
	      "zakken", "bags", "doos", "dozen", "boxes", "fles", "flessen", "bottles", "blik", "blikken", "cans",     \
	      "pot", "potten", "rol", "rollen", "rolls", "krat", "kratten", "personen", "mensen", "people", "persons", \
	      "kinderen", "kids", "children", "bewoners", "jaar", "years", "dagen", "days", "weken", "weeks",          \
	      "maanden", "months", "min", "minuten", "minutes")

/* What a number in the text may be, in rising claim to be the amount. */
enum worth {
	WORTH_NONE,    /* certainly something else: a date, a time, a house number */
	WORTH_MEASURE, /* so many kilos or bags */
	WORTH_DOUBT,   /* more likely something else */
	WORTH_BARE,    /* a whole number */
	WORTH_MARKED,  /* with cents or a currency */
	WORTH_ODD,     /* money, perhaps, but how much? */
};

struct number {
	enum worth worth;
	int64_t cents; /* CENTS_TYPED_MAX + 1 for everything above */
	bool negative;
	bool apiece;
	int first; /* the tokens it takes up, signs and currency included */
	int last;
};

/* ---- how the digits are written ---- */

enum shape { SHAPE_WHOLE, SHAPE_CENTS, SHAPE_ODD };

struct digits {
	enum shape shape;
	int64_t cents; /* as struct number */
	int whole_len; /* digits before the cents */
	bool padded;   /* begins with a needless zero */
};

static int64_t saturate(const char *digits, size_t len)
{
	int64_t value = 0;

	for (size_t i = 0; i < len; i++) {
		if (digits[i] < '0' || digits[i] > '9')
			continue;
		value = value * 10 + (digits[i] - '0');
		if (value > CENTS_TYPED_MAX)
			return (int64_t)CENTS_TYPED_MAX + 1;
	}
	return value;
}

static int64_t euros(int64_t value)
{
	return value > CENTS_TYPED_MAX / 100 ? (int64_t)CENTS_TYPED_MAX + 1 : value * 100;
}

/* "1.250" and "1.250.000" with mark '.': groups of three behind a first one of one to three. */
static bool is_grouped(const char *digits, size_t len, char mark)
{
	size_t group = 0, groups = 0;

	for (size_t i = 0; i < len; i++) {
		if (digits[i] == mark) {
			if (group == 0 || group > 3 || (groups && group != 3))
				return false;
			groups++;
			group = 0;
		} else if (digits[i] < '0' || digits[i] > '9') {
			return false;
		} else {
			group++;
		}
	}
	return groups && group == 3;
}

static struct digits read_digits(const char *digits, bool dashed)
{
	size_t len = strlen(digits), whole = strcspn(digits, ".,");
	const char *last = digits + len;
	struct digits d = { .shape = SHAPE_ODD, .whole_len = (int)whole, .padded = whole > 1 && digits[0] == '0' };

	while (last > digits && last[-1] != '.' && last[-1] != ',')
		last--;
	if (whole < len && strlen(last) == 2 && !dashed) {
		size_t before = (size_t)(last - digits) - 1;
		char other = last[-1] == ',' ? '.' : ',';

		if (whole == before || is_grouped(digits, before, other)) {
			d.shape = SHAPE_CENTS;
			d.cents = saturate(digits, len);
		}
	} else if (whole == len || (is_grouped(digits, len, last[-1]) && (dashed || whole + 4 < len))) {
		/* One group alone may be decimals, unless ",-" or a second group shows what it is. */
		d.shape = SHAPE_WHOLE;
		d.cents = euros(saturate(digits, len));
	}
	return d;
}

/* 3.9.2022 and 03.09.22, which are no amounts. */
static bool is_dotted_date(const char *digits)
{
	int day = 0, month = 0, year = 0, used = 0;

	return sscanf(digits, "%2d.%2d.%4d%n", &day, &month, &year, &used) == 3 && !digits[used] && day >= 1 && day <= 31 &&
	       month >= 1 && month <= 12 && ((year >= 10 && year < 100) || (year >= 1900 && year < 2100));
}

/* ---- what stands around it ---- */

struct weighing {
	const struct scan *scan;
	struct digits digits;
	int at;
	bool marked;     /* currency or ",-" */
	struct number n;
};

static bool is_number(const struct scan *s, int at)
{
	return scan_token(s, at)->kind == TOKEN_NUMBER;
}

static bool is_glued(const struct scan *s, int at)
{
	return scan_token(s, at)->glued;
}

static bool is_euro(const struct scan *s, int at)
{
	return scan_is_mark(s, at, MARK_EURO) || scan_is_word(s, at, EURO_WORDS);
}

static bool is_foreign(const struct scan *s, int at)
{
	return scan_is_mark(s, at, MARK_FOREIGN) || scan_is_mark(s, at, '$') || scan_is_word(s, at, FOREIGN_WORDS);
}

static bool is_times(const struct scan *s, int at)
{
	return scan_is_mark(s, at, 'x') || scan_is_mark(s, at, '*') || scan_is_word(s, at, TIMES_WORDS);
}

/* Which number a currency between two belongs to. */
enum owner { OWNER_LEFT, OWNER_RIGHT, OWNER_BOTH, OWNER_UNCLEAR };

static enum owner owner_of(const struct scan *s, int currency)
{
	bool left = is_number(s, currency - 1), right = is_number(s, currency + 1);
	bool left_glued = left && is_glued(s, currency), right_glued = right && is_glued(s, currency + 1);

	if (!left)
		return OWNER_RIGHT;
	if (!right)
		return OWNER_LEFT;
	if (left_glued != right_glued)
		return left_glued ? OWNER_LEFT : OWNER_RIGHT;
	if (left_glued)
		return OWNER_BOTH;
	return scan_token(s, currency)->kind == TOKEN_WORD ? OWNER_LEFT : OWNER_UNCLEAR;
}

/* "12€50": the right-hand side becomes the cents. */
static void join_cents(struct weighing *w, int right)
{
	const char *cents = scan_number(w->scan, right);

	if (w->digits.shape != SHAPE_WHOLE || strlen(cents) != 2 || strpbrk(cents, ".,") || scan_token(w->scan, right)->dashed ||
	    (scan_token(w->scan, right + 1)->kind == TOKEN_WORD && is_glued(w->scan, right + 1))) {
		w->n.worth = WORTH_ODD;
		return;
	}
	w->n.cents += saturate(cents, 2);
	w->n.last = right;
	w->marked = true;
	w->digits.shape = SHAPE_CENTS;
}

static void claim_currency_before(struct weighing *w)
{
	int currency = w->at - 1;

	if (scan_is_mark(w->scan, currency, '-') && is_euro(w->scan, currency - 1)) {
		if (is_number(w->scan, currency - 2))
			w->n.worth = WORTH_ODD;
		w->n.negative = true;
		currency--;
	}
	if (!is_euro(w->scan, currency))
		return;
	switch (owner_of(w->scan, currency)) {
	case OWNER_RIGHT:
		w->marked = true;
		w->n.first = currency;
		break;
	case OWNER_BOTH:
	case OWNER_UNCLEAR:
		w->n.worth = WORTH_ODD;
		break;
	case OWNER_LEFT:
		break;
	}
}

static void claim_currency_behind(struct weighing *w)
{
	int currency = w->at + 1;

	if (!is_euro(w->scan, currency))
		return;
	switch (owner_of(w->scan, currency)) {
	case OWNER_LEFT:
		w->marked = true;
		w->n.last = currency;
		break;
	case OWNER_BOTH:
		join_cents(w, currency + 1);
		break;
	case OWNER_UNCLEAR:
		w->n.worth = WORTH_ODD;
		break;
	case OWNER_RIGHT:
		break;
	}
}

/* "50 cent", and "12 euro en 50 cent". */
static void claim_cents(struct weighing *w)
{
	int next = w->n.last + 1;

	if (scan_is_word(w->scan, next, CENT_WORDS)) {
		if (w->marked || w->digits.shape != SHAPE_WHOLE)
			w->n.worth = WORTH_ODD;
		w->n.cents /= w->n.cents > CENTS_TYPED_MAX ? 1 : 100;
		w->marked = true;
		w->n.last = next;
		return;
	}
	if (!w->marked || w->digits.shape != SHAPE_WHOLE)
		return;
	if (scan_is_word(w->scan, next, AND_WORDS))
		next++;
	if (is_number(w->scan, next) && scan_is_word(w->scan, next + 1, CENT_WORDS)) {
		const char *cents = scan_number(w->scan, next);

		if (strlen(cents) > 2 || strpbrk(cents, ".,"))
			return;
		w->n.cents += saturate(cents, 2);
		w->n.last = next + 1;
		w->digits.shape = SHAPE_CENTS;
	}
}

/* A minus before it. A dash with room on both sides, or behind a word, is only a dash. */
static void claim_sign(struct weighing *w)
{
	int sign = w->n.first - 1;

	if (!scan_is_mark(w->scan, sign, '-'))
		return;
	if (is_glued(w->scan, sign) && scan_token(w->scan, sign - 1)->kind == TOKEN_WORD)
		return;
	if (is_glued(w->scan, w->n.first) || sign == 0) {
		w->n.negative = true;
		w->n.first = sign;
	}
}

/* A mark that glues two numbers together: 3-9, 14:00, 1/2, 1'250. */
static bool is_chain(const struct scan *s, int mark)
{
	bool chains = scan_is_mark(s, mark, '-') || scan_is_mark(s, mark, '/') || scan_is_mark(s, mark, ':') || scan_is_mark(s, mark, '\'');

	return chains && is_number(s, mark - 1) && is_glued(s, mark) && is_number(s, mark + 1) && is_glued(s, mark + 1);
}

static enum worth worth_of_chain(const struct weighing *w)
{
	bool apostrophe = scan_is_mark(w->scan, w->at + 1, '\'') || scan_is_mark(w->scan, w->at - 1, '\'');

	return w->marked || apostrophe || w->digits.shape != SHAPE_WHOLE ? WORTH_ODD : WORTH_NONE;
}

/* Letters, a hyphenated word or a fraction touch the number: A4, 12e, WD-40, 12½. */
static bool is_inside_word(const struct weighing *w)
{
	const struct scan *s = w->scan;
	int before = w->n.first - 1, behind = w->n.last + 1;

	if (is_glued(s, w->n.first) && scan_token(s, before)->kind == TOKEN_WORD)
		return true;
	if (is_glued(s, behind) && scan_token(s, behind)->kind == TOKEN_WORD)
		return true;
	if (w->marked || w->digits.shape != SHAPE_WHOLE)
		return false;
	if (is_glued(s, w->n.first) && scan_is_mark(s, before, '-') && scan_token(s, before - 1)->kind == TOKEN_WORD)
		return true;
	return is_glued(s, behind) && scan_is_mark(s, behind, '-') && is_glued(s, behind + 1) && scan_token(s, behind + 1)->kind == TOKEN_WORD;
}

static bool is_day(const struct weighing *w)
{
	return w->digits.shape == SHAPE_WHOLE && w->n.cents >= 100 && w->n.cents <= 3100;
}

static bool is_year(const struct weighing *w, int64_t first, int64_t last)
{
	return w->digits.shape == SHAPE_WHOLE && w->digits.whole_len == 4 && w->n.cents >= first * 100 && w->n.cents <= last * 100;
}

/* Could stand on a clock: 8, 14.30. */
static bool is_clock(const struct weighing *w)
{
	return w->digits.shape != SHAPE_ODD && w->n.cents < 2400 + (w->digits.shape == SHAPE_WHOLE) && w->n.cents % 100 < 60;
}

/* "12,50-", "12-" and ",50": marks that leave the sum open. */
static bool has_loose_mark(const struct weighing *w)
{
	const struct scan *s = w->scan;
	int before = w->n.first - 1, behind = w->n.last + 1;

	if (scan_is_mark(s, behind, '-') && is_glued(s, behind) && !(is_glued(s, behind + 1) && scan_token(s, behind + 1)->kind == TOKEN_WORD))
		return true;
	if ((scan_is_mark(s, before, ',') || scan_is_mark(s, before, '.')) && is_glued(s, w->n.first))
		return true;
	return scan_is_mark(s, before, MARK_FRACTION) || scan_is_mark(s, behind, MARK_FRACTION);
}

/* 1 250,00 and €12 50: do the two belong together? */
static bool has_loose_follower(const struct weighing *w)
{
	int next = w->n.last + 1;
	struct digits follower;

	if (w->digits.shape != SHAPE_WHOLE || !is_number(w->scan, next) || scan_token(w->scan, w->at)->dashed)
		return false;
	follower = read_digits(scan_number(w->scan, next), false);
	if (follower.whole_len == 3 && w->digits.whole_len <= 3)
		return true;
	return w->marked && follower.shape == SHAPE_WHOLE && follower.whole_len == 2;
}

/* "€12, 50 verf": cents, or fifty of something? */
static bool has_loose_cents(const struct weighing *w)
{
	const struct scan *s = w->scan;
	int comma = w->n.last + 1, cents = comma + 1;

	if (!w->marked || w->digits.shape != SHAPE_WHOLE || !scan_is_mark(s, comma, ',') || !is_glued(s, comma) || !is_number(s, cents))
		return false;
	return strlen(scan_number(s, cents)) == 2 && !scan_is_word(s, cents + 1, COUNT_WORDS) && !scan_is_word(s, cents + 1, MEASURE_WORDS);
}

static bool is_multiplied(const struct scan *s, int times, int step)
{
	int other = times + step;

	if (!is_times(s, times))
		return false;
	return is_number(s, is_euro(s, other) ? other + step : other);
}

/* Numbers that are part of something else, or need asking. Only for those without currency. */
static enum worth worth_of_plain(const struct weighing *w)
{
	const struct scan *s = w->scan;
	int before = w->n.first - 1, behind = w->n.last + 1;
	bool whole = w->digits.shape == SHAPE_WHOLE;

	if (scan_is_mark(s, behind, '%') || scan_is_mark(s, behind, 0xb0) || scan_is_word(s, behind, MEASURE_WORDS))
		return WORTH_MEASURE;
	if (w->digits.shape != SHAPE_CENTS && scan_is_word(s, behind, COUNT_WORDS))
		return WORTH_MEASURE;
	if (is_clock(w) && scan_is_word(s, behind, HOUR_WORDS))
		return WORTH_NONE;
	if (is_inside_word(w))
		return whole ? WORTH_NONE : WORTH_ODD;
	if (is_day(w) && scan_is_word(s, behind, MONTH_WORDS))
		return WORTH_NONE;
	if (is_year(w, 1900, 2099) && scan_is_word(s, before, MONTH_WORDS))
		return WORTH_NONE;
	if (whole && (scan_is_mark(s, before, '#') || scan_is_word(s, before, NUMBER_WORDS)))
		return WORTH_NONE;
	if (w->digits.shape == SHAPE_ODD)
		return is_dotted_date(scan_number(s, w->at)) ? WORTH_NONE : WORTH_ODD;
	if (w->digits.padded)
		return whole ? WORTH_NONE : WORTH_DOUBT;
	if (is_clock(w) && scan_is_word(s, before, CLOCK_WORDS))
		return WORTH_DOUBT;
	if (is_day(w) && (scan_is_word(s, before, MONTH_WORDS) || scan_is_word(s, before, WEEKDAY_WORDS)))
		return WORTH_DOUBT;
	if (is_year(w, 2010, 2039) && s->len > 1)
		return WORTH_DOUBT;
	return whole ? WORTH_BARE : WORTH_MARKED;
}

static enum worth worth_of(const struct weighing *w)
{
	const struct scan *s = w->scan;
	int before = w->n.first - 1, behind = w->n.last + 1;
	enum worth worth;

	if (is_chain(s, w->at - 1) || is_chain(s, w->at + 1))
		return worth_of_chain(w);
	if (is_foreign(s, before) || is_foreign(s, behind))
		return WORTH_ODD;
	if (is_multiplied(s, behind, 1) || is_multiplied(s, before, -1))
		return w->marked || w->digits.shape != SHAPE_WHOLE ? WORTH_ODD : WORTH_DOUBT;
	if (w->marked)
		worth = w->digits.shape == SHAPE_ODD || is_inside_word(w) ? WORTH_ODD : WORTH_MARKED;
	else
		worth = worth_of_plain(w);
	if (worth >= WORTH_BARE && (has_loose_mark(w) || has_loose_follower(w) || has_loose_cents(w)))
		return WORTH_ODD;
	return worth;
}

static struct number weigh(const struct scan *scan, int at)
{
	bool dashed = scan_token(scan, at)->dashed;
	struct weighing w = {
		.scan = scan,
		.digits = read_digits(scan_number(scan, at), dashed),
		.at = at,
		.marked = dashed,
		.n = { .first = at, .last = at },
	};

	w.n.cents = w.digits.cents;
	claim_currency_before(&w);
	claim_currency_behind(&w);
	claim_cents(&w);
	claim_sign(&w);
	if (w.n.worth != WORTH_ODD)
		w.n.worth = worth_of(&w);
	w.n.apiece = scan_is_word(scan, w.n.first - 1, WORDS("a", "per")) || scan_is_mark(scan, w.n.first - 1, '@') ||
	             scan_is_mark(scan, w.n.last + 1, '/') || scan_is_word(scan, w.n.last + 1, APIECE_WORDS);
	return w.n;
}

/* ---- which one it is ---- */

struct tally {
	int count[WORTH_ODD + 1];
	struct number bare;   /* the last of its kind */
	struct number marked;
};

static void tally_numbers(const struct scan *scan, struct tally *tally)
{
	for (int at = 0; at < scan->len; at++) {
		struct number n;

		if (!is_number(scan, at))
			continue;
		n = weigh(scan, at);
		tally->count[n.worth]++;
		if (n.worth == WORTH_BARE)
			tally->bare = n;
		else if (n.worth == WORTH_MARKED)
			tally->marked = n;
		at = n.last > at ? n.last : at;
	}
}

static enum amount_verdict choose(const struct tally *tally, struct number *ret_number)
{
	const int *count = tally->count;
	bool others = count[WORTH_MEASURE] || count[WORTH_DOUBT];

	if (count[WORTH_ODD] || count[WORTH_MARKED] > 1)
		return AMOUNT_AMBIGUOUS;
	if (count[WORTH_MARKED]) {
		if (tally->marked.apiece && (others || count[WORTH_BARE]))
			return AMOUNT_AMBIGUOUS;
		*ret_number = tally->marked;
		return AMOUNT_OK;
	}
	if (count[WORTH_BARE] == 1 && !others) {
		*ret_number = tally->bare;
		return AMOUNT_OK;
	}
	return count[WORTH_BARE] || count[WORTH_DOUBT] ? AMOUNT_AMBIGUOUS : AMOUNT_MISSING;
}

/* ---- the words that are left ---- */

static size_t trimmed(const char *text, size_t len, const char *set)
{
	while (len && strchr(set, text[len - 1]))
		len--;
	return len;
}

static const char *without(const struct scan *scan, const struct number *n)
{
	const char *left = scan->text, *right = scan->text + scan_token(scan, n->last)->end;
	size_t len = trimmed(left, scan_token(scan, n->first)->start, " ");
	const char *gap = " ", *words;

	if (len && left[len - 1] == '(' && *right == ')') {
		len--;
		right++;
	}
	if (*right && strchr(".,;:!?)", *right)) {
		len = trimmed(left, len, " ,;:=+-");
		gap = "";
	}
	words = arena_printf(scan->arena, "%.*s%s%s", (int)len, left, gap, right);
	words += strspn(words, " \n,.;:=+-)");
	return unicode_tidy(scan->arena, arena_dup_n(scan->arena, words, trimmed(words, strlen(words), " \n,;:=+-(")));
}

enum amount_verdict amount_parse(struct arena *arena, const char *text, struct amount *ret_amount)
{
	const char *clean = unicode_strip_markup(arena, unicode_clean(arena, text));
	struct tally tally = { 0 };
	struct scan scan;
	struct number n;
	enum amount_verdict verdict;

	ret_amount->rest = unicode_tidy(arena, clean);
	if (strlen(clean) > AMOUNT_TEXT_MAX)
		return AMOUNT_AMBIGUOUS;
	scan_text(arena, clean, &scan);
	tally_numbers(&scan, &tally);
	verdict = choose(&tally, &n);
	if (verdict != AMOUNT_OK)
		return verdict;
	if (n.cents == 0)
		return AMOUNT_ZERO;
	if (n.negative)
		return AMOUNT_NEGATIVE;
	if (n.cents > CENTS_TYPED_MAX)
		return AMOUNT_ABSURD;
	ret_amount->amount = cents_from_int64(n.cents);
	ret_amount->rest = without(&scan, &n);
	return AMOUNT_OK;
}
