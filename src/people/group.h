/*
 * Groups and cores. The group a message comes from IS the address: it tells the core.
 */
#ifndef ROTONDE_PEOPLE_GROUP_H
#define ROTONDE_PEOPLE_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config/config.h"
#include "store/turn.h"
#include "text/language.h"

extern const struct statements group_statements;

struct core {
	int64_t id;
	const char *slug; /* "kruitberg" */
	const char *name; /* "Kruitberg" */
	const char *area; /* "kruitberg", "4-torens"; "" for a core on its own */
};

struct group {
	int64_t id;
	const char *name; /* "kruitberg", "coordinators", "@fatima" */
	enum group_kind kind;
	int64_t core;     /* of a GROUP_KIND_CORE; else 0 */
	bool is_main;
	bool bridged;
	bool as_text;
	enum language language;
	const char *room; /* where it talks now; NULL while it has none */
};

struct core core_get(struct view *view, int64_t id);
bool core_find(struct view *view, const char *slug, struct core *ret_core) MUST_CHECK;

/* All cores, in the order of the config. */
struct core *core_list(struct view *view, size_t *ret_len);

struct group group_get(struct view *view, int64_t id);
bool group_find(struct view *view, const char *name, struct group *ret_group) MUST_CHECK;
bool group_find_by_room(struct view *view, const char *room, struct group *ret_group) MUST_CHECK;

/* The one group of a kind other than core and private. */
bool group_find_by_kind(struct view *view, enum group_kind kind, struct group *ret_group) MUST_CHECK;

/* Groups of the config that have a joined room, by id. core 0: of every core. main_only: those that take neighbourhood-wide posts. */
struct group *group_list(struct view *view, int64_t core, bool main_only, size_t *ret_len);

/* Groups of the config that have a joined room and hear a day post: those of cores by id, then the coordinators' and the audit committee's. */
struct group *group_list_posted(struct view *view, size_t *ret_len);

#endif
