#include "actions/person_actions.h"

enum {
	Q_LIST,
	Q_COUNT_APPLAUSE,
	Q_FORGET_TAKER,
	Q_FORGET_SETTLER,
	Q_FORGET_DROPPED,
	Q_FORGET_APPLAUSE,
	Q_FORGET_QUIET,
	Q_MAX
};

static const char *const sql[] = {
	[Q_LIST] = "SELECT id FROM action WHERE state <> 'dropped' AND (author IN " LINK_MEMBERS " OR taker IN " LINK_MEMBERS ") ORDER BY id DESC LIMIT ?2",
	[Q_COUNT_APPLAUSE] = "SELECT count(*) FROM applause WHERE giver IN " LINK_MEMBERS " OR person IN " LINK_MEMBERS,
	[Q_FORGET_TAKER] = "UPDATE action SET taker = NULL WHERE taker IN " LINK_MEMBERS,
	[Q_FORGET_SETTLER] = "UPDATE action SET settled_by = NULL, reason = NULL WHERE settled_by IN " LINK_MEMBERS,
	[Q_FORGET_DROPPED] = "UPDATE action SET text = '', reason = NULL WHERE state = 'dropped' AND author IN " LINK_MEMBERS,
	[Q_FORGET_APPLAUSE] = "DELETE FROM applause WHERE person IN " LINK_MEMBERS,
	[Q_FORGET_QUIET] = "DELETE FROM applause_quiet WHERE person IN " LINK_MEMBERS,
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements person_actions_statements = { "person actions", sql, Q_MAX };

static const struct memory_told told[] = {
	{ "mine.actions", MEMORY_NUMBERS, Q_LIST },
	{ "mine.applause", MEMORY_COUNT, Q_COUNT_APPLAUSE },
	{ .key = NULL },
};

const struct memory person_actions = { &person_actions_statements, told, Q_FORGET_TAKER, Q_MAX };
