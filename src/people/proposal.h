/*
 * Decisions of two persons: one proposes, another agrees within fourteen days. What is decided is known to the
 * room whose business it is, by the proposal's number; here stands who may not agree, and until when.
 */
#ifndef ROTONDE_PEOPLE_PROPOSAL_H
#define ROTONDE_PEOPLE_PROPOSAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "people/actor.h"
#include "store/turn.h"
#include "text/language.h"

#define PROPOSAL_OPEN_MS (14 * MS_PER_DAY)

/* The timer of a proposal's end; its number is the subject. */
#define PROPOSAL_TIMER "proposal"

extern const struct statements proposal_statements;

enum proposal_kind {
	PROPOSAL_MOVE, /* of money, from line to line */
	PROPOSAL_ROLE, /* somebody gets or loses a role */
};

enum proposal_state {
	PROPOSAL_OPEN,
	PROPOSAL_AGREED,
	PROPOSAL_WITHDRAWN,
	PROPOSAL_EXPIRED,
};

struct proposal {
	int64_t number;
	enum proposal_kind kind;
	int64_t group;         /* where it was proposed */
	int64_t person;        /* by whom */
	enum language language;
	int64_t made_at_ms;
	int64_t expires_at_ms;
	enum proposal_state state;
	int64_t agreed_by;     /* 0 unless PROPOSAL_AGREED */
};

/* Its number. Sets the timer. */
int64_t proposal_add(struct turn *turn, const struct actor *actor, enum proposal_kind kind, int64_t group, enum language language);

bool proposal_find(struct view *view, int64_t number, struct proposal *ret_proposal) MUST_CHECK;

/* The open ones, oldest first. */
struct proposal *proposal_list_open(struct view *view, size_t *ret_len);

enum proposal_verdict {
	PROPOSAL_DONE,
	PROPOSAL_UNKNOWN,  /* no such number */
	PROPOSAL_SETTLED,  /* agreed, withdrawn or expired already: ret_proposal->state. Its timer may still have to tell of the latter. */
	PROPOSAL_OWN,      /* who agrees is, or ever was, who proposed it */
	PROPOSAL_NOT_ALONE, /* somebody else could agree, so nobody goes on alone */
	PROPOSAL_NOT_OWN,  /* only who proposed it may withdraw it */
};

/* Whether the actor's role is one that may agree to this kind is the caller's to ask. */
enum proposal_verdict proposal_agree(struct turn *turn, const struct actor *actor, int64_t number, struct proposal *ret_proposal) MUST_CHECK;
enum proposal_verdict proposal_withdraw(struct turn *turn, const struct actor *actor, int64_t number, struct proposal *ret_proposal) MUST_CHECK;

/*
 * The way out where nobody else could ever agree (people/eyes.h): who proposed it goes on alone. `about` is the person it
 * is about, 0 for none; about oneself there is no way out: PROPOSAL_OWN.
 */
enum proposal_verdict proposal_agree_alone(struct turn *turn, const struct actor *actor, int64_t number, int64_t about, unsigned roles,
					   struct proposal *ret_proposal) MUST_CHECK;

/* Where it was proposed it was said, in an answer, that it expired. */
void proposal_note_told(struct turn *turn, int64_t number);

/* Those that expired in this group without its having been said; from now on it was. */
struct proposal *proposal_take_expired(struct turn *turn, int64_t group, size_t *ret_len);

/* Its time is over: true when it was open until now. */
bool proposal_expire(struct turn *turn, int64_t number, struct proposal *ret_proposal) MUST_CHECK;

#endif
