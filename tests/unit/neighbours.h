/*
 * A few neighbours to try things on, put straight into the tables: two cores with a group each, the
 * coordinators, and four persons. Ids are fixed, so a test can name them.
 */
#ifndef ROTONDE_TESTS_NEIGHBOURS_H
#define ROTONDE_TESTS_NEIGHBOURS_H

#include "unit/scratch.h"

enum { CORE_KRUITBERG = 1, CORE_KLEIBURG = 2 };
enum { GROUP_KRUITBERG = 1, GROUP_KLEIBURG = 2, GROUP_COORDINATORS = 3 };
enum { PERSON_FATIMA = 1, PERSON_LEAD = 2, PERSON_COORDINATOR = 3, PERSON_JOHN = 4 };

#define ROOM_KRUITBERG    "!kruitberg:console"
#define ROOM_KLEIBURG     "!kleiburg:console"
#define ROOM_COORDINATORS "!coordinators:console"

static const char *const neighbours_sql[] = {
	"INSERT INTO core (id, slug, name, area) VALUES (1, 'kruitberg', 'Kruitberg', 'kruitberg'), (2, 'kleiburg', 'Kleiburg', '')",
	"INSERT INTO app_group (id, name, kind, core, is_main, bridged, as_text, language, in_config) VALUES "
	"(1, 'kruitberg', 'core', 1, 1, 0, 0, 'nl', 1), (2, 'kleiburg', 'core', 2, 1, 1, 1, 'en', 1), "
	"(3, 'coordinators', 'coordinators', NULL, 0, 0, 0, 'nl', 1)",
	"INSERT INTO room (room, app_group, membership, live_from_ms) VALUES "
	"('" ROOM_KRUITBERG "', 1, 'joined', 0), ('" ROOM_KLEIBURG "', 2, 'joined', 0), ('" ROOM_COORDINATORS "', 3, 'joined', 0)",
	"INSERT INTO person (id, label, name, language, created_at_ms) VALUES "
	"(1, NULL, 'Fatima', NULL, 0), (2, 'lead', 'Lead', NULL, 0), (3, 'coordinator', 'Coordinator', NULL, 0), (4, NULL, 'John', 'en', 0)",
	"INSERT INTO identity (sender, person, first_person, linked_at_ms) VALUES "
	"('@fatima:console', 1, 1, 0), ('@lead:console', 2, 2, 0), ('@coordinator:console', 3, 3, 0), ('@john:console', 4, 4, 0)",
	"INSERT INTO role (person, role, core) VALUES (2, 'lead', 1), (3, 'coordinator', NULL)",
};

/* Among the rooms that scratch_open() prepares. */
static const struct statements neighbours_statements = { "neighbours", neighbours_sql, ARRAY_LEN(neighbours_sql) };

static inline void neighbours_work(struct turn *turn, void *context)
{
	(void)context;
	for (size_t i = 0; i < ARRAY_LEN(neighbours_sql); i++)
		(void)stmt_run(turn_query(turn, &neighbours_statements, i));
}

/* Have them move in. */
static inline void neighbours_move_in(struct scratch *scratch)
{
	scratch_turn(scratch, neighbours_work, NULL);
}

#endif
