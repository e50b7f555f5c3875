#include "obligations/person_stories.h"

enum { Q_COUNT, Q_FORGET_OLD_WORDS, Q_FORGET_PHOTOS, Q_FORGET_WITHDRAWN, Q_MAX };

#define HIS "story WHERE author IN " LINK_MEMBERS

static const char *const sql[] = {
	[Q_COUNT] = "SELECT count(*) FROM " HIS " AND withdrawn_at_ms IS NULL",
	[Q_FORGET_OLD_WORDS] = "DELETE FROM story_change WHERE story IN (SELECT id FROM " HIS ")",
	[Q_FORGET_PHOTOS] = "DELETE FROM story_photo WHERE story IN (SELECT id FROM " HIS " AND withdrawn_at_ms IS NOT NULL)",
	[Q_FORGET_WITHDRAWN] = "UPDATE story SET text = '' WHERE author IN " LINK_MEMBERS " AND withdrawn_at_ms IS NOT NULL",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements person_stories_statements = { "person stories", sql, Q_MAX };

static const struct memory_told told[] = {
	{ "mine.stories", MEMORY_COUNT, Q_COUNT },
	{ .key = NULL },
};

const struct memory person_stories = { &person_stories_statements, told, Q_FORGET_OLD_WORDS, Q_MAX };
