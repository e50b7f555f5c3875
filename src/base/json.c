#include "base/json.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/str.h"

/* Just behind the quote that closes the string opened just before p; end when nothing does. Linear, whatever is escaped. */
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
	return end;
}

/* Brackets outside strings never nest deeper than JSON_DEPTH_MAX. */
static bool depth_is_sane(const char *bytes, size_t len)
{
	const char *end = bytes + len;
	int depth = 0;

	for (const char *p = bytes; p < end;) {
		char c = *p++;

		if (c == '"')
			p = string_end(p, end);
		else if ((c == '{' || c == '[') && ++depth > JSON_DEPTH_MAX)
			return false;
		else if (c == '}' || c == ']')
			depth--;
	}
	return true;
}

/* The value of the four hex digits at p, or -1. */
static int hex4(const char *p, size_t left)
{
	int value = 0;

	if (left < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		if (!isxdigit((unsigned char)p[i]))
			return -1;
		value = value * 16 + (isdigit((unsigned char)p[i]) ? p[i] - '0' : tolower((unsigned char)p[i]) - 'a' + 10);
	}
	return value;
}

/* Rewrite \u0000 and lone surrogate escapes, in place, as \ufffd: cJSON cuts at the one and gives up at the other. */
static void mend_escapes(char *bytes, size_t len)
{
	for (size_t i = 0; i + 1 < len; i++) {
		const char *slash = memchr(bytes + i, '\\', len - i - 1);
		int unit;

		if (!slash)
			return;
		i = (size_t)(slash - bytes) + 1;
		if (bytes[i] != 'u')
			continue;
		unit = hex4(bytes + i + 1, len - i - 1);
		if (unit >= 0xd800 && unit <= 0xdbff && i + 11 <= len && bytes[i + 5] == '\\' && bytes[i + 6] == 'u') {
			int low = hex4(bytes + i + 7, len - i - 7);

			if (low >= 0xdc00 && low <= 0xdfff) {
				i += 10;
				continue;
			}
		}
		if (unit == 0 || (unit >= 0xd800 && unit <= 0xdfff))
			memcpy(bytes + i + 1, "fffd", 4);
	}
}

/* The arena of the json_parse_in() at work. */
static struct arena *hook_arena;

static void *hook_alloc(size_t size)
{
	return arena_alloc(hook_arena, size);
}

/* What a parse that fails gives back dies with the arena. */
static void hook_free(void *memory)
{
	(void)memory;
}

/* copy holds len bytes and a NUL, and is changed. */
static struct cJSON *parse_copy(char *copy, size_t len)
{
	const char *end;

	mend_escapes(copy, len);
	return cJSON_ParseWithLengthOpts(copy, len + 1, &end, true);
}

static bool is_sane(const char *bytes, size_t len)
{
	return utf8_valid(bytes, len) && !memchr(bytes, '\0', len) && depth_is_sane(bytes, len);
}

struct cJSON *json_parse(const char *bytes, size_t len)
{
	struct cJSON *json;
	char *copy;

	if (!is_sane(bytes, len))
		return NULL;
	copy = xmalloc(len + 1);
	memcpy(copy, bytes, len);
	copy[len] = '\0';
	json = parse_copy(copy, len);
	free(copy);
	return json;
}

const struct cJSON *json_parse_in(struct arena *arena, const char *bytes, size_t len)
{
	struct cJSON *json;

	if (!is_sane(bytes, len))
		return NULL;
	hook_arena = arena;
	cJSON_InitHooks(&(cJSON_Hooks){ .malloc_fn = hook_alloc, .free_fn = hook_free });
	json = parse_copy(arena_dup_n(arena, bytes, len), len);
	cJSON_InitHooks(NULL);
	return json;
}

void json_destroy(struct cJSON *json)
{
	cJSON_Delete(json);
}

void json_cleanup(struct cJSON **json)
{
	cJSON_Delete(*json);
}

const struct cJSON *json_get(const struct cJSON *object, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(object, key);
}

const char *json_str(const struct cJSON *object, const char *key)
{
	return cJSON_GetStringValue(json_get(object, key));
}

bool json_int(const struct cJSON *object, const char *key, int64_t *ret_value)
{
	const struct cJSON *item = json_get(object, key);

	/* Doubles hold whole numbers up to 2^53, which is also the limit of the Matrix specification. */
	if (!cJSON_IsNumber(item) || item->valuedouble != floor(item->valuedouble) || fabs(item->valuedouble) > 9007199254740991.0)
		return false;
	*ret_value = (int64_t)item->valuedouble;
	return true;
}

bool json_true(const struct cJSON *object, const char *key)
{
	return cJSON_IsTrue(json_get(object, key));
}

const struct cJSON *json_object(const struct cJSON *object, const char *key)
{
	const struct cJSON *item = json_get(object, key);

	return cJSON_IsObject(item) ? item : NULL;
}

const struct cJSON *json_array(const struct cJSON *object, const char *key)
{
	const struct cJSON *item = json_get(object, key);

	return cJSON_IsArray(item) ? item : NULL;
}

const struct cJSON *json_first(const struct cJSON *parent)
{
	return parent ? parent->child : NULL;
}

const struct cJSON *json_next(const struct cJSON *item)
{
	return item->next;
}

const char *json_key(const struct cJSON *item)
{
	return item->string;
}

const char *json_text(const struct cJSON *item)
{
	return cJSON_GetStringValue(item);
}

bool json_is_object(const struct cJSON *item)
{
	return cJSON_IsObject(item);
}

static struct cJSON *present(struct cJSON *json)
{
	if (!json)
		die("no memory for JSON");
	return json;
}

struct cJSON *json_object_create(void)
{
	return present(cJSON_CreateObject());
}

struct cJSON *json_array_create(void)
{
	return present(cJSON_CreateArray());
}

void json_set(struct cJSON *object, const char *key, struct cJSON *value)
{
	if (!cJSON_AddItemToObject(object, key, value))
		die("no memory for JSON");
}

void json_set_str(struct cJSON *object, const char *key, const char *text)
{
	if (text)
		json_set(object, key, present(cJSON_CreateString(text)));
}

void json_set_int(struct cJSON *object, const char *key, int64_t value)
{
	json_set(object, key, present(cJSON_CreateNumber((double)value)));
}

void json_set_bool(struct cJSON *object, const char *key, bool value)
{
	json_set(object, key, present(cJSON_CreateBool(value)));
}

void json_set_null(struct cJSON *object, const char *key)
{
	json_set(object, key, present(cJSON_CreateNull()));
}

void json_push(struct cJSON *array, struct cJSON *value)
{
	if (!cJSON_AddItemToArray(array, value))
		die("no memory for JSON");
}

void json_push_str(struct cJSON *array, const char *text)
{
	json_push(array, present(cJSON_CreateString(text)));
}

void json_push_int(struct cJSON *array, int64_t value)
{
	json_push(array, present(cJSON_CreateNumber((double)value)));
}

struct cJSON *json_copy(const struct cJSON *item)
{
	return present(cJSON_Duplicate(item, true));
}

char *json_print(struct arena *arena, const struct cJSON *json)
{
	char *text = cJSON_PrintUnformatted(json);
	char *copy;

	if (!text)
		die("no memory for JSON");
	copy = arena_dup(arena, text);
	cJSON_free(text);
	return copy;
}
