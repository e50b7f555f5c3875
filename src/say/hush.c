#include "say/hush.h"

#include "base/clock.h"
#include "base/log.h"
#include "say/warnings.h"
#include "store/incident.h"
#include "store/timer.h"

#define HUSH_INCIDENT "room.hushed"
#define HUSH_MS       (30 * MS_PER_MINUTE)

void hush_begin(const struct house *house, struct turn *turn, const char *room, const char *name)
{
	timer_set(turn, HUSH_TIMER, room, turn_now_ms(turn) + HUSH_MS);
	log_warn("room.hushed", "room=\"%s\"", room);
	(void)incident_raise(turn, HUSH_INCIDENT, room,
	                     "The bot answered far too much in this room, perhaps another bot. It is silent there for half an hour; commands are still carried out.");
	warn_hushed(house, turn, room, name);
}

bool hush_holds(struct view *view, const char *room)
{
	int64_t until_ms;

	return timer_find(view, HUSH_TIMER, room, &until_ms);
}

void hush_fire(const struct house *house, struct turn *turn, const char *subject, int64_t due_at_ms)
{
	(void)house;
	(void)due_at_ms;
	incident_clear(turn, HUSH_INCIDENT, subject);
}
