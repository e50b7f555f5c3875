#include "config/walk.h"

#include <string.h>

#include "base/die.h"
#include "base/str.h"

/* What stands there, for an error. */
static const char *node_describe(struct arena *arena, const struct node *node)
{
	switch (node->kind) {
	case NODE_NOTHING:
		return "nothing";
	case NODE_TEXT:
		return config_shown(arena, node->text);
	case NODE_LIST:
		return "a list";
	case NODE_SECTION:
		return "a section";
	case NODE_REFUSED:
		break;
	}
	die("a refused value is no news");
}

void walk_wrong(struct walk *walk, const struct node *node, const char *format, ...)
{
	const char *key = node->key ? arena_printf(walk->arena, "%s: ", node->key) : "";
	va_list args;

	if (node->kind == NODE_REFUSED)
		return;
	va_start(args, format);
	config_errors_add(walk->errors, node->mark, "%sfound %s, expected %s", key, node_describe(walk->arena, node),
		arena_vprintf(walk->arena, format, args));
	va_end(args);
}

struct config_mark walk_mark(const struct node *section, const char *key)
{
	const struct node *member = node_find(section, key);

	return member ? member->mark : section->mark;
}

const char *walk_path(struct walk *walk, const char *path)
{
	if (*path == '/')
		return path;
	return arena_printf(walk->arena, "%s/%s", walk->folder, path);
}

static const struct field *field_find(const struct field *fields, size_t fields_len, const char *key)
{
	for (size_t i = 0; i < fields_len; i++) {
		if (str_equal(fields[i].key, key))
			return &fields[i];
	}
	return NULL;
}

static bool is_secret_word(const char *key)
{
	static const char *const words[] = { "password", "passwd", "passphrase", "wachtwoord", "token", "secret" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (strcasestr(key, words[i]))
			return true;
	}
	return false;
}

static void report_unknown(struct walk *walk, const struct node *member, const char *what, const struct field *fields,
	size_t fields_len)
{
	const char *known = fields[0].key;

	if (is_secret_word(member->key)) {
		config_errors_add(walk->errors, member->key_mark,
			"found the key \"%s\", expected no secrets in this file: put the password in a file that only its owner can read "
			"(chmod 600) and name it under homeserver, password_file; or hand it over as a systemd credential and name that "
			"under homeserver, credential", member->key);
		return;
	}
	for (size_t i = 1; i < fields_len; i++)
		known = arena_printf(walk->arena, "%s, %s", known, fields[i].key);
	config_errors_add(walk->errors, member->key_mark, "found the key \"%s\", expected a key of %s: %s", member->key, what, known);
}

bool walk_section(struct walk *walk, const struct node *node, const char *what, const struct field *fields,
	size_t fields_len, void *section)
{
	if (node->kind != NODE_SECTION) {
		walk_wrong(walk, node, "%s as a section: keys, one a line", what);
		return false;
	}
	for NODE_EACH (member, node) {
		const struct field *field = field_find(fields, fields_len, member->key);

		if (field)
			field->read(walk, member, field, section);
		else
			report_unknown(walk, member, what, fields, fields_len);
	}
	for (size_t i = 0; i < fields_len; i++) {
		if (fields[i].required && !node_find(node, fields[i].key))
			config_errors_add(walk->errors, node->mark, "found no key \"%s\", expected it in %s", fields[i].key, what);
	}
	return true;
}

static bool is_one_line(const char *text)
{
	for (; *text; text++) {
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return false;
	}
	return true;
}

const char *walk_text(struct walk *walk, const struct node *node, const char *expected)
{
	if (node->kind != NODE_TEXT || !*node->text)
		walk_wrong(walk, node, "%s", expected);
	else if (strlen(node->text) > TEXT_BYTES_MAX)
		walk_wrong(walk, node, "%s, at most %d bytes", expected, TEXT_BYTES_MAX);
	else if (!is_one_line(node->text))
		walk_wrong(walk, node, "%s, on one line", expected);
	else
		return node->text;
	return NULL;
}

bool walk_list(struct walk *walk, const struct node *node, const char *expected, size_t *ret_len)
{
	if (node->kind != NODE_LIST) {
		walk_wrong(walk, node, "%s", expected);
		return false;
	}
	*ret_len = 0;
	for NODE_EACH (item, node)
		++*ret_len;
	return true;
}

/* "one, two or three". */
static const char *words_join(struct arena *arena, const char *const *words, size_t words_len)
{
	const char *joined = words[0];

	for (size_t i = 1; i < words_len; i++)
		joined = arena_printf(arena, "%s%s%s", joined, i + 1 == words_len ? " or " : ", ", words[i]);
	return joined;
}

bool walk_choice(struct walk *walk, const struct node *node, const char *const *words, size_t words_len, size_t *ret_index)
{
	const char *expected = words_join(walk->arena, words, words_len);
	const char *text = walk_text(walk, node, expected);

	if (!text)
		return false;
	for (size_t i = 0; i < words_len; i++) {
		if (str_equal(text, words[i])) {
			*ret_index = i;
			return true;
		}
	}
	walk_wrong(walk, node, "%s", expected);
	return false;
}
