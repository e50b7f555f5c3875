#include "command/memories.h"

#include "actions/person_actions.h"
#include "agenda/person_events.h"
#include "budget/person_receipts.h"
#include "command/question.h"
#include "ideas/person_ideas.h"
#include "obligations/person_stories.h"
#include "roundabout/person_pairs.h"

/* The files he sent: those that stay are a receipt's or a result's. What becomes of their bytes: blob_let_go(). */
enum { Q_LET_GO, Q_FORGET_FILES, Q_MAX };

#define LOOSE                                                                                                          \
	"media WHERE sender IN " MEMORY_SENDERS " AND id NOT IN (SELECT media FROM receipt_photo)"                     \
	" AND id NOT IN (SELECT replaced_by FROM receipt_photo WHERE replaced_by IS NOT NULL)"                         \
	" AND id NOT IN (SELECT media FROM story_photo)"

static const char *const sql[] = {
	[Q_LET_GO] = "INSERT INTO blob_gone (hash) SELECT DISTINCT blob FROM " LOOSE " AND blob IS NOT NULL ON CONFLICT DO NOTHING",
	[Q_FORGET_FILES] = "DELETE FROM " LOOSE,
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements files_memory_statements = { "files memory", sql, Q_MAX };

static const struct memory files = { &files_memory_statements, NULL, Q_LET_GO, Q_MAX };

const struct memory *const memories[] = {
	&person_ideas, &person_receipts, &person_events, &person_actions, &person_stories, &person_pairs, &question_memory, &files, NULL,
};
