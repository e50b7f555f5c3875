#include "base/json_canonical.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/die.h"
#include "base/json_internal.h"
#include "base/str.h"

struct writing {
	struct arena *arena; /* for the sorted members */
	struct buf text;
};

static enum json_canonical write_value(struct writing *w, const struct cJSON *json);

/* The letter behind the backslash for the five control characters that have one; 0 for all others. */
static char short_escape(unsigned char c)
{
	static const char letters[0x20] = { ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r' };

	return letters[c];
}

static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c != '"' && c != '\\';
}

static void write_escaped(struct buf *text, unsigned char c)
{
	if (c == '"' || c == '\\')
		(void)buf_printf(text, "\\%c", c);
	else if (short_escape(c))
		(void)buf_printf(text, "\\%c", short_escape(c));
	else
		(void)buf_printf(text, "\\u%04x", c);
}

static void write_string(struct writing *w, const char *string)
{
	const char *p = string;

	(void)buf_add_text(&w->text, "\"");
	while (*p) {
		size_t plain = 0;

		while (p[plain] && is_plain((unsigned char)p[plain]))
			plain++;
		(void)buf_add(&w->text, p, plain);
		p += plain;
		if (*p)
			write_escaped(&w->text, (unsigned char)*p++);
	}
	(void)buf_add_text(&w->text, "\"");
}

/* A double holds every whole number of the range, and none outside it is read as one inside. */
static enum json_canonical write_number(struct writing *w, const struct cJSON *json)
{
	const double largest = 9007199254740991.0;
	double value = json->valuedouble;

	if (json->type & JSON_NODE_NOT_WHOLE || !(fabs(value) <= largest) || value != floor(value))
		return JSON_CANONICAL_NUMBER;
	(void)buf_printf(&w->text, "%" PRId64, (int64_t)value);
	return JSON_CANONICAL_OK;
}

static enum json_canonical write_array(struct writing *w, const struct cJSON *array)
{
	(void)buf_add_text(&w->text, "[");
	for (const struct cJSON *item = array->child; item; item = item->next) {
		enum json_canonical verdict;

		if (item != array->child)
			(void)buf_add_text(&w->text, ",");
		verdict = write_value(w, item);
		if (verdict != JSON_CANONICAL_OK)
			return verdict;
	}
	(void)buf_add_text(&w->text, "]");
	return JSON_CANONICAL_OK;
}

/* The order of UTF-8 bytes is that of code points. */
static int compare_keys(const void *a, const void *b)
{
	const struct cJSON *const *left = a, *const *right = b;

	return strcmp((*left)->string, (*right)->string);
}

static const struct cJSON **sorted_members(struct arena *arena, const struct cJSON *object, size_t *ret_count)
{
	const struct cJSON **members;
	size_t count = 0;

	for (const struct cJSON *member = object->child; member; member = member->next)
		count++;
	members = arena_array(arena, const struct cJSON *, count);
	count = 0;
	for (const struct cJSON *member = object->child; member; member = member->next)
		members[count++] = member;
	if (count)
		qsort(members, count, sizeof(const struct cJSON *), compare_keys);
	*ret_count = count;
	return members;
}

static bool is_left_out(const char *key)
{
	return str_equal(key, "signatures") || str_equal(key, "unsigned");
}

static enum json_canonical write_object(struct writing *w, const struct cJSON *object, bool for_signature)
{
	size_t count;
	const struct cJSON **members = sorted_members(w->arena, object, &count);
	const char *separator = "";

	(void)buf_add_text(&w->text, "{");
	for (size_t i = 0; i < count; i++) {
		enum json_canonical verdict;

		/* Of those left out too: whoever reads `signatures` must have read the only one. */
		if (i && str_equal(members[i]->string, members[i - 1]->string))
			return JSON_CANONICAL_DUPLICATE;
		if (for_signature && is_left_out(members[i]->string))
			continue;
		(void)buf_add_text(&w->text, separator);
		write_string(w, members[i]->string);
		(void)buf_add_text(&w->text, ":");
		verdict = write_value(w, members[i]);
		if (verdict != JSON_CANONICAL_OK)
			return verdict;
		separator = ",";
	}
	(void)buf_add_text(&w->text, "}");
	return JSON_CANONICAL_OK;
}

static enum json_canonical write_word(struct writing *w, const char *word)
{
	(void)buf_add_text(&w->text, word);
	return JSON_CANONICAL_OK;
}

static enum json_canonical write_value(struct writing *w, const struct cJSON *json)
{
	if (json->type & JSON_NODE_MENDED)
		return JSON_CANONICAL_TEXT;
	switch (json->type & 0xff) {
	case cJSON_NULL:
		return write_word(w, "null");
	case cJSON_False:
		return write_word(w, "false");
	case cJSON_True:
		return write_word(w, "true");
	case cJSON_Number:
		return write_number(w, json);
	case cJSON_String:
		write_string(w, json->valuestring);
		return JSON_CANONICAL_OK;
	case cJSON_Array:
		return write_array(w, json);
	case cJSON_Object:
		return write_object(w, json, false);
	default:
		die("a JSON node of type %d", json->type);
	}
}

static enum json_canonical format(struct arena *arena, const struct cJSON *json, bool for_signature, char **ret_text)
{
	struct writing w = { .arena = arena };
	enum json_canonical verdict;

	/* Bounded by what was parsed; a limit of its own would only be one more thing to be wrong. */
	buf_init(&w.text, SIZE_MAX);
	verdict = for_signature ? write_object(&w, json, true) : write_value(&w, json);
	if (verdict == JSON_CANONICAL_OK)
		*ret_text = arena_dup_n(arena, w.text.data, w.text.len);
	buf_release(&w.text);
	return verdict;
}

enum json_canonical json_canonical_format(struct arena *arena, const struct cJSON *json, char **ret_text)
{
	return format(arena, json, false, ret_text);
}

enum json_canonical json_canonical_format_signed(struct arena *arena, const struct cJSON *object, char **ret_text)
{
	INVARIANT(cJSON_IsObject(object));
	return format(arena, object, true, ret_text);
}

const char *json_canonical_word(enum json_canonical verdict)
{
	switch (verdict) {
	case JSON_CANONICAL_OK:
		return "ok";
	case JSON_CANONICAL_NUMBER:
		return "number";
	case JSON_CANONICAL_DUPLICATE:
		return "duplicate";
	case JSON_CANONICAL_TEXT:
		return "text";
	}
	die("a verdict of canonical JSON that does not exist: %d", (int)verdict);
}
