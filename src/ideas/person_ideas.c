#include "ideas/person_ideas.h"

enum {
	Q_LIST,
	Q_COUNT_SUPPORT,
	Q_FORGET_THUMBS,
	Q_FORGET_HELP,
	Q_FORGET_PLACES,
	Q_FORGET_PHOTOS,
	Q_FORGET_OLD_WORDS,
	Q_UNINDEX_ARCHIVED,
	Q_FORGET_ARCHIVED,
	Q_FORGET_INDEX,
	Q_MAX
};

#define HIS      "author IN " LINK_MEMBERS
#define ARCHIVED HIS " AND state = 'archived'"

static const char *const sql[] = {
	[Q_LIST] = "SELECT id FROM idea WHERE " HIS " AND state <> 'archived' ORDER BY id DESC LIMIT ?2",
	[Q_COUNT_SUPPORT] = "SELECT count(*) FROM (SELECT idea FROM idea_thumb WHERE person IN " LINK_MEMBERS
	                    " UNION SELECT idea FROM idea_helper WHERE person IN " LINK_MEMBERS ")",
	[Q_FORGET_THUMBS] = "DELETE FROM idea_thumb WHERE person IN " LINK_MEMBERS,
	[Q_FORGET_HELP] = "DELETE FROM idea_helper WHERE person IN " LINK_MEMBERS,
	[Q_FORGET_PLACES] = "UPDATE idea SET geo_uri = NULL, place = NULL WHERE " HIS,
	[Q_FORGET_PHOTOS] = "DELETE FROM idea_photo WHERE idea IN (SELECT id FROM idea WHERE " HIS ") OR media IN " MEMORY_FILES,
	[Q_FORGET_OLD_WORDS] = "UPDATE idea_change SET old_text = NULL WHERE idea IN (SELECT id FROM idea WHERE " HIS ")",
	[Q_UNINDEX_ARCHIVED] = "INSERT INTO idea_search (idea_search, rowid, folded) SELECT 'delete', id, folded FROM idea WHERE " ARCHIVED " AND text <> ''",
	[Q_FORGET_ARCHIVED] = "UPDATE idea SET text = '', folded = '' WHERE " ARCHIVED,
	/* What was taken out of the index stands in it until its parts are merged. */
	[Q_FORGET_INDEX] = "INSERT INTO idea_search (idea_search) SELECT 'optimize' WHERE EXISTS (SELECT 1 FROM idea WHERE " HIS ")",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements person_ideas_statements = { "person ideas", sql, Q_MAX };

static const struct memory_told told[] = {
	{ "mine.ideas", MEMORY_NUMBERS, Q_LIST },
	{ "mine.support", MEMORY_COUNT, Q_COUNT_SUPPORT },
	{ .key = NULL },
};

const struct memory person_ideas = { &person_ideas_statements, told, Q_FORGET_THUMBS, Q_MAX };
