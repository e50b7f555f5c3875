#include "config/yaml.h"

#include <string.h>
#include <yaml.h>

#include "base/die.h"
#include "base/str.h"

/* A list or section that is still open, and the key that waits for its value. */
struct level {
	struct node *parent;
	struct node *last;
	const char *key;
	struct config_mark key_mark;
	bool key_refused;
};

struct builder {
	struct arena *arena;
	const struct source *source;
	struct config_errors *errors;
	yaml_parser_t *parser;
	struct node *root;
	struct level levels[YAML_DEPTH_MAX];
	size_t depth;
	size_t nodes;
};

enum step {
	STEP_GO_ON,
	STEP_DONE,
	STEP_GIVE_UP, /* an error says why */
};

const struct node *node_find(const struct node *section, const char *key)
{
	if (!section || section->kind != NODE_SECTION)
		return NULL;
	for NODE_EACH (member, section) {
		if (str_equal(member->key, key))
			return member;
	}
	return NULL;
}

static struct config_mark mark_from(const struct builder *b, yaml_mark_t mark)
{
	return (struct config_mark){ b->source->file, (unsigned)mark.line + 1, (unsigned)mark.column + 1 };
}

/* The first byte of the character at a mark of libyaml's, '\0' past the end. */
static char byte_at(const struct builder *b, yaml_mark_t mark)
{
	size_t line = 0, column = 0;

	for (size_t i = 0; i < b->source->len; i++) {
		if (((unsigned char)b->source->bytes[i] & 0xc0) == 0x80)
			continue;
		if (line == mark.line && column == mark.column)
			return b->source->bytes[i];
		column++;
		if (b->source->bytes[i] == '\n') {
			line++;
			column = 0;
		}
	}
	return '\0';
}

/* libyaml's own words are for those who know its grammar; the usual slips deserve better. */
static void report_problem(struct builder *b)
{
	const yaml_parser_t *parser = b->parser;
	struct config_mark at = mark_from(b, parser->problem_mark);
	const char *begin = "";

	if (parser->error == YAML_MEMORY_ERROR)
		die("no memory for YAML");
	if (parser->error == YAML_READER_ERROR) {
		config_errors_add(b->errors, source_mark(b->source, parser->problem_offset),
			"found a character that no text file has (%s), expected readable text", parser->problem);
		return;
	}
	switch (byte_at(b, parser->problem_mark)) {
	case '\t':
		config_errors_add(b->errors, at, "found a tab, expected spaces: YAML is indented with spaces only");
		return;
	case '@':
	case '`':
	case '%':
		config_errors_add(b->errors, at, "found a text that begins with %c without quotes, expected \"%c...\"",
			byte_at(b, parser->problem_mark), byte_at(b, parser->problem_mark));
		return;
	}
	if (parser->context_mark.line != parser->problem_mark.line)
		begin = arena_printf(b->arena, " in what begins on line %zu", parser->context_mark.line + 1);
	config_errors_add(b->errors, at,
		"found something that is no YAML (%s%s), expected `key: value` or `- item`, indented like its neighbours",
		parser->problem, parser->context ? begin : "");
}

static bool waits_for_key(const struct builder *b)
{
	const struct level *level = b->depth ? &b->levels[b->depth - 1] : NULL;

	/* Every level has a parent. NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
	return level && level->parent->kind == NODE_SECTION && !level->key;
}

/* Put a new node where the document is now: the root, a list's next item or the value of the key that waits. */
static struct node *node_add(struct builder *b, enum node_kind kind, struct config_mark mark)
{
	struct level *level = b->depth ? &b->levels[b->depth - 1] : NULL;
	struct node *node = arena_new(b->arena, struct node);

	*node = (struct node){ .kind = kind, .mark = mark };
	b->nodes++;
	if (!level) {
		b->root = node;
		return node;
	}
	node->key = level->key;
	node->key_mark = level->key_mark;
	level->key = NULL;
	if (level->key_refused)
		return node;
	if (level->last)
		level->last->next = node;
	else
		level->parent->first = node;
	level->last = node;
	return node;
}

static enum step take_key(struct builder *b, const char *text, struct config_mark mark)
{
	struct level *level = &b->levels[b->depth - 1];
	const struct node *earlier = node_find(level->parent, text);

	level->key = arena_dup(b->arena, text);
	level->key_mark = mark;
	level->key_refused = earlier != NULL;
	if (earlier)
		config_errors_add(b->errors, mark, "found the key \"%s\" a second time, expected it once: it stands at %s already",
			text, config_mark_format(b->arena, earlier->key_mark));
	return STEP_GO_ON;
}

/* Anchors and tags are the two decorations any value can wear. */
static bool is_decorated(struct builder *b, const yaml_char_t *anchor, const yaml_char_t *tag, struct config_mark at)
{
	if (anchor)
		config_errors_add(b->errors, at, "found an anchor (&%s), expected a plain value: anchors are not used here",
			(const char *)anchor);
	if (tag && *tag == '!')
		config_errors_add(b->errors, at, "found %s without quotes, expected \"...\": a text that begins with ! needs quotes",
			(const char *)tag);
	else if (tag)
		config_errors_add(b->errors, at, "found a tag (%s), expected a plain value: tags are not used here", (const char *)tag);
	return anchor || tag;
}

static enum step take_scalar(struct builder *b, const yaml_event_t *event, struct config_mark mark)
{
	const char *text = (const char *)event->data.scalar.value;
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	bool refused = is_decorated(b, event->data.scalar.anchor, event->data.scalar.tag, mark);
	struct node *node;

	if (strlen(text) != event->data.scalar.length) {
		config_errors_add(b->errors, mark, "found a NUL character, expected readable text");
		refused = true;
	}
	if (waits_for_key(b))
		return take_key(b, text, mark);
	node = node_add(b, NODE_TEXT, mark);
	if (refused)
		node->kind = NODE_REFUSED;
	else if (plain && (str_empty(text) || str_equal(text, "~") || str_equal(text, "null")))
		node->kind = NODE_NOTHING;
	else
		node->text = arena_dup(b->arena, text);
	return STEP_GO_ON;
}

static enum step open_level(struct builder *b, enum node_kind kind, const yaml_char_t *anchor, const yaml_char_t *tag,
	struct config_mark mark)
{
	struct node *node;

	if (waits_for_key(b)) {
		config_errors_add(b->errors, mark, "found a list or section as a key, expected a word");
		return STEP_GIVE_UP;
	}
	if (b->depth == YAML_DEPTH_MAX) {
		config_errors_add(b->errors, mark, "found lists and sections more than %d deep, expected a handful", YAML_DEPTH_MAX);
		return STEP_GIVE_UP;
	}
	(void)is_decorated(b, anchor, tag, mark);
	node = node_add(b, kind, mark);
	b->levels[b->depth++] = (struct level){ .parent = node };
	return STEP_GO_ON;
}

static enum step take_alias(struct builder *b, const yaml_event_t *event, struct config_mark mark)
{
	config_errors_add(b->errors, mark, "found an alias (*%s), expected the value itself: aliases are not used here",
		(const char *)event->data.alias.anchor);
	if (waits_for_key(b))
		return STEP_GIVE_UP;
	(void)node_add(b, NODE_REFUSED, mark);
	return STEP_GO_ON;
}

static enum step take_event(struct builder *b, const yaml_event_t *event)
{
	struct config_mark mark = mark_from(b, event->start_mark);

	if (b->nodes == YAML_NODES_MAX) {
		config_errors_add(b->errors, mark, "found more than %d values, expected fewer", YAML_NODES_MAX);
		return STEP_GIVE_UP;
	}
	switch (event->type) {
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		return STEP_GO_ON;
	case YAML_DOCUMENT_START_EVENT:
		if (!b->root)
			return STEP_GO_ON;
		config_errors_add(b->errors, mark, "found a second document (---), expected one");
		return STEP_GIVE_UP;
	case YAML_STREAM_END_EVENT:
		return STEP_DONE;
	case YAML_ALIAS_EVENT:
		return take_alias(b, event, mark);
	case YAML_SCALAR_EVENT:
		return take_scalar(b, event, mark);
	case YAML_SEQUENCE_START_EVENT:
		return open_level(b, NODE_LIST, event->data.sequence_start.anchor, event->data.sequence_start.tag, mark);
	case YAML_MAPPING_START_EVENT:
		return open_level(b, NODE_SECTION, event->data.mapping_start.anchor, event->data.mapping_start.tag, mark);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		b->depth--;
		return STEP_GO_ON;
	}
	die("libyaml: event %d", (int)event->type);
}

static enum step read_events(struct builder *b)
{
	enum step step = STEP_GO_ON;

	while (step == STEP_GO_ON) {
		yaml_event_t event;

		if (!yaml_parser_parse(b->parser, &event)) {
			report_problem(b);
			return STEP_GIVE_UP;
		}
		step = take_event(b, &event);
		yaml_event_delete(&event);
	}
	return step;
}

const struct node *yaml_parse(struct arena *arena, const struct source *source, struct config_errors *errors)
{
	yaml_parser_t parser;
	struct builder b = { .arena = arena, .source = source, .errors = errors, .parser = &parser };
	enum step last;

	if (!yaml_parser_initialize(&parser))
		die("no memory for YAML");
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)source->bytes, source->len);
	last = read_events(&b);
	yaml_parser_delete(&parser);
	if (last == STEP_GIVE_UP)
		return NULL;
	if (!b.root)
		config_errors_add(errors, (struct config_mark){ source->file, 0, 0 }, "found an empty file, expected a config");
	return b.root;
}
