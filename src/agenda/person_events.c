#include "agenda/person_events.h"

enum {
	Q_LIST,
	Q_COUNT_COMING,
	Q_LIST_CHAIRS,
	Q_FORGET_DRAFTS,
	Q_FORGET_TYPED,
	Q_FORGET_COMING,
	Q_FORGET_CHAIRS,
	Q_FORGET_CHAIRED,
	Q_FORGET_WHY,
	Q_FORGET_WHY_ONCE,
	Q_FORGET_WHY_BEFORE,
	Q_MAX
};

/* The changes that he gave a reason for. */
#define HIS_REASONS "agenda_version WHERE person IN " LINK_MEMBERS " AND reason IS NOT NULL"

static const char *const sql[] = {
	[Q_LIST] = "SELECT id FROM agenda_event WHERE author IN " LINK_MEMBERS " ORDER BY id DESC LIMIT ?2",
	[Q_COUNT_COMING] = "SELECT count(DISTINCT event || ' ' || day) FROM agenda_attendance WHERE person IN " LINK_MEMBERS,
	[Q_LIST_CHAIRS] = "SELECT DISTINCT event FROM agenda_chair WHERE person IN " LINK_MEMBERS " ORDER BY event DESC LIMIT ?2",
	[Q_FORGET_DRAFTS] = "DELETE FROM agenda_draft WHERE author IN " LINK_MEMBERS,
	[Q_FORGET_TYPED] = "UPDATE agenda_event SET typed = '' WHERE author IN " LINK_MEMBERS,
	[Q_FORGET_COMING] = "DELETE FROM agenda_attendance WHERE person IN " LINK_MEMBERS,
	[Q_FORGET_CHAIRS] = "DELETE FROM agenda_chair WHERE person IN " LINK_MEMBERS,
	[Q_FORGET_CHAIRED] = "UPDATE agenda_chaired SET person = NULL, name = '' WHERE person IN " LINK_MEMBERS,
	[Q_FORGET_WHY] = "UPDATE agenda_event SET reason = NULL WHERE id IN (SELECT event FROM " HIS_REASONS ")",
	[Q_FORGET_WHY_ONCE] = "UPDATE agenda_exception SET reason = NULL WHERE (event, day) IN (SELECT event, day FROM " HIS_REASONS ")",
	[Q_FORGET_WHY_BEFORE] = "UPDATE agenda_version SET reason = NULL WHERE person IN " LINK_MEMBERS " AND reason IS NOT NULL",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements person_events_statements = { "person events", sql, Q_MAX };

static const struct memory_told told[] = {
	{ "mine.events", MEMORY_NUMBERS, Q_LIST },
	{ "mine.coming", MEMORY_COUNT, Q_COUNT_COMING },
	{ "mine.chairs", MEMORY_NUMBERS, Q_LIST_CHAIRS },
	{ .key = NULL },
};

const struct memory person_events = { &person_events_statements, told, Q_FORGET_DRAFTS, Q_MAX };
