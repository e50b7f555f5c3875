#include "ideas/idea.h"

#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "ideas/family.h"
#include "ideas/history.h"
#include "ideas/news.h"
#include "ideas/organisation.h"
#include "ideas/query.h"
#include "ideas/similar.h"
#include "people/link.h"
#include "text/mask.h"
#include "text/unicode.h"

enum {
	Q_ADD,
	Q_TWIN,
	Q_EDIT,
	Q_INDEX,
	Q_UNINDEX,
	Q_ARCHIVE,
	Q_KEEP_TWICE,
	Q_BY_ID,
	Q_BY_SOURCE,
	Q_BY_MESSAGE,
	Q_BY_PHOTO,
	Q_LATEST,
	Q_ADD_MESSAGE,
	Q_ADD_PHOTO,
	Q_REMOVE_PHOTO,
	Q_SET_PLACE,
	Q_ADD_THUMB,
	Q_REMOVE_THUMB,
	Q_SET_ALIKE,
	Q_LIST,
	Q_LIST_CORE,
	Q_LIST_STATE,
	Q_LIST_CORE_STATE,
	Q_NEAR,
	Q_MATCH,
	Q_LIKE,
	Q_MAX
};

/* Persons with a thumb for any of the ideas that go together, without those who had them. */
#define SUPPORT                                                                                                \
	"(SELECT count(DISTINCT " LINK_SELF("t.person") ") FROM idea_thumb t WHERE t.idea IN " IDEA_FAMILY " AND NOT EXISTS (" \
	"SELECT 1 FROM idea a WHERE a.id IN " IDEA_FAMILY " AND " LINK_SELF("a.author") " = " LINK_SELF("t.person") " AND a.paper_name IS NULL))"

#define ROW                                                                                                     \
	"i.id, i.author, i.app_group, ifnull(i.core, 0), i.event, i.said_at_ms, i.text, i.state, ifnull(i.same_as, 0), i.geo_uri, i.place, " \
	SUPPORT ", "                                                                           \
	"(SELECT count(*) FROM idea_photo p JOIN media m ON m.id = p.media WHERE p.idea = i.id AND m.state <> 'failed'), " \
	"(SELECT count(DISTINCT " LINK_SELF("h.person") ") FROM idea_helper h WHERE h.idea IN " IDEA_FAMILY "), "   \
	"i.route, i.remark, ifnull(i.joined_into, 0), ifnull(i.alike, 0), i.paper_name, i.of_organisation"

#define LISTED "i.state <> 'archived'"
/* ?5: 1 those with supporters, 0 those without, NULL all. */
#define IN_STATE "i.state = ?3 AND i.route IS ?4 AND (?5 IS NULL OR ?5 = (" SUPPORT " > 0)) AND " LISTED
#define PAGE   " ORDER BY i.id DESC LIMIT ?2 OFFSET ?1"

static const char *const sql[] = {
	[Q_ADD] = "INSERT INTO idea (author, app_group, core, event, said_at_ms, text, folded, state, same_as, paper_name, of_organisation)"
	          " VALUES (?1, ?2, nullif(?3, 0), ?4, ?5, ?6, ?7, 'new', nullif(?8, 0), ?9, ?10)",
	[Q_TWIN] = "SELECT id FROM idea WHERE author = ?1 AND said_at_ms = ?2 AND folded = ?3 AND state <> 'archived' ORDER BY id LIMIT 1",
	[Q_EDIT] = "UPDATE idea SET text = ?2, folded = ?3 WHERE id = ?1",
	[Q_INDEX] = "INSERT INTO idea_search (rowid, folded) SELECT id, folded FROM idea WHERE id = ?1",
	[Q_UNINDEX] = "INSERT INTO idea_search (idea_search, rowid, folded) SELECT 'delete', id, folded FROM idea WHERE id = ?1",
	[Q_ARCHIVE] = "UPDATE idea SET state = 'archived', paper_name = NULL WHERE id = ?1 AND state <> 'archived'",
	[Q_KEEP_TWICE] = "UPDATE idea SET same_as = NULL WHERE id = ?1",
	[Q_BY_ID] = "SELECT " ROW " FROM idea i WHERE i.id = ?1",
	[Q_BY_SOURCE] = "SELECT " ROW " FROM idea i WHERE i.event = ?1",
	[Q_BY_MESSAGE] = "SELECT " ROW " FROM idea_message x JOIN idea i ON i.id = x.idea WHERE x.event = ?1",
	[Q_BY_PHOTO] = "SELECT " ROW " FROM idea_photo x JOIN idea i ON i.id = x.idea WHERE x.media = ?1",
	[Q_LATEST] = "SELECT " ROW " FROM idea i WHERE i.author = ?1 AND i.said_at_ms >= ?3 AND i.app_group = ?2 AND " LISTED
	             " ORDER BY i.said_at_ms DESC, i.id DESC LIMIT 1",
	[Q_ADD_MESSAGE] = "INSERT INTO idea_message (event, idea) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
	[Q_ADD_PHOTO] = "INSERT INTO idea_photo (media, idea) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
	[Q_REMOVE_PHOTO] = "DELETE FROM idea_photo WHERE media = ?1 AND idea = ?2",
	[Q_SET_PLACE] = "UPDATE idea SET geo_uri = ?2, place = ?3 WHERE id = ?1",
	[Q_ADD_THUMB] = "INSERT INTO idea_thumb (event, idea, person, at_ms) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
	[Q_REMOVE_THUMB] = "DELETE FROM idea_thumb WHERE event = ?1",
	[Q_SET_ALIKE] = "UPDATE idea SET alike = nullif(?2, 0) WHERE id = ?1",
	[Q_LIST] = "SELECT " ROW " FROM idea i WHERE " LISTED PAGE,
	[Q_LIST_CORE] = "SELECT " ROW " FROM idea i WHERE i.core = ?3 AND " LISTED PAGE,
	[Q_LIST_STATE] = "SELECT " ROW " FROM idea i WHERE " IN_STATE PAGE,
	[Q_LIST_CORE_STATE] = "SELECT " ROW " FROM idea i WHERE i.core = ?6 AND " IN_STATE PAGE,
	[Q_NEAR] = "SELECT i.id, ifnull(i.joined_into, i.id), i.folded FROM idea_search s JOIN idea i ON i.id = s.rowid WHERE s.folded MATCH ?3"
	           " AND s.rowid >= ?1 AND s.rowid < ?2 AND i.state NOT IN ('archived', 'done') ORDER BY s.rowid DESC LIMIT ?4",
	[Q_MATCH] = "SELECT " ROW " FROM idea_search s JOIN idea i ON i.id = s.rowid WHERE s.folded MATCH ?3 AND " LISTED
	            " ORDER BY s.rowid DESC LIMIT ?2 OFFSET ?1",
	[Q_LIKE] = "SELECT " ROW " FROM idea i WHERE i.folded LIKE ?3 ESCAPE '\\' AND " LISTED PAGE,
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements idea_statements = { "ideas", sql, Q_MAX };

/* IDEA_SUPPORTED is not stored: it is IDEA_NEW with thumbs. */
static const char *const state_words[] = {
	[IDEA_NEW] = "new",
	[IDEA_SUPPORTED] = "new",
	[IDEA_BUDGET] = "budget",
	[IDEA_ROUTED] = "routed",
	[IDEA_DONE] = "done",
	[IDEA_NOT_NOW] = "not_now",
	[IDEA_ARCHIVED] = "archived",
};

static const char *const route_words[] = {
	[IDEA_ROUTE_NONE] = NULL,
	[IDEA_ROUTE_INITIATIVE] = "initiative",
	[IDEA_ROUTE_PLAN] = "plan",
	[IDEA_ROUTE_CORPORATION] = "corporation",
	[IDEA_ROUTE_JUST_DO] = "just_do",
};

const char *idea_state_format(enum idea_state state)
{
	return state_words[state];
}

const char *idea_route_format(enum idea_route route)
{
	return route_words[route];
}

enum idea_state idea_state_read(struct stmt *q, int column)
{
	return (enum idea_state)stmt_word(q, column, state_words, ARRAY_LEN(state_words));
}

enum idea_route idea_route_read(struct stmt *q, int column)
{
	return (enum idea_route)stmt_word(q, column, route_words, ARRAY_LEN(route_words));
}

static struct idea read_row(struct stmt *q)
{
	struct idea idea = {
		.id = stmt_int(q, 0),
		.author = stmt_int(q, 1),
		.group = stmt_int(q, 2),
		.core = stmt_int(q, 3),
		.event = stmt_text(q, 4),
		.said_at_ms = stmt_int(q, 5),
		.text = stmt_text(q, 6),
		.state = idea_state_read(q, 7),
		.same_as = stmt_int(q, 8),
		.geo_uri = stmt_text(q, 9),
		.place = stmt_text(q, 10),
		.support = stmt_int(q, 11),
		.photos = stmt_int(q, 12),
		.helpers = stmt_int(q, 13),
		.route = idea_route_read(q, 14),
		.remark = stmt_text(q, 15),
		.joined_into = stmt_int(q, 16),
		.alike = stmt_int(q, 17),
		.paper_name = stmt_text(q, 18),
		.of_organisation = stmt_int(q, 19),
	};

	if (idea.state == IDEA_NEW && idea.support)
		idea.state = IDEA_SUPPORTED;
	return idea;
}

static bool read_one(struct stmt *q, struct idea *ret_idea)
{
	if (!stmt_step(q))
		return false;
	*ret_idea = read_row(q);
	stmt_reset(q);
	return true;
}

/* limit is the statement's own: no more rows come. */
static struct idea *read_rows(struct view *view, struct stmt *q, int64_t limit, size_t *ret_len)
{
	struct idea *ideas = arena_array(view_arena(view), struct idea, (size_t)limit);
	size_t len = 0;

	while (stmt_step(q))
		ideas[len++] = read_row(q);
	*ret_len = len;
	return ideas;
}

struct idea idea_get(struct view *view, int64_t id)
{
	struct idea idea;

	if (!idea_find(view, id, &idea))
		die("no idea %lld", (long long)id);
	return idea;
}

/* Without phone numbers and the like: whoever cannot read them must not find out by searching. */
static char *searchable(struct arena *arena, const char *text)
{
	return unicode_fold(arena, mask_contacts(arena, text));
}

/* Around every change of the folded words: Q_UNINDEX before, Q_INDEX after. */
static void index_words(struct turn *turn, size_t query, int64_t id)
{
	struct stmt *q = turn_query(turn, &idea_statements, query);

	stmt_bind_int(q, 1, id);
	(void)stmt_run(q);
}

/* The idea that this draft repeats to the millisecond, or 0: a bridge that recreates a room gives its messages new ids. */
static int64_t find_twin(struct turn *turn, const struct idea_draft *draft, const char *folded)
{
	struct stmt *q = turn_query(turn, &idea_statements, Q_TWIN);
	int64_t twin = 0;

	stmt_bind_int(q, 1, draft->author);
	stmt_bind_int(q, 2, draft->said_at_ms);
	stmt_bind_text(q, 3, folded);
	while (stmt_step(q))
		twin = stmt_int(q, 0);
	return twin;
}

enum idea_add_verdict idea_add(struct turn *turn, const struct idea_draft *draft, struct idea *ret_idea)
{
	const char *folded = searchable(turn_arena(turn), draft->text);
	struct stmt *q;
	int64_t twin, id;

	if (str_empty(draft->text))
		return IDEA_ADD_EMPTY;
	if (utf8_count(draft->text, strlen(draft->text)) > IDEA_TEXT_MAX)
		return IDEA_ADD_TOO_LONG;
	twin = find_twin(turn, draft, folded);
	q = turn_query(turn, &idea_statements, Q_ADD);
	stmt_bind_int(q, 1, draft->author);
	stmt_bind_int(q, 2, draft->group);
	stmt_bind_int(q, 3, draft->core);
	stmt_bind_text(q, 4, draft->event);
	stmt_bind_int(q, 5, draft->said_at_ms);
	stmt_bind_text(q, 6, draft->text);
	stmt_bind_text(q, 7, folded);
	stmt_bind_int(q, 8, twin);
	stmt_bind_text(q, 9, draft->paper_name);
	stmt_bind_int(q, 10, organisation_speaks(folded));
	id = stmt_insert(q);
	index_words(turn, Q_INDEX, id);
	idea_change_add(turn, &(struct idea_change){ .idea = id, .what = IDEA_CHANGE_NOTED, .person = draft->author });
	idea_add_message(turn, id, draft->event);
	*ret_idea = idea_get(turn_view(turn), id);
	return twin ? IDEA_ADDED_TWICE : IDEA_ADDED;
}

enum idea_edit_verdict idea_edit(struct turn *turn, int64_t id, int64_t person, const char *text, struct idea *ret_idea)
{
	struct idea idea = idea_get(turn_view(turn), id);
	struct stmt *q;

	if (idea.state == IDEA_ARCHIVED)
		return IDEA_EDIT_GONE;
	if (str_empty(text))
		return IDEA_EDIT_EMPTY;
	if (utf8_count(text, strlen(text)) > IDEA_TEXT_MAX)
		return IDEA_EDIT_TOO_LONG;
	if (str_equal(text, idea.text))
		return IDEA_EDIT_SAME;
	index_words(turn, Q_UNINDEX, id);
	q = turn_query(turn, &idea_statements, Q_EDIT);
	stmt_bind_int(q, 1, id);
	stmt_bind_text(q, 2, text);
	stmt_bind_text(q, 3, searchable(turn_arena(turn), text));
	(void)stmt_run(q);
	index_words(turn, Q_INDEX, id);
	idea_change_add(turn, &(struct idea_change){ .idea = id, .what = IDEA_CHANGE_EDITED, .person = person, .old_text = idea.text });
	*ret_idea = idea_get(turn_view(turn), id);
	return IDEA_EDITED;
}

bool idea_archive(struct turn *turn, int64_t id, int64_t person)
{
	struct stmt *q;

	idea_leave(turn, id, person);
	q = turn_query(turn, &idea_statements, Q_ARCHIVE);
	stmt_bind_int(q, 1, id);
	if (!stmt_run(q))
		return false;
	idea_news_drop(turn, id);
	idea_change_add(turn, &(struct idea_change){ .idea = id, .what = IDEA_CHANGE_ARCHIVED, .person = person });
	return true;
}

void idea_keep_twice(struct turn *turn, int64_t id)
{
	struct stmt *q = turn_query(turn, &idea_statements, Q_KEEP_TWICE);

	stmt_bind_int(q, 1, id);
	(void)stmt_run(q);
}

bool idea_find(struct view *view, int64_t id, struct idea *ret_idea)
{
	struct stmt *q = view_query(view, &idea_statements, Q_BY_ID);

	stmt_bind_int(q, 1, id);
	return read_one(q, ret_idea);
}

bool idea_find_by_source(struct view *view, const char *event, struct idea *ret_idea)
{
	struct stmt *q = view_query(view, &idea_statements, Q_BY_SOURCE);

	stmt_bind_text(q, 1, event);
	return read_one(q, ret_idea);
}

bool idea_find_by_message(struct view *view, const char *event, struct idea *ret_idea)
{
	struct stmt *q = view_query(view, &idea_statements, Q_BY_MESSAGE);

	stmt_bind_text(q, 1, event);
	return read_one(q, ret_idea);
}

bool idea_find_by_photo(struct view *view, int64_t media, struct idea *ret_idea)
{
	struct stmt *q = view_query(view, &idea_statements, Q_BY_PHOTO);

	stmt_bind_int(q, 1, media);
	return read_one(q, ret_idea);
}

bool idea_find_latest(struct view *view, int64_t author, int64_t group, int64_t since_ms, struct idea *ret_idea)
{
	struct stmt *q = view_query(view, &idea_statements, Q_LATEST);

	stmt_bind_int(q, 1, author);
	stmt_bind_int(q, 2, group);
	stmt_bind_int(q, 3, since_ms);
	return read_one(q, ret_idea);
}

void idea_add_message(struct turn *turn, int64_t id, const char *event)
{
	struct stmt *q = turn_query(turn, &idea_statements, Q_ADD_MESSAGE);

	stmt_bind_text(q, 1, event);
	stmt_bind_int(q, 2, id);
	(void)stmt_run(q);
}

void idea_add_photo(struct turn *turn, int64_t id, int64_t media)
{
	struct stmt *q = turn_query(turn, &idea_statements, Q_ADD_PHOTO);

	stmt_bind_int(q, 1, media);
	stmt_bind_int(q, 2, id);
	(void)stmt_run(q);
}

void idea_remove_photo(struct turn *turn, int64_t id, int64_t media)
{
	struct stmt *q = turn_query(turn, &idea_statements, Q_REMOVE_PHOTO);

	stmt_bind_int(q, 1, media);
	stmt_bind_int(q, 2, id);
	(void)stmt_run(q);
}

void idea_set_place(struct turn *turn, int64_t id, const char *geo_uri, const char *place)
{
	struct stmt *q = turn_query(turn, &idea_statements, Q_SET_PLACE);

	stmt_bind_int(q, 1, id);
	stmt_bind_text(q, 2, geo_uri);
	stmt_bind_text(q, 3, place);
	(void)stmt_run(q);
}

void idea_add_thumb(struct turn *turn, int64_t id, int64_t person, const char *event)
{
	struct stmt *q = turn_query(turn, &idea_statements, Q_ADD_THUMB);

	stmt_bind_text(q, 1, event);
	stmt_bind_int(q, 2, id);
	stmt_bind_int(q, 3, person);
	stmt_bind_int(q, 4, turn_now_ms(turn));
	(void)stmt_run(q);
}

bool idea_remove_thumb(struct turn *turn, const char *event)
{
	struct stmt *q = turn_query(turn, &idea_statements, Q_REMOVE_THUMB);

	stmt_bind_text(q, 1, event);
	return stmt_run(q) > 0;
}

struct idea *idea_list(struct view *view, int64_t core, int64_t skip, int64_t limit, size_t *ret_len)
{
	struct stmt *q = view_query(view, &idea_statements, core ? Q_LIST_CORE : Q_LIST);

	stmt_bind_int(q, 1, skip);
	stmt_bind_int(q, 2, limit);
	if (core)
		stmt_bind_int(q, 3, core);
	return read_rows(view, q, limit, ret_len);
}

struct idea *idea_list_state(struct view *view, int64_t core, enum idea_state state, enum idea_route route, int64_t skip, int64_t limit,
                             size_t *ret_len)
{
	struct stmt *q = view_query(view, &idea_statements, core ? Q_LIST_CORE_STATE : Q_LIST_STATE);

	stmt_bind_int(q, 1, skip);
	stmt_bind_int(q, 2, limit);
	stmt_bind_text(q, 3, idea_state_format(state));
	stmt_bind_text(q, 4, idea_route_format(route));
	if (state == IDEA_NEW || state == IDEA_SUPPORTED)
		stmt_bind_int(q, 5, state == IDEA_SUPPORTED);
	if (core)
		stmt_bind_int(q, 6, core);
	return read_rows(view, q, limit, ret_len);
}

struct idea *idea_search(struct view *view, const char *words, int64_t skip, int64_t limit, size_t *ret_len)
{
	struct arena *arena = view_arena(view);
	const char *folded = unicode_fold(arena, words);
	const char *match = query_format_match(arena, folded);
	struct stmt *q = view_query(view, &idea_statements, match ? Q_MATCH : Q_LIKE);

	stmt_bind_int(q, 1, skip);
	stmt_bind_int(q, 2, limit);
	stmt_bind_text(q, 3, match ? match : query_format_like(arena, folded));
	return read_rows(view, q, limit, ret_len);
}

enum { NEAR_IDS = 1000, NEAR_MAX = 40 };

bool idea_find_alike(struct view *view, const struct idea *idea, struct idea *ret_alike)
{
	struct arena *arena = view_arena(view);
	const struct similar_text *own = similar_text_read(arena, searchable(arena, idea->text));
	const char *match = similar_format_match(arena, own);
	double best = SIMILAR_ENOUGH;
	int64_t alike = 0;
	struct stmt *q;

	if (!match)
		return false;
	q = view_query(view, &idea_statements, Q_NEAR);
	stmt_bind_int(q, 1, idea->id - NEAR_IDS);
	stmt_bind_int(q, 2, idea->id);
	stmt_bind_text(q, 3, match);
	stmt_bind_int(q, 4, NEAR_MAX);
	while (stmt_step(q)) {
		double score = similar_score(own, similar_text_read(arena, stmt_text(q, 2)));

		if (score >= best && stmt_int(q, 1) != idea_family_of(idea)) {
			best = score + 1e-9; /* of equals the newest */
			alike = stmt_int(q, 0);
		}
	}
	return alike && idea_find(view, alike, ret_alike);
}

void idea_set_alike(struct turn *turn, int64_t id, int64_t other)
{
	struct stmt *q = turn_query(turn, &idea_statements, Q_SET_ALIKE);

	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, other);
	(void)stmt_run(q);
}
