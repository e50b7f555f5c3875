#include "text/amount_scan.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/str.h"
#include "text/point.h"
#include "text/unicode.h"

/* ---- single characters ---- */

/* The character as a number is written with it: an ASCII digit, '.' or ','; else 0. */
static char number_char(int32_t c)
{
	int32_t digit = u_charDigitValue(c);

	if (digit >= 0)
		return (char)('0' + digit);
	switch (c) {
	case '.': case 0xff0e:
		return '.';
	case ',': case 0xff0c: case 0x066b:
		return ',';
	default:
		return 0;
	}
}

static bool is_digit(int32_t c)
{
	return u_charDigitValue(c) >= 0;
}

static bool is_dash(int32_t c)
{
	return u_charType(c) == U_DASH_PUNCTUATION || c == 0x2212 || c == 0x207b;
}

static bool is_apostrophe(int32_t c)
{
	return c == '\'' || c == 0x2019 || c == 0x2018;
}

static int32_t mark_of(int32_t c)
{
	if (is_dash(c))
		return '-';
	if (is_apostrophe(c))
		return '\'';
	if (c == 0xd7)
		return 'x';
	if (c == MARK_EURO)
		return MARK_EURO;
	if (u_charType(c) == U_CURRENCY_SYMBOL)
		return MARK_FOREIGN;
	if (u_charType(c) == U_OTHER_NUMBER)
		return MARK_FRACTION;
	return c;
}

/* ---- tokens ---- */

static int32_t peek(const char *text, size_t at)
{
	return point_next(text, &at);
}

/* The end of ",-" or ".--" or ",=" at `at`, else `at` itself. */
static size_t skip_dashes(const char *text, size_t at)
{
	size_t next = at, end = 0;
	char separator = number_char(point_next(text, &next));
	int32_t c;

	if (separator != ',' && separator != '.')
		return at;
	while (is_dash(c = peek(text, next)) || c == '=') {
		point_next(text, &next);
		end = next;
	}
	return end && !is_digit(c) ? end : at;
}

static void take_number(const char *text, struct token *token)
{
	size_t at = token->start, next;

	token->kind = TOKEN_NUMBER;
	while (is_digit(peek(text, at))) {
		while (is_digit(peek(text, at)))
			point_next(text, &at);
		token->end = next = at;
		if (!number_char(point_next(text, &next)))
			break;
		at = next;
	}
	next = skip_dashes(text, token->end);
	token->dashed = next > token->end;
	token->end = next;
}

/* Letters, with apostrophes between them. */
static void take_word(const char *text, struct token *token)
{
	size_t at = token->start, next;

	token->kind = TOKEN_WORD;
	while (unicode_is_letter(peek(text, at))) {
		point_next(text, &at);
		token->end = next = at;
		if (is_apostrophe(point_next(text, &next)) && unicode_is_letter(peek(text, next)))
			at = next;
	}
}

void scan_text(struct arena *arena, const char *text, struct scan *ret_scan)
{
	struct scan scan = { .arena = arena, .text = text };
	bool glued = false;

	scan.tokens = arena_array(arena, struct token, strlen(text));
	for (size_t at = 0; text[at];) {
		struct token *token = &scan.tokens[scan.len];
		size_t start = at;
		int32_t c = point_next(text, &at);

		if (c == ' ' || c == '\n') {
			glued = false;
			continue;
		}
		*token = (struct token){ .glued = glued, .start = start, .end = at };
		if (is_digit(c)) {
			take_number(text, token);
		} else if (unicode_is_letter(c)) {
			take_word(text, token);
		} else {
			token->kind = TOKEN_MARK;
			token->mark = mark_of(c);
		}
		at = token->end;
		glued = true;
		scan.len++;
	}
	*ret_scan = scan;
}

const struct token *scan_token(const struct scan *scan, int at)
{
	static const struct token none = { .kind = TOKEN_NONE };

	return at >= 0 && at < scan->len ? &scan->tokens[at] : &none;
}

bool scan_is_mark(const struct scan *scan, int at, int32_t mark)
{
	const struct token *token = scan_token(scan, at);

	return token->kind == TOKEN_MARK && token->mark == mark;
}

bool scan_is_word(const struct scan *scan, int at, const char *const *words)
{
	const struct token *token = scan_token(scan, at);
	const char *word;

	if (token->kind != TOKEN_WORD)
		return false;
	word = arena_dup_n(scan->arena, scan->text + token->start, token->end - token->start);
	word = unicode_straighten_quotes(scan->arena, unicode_fold(scan->arena, word));
	for (; *words; words++) {
		if (str_equal(word, *words))
			return true;
	}
	return false;
}

const char *scan_number(const struct scan *scan, int at)
{
	const struct token *token = scan_token(scan, at);
	char *out = arena_alloc(scan->arena, token->end - token->start + 1), *to = out;

	for (size_t p = token->start; p < token->end;) {
		char c = number_char(point_next(scan->text, &p));

		if (c)
			*to++ = c;
	}
	if (token->dashed)
		to[-1] = '\0';
	return out;
}
