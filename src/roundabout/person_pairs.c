#include "roundabout/person_pairs.h"

enum { Q_FORGET_ANSWERER, Q_MAX };

static const char *const sql[] = {
	[Q_FORGET_ANSWERER] = "UPDATE roundabout_side SET person = NULL, message = NULL WHERE person IN " LINK_MEMBERS,
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements person_pairs_statements = { "person pairs", sql, Q_MAX };

const struct memory person_pairs = { &person_pairs_statements, NULL, Q_FORGET_ANSWERER, Q_MAX };
