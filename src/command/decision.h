/*
 * What `!akkoord` carries out: one record for each kind of proposal, in the file of the command that proposes it.
 * Waiting, agreeing and withdrawing are the same for all (cmd_akkoord.c).
 */
#ifndef ROTONDE_COMMAND_DECISION_H
#define ROTONDE_COMMAND_DECISION_H

#include <stdbool.h>
#include <stdint.h>

#include "command/command.h"
#include "people/proposal.h"

struct decision {
	/* Who may agree, bits 1u << enum role. */
	unsigned roles;

	/* The person it is about, who may not agree either; 0 when it is about nobody. */
	int64_t (*about)(struct view *view, int64_t number);

	/*
	 * It is agreed: do it and leave the answer. COMMAND_REFUSED when it can no longer be done: then nothing changed, and
	 * it waits on. reason: of the way out, why somebody went on alone; NULL when two agreed.
	 */
	enum command_end (*carry_out)(struct request *request, const struct proposal *proposal, const char *reason) MUST_CHECK;
};

/* Of `!schuif`. */
extern const struct decision decision_move;

/* Of `!rol`. */
extern const struct decision decision_role;

/* By enum proposal_kind. */
extern const struct decision *const decisions[];

#endif
