#include "say/proposal_words.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"
#include "budget/move.h"
#include "people/name.h"
#include "say/budget_words.h"
#include "say/review_day.h"
#include "say/unasked.h"
#include "text/zone.h"

/* How long it is worth saying that nobody agreed. */
#define EXPIRED_USEFUL_MS (3 * MS_PER_DAY)

const char *role_words_name(const struct reader *reader, enum role role, int64_t core)
{
	switch (role) {
	case ROLE_LEAD:
		return SAY_TO(reader, "role.lead", MSG_TEXT("core", core_get(reader->view, core).name));
	case ROLE_COORDINATOR:
		return SAY_TO(reader, "role.coordinator");
	case ROLE_TREASURER:
		return SAY_TO(reader, "role.treasurer");
	case ROLE_AUDITOR:
		return SAY_TO(reader, "role.auditor");
	case ROLE_RESIDENT:
	case ROLE_MAX:
		break;
	}
	die("role %d has no words", (int)role);
}

static const char *role_what(const struct reader *reader, const struct proposal *proposal)
{
	struct role_change change = role_proposed(reader->view, proposal->number);
	const char *name = name_shown(reader->view, reader->house->config, change.person);
	const char *role = role_words_name(reader, change.role, change.core);

	if (str_empty(name))
		name = SAY_TO(reader, "who.unnamed");
	if (change.takes)
		return SAY_TO(reader, "proposal.role.takes", MSG_TEXT("name", name), MSG_TEXT("role", role));
	return SAY_TO(reader, "proposal.role.gives", MSG_TEXT("name", name), MSG_TEXT("role", role));
}

static const char *move_what(const struct reader *reader, const struct proposal *proposal)
{
	struct money_move move = money_move_get(reader->view, proposal->number);

	return SAY_TO(reader, "proposal.move", MSG_CENTS("amount", move.amount), MSG_TEXT("from", budget_words_line(reader, &move.from)),
		      MSG_TEXT("to", budget_words_line(reader, &move.to)));
}

const char *proposal_words_what(const struct reader *reader, const struct proposal *proposal)
{
	switch (proposal->kind) {
	case PROPOSAL_ROLE:
		return role_what(reader, proposal);
	case PROPOSAL_MOVE:
		return move_what(reader, proposal);
	}
	die("proposal %" PRId64 " has no words", proposal->number);
}

const char *proposal_words_until(const struct reader *reader, const struct proposal *proposal)
{
	return zone_format_pattern(reader->house->zone, view_arena(reader->view), reader->language, "EEEE d MMMM", proposal->expires_at_ms);
}

/* What expired in this group and was not said yet; NULL when nothing did. */
static const char *take_expired(const struct house *house, struct turn *turn, const struct group *group)
{
	struct arena *arena = turn_arena(turn);
	const char *words = NULL;
	size_t len;
	const struct proposal *expired = proposal_take_expired(turn, group->id, &len);

	for (size_t i = 0; i < len; i++) {
		const struct reader reader = { house, turn_view(turn), group, expired[i].language };
		const char *what = SAY_TO(&reader, "proposal.expired", MSG_INT("number", expired[i].number),
		                          MSG_TEXT("what", proposal_words_what(&reader, &expired[i])));

		words = words ? arena_printf(arena, "%s\n%s", words, what) : what;
	}
	return words;
}

void proposal_tell_ended(const struct house *house, struct turn *turn, const struct proposal *proposal, int64_t seen_by)
{
	struct money_move move;

	if (proposal->kind != PROPOSAL_MOVE)
		return;
	move = money_move_get(turn_view(turn), proposal->number);
	review_tell_move(house, turn, &move, BUDGET_NEWS_MOVE_ENDED, seen_by);
}

/* It is said there. */
static bool has_day_post(const struct group *group)
{
	switch (group->kind) {
	case GROUP_KIND_CORE:
	case GROUP_KIND_COORDINATORS:
	case GROUP_KIND_AUDIT:
		return true;
	case GROUP_KIND_NEIGHBOURHOOD:
	case GROUP_KIND_PRIVATE:
		break;
	}
	return false;
}

void proposal_fire(const struct house *house, struct turn *turn, const char *subject, int64_t due_at_ms)
{
	struct proposal proposal;
	struct group group;
	const char *words;
	int64_t number;

	(void)due_at_ms;
	if (!parse_int64(subject, &number))
		die("a timer of the proposals for \"%s\"", subject);
	if (!proposal_expire(turn, number, &proposal))
		return;
	proposal_tell_ended(house, turn, &proposal, proposal.group);
	group = group_get(turn_view(turn), proposal.group);
	if (has_day_post(&group) || !group.room)
		return;
	words = take_expired(house, turn, &group);
	if (!words)
		return;
	(void)unasked_add(house, turn, &(struct unasked){
		.room = group.room,
		.body = words,
		.dedupe = arena_printf(turn_arena(turn), "proposal/%" PRId64 "/expired", number),
		.useful_ms = EXPIRED_USEFUL_MS,
	});
}

const char *proposal_day_compose(const struct house *house, struct turn *turn, const struct day_post *post)
{
	return take_expired(house, turn, post->group);
}
