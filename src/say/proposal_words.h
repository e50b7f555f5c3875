/*
 * What waits for a second person, in words. Whom it names is read by those who decide, and where it was proposed.
 */
#ifndef ROTONDE_SAY_PROPOSAL_WORDS_H
#define ROTONDE_SAY_PROPOSAL_WORDS_H

#include "base/compiler.h"
#include "people/proposal.h"
#include "people/role.h"
#include "say/daypost.h"
#include "say/reader.h"

/* "trekker van Kruitberg". core 0 unless it is a lead's. */
const char *role_words_name(const struct reader *reader, enum role role, int64_t core) MUST_CHECK;

/* What is proposed, in one clause: "Joke wordt trekker van Kruitberg". */
const char *proposal_words_what(const struct reader *reader, const struct proposal *proposal) MUST_CHECK;

/* The day until which it can be agreed to: "dinsdag 28 juni". */
const char *proposal_words_until(const struct reader *reader, const struct proposal *proposal) MUST_CHECK;

/* It was withdrawn or expired: who heard of it as a proposal, the groups of a move, hears that too, but the group that reads it otherwise. */
void proposal_tell_ended(const struct house *house, struct turn *turn, const struct proposal *proposal, int64_t seen_by);

/* The timer's work: it expires, and where no day post comes that is said at once. */
void proposal_fire(const struct house *house, struct turn *turn, const char *subject, int64_t due_at_ms);

/* The section of the day post: what expired in the group it was proposed in. */
const char *proposal_day_compose(const struct house *house, struct turn *turn, const struct day_post *post);

#endif
