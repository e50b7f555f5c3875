#include "matrix/slice.h"

#include <stdint.h>
#include <string.h>

#include "base/json.h"

struct scan scan_begin(const char *bytes, size_t len)
{
	return (struct scan){ .at = bytes, .end = bytes + len };
}

struct scan scan_slice(struct slice slice)
{
	return slice.data ? scan_begin(slice.data, slice.len) : scan_begin("", 0);
}

static void skip_blanks(struct scan *scan)
{
	while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\n' || *scan->at == '\t' || *scan->at == '\r'))
		scan->at++;
}

/* The first character that is not white space, or 0 at the end of what can be read. */
static char look(struct scan *scan)
{
	if (scan->broken)
		return 0;
	skip_blanks(scan);
	return scan->at < scan->end ? *scan->at : 0;
}

static void give_up(struct scan *scan)
{
	scan->broken = true;
	scan->at = scan->end;
}

/* Just behind the quote that closes the string opened just before p, or NULL. Linear, whatever is escaped. */
static const char *string_end(const char *p, const char *end)
{
	const char *start = p;
	const char *quote;

	while ((quote = memchr(p, '"', (size_t)(end - p)))) {
		const char *slash = quote;

		while (slash > start && slash[-1] == '\\')
			slash--;
		if ((quote - slash) % 2 == 0)
			return quote + 1;
		p = start = quote + 1;
	}
	return NULL;
}

/* Just behind the bracket that closes the one at p, or NULL. */
static const char *nest_end(const char *p, const char *end)
{
	static const int8_t step[256] = { ['{'] = 1, ['['] = 1, ['}'] = -1, [']'] = -1, ['"'] = 2 };
	size_t depth = 0;

	while (p < end) {
		switch (step[(unsigned char)*p++]) {
		case 1:
			depth++;
			break;
		case -1:
			if (--depth == 0)
				return p;
			break;
		case 2:
			p = string_end(p, end);
			if (!p)
				return NULL;
			break;
		}
	}
	return NULL;
}

/* Behind the number, true, false or null at p; p itself when nothing of the kind stands there. */
static const char *literal_end(const char *p, const char *end)
{
	while (p < end && !strchr(",]}: \n\t\r\"{[", *p))
		p++;
	return p;
}

struct slice scan_value(struct scan *scan)
{
	struct slice slice = { 0 };
	const char *end;
	char first = look(scan);

	if (first == '"')
		end = string_end(scan->at + 1, scan->end);
	else if (first == '{' || first == '[')
		end = nest_end(scan->at, scan->end);
	else
		end = literal_end(scan->at, scan->end);
	if (!end || end == scan->at) {
		give_up(scan);
		return slice;
	}
	slice = (struct slice){ scan->at, (size_t)(end - scan->at) };
	scan->at = end;
	return slice;
}

void scan_skip(struct scan *scan)
{
	(void)scan_value(scan);
}

static bool step_into(struct scan *scan, char bracket)
{
	if (look(scan) != bracket) {
		scan_skip(scan);
		return false;
	}
	scan->at++;
	return true;
}

bool scan_object(struct scan *scan)
{
	return step_into(scan, '{');
}

bool scan_array(struct scan *scan)
{
	return step_into(scan, '[');
}

/* On to what follows in the object or array that this bracket closes; false at its end. */
static bool step_on(struct scan *scan, char bracket)
{
	if (look(scan) == ',') {
		scan->at++;
		(void)look(scan);
	}
	if (scan->at == scan->end) {
		give_up(scan);
		return false;
	}
	if (*scan->at == bracket) {
		scan->at++;
		return false;
	}
	return true;
}

bool scan_member(struct scan *scan, struct slice *ret_key)
{
	struct slice key;

	if (!step_on(scan, '}'))
		return false;
	if (*scan->at != '"') {
		give_up(scan);
		return false;
	}
	key = scan_value(scan);
	if (look(scan) != ':') {
		give_up(scan);
		return false;
	}
	scan->at++;
	*ret_key = (struct slice){ key.data + 1, key.len - 2 };
	return true;
}

bool scan_item(struct scan *scan)
{
	return step_on(scan, ']');
}

bool scan_ended(const struct scan *scan)
{
	struct scan rest = *scan;

	skip_blanks(&rest);
	return !rest.broken && rest.at == rest.end;
}

bool slice_is(struct slice slice, const char *text)
{
	return strlen(text) == slice.len && memcmp(slice.data, text, slice.len) == 0;
}

struct slice slice_member(struct slice object, const char *key)
{
	struct scan scan = scan_slice(object);
	struct slice name;

	if (!scan_object(&scan))
		return (struct slice){ 0 };
	while (scan_member(&scan, &name)) {
		struct slice value = scan_value(&scan);

		if (slice_is(name, key))
			return value;
	}
	return (struct slice){ 0 };
}

struct arena *slice_scratch_create(void)
{
	/* Above what json_parse_in() can need for the largest. */
	return arena_create((size_t)64 * SLICE_OBJECT_MAX);
}

const struct cJSON *slice_object(struct arena *scratch, struct slice value)
{
	const struct cJSON *json;

	if (!value.len || value.len > SLICE_OBJECT_MAX)
		return NULL;
	arena_reset(scratch);
	json = json_parse_in(scratch, value.data, value.len);
	return json_is_object(json) ? json : NULL;
}

char *slice_text(struct arena *arena, struct slice value)
{
	if (value.len < 2 || *value.data != '"')
		return NULL;
	AUTO_JSON json = json_parse(value.data, value.len);
	return arena_dup(arena, json_text(json));
}
