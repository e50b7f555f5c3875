#include "text/unicode.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

#include "base/die.h"
#include "text/point.h"

enum {
	ZERO_WIDTH_JOINER = 0x200d,
	TEXT_SELECTOR = 0xfe0e,
	EMOJI_SELECTOR = 0xfe0f,
	SKIN_FIRST = 0x1f3fb,
	SKIN_LAST = 0x1f3ff,
	LINE_SEPARATOR = 0x2028,
	PARAGRAPH_SEPARATOR = 0x2029,
	NEXT_LINE = 0x85,
};

static void must(UErrorCode status, const char *what)
{
	if (U_FAILURE(status))
		die("ICU %s: %s", what, u_errorName(status));
}

/* ---- between UTF-8 and the UTF-16 that ICU's normalizer wants ---- */

struct wide {
	UChar *text;
	int32_t len;
};

static int32_t length(const char *text)
{
	size_t len = strlen(text);

	INVARIANT(len < INT32_MAX / 8);
	return (int32_t)len;
}

static struct wide widen(struct arena *arena, const char *text)
{
	int32_t size = length(text);
	struct wide wide = { arena_array(arena, UChar, (size_t)size + 1), 0 };
	UErrorCode status = U_ZERO_ERROR;

	u_strFromUTF8WithSub(wide.text, size + 1, &wide.len, text, size, 0xfffd, NULL, &status);
	must(status, "from UTF-8");
	return wide;
}

static char *narrow(struct arena *arena, struct wide wide)
{
	int32_t size = wide.len * 3;
	char *text = arena_alloc(arena, (size_t)size + 1);
	UErrorCode status = U_ZERO_ERROR;

	u_strToUTF8WithSub(text, size + 1, NULL, wide.text, wide.len, 0xfffd, NULL, &status);
	must(status, "to UTF-8");
	return text;
}

static struct wide normalized(struct arena *arena, const UNormalizer2 *form, struct wide in)
{
	UErrorCode status = U_ZERO_ERROR;
	struct wide out = { NULL, 0 };

	out.len = unorm2_normalize(form, in.text, in.len, NULL, 0, &status);
	if (status != U_BUFFER_OVERFLOW_ERROR)
		must(status, "normalize");
	status = U_ZERO_ERROR;
	out.text = arena_array(arena, UChar, (size_t)out.len + 1);
	unorm2_normalize(form, in.text, in.len, out.text, out.len + 1, &status);
	must(status, "normalize");
	return out;
}

static bool is_ascii(const char *text)
{
	for (; *text; text++) {
		if ((unsigned char)*text >= 0x80)
			return false;
	}
	return true;
}

/* ---- code point by code point ---- */

/* What c becomes, or DROP. before is the last one kept, after the next one; 0 at the edges. */
typedef UChar32 mapping(UChar32 before, UChar32 c, UChar32 after);

enum { DROP = -1 };

static char *mapped(struct arena *arena, const char *text, mapping *map)
{
	char *out = arena_alloc(arena, strlen(text) * 3 + 1), *to = out; /* a broken byte becomes three */
	size_t at = 0;
	UChar32 before = 0, c = point_next(text, &at);

	while (c) {
		UChar32 after = point_next(text, &at);
		UChar32 becomes = map(before, c, after);

		if (becomes != DROP) {
			to += point_put(to, becomes);
			before = becomes;
		}
		c = after;
	}
	return out;
}

/* ---- folding ---- */

static char *fold_ascii(struct arena *arena, const char *text)
{
	char *out = arena_alloc(arena, strlen(text) + 1), *to = out;

	for (; *text; text++) {
		if (*text >= 'A' && *text <= 'Z')
			*to++ = (char)(*text - 'A' + 'a');
		else if (((unsigned char)*text >= ' ' && *text != 0x7f) || *text == '\n' || *text == '\t')
			*to++ = *text;
	}
	return out;
}

static bool is_accent(UChar32 c)
{
	int8_t type = u_charType(c);

	return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

static UChar32 fold_point(UChar32 before, UChar32 c, UChar32 after)
{
	(void)before;
	(void)after;
	return is_accent(c) || (u_charType(c) == U_CONTROL_CHAR && c != '\n' && c != '\t') ? DROP : c;
}

char *unicode_fold(struct arena *arena, const char *text)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *casefold, *decompose;
	struct wide wide;

	if (is_ascii(text))
		return fold_ascii(arena, text);
	casefold = unorm2_getNFKCCasefoldInstance(&status);
	decompose = unorm2_getNFKDInstance(&status);
	must(status, "normalizers");
	wide = normalized(arena, decompose, normalized(arena, casefold, widen(arena, text)));
	return mapped(arena, narrow(arena, wide), fold_point);
}

char *unicode_bare(struct arena *arena, const char *text)
{
	char *folded = unicode_fold(arena, text), *to = folded;

	for (const char *from = folded; *from; from++) {
		if (!strchr(" -.,'\"!?", *from))
			*to++ = *from;
	}
	*to = '\0';
	return folded;
}

/* UTS 39: what is confusable has the same skeleton. Opening one is cheap, and names are compared when they change. */
static struct wide skeleton(struct arena *arena, struct wide in)
{
	UErrorCode status = U_ZERO_ERROR;
	USpoofChecker *checker = uspoof_open(&status);
	struct wide out;

	out.len = uspoof_getSkeleton(checker, 0, in.text, in.len, NULL, 0, &status);
	if (status == U_BUFFER_OVERFLOW_ERROR)
		status = U_ZERO_ERROR;
	out.text = arena_array(arena, UChar, (size_t)out.len + 1);
	out.len = uspoof_getSkeleton(checker, 0, in.text, in.len, out.text, out.len + 1, &status);
	must(status, "skeleton");
	uspoof_close(checker);
	return out;
}

/* The skeleton takes I for l, and folding has made it i before. */
static UChar32 look_point(UChar32 before, UChar32 c, UChar32 after)
{
	(void)before;
	(void)after;
	return c == 'l' ? 'i' : c;
}

char *unicode_look(struct arena *arena, const char *text)
{
	const char *folded = unicode_fold(arena, unicode_clean(arena, text));

	/* Of some letters only the skeleton has a case or an accent to fold. */
	folded = unicode_fold(arena, narrow(arena, skeleton(arena, widen(arena, folded))));
	return unicode_tidy(arena, mapped(arena, folded, look_point));
}

/* ---- cleaning ---- */

static bool is_pictograph(UChar32 c)
{
	return u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) || (c >= SKIN_FIRST && c <= SKIN_LAST) || c == EMOJI_SELECTOR;
}

static UChar32 clean_point(UChar32 before, UChar32 c, UChar32 after)
{
	if (c == '\n' || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR || c == NEXT_LINE)
		return '\n';
	if (c == '\r')
		return after == '\n' ? DROP : '\n';
	if (c == '\t' || u_charType(c) == U_SPACE_SEPARATOR)
		return ' ';
	if (u_charType(c) == U_CONTROL_CHAR || (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef))
		return DROP;
	if (c == EMOJI_SELECTOR || c == TEXT_SELECTOR)
		return before ? c : DROP;
	if (c == ZERO_WIDTH_JOINER)
		return is_pictograph(before) && is_pictograph(after) ? c : DROP;
	/* Beyond ICU's list of invisible characters: format marks that show nothing of their own either. */
	if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || u_charType(c) == U_FORMAT_CHAR)
		return DROP;
	return c;
}

char *unicode_clean(struct arena *arena, const char *text)
{
	char *clean = mapped(arena, text, clean_point);
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *compose;

	if (is_ascii(clean))
		return clean;
	compose = unorm2_getNFCInstance(&status);
	must(status, "normalizers");
	return narrow(arena, normalized(arena, compose, widen(arena, clean)));
}

static UChar32 straight_point(UChar32 before, UChar32 c, UChar32 after)
{
	(void)before;
	(void)after;
	switch (c) {
	case 0x2018: case 0x2019: case 0x201a: case 0x201b: case 0x2032: case 0x2039: case 0x203a: case 0xff07: case 0x00b4:
		return '\'';
	case 0x201c: case 0x201d: case 0x201e: case 0x201f: case 0x2033: case 0x00ab: case 0x00bb: case 0xff02:
		return '"';
	default:
		return c;
	}
}

char *unicode_straighten_quotes(struct arena *arena, const char *text)
{
	return mapped(arena, text, straight_point);
}

bool unicode_is_letter(int32_t c)
{
	return u_isalpha(c) || is_accent(c);
}

/* ---- tidying and cutting ---- */

char *unicode_tidy(struct arena *arena, const char *text)
{
	char *out = arena_alloc(arena, strlen(text) + 1), *to = out;
	int newlines = 0;
	bool space = false;

	for (; *text; text++) {
		if (*text == '\n') {
			newlines++;
			space = false;
		} else if (*text == ' ' || *text == '\t') {
			space = true;
		} else {
			if (newlines && to > out) {
				*to++ = '\n';
				if (newlines > 1)
					*to++ = '\n';
			} else if (space && to > out) {
				*to++ = ' ';
			}
			*to++ = *text;
			newlines = 0;
			space = false;
		}
	}
	return out;
}

/* How many bytes the first `wanted` graphemes take, or -1 when there are no more than `most` in all. */
static int64_t graphemes_cut(const char *text, size_t wanted, size_t most)
{
	UErrorCode status = U_ZERO_ERROR;
	UText *bytes = utext_openUTF8(NULL, text, length(text), &status);
	UBreakIterator *breaks = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
	int32_t at = 0, cut = 0;
	size_t count = 0;

	if (U_SUCCESS(status))
		ubrk_setUText(breaks, bytes, &status);
	must(status, "break iterator");
	ubrk_first(breaks);
	while (count <= most && (at = ubrk_next(breaks)) != UBRK_DONE) {
		if (++count == wanted)
			cut = at;
	}
	ubrk_close(breaks);
	utext_close(bytes);
	return count > most ? cut : -1;
}

char *unicode_one_line(struct arena *arena, const char *text)
{
	char *line = arena_dup(arena, text);

	for (char *at = line; *at; at++) {
		if (*at == '\n')
			*at = ' ';
	}
	return unicode_tidy(arena, line);
}

char *unicode_cut(struct arena *arena, const char *text, size_t max)
{
	int64_t cut;

	INVARIANT(max >= 1);
	if (strlen(text) <= max)
		return arena_dup(arena, text);
	cut = graphemes_cut(text, max - 1, max);
	if (cut < 0)
		return arena_dup(arena, text);
	while (cut > 0 && (text[cut - 1] == ' ' || text[cut - 1] == '\n'))
		cut--;
	return arena_printf(arena, "%.*s…", (int)cut, text);
}

char *unicode_short_line(struct arena *arena, const char *text, size_t max)
{
	return unicode_cut(arena, unicode_one_line(arena, text), max);
}

/* ---- markup ---- */

static const char MARKS[] = "*_~`";

enum { RUN_MAX = 3 }; /* longer runs are decoration */

static bool is_mark(char c)
{
	return c && strchr(MARKS, c);
}

static size_t mark_index(char c)
{
	return (size_t)(strchr(MARKS, c) - MARKS);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\0';
}

/* Marks beside a letter or digit are part of a word, not around one. */
static bool word_before(const char *text, size_t at)
{
	return u_isalnum(point_before(text, at));
}

static bool word_after(const char *text, size_t at)
{
	return u_isalnum(point_next(text, &at));
}

static size_t run_length(const char *text, size_t at)
{
	size_t len = 1;

	while (text[at + len] == text[at])
		len++;
	return len;
}

static bool is_fence(char mark, size_t run)
{
	return mark == '`' && run == RUN_MAX;
}

/* Find the run that closes the one of `run` marks at `open`; else say where the search gave up. Only fences span lines. */
static bool find_closing(const char *text, size_t open, size_t run, size_t *ret_at)
{
	bool fence = is_fence(text[open], run);
	size_t at = open + run;

	while (text[at] && (fence || text[at] != '\n')) {
		size_t here = text[at] == text[open] ? run_length(text, at) : 0;

		if (here == run && (fence || !is_blank(text[at - 1])) && !word_after(text, at + here)) {
			*ret_at = at;
			return true;
		}
		at += here ? here : 1;
	}
	*ret_at = at;
	return false;
}

static bool opens(const char *text, size_t at, size_t run)
{
	return run <= RUN_MAX && !word_before(text, at) && (is_fence(text[at], run) || !is_blank(text[at + run]));
}

/* Flag the marks that stand around words. */
static void find_markup(const char *text, bool *drop)
{
	/* Until where no closing run of this kind was found, so that many opening marks cost no more than one. */
	size_t hopeless[sizeof MARKS][RUN_MAX + 1] = { 0 };
	size_t run, at, end;

	for (at = 0; text[at]; at += run) {
		run = is_mark(text[at]) ? run_length(text, at) : 1;
		if (!is_mark(text[at]) || drop[at] || !opens(text, at, run) || at < hopeless[mark_index(text[at])][run])
			continue;
		if (find_closing(text, at, run, &end)) {
			memset(drop + at, true, run);
			memset(drop + end, true, run);
		} else {
			hopeless[mark_index(text[at])][run] = end;
		}
	}
}

char *unicode_strip_markup(struct arena *arena, const char *text)
{
	size_t len = strlen(text);
	bool *drop = arena_array(arena, bool, len + 1);
	char *out = arena_alloc(arena, len + 1), *to = out;

	find_markup(text, drop);
	for (size_t at = 0; at < len; at++) {
		if (!drop[at])
			*to++ = text[at];
	}
	return out;
}
