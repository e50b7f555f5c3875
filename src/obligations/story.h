/*
 * What a core tells (NEIGHBOURHOOD.md, "The money"): results, in words and photos, and lessons, in words; and answers
 * to the rounds in which it is asked how it stands, in words and photos. Several of each. The author may change his words, with what they were kept, and take the whole back
 * by deleting his message.
 */
#ifndef ROTONDE_OBLIGATIONS_STORY_H
#define ROTONDE_OBLIGATIONS_STORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "store/turn.h"
#include "text/language.h"

extern const struct statements story_statements;

/* In code points. */
enum { STORY_TEXT_MAX = 1000 };

enum story_kind {
	STORY_RESULT, /* what was done */
	STORY_LESSON, /* what was learned by it */
	STORY_ANSWER, /* how the core stands, in a round */
};

struct story {
	int64_t id;
	enum story_kind kind;
	const char *round;      /* of an answer: the day the round began, "2022-09-01"; else NULL */
	int64_t core;
	int64_t group;          /* where it was told */
	int64_t author;
	const char *event;      /* the message it came from */
	int64_t said_at_ms;
	bool disappearing;      /* the room deletes that message by itself */
	enum language language; /* of the word it was told with */
	const char *text;       /* "" for photos alone */
	bool withdrawn;
	int64_t photos;         /* those under way included */
};

struct story_draft {
	enum story_kind kind;
	const char *round;
	int64_t core;
	int64_t group;
	int64_t author;
	const char *event;
	int64_t said_at_ms;
	bool disappearing;
	enum language language;
	const char *text;  /* clean and tidy (text/unicode.h) */
	bool has_photo;    /* photos follow at once: no words are needed */
};

enum story_verdict {
	STORY_DONE,
	STORY_SAME,     /* it reads like that already; of a new one: the same person told it at the same moment, and *ret_story is that */
	STORY_EMPTY,    /* neither words nor photos */
	STORY_TOO_LONG,
	STORY_GONE,     /* withdrawn */
};

/* Sets *ret_story with STORY_DONE and STORY_SAME. */
enum story_verdict story_add(struct turn *turn, const struct story_draft *draft, struct story *ret_story) MUST_CHECK;

/* Its author's new words, clean and tidy. Sets *ret_story with STORY_DONE. */
enum story_verdict story_edit(struct turn *turn, int64_t id, const char *text, struct story *ret_story) MUST_CHECK;

/* False when it was withdrawn before. */
bool story_withdraw(struct turn *turn, int64_t id);

/* By the message it came from, withdrawn or not. */
bool story_find_by_event(struct view *view, const char *event, struct story *ret_story) MUST_CHECK;

/* The one this photo is of. */
bool story_find_by_photo(struct view *view, int64_t media, struct story *ret_story) MUST_CHECK;

/* This person's latest in this group, of any kind, told at or after since_ms and not withdrawn. */
bool story_find_latest(struct view *view, int64_t author, int64_t group, int64_t since_ms, struct story *ret_story) MUST_CHECK;

/* How many of this kind a core told. */
int64_t story_count(struct view *view, int64_t core, enum story_kind kind);

/* What a core told, oldest first. */
struct story *story_list(struct view *view, int64_t core, enum story_kind kind, size_t *ret_len);

/* The same of the answers in one round. */
int64_t story_count_answers(struct view *view, int64_t core, const char *round);
struct story *story_list_answers(struct view *view, int64_t core, const char *round, size_t *ret_len);

/* A lesson is words alone. */
bool story_takes_photos(enum story_kind kind);

/* A photo stays with one story: twice the same is one. */
void story_add_photo(struct turn *turn, int64_t id, int64_t media);
void story_remove_photo(struct turn *turn, int64_t id, int64_t media);

/* The hashes (store/blob.h) of its photos that are stored, in the order they came. */
const char **story_photos(struct view *view, int64_t id, size_t *ret_len);

/* "result", "lesson", "answer". */
const char *story_kind_format(enum story_kind kind);

#endif
