/*
 * Those who have a task: are they still in the rooms where they look after things? What anybody may do stands in the
 * config, so a room takes no rights away by losing them; but whoever wants to go unseen would begin by taking out those
 * who watch (MATRIX.md 9.13).
 */
#include "base/log.h"
#include "base/str.h"
#include "config/config.h"
#include "engine/engine_internal.h"
#include "people/group.h"
#include "people/room.h"
#include "say/warnings.h"
#include "store/incident.h"

#define LEFT_INCIDENT "holder.left"

/* A coordinator, treasurer or auditor anywhere, a lead in a group of his own core. */
static bool has_task_in(const struct config_person *person, const struct config_group *group)
{
	if (person->roles & ROLES_OF_OFFICE)
		return true;
	for (size_t i = 0; i < person->leads_len; i++) {
		if (str_equal(person->leads[i], group->core))
			return true;
	}
	return false;
}

/* Whoever changes from one id to another, as WhatsApp makes people do, leaves and comes in the same breath. */
static bool comes_with_another_id(const struct config *config, const struct room_update *update, const struct config_person *person)
{
	for (size_t i = 0; i < update->members_len; i++) {
		if (update->members[i].membership == MEMBERSHIP_JOINED && config_person_of(config, update->members[i].id) == person)
			return true;
	}
	return false;
}

static void note_left(struct engine *engine, struct turn *turn, const struct room *room, const struct group *group, const struct config_person *person)
{
	log_warn(LEFT_INCIDENT, "room=\"%s\" person=%s", room->id, person->label);
	(void)incident_note(turn, LEFT_INCIDENT, arena_printf(turn_arena(turn), "%s %s", person->label, room->id),
	                    "Somebody with a task in the config left this room or was taken out of it; was that meant?");
	warn_holder_left(&engine->house, turn, room->id, group->name, person);
}

void holders_watch(struct engine *engine, struct turn *turn, const struct room *room, const struct room_update *update)
{
	const struct config *config = engine->house.config;
	struct group group;
	const struct config_group *told;

	/* What we find in a room when we come is no news, and from one that was replaced everybody goes. */
	if (!room->live_from_ms || update->joined_now || room->successor || !update->members_len)
		return;
	group = group_get(turn_view(turn), room->group);
	told = config_group_find(config, group.name);
	for (size_t i = 0; told && i < update->members_len; i++) {
		const struct config_person *person = config_person_of(config, update->members[i].id);

		if (!person || !has_task_in(person, told) || update->members[i].membership == MEMBERSHIP_INVITED)
			continue;
		if (comes_with_another_id(config, update, person))
			incident_clear(turn, LEFT_INCIDENT, arena_printf(turn_arena(turn), "%s %s", person->label, room->id));
		else
			note_left(engine, turn, room, &group, person);
	}
}
