#include "say/month.h"

#include "text/zone.h"

int64_t month_before_ms(const struct house *house, int64_t at_ms)
{
	struct wall wall = zone_wall(house->zone, at_ms), day = wall_add_months(&wall, -1);

	return zone_day_start(house->zone, &day);
}
