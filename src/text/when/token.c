#include "text/when/token.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

#include "base/buf.h"
#include "base/die.h"
#include "base/str.h"

enum { CHARACTER_BYTES = 4 };

struct cutter {
	struct arena *arena;
	const UNormalizer2 *normalizer;
	const uint8_t *text;
	int32_t len;
	int32_t at;
	struct buf fold;
};

/* The letter, digit or mark under an accent, a full-width form or a capital. */
static UChar32 character_base(const struct cutter *cutter, UChar32 c)
{
	UChar units[32];
	UErrorCode status = U_ZERO_ERROR;
	int32_t len;

	if (c < 0x80)
		return u_tolower(c);
	len = unorm2_getDecomposition(cutter->normalizer, c, units, ARRAY_LEN(units), &status);
	if (U_SUCCESS(status) && len > 0)
		c = len > 1 && U16_IS_LEAD(units[0]) ? U16_GET_SUPPLEMENTARY(units[0], units[1]) : units[0];
	return u_tolower(c);
}

static bool is_accent(UChar32 c)
{
	return c >= 0x300 && u_charType(c) == U_NON_SPACING_MARK;
}

/* Zero-width spaces come along with copied text. */
static bool is_space(UChar32 c)
{
	return u_isUWhiteSpace(c) || c == 0x200b || c == 0x2060 || c == 0xfeff;
}

static enum token_kind character_kind(UChar32 base)
{
	if (base >= '0' && base <= '9')
		return TOKEN_NUMBER;
	return base > 0 && u_isalpha(base) ? TOKEN_WORD : TOKEN_MARK;
}

static char mark_ascii(UChar32 base)
{
	switch (base) {
	case 0x2010: /* hyphens and dashes */
	case 0x2011:
	case 0x2012:
	case 0x2013:
	case 0x2014:
	case 0x2015:
	case 0x2212:
		return '-';
	case 0x2018: /* quotes that stand for an apostrophe */
	case 0x2019:
	case 0x201b:
	case 0x2032:
	case '`':
		return '\'';
	case 0x20ac: /* the euro: money is all the grammar wants to know */
		return '$';
	default:
		return base > ' ' && base < 0x7f ? (char)base : '?';
	}
}

static void fold_add(struct cutter *cutter, UChar32 base)
{
	uint8_t bytes[CHARACTER_BYTES];
	size_t len = 0;
	UBool failed = false;

	U8_APPEND(bytes, len, sizeof bytes, (uint32_t)base, failed);
	INVARIANT(!failed);
	buf_add(&cutter->fold, bytes, len);
}

static UChar32 character_next(const struct cutter *cutter, int32_t *at)
{
	UChar32 c;

	U8_NEXT(cutter->text, *at, cutter->len, c);
	return c;
}

/* Steps over white space and tells whether there was a line break in it. */
static bool spaces_skip(struct cutter *cutter)
{
	bool new_line = false;

	while (cutter->at < cutter->len) {
		int32_t next = cutter->at;
		UChar32 c = character_next(cutter, &next);

		if (c < 0 || !is_space(c))
			break;
		new_line = new_line || c == '\n' || c == 0x2028 || c == 0x2029;
		cutter->at = next;
	}
	return new_line;
}

/* The letters or digits that go on with a token of this kind. */
static void token_extend(struct cutter *cutter, struct token *token)
{
	while (cutter->at < cutter->len) {
		int32_t next = cutter->at;
		UChar32 c = character_next(cutter, &next), base;

		if (c < 0)
			return;
		if (!is_accent(c)) {
			base = character_base(cutter, c);
			if (token->kind == TOKEN_MARK || character_kind(base) != token->kind || is_space(c))
				return;
			fold_add(cutter, base);
		}
		cutter->at = next;
	}
}

static void number_read(struct token *token)
{
	token->digits = (int)strlen(token->fold);
	token->value = token->digits > 4 ? -1 : 0;
	for (const char *p = token->fold; token->value >= 0 && *p; p++)
		token->value = token->value * 10 + (*p - '0');
}

static struct token token_read(struct cutter *cutter)
{
	int32_t start = cutter->at;
	UChar32 c = character_next(cutter, &cutter->at);
	UChar32 base = c < 0 ? 0 : character_base(cutter, c);
	struct token token = { .kind = character_kind(base), .at = (size_t)start, .capital = c >= 0 && u_isupper(c) };

	buf_reset(&cutter->fold);
	if (token.kind == TOKEN_MARK) {
		char ascii = mark_ascii(base);

		buf_add(&cutter->fold, &ascii, 1);
	} else {
		fold_add(cutter, base);
	}
	token_extend(cutter, &token);
	token.len = (size_t)(cutter->at - start);
	token.fold = arena_dup(cutter->arena, cutter->fold.data);
	if (token.kind == TOKEN_NUMBER)
		number_read(&token);
	return token;
}

struct phrase phrase_split(struct arena *arena, const char *text)
{
	size_t text_len = strlen(text), len = 0;
	size_t most = text_len < PHRASE_TOKENS_MAX ? text_len : PHRASE_TOKENS_MAX;
	struct token *tokens = arena_array(arena, struct token, most);
	UErrorCode status = U_ZERO_ERROR;
	struct cutter cutter = {
		.arena = arena,
		.text = (const uint8_t *)text,
		.len = text_len > INT32_MAX ? INT32_MAX : (int32_t)text_len,
	};
	bool new_line;

	cutter.normalizer = unorm2_getNFKDInstance(&status);
	if (U_FAILURE(status))
		die("ICU has no normalizer: %s", u_errorName(status));
	buf_init(&cutter.fold, CHARACTER_BYTES * text_len + 1);
	new_line = spaces_skip(&cutter);
	while (cutter.at < cutter.len && len < most) {
		int32_t before = cutter.at;

		tokens[len] = token_read(&cutter);
		tokens[len].new_line = new_line;
		tokens[len].glued = len > 0 && tokens[len - 1].at + tokens[len - 1].len == (size_t)before;
		len++;
		new_line = spaces_skip(&cutter);
	}
	buf_release(&cutter.fold);
	return (struct phrase){ text, tokens, len, (size_t)cutter.at };
}

const struct token *token_at(const struct phrase *phrase, size_t i)
{
	static const struct token end = { .kind = TOKEN_END, .fold = "", .value = -1 };

	return i < phrase->len ? &phrase->tokens[i] : &end;
}

bool token_is_mark(const struct phrase *phrase, size_t i, char mark)
{
	const struct token *token = token_at(phrase, i);

	return token->kind == TOKEN_MARK && token->fold[0] == mark;
}

bool token_is_word(const struct phrase *phrase, size_t i, const char *word)
{
	const struct token *token = token_at(phrase, i);

	return token->kind == TOKEN_WORD && str_equal(token->fold, word);
}

bool token_is_listed(const struct phrase *phrase, size_t i, const char *const *words)
{
	for (; *words; words++) {
		if (token_is_word(phrase, i, *words))
			return true;
	}
	return false;
}

size_t token_is_sequence(const struct phrase *phrase, size_t i, const char *const *words)
{
	for (; *words; words++, i++) {
		const struct token *token = token_at(phrase, i);

		if (token->kind == TOKEN_END || !str_equal(token->fold, *words))
			return 0;
	}
	return i;
}

bool token_is_number(const struct phrase *phrase, size_t i, int digits_least, int digits_most)
{
	const struct token *token = token_at(phrase, i);

	return token->kind == TOKEN_NUMBER && token->digits >= digits_least && token->digits <= digits_most;
}

bool token_is_glued_mark(const struct phrase *phrase, size_t i, char mark)
{
	return token_at(phrase, i)->glued && token_is_mark(phrase, i, mark);
}

bool token_is_glued_number(const struct phrase *phrase, size_t i, int digits_least, int digits_most)
{
	return token_at(phrase, i)->glued && token_is_number(phrase, i, digits_least, digits_most);
}

bool token_is_apart(const struct phrase *phrase, size_t i)
{
	const struct token *token = token_at(phrase, i);

	return !token->glued || token->kind == TOKEN_MARK || token_at(phrase, i - 1)->kind == TOKEN_MARK;
}
