/*
 * What happens to a room as a whole: invitations, joining and being introduced, being removed,
 * encryption, a successor. The config decides where we go; a room's own claims never do.
 */
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "config/config.h"
#include "engine/engine_internal.h"
#include "people/group.h"
#include "people/person.h"
#include "people/private.h"
#include "people/room.h"
#include "say/introduction.h"
#include "say/warnings.h"
#include "store/gap.h"
#include "store/inbox.h"
#include "store/incident.h"
#include "store/outbox_owner.h"

/* How a room is called in a warning: its group's name when it is one of ours. */
static const char *room_name(struct turn *turn, const struct room *room)
{
	return room->group ? group_get(turn_view(turn), room->group).name : room->id;
}

/* So many direct rooms of one id we are in at a time: who lost the old ones gets new ones, and nobody fills the house. */
enum { DIRECT_ROOMS_MAX = 5 };

/*
 * Whom we know may have us alone: who stands in the config or ever wrote to us. What is stored about him is told there,
 * and emoji are compared there (MATRIX.md 8.9), as clients do it.
 */
static bool may_talk_alone(struct view *view, const struct config *config, const struct room_update *update)
{
	const char *with = update->direct_with;
	const struct config_person *person = with ? config_person_of(config, with) : NULL;

	if (person && person->roles & ROLES_OF_OFFICE)
		return true;
	return with && person_find_by_sender(view, with, &(struct person){ 0 }) && private_count_rooms(view, with, update->room) < DIRECT_ROOMS_MAX;
}

static bool may_invite(struct view *view, const struct config *config, const struct room_update *update)
{
	/* A portal's channel is only known inside, so a bridge bot we trust may ask us into any room. */
	bool known_room = config_group_of_room(config, update->room) || (update->other && str_equal(update->other, config->bridge.bot));

	return update->other && ((config_may_invite(config, update->other) && known_room) || may_talk_alone(view, config, update));
}

/* An invitation: in when the config knows both the room and who asks, out otherwise (MATRIX.md 2.12). */
static void answer_invite(struct engine *engine, struct turn *turn, const struct room_update *update)
{
	if (may_invite(turn_view(turn), engine->house.config, update)) {
		log_info("room.join", "room=\"%s\" inviter=\"%s\"", update->room, update->other);
		room_wish(turn, update->room, ROOM_WISH_JOIN, update->via);
		return;
	}
	log_warn("room.invite_refused", "room=\"%s\" inviter=\"%s\"", update->room, update->other ? update->other : "?");
	(void)incident_note(turn, "room.invite_refused", update->room,
	                    "Somebody invited the bot to a room that the config does not name, or who may not invite it; it declined.");
	room_wish(turn, update->room, ROOM_WISH_LEAVE, NULL);
}

static void leave_behind(struct engine *engine, struct turn *turn, const struct room *before, const struct room *room)
{
	if (before->membership != MEMBERSHIP_JOINED)
		return;
	(void)outbox_cancel_room(turn, room->id, "not in the room any more");
	gap_drop_room(turn, room->id);
	if (engine->crypto)
		crypto_leave(engine->crypto, turn, room->id);
	inbox_forget_gap(turn, room->id);
	log_warn("room.left", "room=\"%s\" banned=%d", room->id, room->membership == MEMBERSHIP_BANNED);
	incident_clear(turn, "room.silenced", room->id);
	if (!room->group)
		return;
	(void)incident_note(turn, "room.removed", room->id, "The bot was taken out of this room, which the config names; it says nothing there.");
	warn_removed(&engine->house, turn, room->id, room_name(turn, room), room->membership == MEMBERSHIP_BANNED);
}

/* A room that was replaced is closed to everybody, and the config's rooms are the ones that count. */
static bool is_silenced(const struct room *room)
{
	return room->group && room->membership == MEMBERSHIP_JOINED && !room->successor && !room_may_speak(room);
}

/*
 * The room's power levels took our voice, or gave it back (MATRIX.md 3.4, 9.13). What there was to say is dropped, as
 * after the server's own no: a heap of old answers, days later, would help nobody.
 */
static void mind_voice(struct engine *engine, struct turn *turn, const struct room *before, const struct room *room)
{
	if (is_silenced(room) == is_silenced(before))
		return;
	if (is_silenced(before)) {
		incident_clear(turn, "room.silenced", room->id);
		log_info("room.voice", "room=\"%s\"", room->id);
		return;
	}
	outbox_unseal_room(turn, room->id, "the bot may not speak in the room");
	(void)incident_raise(turn, "room.silenced", room->id,
	                     "The room's power levels do not let the bot speak here. Commands are still carried out; their answers are not given.");
	warn_silenced(&engine->house, turn, room->id, room_name(turn, room));
}

/* A tombstone (MATRIX.md 2.14): the coordinators decide in the config, we do not follow by ourselves. */
static void follow_tombstone(struct engine *engine, struct turn *turn, const struct room *room)
{
	const struct config_group *group = config_group_of_room(engine->house.config, room->successor);

	log_warn("room.replaced", "room=\"%s\" successor=\"%s\"", room->id, room->successor);
	if (group) {
		room_wish(turn, room->successor, ROOM_WISH_JOIN, NULL);
		return;
	}
	(void)incident_note(turn, "room.replaced", room->id, "This room was replaced by another; name the new room in the config and invite the bot.");
	warn_replaced(&engine->house, turn, room->id, room_name(turn, room), room->successor);
}

static struct room make_private(struct engine *engine, struct turn *turn, const struct room_update *update)
{
	const char *name = private_group_name(turn_arena(turn), update->direct_with);

	room_make_private(turn, update->room, name, engine->house.config->neighbourhood.language);
	return room_get(turn_view(turn), update->room);
}

/* Does it stay what it is for: his, and nobody else's to read along? He himself may come with another of his ids. */
static bool is_still_private(struct engine *engine, struct turn *turn, const struct group *group, const struct room_update *update)
{
	struct view *view = turn_view(turn);
	const char *own = engine->house.config->homeserver.user;
	struct person person, his;

	for (size_t i = 0; i < update->members_len; i++) {
		const struct member *member = &update->members[i];
		bool is_he = str_equal(private_group_name(turn_arena(turn), member->id), group->name);
		bool is_in = member->membership == MEMBERSHIP_JOINED || member->membership == MEMBERSHIP_INVITED;

		if (is_he && !is_in)
			return false;
		if (is_he || !is_in || str_equal(member->id, own))
			continue;
		if (!person_find_by_sender(view, member->id, &person) || !private_find_person(view, group, &his) || his.id != person.id)
			return false;
	}
	return true;
}

/* A direct room that somebody else came into, or that he left: we go, and what waited to be said there is not said. */
static bool leave_when_not_private(struct engine *engine, struct turn *turn, const struct room *room, const struct room_update *update)
{
	struct group group;

	if (!room->group || update->membership != MEMBERSHIP_JOINED)
		return false;
	group = group_get(turn_view(turn), room->group);
	if (group.kind != GROUP_KIND_PRIVATE || is_still_private(engine, turn, &group, update))
		return false;
	log_warn("room.not_private", "room=\"%s\"", room->id);
	(void)outbox_cancel_room(turn, room->id, "not alone in the room any more");
	room_end_private(turn, room->id);
	room_wish(turn, room->id, ROOM_WISH_LEAVE, NULL);
	return true;
}

static void begin(struct turn *turn, struct room *room, const struct room_update *update)
{
	int64_t from_ms = turn_now_ms(turn);

	if (room->live_from_ms)
		return;
	if (update->joined_now)
		from_ms = update->joined_at_ms;
	else if (update->events_len > update->history_len && update->events[update->history_len].sent_at_ms < from_ms)
		from_ms = update->events[update->history_len].sent_at_ms;
	room_set_live(turn, room->id, from_ms);
	room->live_from_ms = from_ms;
	incident_clear(turn, "room.invite_refused", room->id);
	log_info("room.live", "room=\"%s\" group=%s", room->id, room_name(turn, room));
}

/* Once in the life of a room, also when we knew it before somebody took us in. */
static void introduce(struct engine *engine, struct turn *turn, const struct room *room, const struct room_update *update)
{
	struct group group;

	if (!update->joined_now || !room_take_introduction(turn, room->id))
		return;
	group = group_get(turn_view(turn), room->group);
	introduction_say(&engine->house, turn, &group);
}

/* Do we know him from somewhere: by the config, as somebody who wrote to us, or as one whom the bridge brings? */
static bool is_expected(const struct config *config, struct turn *turn, const struct group *group, const char *user)
{
	struct person person;

	if (config_person_of(config, user) || config_may_invite(config, user) || person_find_by_sender(turn_view(turn), user, &person))
		return true;
	return group->bridged && config_is_ghost(config, user);
}

void rooms_tell_newcomers(struct engine *engine, struct turn *turn)
{
	const char *id, *user;

	while (crypto_next_newcomer(turn, &id, &user)) {
		struct group group;

		if (!group_find_by_room(turn_view(turn), id, &group) || is_expected(engine->house.config, turn, &group, user))
			continue;
		log_warn("room.newcomer", "room=\"%s\" user=\"%s\"", id, user);
		warn_newcomer(&engine->house, turn, id, group.name, user);
	}
}

struct room rooms_update(struct engine *engine, struct turn *turn, const struct room_update *update)
{
	struct room before, room;

	if (!room_find(turn_view(turn), update->room, &before))
		before = (struct room){ .membership = MEMBERSHIP_LEFT };
	room = room_update(turn, engine->house.config, update);
	if (engine->crypto) {
		crypto_take_room(engine->crypto, turn, update);
		rooms_tell_newcomers(engine, turn);
	}
	if (update->direct_with && !room.group && (update->membership == MEMBERSHIP_JOINED || may_talk_alone(turn_view(turn), engine->house.config, update)))
		room = make_private(engine, turn, update);
	if (leave_when_not_private(engine, turn, &room, update))
		return room_get(turn_view(turn), room.id);
	switch (update->membership) {
	case MEMBERSHIP_INVITED:
		answer_invite(engine, turn, update);
		return room;
	case MEMBERSHIP_LEFT:
	case MEMBERSHIP_BANNED:
		room_wish_done(turn, room.id);
		leave_behind(engine, turn, &before, &room);
		return room;
	case MEMBERSHIP_JOINED:
		incident_clear(turn, "room.join_failed", room.id);
		if (before.membership != MEMBERSHIP_JOINED)
			incident_clear(turn, "room.removed", room.id);
		room_wish_done(turn, room.id);
		break;
	}
	/* What was frozen in the clear may not go out any more. */
	if (room.encrypted && !before.encrypted)
		outbox_unseal_room(turn, room.id, "the room is encrypted now");
	mind_voice(engine, turn, &before, &room);
	if (room.successor && !before.successor)
		follow_tombstone(engine, turn, &room);
	if (room.group) {
		holders_watch(engine, turn, &room, update);
		begin(turn, &room, update);
		introduce(engine, turn, &room, update);
	}
	return room;
}

void rooms_start(struct engine *engine, struct view *view)
{
	enum room_wish wish;
	const char *id, *via;

	if (engine->entering || !engine->connected || engine->enter_backoff.until_ms > engine_now_ms(engine))
		return;
	if (room_find_wish(view, &id, &wish, &via)) {
		engine->entering = true;
		if (wish == ROOM_WISH_JOIN)
			engine->transport->join(engine->transport->self, id, via);
		else
			engine->transport->leave(engine->transport->self, id);
	} else {
		/* What we waited for is over by itself; nothing is left to wake up for. */
		backoff_succeed(&engine->enter_backoff);
	}
}

static void note_entered(struct turn *turn, void *context)
{
	const struct arrival *arrival = context;

	if (arrival->outcome == OUTCOME_REFUSED)
		(void)incident_note(turn, "room.join_failed", arrival->room, "The server does not let the bot join or leave this room; invite it once more.");
	room_wish_done(turn, arrival->room);
}

void rooms_entered(struct engine *engine, struct arrival *arrival)
{
	engine->entering = false;
	switch (arrival->outcome) {
	case OUTCOME_OK:
	case OUTCOME_REFUSED:
	case OUTCOME_TOO_BIG:
		backoff_succeed(&engine->enter_backoff);
		if (!engine_turn(engine, note_entered, arrival))
			backoff_fail(engine, &engine->enter_backoff, 0);
		return;
	case OUTCOME_TROUBLE:
	case OUTCOME_LIMITED:
	case OUTCOME_SERVER:
	case OUTCOME_LOGOUT:
		backoff_fail(engine, &engine->enter_backoff, arrival->retry_after_ms);
		log_warn("room.join_failed", "room=\"%s\" why=%s", arrival->room, arrival->error ? arrival->error : "?");
		return;
	}
}
