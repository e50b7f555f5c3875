#include "command/roundabout_request.h"

#include <inttypes.h>

#include "base/arena.h"
#include "people/actor.h"
#include "people/private.h"
#include "people/quiet.h"
#include "roundabout/pair.h"
#include "say/roundabout_words.h"
#include "say/unasked.h"

static void ask_privately(struct request *request, const struct pair_side *side, const struct group *group)
{
	const struct reader reader = { request->house, turn_view(request->turn), group, group->language };
	/* Somebody may lead both cores. */
	const char *key = arena_printf(turn_arena(request->turn), "roundabout/%" PRId64 "/%" PRId64 "/%s", side->pair, side->core, group->name);
	int64_t begins_ms = side->own.next_at_ms < side->other.next_at_ms ? side->own.next_at_ms : side->other.next_at_ms;

	(void)unasked_add(request->house, request->turn, &(struct unasked){
		.room = group->room,
		.body = roundabout_words_ask(&reader, side),
		.dedupe = key,
		.useful_ms = begins_ms - turn_now_ms(request->turn),
	});
	pair_asked(request->turn, side->pair, side->core, key);
}

void roundabout_request_look(struct request *request, const struct agenda_event *event)
{
	struct pair_side sides[2];

	if (!pair_look(request->turn, event, sides))
		return;
	for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
		size_t len;
		const int64_t *leads = actor_leads_of(turn_view(request->turn), sides[i].core, &len);

		for (size_t j = 0; j < len; j++) {
			struct group group;

			if (quiet_person_until(turn_view(request->turn), leads[j]) == 0 &&
			    private_group_find(turn_view(request->turn), leads[j], &group))
				ask_privately(request, &sides[i], &group);
		}
	}
}
