#include "ideas/family.h"

#include "base/arena.h"
#include "base/str.h"
#include "ideas/history.h"

enum { Q_LIST, Q_JOIN, Q_PART, Q_FOLLOW, Q_COURSE, Q_MAX };

static const char *const sql[] = {
	[Q_LIST] = "SELECT x.id FROM idea i JOIN idea x ON x.id IN " IDEA_FAMILY " WHERE i.id = ?1 ORDER BY x.id LIMIT ?2",
	[Q_JOIN] = "UPDATE idea SET joined_into = ?2, alike = NULL WHERE id = ?1",
	[Q_PART] = "UPDATE idea SET joined_into = NULL WHERE id = ?1",
	[Q_FOLLOW] = "UPDATE idea SET joined_into = nullif(?2, id) WHERE joined_into = ?1",
	[Q_COURSE] = "UPDATE idea SET state = ?2, route = ?3, remark = ?4 WHERE id = ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements idea_family_statements = { "ideas/family", sql, Q_MAX };

int64_t idea_family_of(const struct idea *idea)
{
	return idea->joined_into ? idea->joined_into : idea->id;
}

int64_t *idea_family_list(struct view *view, int64_t id, size_t *ret_len)
{
	struct stmt *q = view_query(view, &idea_family_statements, Q_LIST);
	int64_t *ids = arena_array(view_arena(view), int64_t, IDEA_FAMILY_MAX);
	size_t len = 0;

	stmt_bind_int(q, 1, id);
	stmt_bind_int(q, 2, IDEA_FAMILY_MAX);
	while (stmt_step(q))
		ids[len++] = stmt_int(q, 0);
	*ret_len = len;
	return ids;
}

/* A statement about one idea, and perhaps another. */
static void change(struct turn *turn, size_t query, int64_t id, int64_t other)
{
	struct stmt *q = turn_query(turn, &idea_family_statements, query);

	stmt_bind_int(q, 1, id);
	if (other)
		stmt_bind_int(q, 2, other);
	(void)stmt_run(q);
}

static void set_course(struct turn *turn, int64_t id, int64_t person, const struct idea_course *course)
{
	struct stmt *q = turn_query(turn, &idea_family_statements, Q_COURSE);

	stmt_bind_int(q, 1, id);
	stmt_bind_text(q, 2, idea_state_format(course->state));
	stmt_bind_text(q, 3, idea_route_format(course->route));
	stmt_bind_text(q, 4, course->remark);
	(void)stmt_run(q);
	idea_change_add(turn, &(struct idea_change){ .idea = id, .what = IDEA_CHANGE_STATE, .person = person, .state = course->state,
		.route = course->route, .remark = course->remark });
}

static bool is_so(const struct idea *idea, const struct idea_course *course)
{
	return str_equal(idea_state_format(idea->state), idea_state_format(course->state)) && idea->route == course->route &&
	       str_equal(idea->remark, course->remark);
}

enum idea_join_verdict idea_join(struct turn *turn, int64_t id, int64_t other, int64_t person)
{
	struct view *view = turn_view(turn);
	struct idea idea = idea_get(view, id), into = idea_get(view, other);
	struct idea_course course = { into.state, into.route, into.remark };
	int64_t head = idea_family_of(&into);
	int64_t *ids;
	size_t len;

	if (idea.state == IDEA_ARCHIVED || into.state == IDEA_ARCHIVED)
		return IDEA_JOIN_GONE;
	if (head == idea_family_of(&idea))
		return IDEA_JOIN_TOGETHER;
	ids = idea_family_list(view, id, &len);
	for (size_t i = 0; i < len; i++) {
		change(turn, Q_JOIN, ids[i], head);
		idea_change_add(turn, &(struct idea_change){ .idea = ids[i], .what = IDEA_CHANGE_JOINED, .person = person, .other = head });
		if (!is_so(&idea, &course))
			set_course(turn, ids[i], person, &course);
	}
	return IDEA_JOINED;
}

void idea_leave(struct turn *turn, int64_t id, int64_t person)
{
	int64_t *ids;
	size_t len;

	ids = idea_family_list(turn_view(turn), id, &len);
	if (len < 2)
		return;
	change(turn, Q_PART, id, 0);
	change(turn, Q_FOLLOW, id, ids[0] == id ? ids[1] : ids[0]);
	idea_change_add(turn, &(struct idea_change){ .idea = id, .what = IDEA_CHANGE_PARTED, .person = person });
}

enum idea_route_verdict idea_set_course(struct turn *turn, int64_t id, int64_t person, const struct idea_course *course)
{
	struct view *view = turn_view(turn);
	struct idea idea = idea_get(view, id);
	int64_t *ids;
	size_t len;

	if (idea.state == IDEA_ARCHIVED)
		return IDEA_ROUTE_GONE;
	if (course->state == IDEA_NOT_NOW && str_empty(course->remark))
		return IDEA_ROUTE_NO_REASON;
	if (is_so(&idea, course))
		return IDEA_ROUTE_SAME;
	ids = idea_family_list(view, id, &len);
	for (size_t i = 0; i < len; i++)
		set_course(turn, ids[i], person, course);
	return IDEA_ROUTE_SET;
}
