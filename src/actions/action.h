/*
 * What a group agreed to do: simple lists, and an honest look back. The number an action gets is its name
 * in the whole neighbourhood. Anybody of its group may take it, and may say that it is done or that it did
 * not work out; nothing is ever late, only still open.
 *
 * Something done that nobody had agreed on is an action too, done from the start.
 */
#ifndef ROTONDE_ACTIONS_ACTION_H
#define ROTONDE_ACTIONS_ACTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "store/turn.h"

extern const struct statements action_statements;

/* In code points. What is longer is a plan, not an action. */
enum { ACTION_TEXT_MAX = 300 };

enum action_state {
	ACTION_STATE_OPEN,
	ACTION_STATE_DONE,
	ACTION_STATE_NOT_DONE,
	ACTION_STATE_EXTRA,   /* done, without having been agreed before */
	ACTION_STATE_DROPPED, /* its author took his message back: listed nowhere */
};

struct action {
	int64_t id; /* its number */
	int64_t author;
	int64_t group;
	int64_t core;        /* 0: of no core */
	const char *event;   /* the message it came from */
	int64_t said_at_ms;
	const char *text;
	int64_t taker;       /* who does it; 0: nobody yet */
	const char *due;     /* by which day, "2022-06-17"; NULL: whenever */
	const char *clock;   /* how late on that day, "18:00"; NULL unsaid */
	enum action_state state;
	const char *reason;  /* of ACTION_STATE_NOT_DONE; NULL unsaid */
	int64_t settled_at_ms; /* since when it is done, not done or extra; 0 else */
	int64_t settled_by;
};

/* What its author types. */
struct action_draft {
	int64_t author;
	int64_t group;
	int64_t core;        /* 0: none */
	const char *event;
	int64_t said_at_ms;
	const char *text;    /* clean, on one line */
	int64_t taker;       /* 0: nobody was named */
	const char *due;     /* or NULL */
	const char *clock;   /* or NULL */
};

enum action_add_verdict {
	ACTION_ADDED,
	ACTION_ADD_EMPTY,
	ACTION_ADD_TOO_LONG,
};

/* Set *ret_action when it was added. action_add_extra() takes neither taker nor day. */
enum action_add_verdict action_add(struct turn *turn, const struct action_draft *draft, struct action *ret_action) MUST_CHECK;
enum action_add_verdict action_add_extra(struct turn *turn, const struct action_draft *draft, struct action *ret_action) MUST_CHECK;

enum action_verdict {
	ACTION_CHANGED,
	ACTION_SAME,      /* it stood like that already */
	ACTION_UNKNOWN,   /* no such number */
	ACTION_ELSEWHERE, /* of another group */
	ACTION_DROPPED,
	ACTION_SETTLED,   /* to be taken: it is not open any more */
	ACTION_TAKEN,     /* to be taken: somebody else does it already */
	ACTION_TOO_LONG,  /* new words */
};

/* Who does something to an action, where, and by which message. */
struct action_hand {
	int64_t person;
	int64_t group;
	const char *event; /* NULL: by words that go with the message before */
};

/* *ret_action is set unless the verdict is ACTION_UNKNOWN. */
enum action_verdict action_take(struct turn *turn, const struct action_hand *hand, int64_t id, struct action *ret_action) MUST_CHECK;

/* state: ACTION_STATE_DONE, or ACTION_STATE_NOT_DONE with the reason or NULL. What was settled otherwise before is mended by it. */
enum action_verdict action_settle(struct turn *turn, const struct action_hand *hand, int64_t id, enum action_state state, const char *reason,
				  struct action *ret_action) MUST_CHECK;

/* The message that settled it is gone: it is open again. False when no action was settled by it, by this person. */
bool action_unsettle(struct turn *turn, const char *event, int64_t person, struct action *ret_action) MUST_CHECK;

/*
 * Its author's message reads otherwise now. Who does it changes only when somebody else is named; the rest of
 * who said it when is not used. ACTION_CHANGED, ACTION_SAME, ACTION_DROPPED or ACTION_TOO_LONG.
 */
enum action_verdict action_edit(struct turn *turn, int64_t id, const struct action_draft *draft, struct action *ret_action) MUST_CHECK;

/* Its author took it back. False when he had already. */
bool action_drop(struct turn *turn, int64_t id);

/*
 * The latest before this one that its author said in the same words, of the same day, for the same taker, in the same group
 * and within ten minutes: a double tap, or a bridge that sends twice. Not one that was dropped or settled since.
 */
bool action_find_twin(struct view *view, int64_t id, struct action *ret_action) MUST_CHECK;

bool action_find(struct view *view, int64_t id, struct action *ret_action) MUST_CHECK;

/* By the very message it came from. */
bool action_find_by_source(struct view *view, const char *event, struct action *ret_action) MUST_CHECK;

/* By a message that is about it: its source, or one given to action_add_message(). */
bool action_find_by_message(struct view *view, const char *event, struct action *ret_action) MUST_CHECK;

void action_add_message(struct turn *turn, int64_t id, const char *event);

/* The open ones, those that are wanted soonest first, at most limit. core 0: of the groups that are no core's. */
struct action *action_list_open(struct view *view, int64_t core, int64_t limit, size_t *ret_len);
struct action *action_list_open_of_group(struct view *view, int64_t group, int64_t limit, size_t *ret_len);

/* Done, not done and extra in this group after since_ms, the latest first, at most limit. */
struct action *action_list_settled(struct view *view, int64_t group, int64_t since_ms, int64_t limit, size_t *ret_len);

enum action_reminder { ACTION_REMINDER_EVE, ACTION_REMINDER_DAY };

/*
 * Open actions of this group that somebody took and whose taker was not reminded yet: of the day before, those that
 * are due on `tomorrow`; of the day itself, those due from `since` up to and including `today`. At most limit. A taker
 * who is quiet now (people/quiet.h) is left alone.
 */
struct action *action_list_eve(struct view *view, int64_t group, const char *tomorrow, int64_t limit, size_t *ret_len);
struct action *action_list_day(struct view *view, int64_t group, const char *since, const char *today, int64_t limit, size_t *ret_len);

void action_reminded(struct turn *turn, int64_t id, enum action_reminder reminder);

#endif
