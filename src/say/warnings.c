#include "say/warnings.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "config/config.h"
#include "say/unasked.h"
#include "text/message.h"
#include "text/zone.h"

#define COORDINATORS_USEFUL_MS (7 * MS_PER_DAY)
#define GROUP_USEFUL_MS        MS_PER_DAY

struct warning {
	const char *room; /* which has the trouble; NULL: none in particular */
	const char *key;
	const char *dedupe;
	const struct message_arg *args;
	size_t args_len;
};

static void tell_coordinators(const struct house *house, struct turn *turn, const struct warning *warning)
{
	struct group to;

	if (!group_find_by_kind(turn_view(turn), GROUP_KIND_COORDINATORS, &to) || !to.room || str_equal(to.room, warning->room)) {
		log_warn("coordinators.unreachable", "about=%s room=\"%s\"", warning->key, warning->room ? warning->room : "");
		return;
	}
	(void)unasked_add(house, turn, &(struct unasked){
		.room = to.room,
		.body = message_format(house->catalogue, turn_arena(turn), to.language, warning->key, warning->args, warning->args_len),
		.dedupe = warning->dedupe,
		.useful_ms = COORDINATORS_USEFUL_MS,
	});
}

static const char *once_ever(struct turn *turn, const char *what, const char *room)
{
	return arena_printf(turn_arena(turn), "warn/%s/%s", what, room);
}

static const char *once_a_day(const struct house *house, struct turn *turn, const char *what, const char *whom)
{
	struct arena *arena = turn_arena(turn);

	return arena_printf(arena, "warn/%s/%s/%s", what, whom, zone_format_date(house->zone, arena, turn_now_ms(turn)));
}

void warn_mute(const struct house *house, struct turn *turn, const char *room, const char *name)
{
	const struct message_arg args[] = { MSG_TEXT("group", name) };

	tell_coordinators(house, turn, &(struct warning){ room, "warn.mute", once_a_day(house, turn, "mute", room), args, ARRAY_LEN(args) });
}

void warn_silenced(const struct house *house, struct turn *turn, const char *room, const char *name)
{
	const struct message_arg args[] = { MSG_TEXT("group", name) };

	tell_coordinators(house, turn, &(struct warning){ room, "warn.silenced", once_a_day(house, turn, "silenced", room), args, ARRAY_LEN(args) });
}

void warn_hushed(const struct house *house, struct turn *turn, const char *room, const char *name)
{
	const struct message_arg args[] = { MSG_TEXT("group", name) };

	tell_coordinators(house, turn, &(struct warning){ room, "warn.hushed", once_a_day(house, turn, "hushed", room), args, ARRAY_LEN(args) });
}

void warn_holder_left(const struct house *house, struct turn *turn, const char *room, const char *name, const struct config_person *person)
{
	const struct message_arg args[] = { MSG_TEXT("group", name), MSG_TEXT("name", person->name) };
	const char *dedupe = once_a_day(house, turn, "holder_left", arena_printf(turn_arena(turn), "%s/%s", room, person->label));

	tell_coordinators(house, turn, &(struct warning){ NULL, "warn.holder_left", dedupe, args, ARRAY_LEN(args) });
}

void warn_deaf(const struct house *house, struct turn *turn, const char *room, const char *name)
{
	const struct message_arg args[] = { MSG_TEXT("group", name) };

	tell_coordinators(house, turn, &(struct warning){ room, "warn.deaf", once_a_day(house, turn, "deaf", room), args, ARRAY_LEN(args) });
}

void warn_identity(const struct house *house, struct turn *turn, const char *user)
{
	const struct message_arg args[] = { MSG_TEXT("user", user) };

	tell_coordinators(house, turn, &(struct warning){ NULL, "warn.identity", once_a_day(house, turn, "identity", user), args, ARRAY_LEN(args) });
}

void warn_removed(const struct house *house, struct turn *turn, const char *room, const char *name, bool banned)
{
	const struct message_arg args[] = { MSG_TEXT("group", name) };
	const char *what = banned ? "banned" : "removed";

	tell_coordinators(house, turn, &(struct warning){ room, banned ? "warn.banned" : "warn.removed", once_a_day(house, turn, what, room), args, ARRAY_LEN(args) });
}

void warn_newcomer(const struct house *house, struct turn *turn, const char *room, const char *name, const char *user)
{
	const struct message_arg args[] = { MSG_TEXT("group", name), MSG_TEXT("user", user) };

	tell_coordinators(house, turn, &(struct warning){ room, "warn.newcomer", once_a_day(house, turn, "newcomer", room), args, ARRAY_LEN(args) });
}

void warn_replaced(const struct house *house, struct turn *turn, const char *room, const char *name, const char *successor)
{
	const struct message_arg args[] = { MSG_TEXT("group", name), MSG_TEXT("room", successor) };

	tell_coordinators(house, turn, &(struct warning){ room, "warn.replaced", once_ever(turn, "replaced", room), args, ARRAY_LEN(args) });
}

void warn_disk_full(const struct house *house, struct turn *turn)
{
	tell_coordinators(house, turn, &(struct warning){ .key = "warn.disk_full", .dedupe = once_a_day(house, turn, "disk_full", "disk") });
}

void warn_expired(const struct house *house, struct turn *turn, const struct group *group)
{
	int64_t days = house->config->neighbourhood.resident_age_ms / MS_PER_DAY;

	if (!group->room)
		return;
	(void)unasked_add(house, turn, &(struct unasked){
		.room = group->room,
		.body = SAY(house->catalogue, turn_arena(turn), group->language, "warn.expired", MSG_INT("days", days)),
		.dedupe = once_a_day(house, turn, "expired", group->name),
		.useful_ms = GROUP_USEFUL_MS,
	});
}

void warn_outage(const struct house *house, struct turn *turn, const struct group *group, int64_t from_ms, int64_t until_ms)
{
	struct arena *arena = turn_arena(turn);
	bool same_day = str_equal(zone_format_date(house->zone, arena, from_ms), zone_format_date(house->zone, arena, until_ms));
	const char *from = zone_format_pattern(house->zone, arena, group->language, "EEEE d MMMM HH:mm", from_ms);
	const char *until = zone_format_pattern(house->zone, arena, group->language, same_day ? "HH:mm" : "EEEE d MMMM HH:mm", until_ms);

	if (!group->room)
		return;
	(void)unasked_add(house, turn, &(struct unasked){
		.room = group->room,
		.body = SAY(house->catalogue, arena, group->language, "warn.outage", MSG_TEXT("from", from), MSG_TEXT("until", until)),
		.dedupe = arena_printf(arena, "outage/%s/%" PRId64, group->name, from_ms),
		.useful_ms = GROUP_USEFUL_MS,
	});
}
