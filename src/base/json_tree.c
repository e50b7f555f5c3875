/*
 * Reading JSON (RFC 8259) into cJSON's nodes. cJSON's own parser takes what is no JSON (control
 * characters for white space, raw ones in strings), ends strings at an escaped NUL, refuses a document
 * for a lone surrogate, and asks malloc for every node and string. Here the text is copied once, strings
 * are decoded where they stand in the copy, and nodes come from the arena. A type is or-ed into its node:
 * the bit of a mended key is there before the value.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/json_internal.h"
#include "base/str.h"

struct reading {
	struct arena *arena;
	char *at; /* in a copy that ends with a NUL, which is in no JSON text */
	int depth;
	bool mended; /* an escape of the last string became U+FFFD */
};

static bool read_value(struct reading *r, struct cJSON *node);

static void skip_blanks(struct reading *r)
{
	while (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r')
		r->at++;
}

/* The next character that is no blank is c: then we stand behind it. */
static bool take(struct reading *r, char c)
{
	skip_blanks(r);
	if (*r->at != c)
		return false;
	r->at++;
	return true;
}

/* The value of the four hex digits at p, or -1. */
static int hex4(const char *p)
{
	int value = 0;

	for (int i = 0; i < 4; i++) {
		char c = p[i];

		if (c >= '0' && c <= '9')
			value = value * 16 + (c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			value = value * 16 + ((c | 0x20) - 'a' + 10);
		else
			return -1;
	}
	return value;
}

static char *encode(char *to, unsigned code)
{
	if (code < 0x80) {
		*to++ = (char)code;
		return to;
	}
	if (code < 0x800) {
		*to++ = (char)(0xc0 | code >> 6);
	} else {
		if (code < 0x10000) {
			*to++ = (char)(0xe0 | code >> 12);
		} else {
			*to++ = (char)(0xf0 | code >> 18);
			*to++ = (char)(0x80 | (code >> 12 & 0x3f));
		}
		*to++ = (char)(0x80 | (code >> 6 & 0x3f));
	}
	*to++ = (char)(0x80 | (code & 0x3f));
	return to;
}

static bool is_high(int unit)
{
	return unit >= 0xd800 && unit <= 0xdbff;
}

static bool is_low(int unit)
{
	return unit >= 0xdc00 && unit <= 0xdfff;
}

/* The escape whose `u` is at r->at; NUL and half a pair become U+FFFD. NULL when it is none. */
static char *read_unicode(struct reading *r, char *to)
{
	int unit = hex4(r->at + 1);
	unsigned code = (unsigned)unit;

	if (unit < 0)
		return NULL;
	r->at += 5;
	if (is_high(unit) && r->at[0] == '\\' && r->at[1] == 'u' && is_low(hex4(r->at + 2))) {
		code = 0x10000 + ((unsigned)(unit - 0xd800) << 10) + (unsigned)(hex4(r->at + 2) - 0xdc00);
		r->at += 6;
	} else if (unit == 0 || is_high(unit) || is_low(unit)) {
		code = 0xfffd;
		r->mended = true;
	}
	return encode(to, code);
}

/* The escape behind the backslash before r->at, written to `to`; what follows that, or NULL when it is none. */
static char *read_escape(struct reading *r, char *to)
{
	static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
	const char *name;

	if (*r->at == 'u')
		return read_unicode(r, to);
	name = *r->at ? strchr(names, *r->at) : NULL;
	if (!name)
		return NULL;
	r->at++;
	*to = values[name - names];
	return to + 1;
}

static bool is_plain(char c)
{
	return c != '"' && c != '\\' && (unsigned char)c >= 0x20;
}

/* The string whose opening quote is just behind us, decoded in place: what it becomes is never longer. NULL: broken. */
static char *read_string(struct reading *r)
{
	char *start = r->at, *to;

	r->mended = false;
	while (is_plain(*r->at))
		r->at++;
	to = r->at;
	while (*r->at != '"') {
		if (is_plain(*r->at)) {
			*to++ = *r->at++;
			continue;
		}
		if (*r->at++ != '\\')
			return NULL;
		to = read_escape(r, to);
		if (!to)
			return NULL;
	}
	r->at++;
	*to = '\0';
	return start;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool skip_digits(struct reading *r)
{
	if (!is_digit(*r->at))
		return false;
	while (is_digit(*r->at))
		r->at++;
	return true;
}

static bool read_number(struct reading *r, struct cJSON *node)
{
	enum { EXACT_DIGITS = 15 };
	const char *start = r->at;
	double value = 0;
	bool whole = true;

	if (*r->at == '-')
		r->at++;
	if (*r->at == '0')
		r->at++;
	else if (!skip_digits(r))
		return false;
	if (*r->at == '.') {
		whole = false;
		r->at++;
		if (!skip_digits(r))
			return false;
	}
	if (*r->at == 'e' || *r->at == 'E') {
		whole = false;
		r->at++;
		if (*r->at == '+' || *r->at == '-')
			r->at++;
		if (!skip_digits(r))
			return false;
	}
	if (!whole || r->at - start > EXACT_DIGITS) {
		value = strtod(start, NULL);
	} else {
		/* Most numbers are times and counts, which a double holds exactly. */
		for (const char *p = start + (*start == '-'); p < r->at; p++)
			value = value * 10 + (*p - '0');
		value = *start == '-' ? -value : value;
	}
	node->type |= whole && !(*start == '-' && value == 0) ? cJSON_Number : cJSON_Number | JSON_NODE_NOT_WHOLE;
	cJSON_SetNumberHelper(node, value);
	return true;
}

static bool read_word(struct reading *r, struct cJSON *node)
{
	static const struct {
		const char *word;
		int type;
	} words[] = { { "true", cJSON_True }, { "false", cJSON_False }, { "null", cJSON_NULL } };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (!str_starts(r->at, words[i].word))
			continue;
		r->at += strlen(words[i].word);
		node->type |= words[i].type;
		return true;
	}
	return false;
}

/* A node at the end of the list; as cJSON has it, the first one's prev is the last. */
static struct cJSON *append(struct reading *r, struct cJSON *parent)
{
	struct cJSON *node = arena_new(r->arena, struct cJSON);

	if (parent->child) {
		node->prev = parent->child->prev;
		node->prev->next = node;
	} else {
		parent->child = node;
	}
	parent->child->prev = node;
	return node;
}

/* What stands between the brackets of an array or object, the opening one just behind us. */
static bool read_members(struct reading *r, struct cJSON *parent, char closing)
{
	if (take(r, closing))
		return true;
	do {
		struct cJSON *node = append(r, parent);

		if (closing == '}') {
			if (!take(r, '"'))
				return false;
			node->string = read_string(r);
			if (!node->string || !take(r, ':'))
				return false;
			node->type |= r->mended ? JSON_NODE_MENDED : 0;
		}
		if (!read_value(r, node))
			return false;
	} while (take(r, ','));
	return take(r, closing);
}

static bool read_nest(struct reading *r, struct cJSON *node)
{
	bool object = *r->at++ == '{';
	bool good;

	if (++r->depth > JSON_DEPTH_MAX)
		return false;
	node->type |= object ? cJSON_Object : cJSON_Array;
	good = read_members(r, node, object ? '}' : ']');
	r->depth--;
	return good;
}

static bool read_value(struct reading *r, struct cJSON *node)
{
	skip_blanks(r);
	switch (*r->at) {
	case '{':
	case '[':
		return read_nest(r, node);
	case '"':
		r->at++;
		node->valuestring = read_string(r);
		node->type |= r->mended ? cJSON_String | JSON_NODE_MENDED : cJSON_String;
		return node->valuestring;
	case '-':
	case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
		return read_number(r, node);
	default:
		return read_word(r, node);
	}
}

const struct cJSON *json_parse_in(struct arena *arena, const char *bytes, size_t len)
{
	struct reading r = { .arena = arena };
	struct cJSON *root;
	const char *end;

	if (!utf8_valid(bytes, len) || memchr(bytes, '\0', len))
		return NULL;
	r.at = arena_dup_n(arena, bytes, len);
	end = r.at + len;
	root = arena_new(arena, struct cJSON);
	if (!read_value(&r, root))
		return NULL;
	skip_blanks(&r);
	return r.at == end ? root : NULL;
}
