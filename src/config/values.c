/*
 * The readers for single values and for lists of them.
 */
#include "config/walk.h"

#include <inttypes.h>
#include <string.h>

#include "base/die.h"
#include "base/str.h"
#include "config/grammar.h"

/* A text with a shape: how to see that it has it, and what to say when it has not. */
struct shape {
	bool (*is_valid)(const char *text);
	const char *one;
	const char *list;
};

static bool is_any(const char *text)
{
	return !str_empty(text);
}

static const struct shape shape_text = { is_any, "a text", "a list of texts, such as [one, two]" };
static const struct shape shape_slug = {
	slug_is_valid, "a short name of a-z, 0-9 and single dashes, such as kern-19", "a list of short names, such as [kruitberg, kern-19]",
};
static const struct shape shape_mxid = {
	mxid_is_valid, "a Matrix user id in quotes, such as \"@name:example.org\"",
	"a list of Matrix user ids, such as [\"@name:example.org\"]",
};
static const struct shape shape_room = {
	room_id_is_valid, "a room id in quotes, such as \"!abcdef:example.org\" (no #alias)", NULL,
};
static const struct shape shape_channel = { group_jid_is_valid, "a WhatsApp group, such as 120363041234567890@g.us", NULL };
static const struct shape shape_url = { base_url_is_valid, "an address such as https://matrix.example.org", NULL };

static const char *shaped_text(struct walk *walk, const struct node *node, const struct shape *shape)
{
	const char *text = walk_text(walk, node, shape->one);

	if (text && !shape->is_valid(text)) {
		walk_wrong(walk, node, "%s", shape->one);
		return NULL;
	}
	return text;
}

static void read_shaped(struct walk *walk, const struct node *node, const struct field *field, void *section,
	const struct shape *shape)
{
	const char *text = shaped_text(walk, node, shape);

	if (text)
		*FIELD_TARGET(const char *, section, field) = text;
}

void read_text(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	read_shaped(walk, node, field, section, &shape_text);
}

void read_slug(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	read_shaped(walk, node, field, section, &shape_slug);
}

void read_mxid(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	read_shaped(walk, node, field, section, &shape_mxid);
}

void read_room(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	read_shaped(walk, node, field, section, &shape_room);
}

void read_channel(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	read_shaped(walk, node, field, section, &shape_channel);
}

void read_path(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	const char *path = walk_text(walk, node, "a path");

	if (path)
		*FIELD_TARGET(const char *, section, field) = walk_path(walk, path);
}

void read_url(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	const char *url = shaped_text(walk, node, &shape_url);
	size_t len;

	if (!url)
		return;
	len = strlen(url);
	while (url[len - 1] == '/')
		len--;
	*FIELD_TARGET(const char *, section, field) = arena_dup_n(walk->arena, url, len);
}

/* The items that have the shape; the others are errors. */
static void read_shaped_list(struct walk *walk, const struct node *node, const struct field *field, void *section,
	const struct shape *shape)
{
	const char **items;
	size_t room, len = 0;

	if (!walk_list(walk, node, shape->list, &room))
		return;
	items = arena_array(walk->arena, const char *, room);
	for NODE_EACH (item, node) {
		const char *text = shaped_text(walk, item, shape);

		if (text)
			items[len++] = text;
	}
	*FIELD_TARGET(const char *const *, section, field) = items;
	*FIELD_LEN(section, field) = len;
}

void read_texts(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	read_shaped_list(walk, node, field, section, &shape_text);
}

void read_mxids(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	read_shaped_list(walk, node, field, section, &shape_mxid);
}

void read_slugs(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	read_shaped_list(walk, node, field, section, &shape_slug);
}

void read_bool(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const char *const words[] = { "true", "false" };
	size_t index;

	if (walk_choice(walk, node, words, ARRAY_LEN(words), &index))
		*FIELD_TARGET(bool, section, field) = index == 0;
}

void read_language(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	const char *words[LANGUAGE_MAX];
	size_t index;

	for (enum language language = 0; language < LANGUAGE_MAX; language++)
		words[language] = language_format(language);
	if (walk_choice(walk, node, words, LANGUAGE_MAX, &index))
		*FIELD_TARGET(enum language, section, field) = (enum language)index;
}

void read_time_of_day(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	const char *expected = "a time of day, such as \"09:00\"";
	const char *text = walk_text(walk, node, expected);

	if (text && !time_of_day_parse(text, FIELD_TARGET(int, section, field)))
		walk_wrong(walk, node, "%s", expected);
}

/* A number with its unit, in the range its field allows. */
static bool ranged_value(struct walk *walk, const struct node *node, const struct field *field,
	bool (*parse)(const char *text, int64_t *ret_value), const char *expected, int64_t *ret_value)
{
	const char *text = walk_text(walk, node, expected);
	int64_t value;

	if (!text)
		return false;
	if (!parse(text, &value)) {
		walk_wrong(walk, node, "%s", expected);
		return false;
	}
	if (value < field->low || value > field->high) {
		walk_wrong(walk, node, "%s", field->range);
		return false;
	}
	*ret_value = value;
	return true;
}

#define DURATION_EXPECTED "a time with its unit, such as 20s, 30m, 24h or 14d"

void read_duration(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	(void)ranged_value(walk, node, field, duration_parse, DURATION_EXPECTED, FIELD_TARGET(int64_t, section, field));
}

void read_size(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	(void)ranged_value(walk, node, field, size_parse, "a size with its unit, such as 500 kB, 20 MB or 10 GB",
		FIELD_TARGET(int64_t, section, field));
}

void read_count(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	(void)ranged_value(walk, node, field, count_parse, "a whole number, such as 60", FIELD_TARGET(int64_t, section, field));
}

void read_durations(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	int64_t *items;
	size_t room, len = 0;

	if (!walk_list(walk, node, "a list of times with their unit, such as [7d, 1d, 2h]", &room))
		return;
	items = arena_array(walk->arena, int64_t, room);
	for NODE_EACH (item, node) {
		if (ranged_value(walk, item, field, duration_parse, DURATION_EXPECTED, &items[len]))
			len++;
	}
	*FIELD_TARGET(const int64_t *, section, field) = items;
	*FIELD_LEN(section, field) = len;
}

void read_euros(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	const char *expected = "an amount in euros without dots, such as 96000 or 96000,50";
	const char *text = walk_text(walk, node, expected);

	if (text && !euros_parse(text, FIELD_TARGET(struct cents, section, field)))
		walk_wrong(walk, node, "%s", expected);
}
