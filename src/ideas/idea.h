/*
 * What neighbours dropped as an idea. The number an idea gets is its name in the whole neighbourhood.
 * It never disappears: its author may change its words, and archive it by deleting his message; both
 * stay in its history.
 *
 * Ideas that are alike may be joined (ideas/family.h): then support and helpers are those of all of them.
 *
 * Support is a thumb on a message that is about the idea (or on our answer to that message). A person
 * counts once however many thumbs he gave, and an author does not count for his own idea.
 */
#ifndef ROTONDE_IDEAS_IDEA_H
#define ROTONDE_IDEAS_IDEA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "store/turn.h"

/* In SQL: the ids of the ideas that go together with row i, itself included. */
#define IDEA_FAMILY                                                                                            \
	"(SELECT f.id FROM idea f WHERE f.id = ifnull(i.joined_into, i.id)"                                    \
	" UNION ALL SELECT f.id FROM idea f WHERE f.joined_into = ifnull(i.joined_into, i.id))"

extern const struct statements idea_statements;

/* In code points. What is longer is a letter, not an idea. */
enum { IDEA_TEXT_MAX = 1000 };

enum idea_state {
	IDEA_NEW,
	IDEA_SUPPORTED, /* new, and somebody supports it: follows from the thumbs, never set */
	IDEA_BUDGET,    /* can be paid from the buurtbudget */
	IDEA_ROUTED,    /* goes another way: its route */
	IDEA_DONE,
	IDEA_NOT_NOW,   /* for the reason in its remark */
	IDEA_ARCHIVED,  /* taken back by its author: listed and searched nowhere */
};

enum idea_route {
	IDEA_ROUTE_NONE,
	IDEA_ROUTE_INITIATIVE,  /* bewonersinitiatief: the district's subsidy for residents */
	IDEA_ROUTE_PLAN,        /* gebiedsplan: the district's own plan for the area */
	IDEA_ROUTE_CORPORATION, /* housing corporation */
	IDEA_ROUTE_JUST_DO,     /* needs nobody's money */
};

struct idea {
	int64_t id; /* its number */
	int64_t author;
	int64_t group;
	int64_t core;           /* 0: of the whole neighbourhood */
	const char *event;      /* the message it came from */
	int64_t said_at_ms;
	const char *text;
	enum idea_state state;
	int64_t same_as;        /* the idea it may be a double of; 0 when it is not, or both are meant */
	const char *geo_uri;    /* NULL when it has no place */
	const char *place;      /* "" when the place has no name; NULL when it has none */
	int64_t support;        /* persons, of all ideas that go along with it */
	int64_t helpers;        /* persons who want to take part, likewise; its author is one too when he said so */
	int64_t photos;
	enum idea_route route;  /* of IDEA_ROUTED */
	const char *remark;     /* beside the state: with whom, or why not now; or "" */
	int64_t joined_into;    /* the idea it goes along with; 0 when it is not joined, or others are joined into it */
	int64_t alike;          /* its author is asked whether it goes along with this one; or 0 */
	const char *paper_name; /* who wrote it on paper, for coordinators alone; NULL for who typed it himself */
	bool of_organisation;   /* its words say so */
};

struct idea_draft {
	int64_t author;
	int64_t group;
	int64_t core;        /* 0: none */
	const char *event;
	int64_t said_at_ms;
	const char *text;    /* clean and tidy (text/unicode.h) */
	const char *paper_name; /* whom author typed it for; NULL: it is his own */
};

enum idea_add_verdict {
	IDEA_ADDED,
	IDEA_ADDED_TWICE, /* added; the same person said the same at the same moment under another id: ask whether both are meant */
	IDEA_ADD_EMPTY,
	IDEA_ADD_TOO_LONG,
};

/* Sets *ret_idea when it was added. */
enum idea_add_verdict idea_add(struct turn *turn, const struct idea_draft *draft, struct idea *ret_idea) MUST_CHECK;

enum idea_edit_verdict {
	IDEA_EDITED,
	IDEA_EDIT_SAME, /* it already read like that */
	IDEA_EDIT_EMPTY,
	IDEA_EDIT_TOO_LONG,
	IDEA_EDIT_GONE, /* archived */
};

/* New words, clean and tidy, by its author. Sets *ret_idea when the verdict is IDEA_EDITED. */
enum idea_edit_verdict idea_edit(struct turn *turn, int64_t id, int64_t person, const char *text, struct idea *ret_idea) MUST_CHECK;

/* Taken back, and out of the company of ideas it was joined with. False when it was archived already. */
bool idea_archive(struct turn *turn, int64_t id, int64_t person);

/* Both ideas of an IDEA_ADDED_TWICE are meant. */
void idea_keep_twice(struct turn *turn, int64_t id);

bool idea_find(struct view *view, int64_t id, struct idea *ret_idea) MUST_CHECK;
struct idea idea_get(struct view *view, int64_t id);

/* By the very message it came from. */
bool idea_find_by_source(struct view *view, const char *event, struct idea *ret_idea) MUST_CHECK;

/* By a message that is about it: its source, or one given to idea_add_message(). */
bool idea_find_by_message(struct view *view, const char *event, struct idea *ret_idea) MUST_CHECK;

/* The one this photo stays with. */
bool idea_find_by_photo(struct view *view, int64_t media, struct idea *ret_idea) MUST_CHECK;

/* This person's latest in this group, said at or after since_ms. */
bool idea_find_latest(struct view *view, int64_t author, int64_t group, int64_t since_ms, struct idea *ret_idea) MUST_CHECK;

void idea_add_message(struct turn *turn, int64_t id, const char *event);

/* Twice the same photo is one. */
void idea_add_photo(struct turn *turn, int64_t id, int64_t media);

void idea_remove_photo(struct turn *turn, int64_t id, int64_t media);

/* place: how the sender's app calls it, or "". */
void idea_set_place(struct turn *turn, int64_t id, const char *geo_uri, const char *place);

/* A thumb; event is the reaction. */
void idea_add_thumb(struct turn *turn, int64_t id, int64_t person, const char *event);

/* The reaction is gone from the room. False when it was no thumb for an idea. */
bool idea_remove_thumb(struct turn *turn, const char *event);

/*
 * Newest first, archived ones left out; at most limit after skipping the first ones. core 0: of the whole
 * neighbourhood.
 */
struct idea *idea_list(struct view *view, int64_t core, int64_t skip, int64_t limit, size_t *ret_len);

/* The same, of those in one state; route as in struct idea. IDEA_NEW is without, IDEA_SUPPORTED with supporters. */
struct idea *idea_list_state(struct view *view, int64_t core, enum idea_state state, enum idea_route route, int64_t skip, int64_t limit,
                             size_t *ret_len);

/*
 * The same for the ideas of the neighbourhood that hold all of these words, anywhere in a word and
 * however they are written. Words of one or two letters count only when there are no longer ones.
 */
struct idea *idea_search(struct view *view, const char *words, int64_t skip, int64_t limit, size_t *ret_len);

/*
 * The idea of others, or of the same author, that this one resembles most, as ideas/similar.h judges: not one that is
 * done or goes along with it already. Only the thousand before it are looked at.
 */
bool idea_find_alike(struct view *view, const struct idea *idea, struct idea *ret_alike) MUST_CHECK;

/* Its author is asked whether it goes along with the other, or was and answered: 0. */
void idea_set_alike(struct turn *turn, int64_t id, int64_t other);

/* How the words of states and routes stand in the database. */
const char *idea_state_format(enum idea_state state);
const char *idea_route_format(enum idea_route route); /* NULL for IDEA_ROUTE_NONE */
enum idea_state idea_state_read(struct stmt *q, int column);
enum idea_route idea_route_read(struct stmt *q, int column);

#endif
