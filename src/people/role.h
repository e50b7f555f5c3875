/*
 * Roles by decision: the treasurer proposes that somebody gets or loses one, and somebody else who holds an office
 * agrees (people/proposal.h). What the config says of a role goes before what was decided: there it is changed in
 * the config alone.
 */
#ifndef ROTONDE_PEOPLE_ROLE_H
#define ROTONDE_PEOPLE_ROLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "config/config.h"
#include "people/proposal.h"
#include "store/turn.h"

extern const struct statements role_statements;

struct role_change {
	int64_t person;
	enum role role; /* not ROLE_RESIDENT: everybody is one */
	int64_t core;   /* of ROLE_LEAD; else 0 */
	bool takes;     /* he loses it */
};

enum role_verdict {
	ROLE_PROPOSED,
	ROLE_HELD,      /* he has it already */
	ROLE_NOT_HELD,  /* it is to be taken, and he has none */
	ROLE_OF_CONFIG, /* it is to be taken, and the config gave it */
};

/* *ret_number is that of the proposal, with ROLE_PROPOSED. */
enum role_verdict role_propose(struct turn *turn, const struct actor *actor, const struct role_change *change, int64_t group, enum language language,
			       int64_t *ret_number) MUST_CHECK;

/* What a proposal of kind PROPOSAL_ROLE is about. */
struct role_change role_proposed(struct view *view, int64_t number);

/* What somebody holds. */
struct role_held {
	int64_t person;
	enum role role;
	int64_t core; /* of ROLE_LEAD; else 0 */
};

/* All that the config gave, by person, role and core. */
struct role_held *role_list_of_config(struct view *view, size_t *ret_len);

/*
 * It is agreed. Who was named has it, and by him all who are he now, as long as they are; taken away, none of them has it.
 */
void role_carry_out(struct turn *turn, int64_t number);

#endif
