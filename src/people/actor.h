/*
 * Who acts: a person, what he may, and how sure we are that it is he. Rules that money leans on take
 * an actor, so that the simulation and `verify` can rely on them.
 */
#ifndef ROTONDE_PEOPLE_ACTOR_H
#define ROTONDE_PEOPLE_ACTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/event.h"
#include "config/config.h"
#include "store/turn.h"

extern const struct statements actor_statements;

struct actor {
	int64_t person;
	enum trust trust;
	unsigned roles;      /* bit (1u << enum role); ROLE_LEAD is set for a lead of any core */
};

struct actor actor_get(struct view *view, int64_t person, enum trust trust);
/*
 * The same for who writes from this id, whose person it is now. An office is not his when it came to the id by a
 * coordinator's link: else he could make himself treasurer with a second account. What the config joins it means.
 */
struct actor actor_of_sender(struct view *view, const char *sender, int64_t person, enum trust trust);

bool actor_has(const struct actor *actor, enum role role);

/* A lead of exactly this core. */
bool actor_leads(struct view *view, const struct actor *actor, int64_t core);

/* Everybody who leads this core, each person once. */
int64_t *actor_leads_of(struct view *view, int64_t core, size_t *ret_len);

#endif
