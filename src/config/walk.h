/*
 * From the YAML's texts to typed fields. A section is described by a table of fields; each names the
 * reader that knows its type. What does not fit is an error that says what was found and what was
 * expected; the field then keeps what stood there (its default), and the walk goes on, so that one
 * run finds everything.
 */
#ifndef ROTONDE_CONFIG_WALK_H
#define ROTONDE_CONFIG_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "config/config.h"
#include "config/source.h"
#include "config/yaml.h"

struct walk {
	struct arena *arena;
	struct config_errors *errors;
	struct config *config; /* under construction */
	enum config_use use;
	enum source_home home;
	const char *folder;            /* what relative paths start from */
	struct config_group *groups;   /* config->groups, which is const for its readers */
	struct config_person *persons; /* the same of config->persons */
	bool cores_known;              /* the cores were read without errors: a slug that is not there is one */
};

struct field;

/* Reads a node into its field of the section's struct, or adds an error and leaves the field. */
typedef void field_reader(struct walk *walk, const struct node *node, const struct field *field, void *section);

struct field {
	const char *key;
	field_reader *read;
	size_t offset;      /* of the target in the section's struct */
	size_t len_offset;  /* of its size_t length, when the target is a list */
	bool required;
	int64_t low, high;  /* for counts, durations and sizes: the range, in the target's unit */
	const char *range;  /* the range in words */
};

/* How a table says it: the struct, its member, the key in the file, the reader. */
#define FIELD(type, member, key_, read_)          { .key = (key_), .read = (read_), .offset = offsetof(type, member) }
#define FIELD_REQUIRED(type, member, key_, read_) \
	{ .key = (key_), .read = (read_), .offset = offsetof(type, member), .required = true }
#define FIELD_LIST(type, member, key_, read_) \
	{ .key = (key_), .read = (read_), .offset = offsetof(type, member), .len_offset = offsetof(type, member##_len) }
#define FIELD_RANGE(type, member, key_, read_, low_, high_, range_) \
	{ .key = (key_), .read = (read_), .offset = offsetof(type, member), .low = (low_), .high = (high_), .range = (range_) }

/* Where a reader puts what it read. */
#define FIELD_TARGET(type, section, field) ((type *)(void *)((char *)(section) + (field)->offset))
#define FIELD_LEN(section, field)          ((size_t *)(void *)((char *)(section) + (field)->len_offset))

/* Read a node into the struct `section`. `what` names it in errors. False, with an error, when it is no section. */
bool walk_section(struct walk *walk, const struct node *node, const char *what, const struct field *fields,
	size_t fields_len, void *section);

/* "KEY: found THIS, expected EXPECTED", the latter in the words of the format. */
void walk_wrong(struct walk *walk, const struct node *node, const char *format, ...) PRINTF_LIKE(3, 4);

/* NODE_TEXT that is one line of 1 to TEXT_BYTES_MAX bytes, or NULL with an error that names what was expected. */
const char *walk_text(struct walk *walk, const struct node *node, const char *expected) MUST_CHECK;

/* True for a list; its members are counted. Else false with an error. */
bool walk_list(struct walk *walk, const struct node *node, const char *expected, size_t *ret_len) MUST_CHECK;

/* The text as one of a list of words: true with its index, else an error that names them all. */
bool walk_choice(struct walk *walk, const struct node *node, const char *const *words, size_t words_len,
	size_t *ret_index) MUST_CHECK;

/* A path as the config means it: relative ones start at the YAML's folder. */
const char *walk_path(struct walk *walk, const char *path) MUST_CHECK;

/* The mark of a section's member, or of the section when it is absent. */
struct config_mark walk_mark(const struct node *section, const char *key);

enum { TEXT_BYTES_MAX = 255 };

/* Readers; the target's type behind each. */
field_reader read_text;        /* const char * */
field_reader read_path;        /* const char *, resolved */
field_reader read_slug;        /* const char * */
field_reader read_mxid;        /* const char * */
field_reader read_room;        /* const char * */
field_reader read_channel;     /* const char * */
field_reader read_url;         /* const char *, without a closing slash */
field_reader read_bool;        /* bool */
field_reader read_language;    /* enum language */
field_reader read_time_of_day; /* int, minutes after midnight */
field_reader read_duration;    /* int64_t, milliseconds */
field_reader read_size;        /* int64_t, bytes */
field_reader read_count;       /* int64_t */
field_reader read_euros;       /* struct cents */
field_reader read_texts;       /* const char *const *, a list */
field_reader read_mxids;       /* the same */
field_reader read_slugs;       /* the same */
field_reader read_durations;   /* const int64_t *, a list, milliseconds */

#endif
