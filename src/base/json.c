#include "base/json.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/str.h"

/* Doubles hold whole numbers up to 2^53, which is also the limit of the Matrix specification. */
#define WHOLE_MAX 9007199254740991.0

/* "-9007199254740991" */
enum { DIGITS_SIZE = 18 };

static void free_wiped(void *memory)
{
	if (memory)
		explicit_bzero(memory, malloc_usable_size(memory));
	free(memory);
}

void json_wipe_freed(void)
{
	/* With a free() of one's own cJSON copies instead of growing in place, so no piece of a text is left behind. */
	cJSON_InitHooks(&(cJSON_Hooks){ malloc, free_wiped });
}

struct cJSON *json_parse(const char *bytes, size_t len)
{
	AUTO_ARENA arena = arena_create(JSON_ARENA_PER_BYTE * len + JSON_ARENA_LEAST);
	const struct cJSON *json = json_parse_in(arena, bytes, len);

	return json ? json_copy(json) : NULL;
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

bool json_number(const struct cJSON *item, int64_t *ret_value)
{
	if (!cJSON_IsNumber(item) || item->valuedouble != floor(item->valuedouble) || fabs(item->valuedouble) > WHOLE_MAX)
		return false;
	*ret_value = (int64_t)item->valuedouble;
	return true;
}

bool json_int(const struct cJSON *object, const char *key, int64_t *ret_value)
{
	return json_number(json_get(object, key), ret_value);
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

/* A whole number of more digits than cJSON prints for sure. */
static bool is_long(const struct cJSON *json)
{
	return cJSON_IsNumber(json) && fabs(json->valuedouble) >= 1e15 && fabs(json->valuedouble) <= WHOLE_MAX && json->valuedouble == floor(json->valuedouble);
}

static bool holds_long(const struct cJSON *json)
{
	if (is_long(json))
		return true;
	for (const struct cJSON *item = json->child; item; item = item->next) {
		if (holds_long(item))
			return true;
	}
	return false;
}

/* Its long numbers become their digits, to be printed as they stand. */
static void spell_long(struct cJSON *json)
{
	if (is_long(json)) {
		json->valuestring = cJSON_malloc(DIGITS_SIZE);
		if (!json->valuestring)
			die("no memory for JSON");
		(void)snprintf(json->valuestring, DIGITS_SIZE, "%" PRId64, (int64_t)json->valuedouble);
		json->type = cJSON_Raw;
	}
	for (struct cJSON *item = json->child; item; item = item->next)
		spell_long(item);
}

char *json_print(struct arena *arena, const struct cJSON *json)
{
	AUTO_JSON spelled = NULL;
	char *text, *copy;

	if (holds_long(json)) {
		spelled = json_copy(json);
		spell_long(spelled);
		json = spelled;
	}
	text = cJSON_PrintUnformatted(json);
	if (!text)
		die("no memory for JSON");
	copy = arena_dup(arena, text);
	cJSON_free(text);
	return copy;
}
