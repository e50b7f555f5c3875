/*
 * YAML as this program wants it: one document of sections, lists and texts, with the spot of each.
 * What makes YAML surprising is refused with a word why: anchors, aliases, tags, several documents,
 * double keys, keys that are no text. Nothing is guessed: `12`, `yes` and `12.50` are texts, and the
 * reader of a field says what it makes of them.
 */
#ifndef ROTONDE_CONFIG_YAML_H
#define ROTONDE_CONFIG_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "config/errors.h"
#include "config/source.h"

/* Far above what a neighbourhood needs, far below what hurts. */
enum {
	YAML_DEPTH_MAX = 16,
	YAML_NODES_MAX = 10000,
};

enum node_kind {
	NODE_NOTHING, /* `key:` with nothing behind it, `~` or `null` */
	NODE_TEXT,
	NODE_LIST,
	NODE_SECTION,
	NODE_REFUSED, /* an error stands for it already */
};

struct node {
	enum node_kind kind;
	struct config_mark mark;
	const char *text;            /* of NODE_TEXT; may be empty */
	const char *key;             /* in a section, else NULL */
	struct config_mark key_mark; /* when there is a key */
	const struct node *first;    /* of NODE_LIST and NODE_SECTION: its members, in the order of the file */
	const struct node *next;
};

/*
 * The document's root, or NULL when it is no YAML. Errors are added either way, and a root may come with
 * errors: its refused parts are NODE_REFUSED.
 */
const struct node *yaml_parse(struct arena *arena, const struct source *source, struct config_errors *errors) MUST_CHECK;

/* The member of a section by its key; NULL when absent or no section. */
const struct node *node_find(const struct node *section, const char *key);

#define NODE_EACH(item, parent) (const struct node *item = (parent)->first; item; item = item->next)

#endif
