/*
 * JSON, in cJSON's nodes, with the corners of that library closed (MATRIX.md 10.10-10.13):
 *  - the input must be valid UTF-8 and JSON to the letter, at most JSON_DEPTH_MAX deep, with nothing behind it;
 *  - an escaped NUL and lone surrogate escapes become U+FFFD, so that no string ends early;
 *  - keys are compared with case.
 * Everything returned borrows from the parsed document.
 */
#ifndef ROTONDE_BASE_JSON_H
#define ROTONDE_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"

struct cJSON;

enum { JSON_DEPTH_MAX = 100 };

/*
 * For all of the process, before its first document: what documents and their texts took of the heap is wiped when it
 * is given back, for keys and words of people pass through them. Without it all works the same.
 */
void json_wipe_freed(void);

/* NULL when the bytes are not a JSON document as promised above. */
struct cJSON *json_parse(const char *bytes, size_t len) MUST_CHECK;
void json_destroy(struct cJSON *json);

/*
 * The same, but the document lives in the arena: nothing to destroy, nothing to change. Several times as
 * fast. It takes at most so much of the arena.
 */
enum { JSON_ARENA_PER_BYTE = 40, JSON_ARENA_LEAST = 16 * 1024 };
const struct cJSON *json_parse_in(struct arena *arena, const char *bytes, size_t len) MUST_CHECK;

void json_cleanup(struct cJSON **json);
#define AUTO_JSON CLEANUP(json_cleanup) struct cJSON *

/* Readers: absent, null and mistyped are the same answer. A NULL object is an empty one. */
const char *json_str(const struct cJSON *object, const char *key);
bool json_int(const struct cJSON *object, const char *key, int64_t *ret_value);
bool json_true(const struct cJSON *object, const char *key);
const struct cJSON *json_object(const struct cJSON *object, const char *key);
const struct cJSON *json_array(const struct cJSON *object, const char *key);
/* Any type; what was asked by path: json_get(json_get(content, "info"), "size"). */
const struct cJSON *json_get(const struct cJSON *object, const char *key);

/* Walk an array's items or an object's members: for JSON_EACH (item, array) { ... } */
const struct cJSON *json_first(const struct cJSON *parent);
const struct cJSON *json_next(const struct cJSON *item);
const char *json_key(const struct cJSON *item);
/* The text of a string item, else NULL. */
const char *json_text(const struct cJSON *item);
/* The whole number of a number item; false for anything else. */
bool json_number(const struct cJSON *item, int64_t *ret_value) MUST_CHECK;
bool json_is_object(const struct cJSON *item);
#define JSON_EACH(item, parent) (const struct cJSON *item = json_first(parent); item; item = json_next(item))

/* Builders: a fresh object or array, and adding to it. What is added belongs to its parent. NULL text adds nothing. */
struct cJSON *json_object_create(void) MUST_CHECK;
struct cJSON *json_array_create(void) MUST_CHECK;
void json_set(struct cJSON *object, const char *key, struct cJSON *value);
void json_set_str(struct cJSON *object, const char *key, const char *text);
void json_set_int(struct cJSON *object, const char *key, int64_t value);
void json_set_bool(struct cJSON *object, const char *key, bool value);
void json_set_null(struct cJSON *object, const char *key);
void json_push(struct cJSON *array, struct cJSON *value);
void json_push_str(struct cJSON *array, const char *text);
void json_push_int(struct cJSON *array, int64_t value);
struct cJSON *json_copy(const struct cJSON *item) MUST_CHECK;

/* One line, no spaces; every number that json_int() reads, to the digit. Of other numbers 15 digits are sure. */
char *json_print(struct arena *arena, const struct cJSON *json) MUST_CHECK;

#endif
