#include "people/person.h"

#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "people/name.h"

enum { Q_BY_SENDER, Q_FIRST_BY_SENDER, Q_GET, Q_ADD, Q_LINK, Q_SENDER, Q_SET_NAME, Q_NAME_IS_SHARED, Q_SET_LANGUAGE, Q_MAX };

static const char *const sql[] = {
	[Q_BY_SENDER] = "SELECT p.id, p.name, p.language FROM identity AS i JOIN person AS p ON p.id = i.person WHERE i.sender = ?1",
	[Q_FIRST_BY_SENDER] = "SELECT p.id, p.name, p.language FROM identity AS i JOIN person AS p ON p.id = i.first_person WHERE i.sender = ?1",
	[Q_GET] = "SELECT id, name, language FROM person WHERE id = ?1",
	[Q_ADD] = "INSERT INTO person (name, created_at_ms) VALUES ('', ?1)",
	[Q_LINK] = "INSERT INTO identity (sender, person, first_person, linked_at_ms) VALUES (?1, ?2, ?2, ?3)",
	[Q_SENDER] = "SELECT sender FROM identity WHERE person = ?1 ORDER BY linked_at_ms DESC, sender LIMIT 1",
	[Q_SET_NAME] = "UPDATE person SET name = ?2, look = ?3 WHERE label IS NULL AND NOT forgotten AND id = ?1",
	/* Nobody writes any more from a row without ids: whoever it was has moved to another. */
	[Q_NAME_IS_SHARED] = ("SELECT 1 FROM person p WHERE p.look = (SELECT look FROM person WHERE id = ?1) AND p.look <> '' AND p.id <> ?1"
	                      " AND EXISTS (SELECT 1 FROM identity i WHERE i.person = p.id) LIMIT 1"),
	[Q_SET_LANGUAGE] = "UPDATE person SET language = ?2 WHERE id = ?1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements person_statements = { "person", sql, Q_MAX };

static bool read_person(struct stmt *q, struct person *ret_person)
{
	const char *language;

	if (!stmt_step(q))
		return false;
	*ret_person = (struct person){ .id = stmt_int(q, 0), .name = stmt_text(q, 1) };
	language = stmt_text(q, 2);
	ret_person->has_language = language && language_parse(language, &ret_person->language);
	stmt_reset(q);
	return true;
}

bool person_find_by_sender(struct view *view, const char *sender, struct person *ret_person)
{
	struct stmt *q = view_query(view, &person_statements, Q_BY_SENDER);

	stmt_bind_text(q, 1, sender);
	return read_person(q, ret_person);
}

struct person person_get(struct view *view, int64_t id)
{
	struct stmt *q = view_query(view, &person_statements, Q_GET);
	struct person person;

	stmt_bind_int(q, 1, id);
	if (!read_person(q, &person))
		die("no person %lld", (long long)id);
	return person;
}

struct person person_ensure(struct turn *turn, const char *sender)
{
	struct person person;
	struct stmt *q;
	int64_t id;

	if (person_find_by_sender(turn_view(turn), sender, &person))
		return person;
	q = turn_query(turn, &person_statements, Q_ADD);
	stmt_bind_int(q, 1, turn_now_ms(turn));
	id = stmt_insert(q);
	q = turn_query(turn, &person_statements, Q_LINK);
	stmt_bind_text(q, 1, sender);
	stmt_bind_int(q, 2, id);
	stmt_bind_int(q, 3, turn_now_ms(turn));
	(void)stmt_run(q);
	return person_get(turn_view(turn), id);
}

const char *person_sender(struct view *view, int64_t id)
{
	struct stmt *q = view_query(view, &person_statements, Q_SENDER);

	stmt_bind_int(q, 1, id);
	return stmt_one_text(q, NULL);
}

void person_set_name(struct turn *turn, const char *sender, const char *display_name)
{
	static const char bridge_suffix[] = " (WA)";
	struct arena *arena = turn_arena(turn);
	size_t len = strlen(display_name);
	struct person person;
	const char *name;
	struct stmt *q;

	if (str_ends(display_name, bridge_suffix))
		len -= strlen(bridge_suffix);
	name = arena_dup_n(arena, display_name, len);
	q = turn_query(turn, &person_statements, Q_FIRST_BY_SENDER);
	stmt_bind_text(q, 1, sender);
	if (!read_person(q, &person) || str_equal(person.name, name))
		return;
	q = turn_query(turn, &person_statements, Q_SET_NAME);
	stmt_bind_int(q, 1, person.id);
	stmt_bind_text(q, 2, name);
	stmt_bind_text(q, 3, name_look(arena, name));
	(void)stmt_run(q);
}

bool person_name_is_shared(struct view *view, int64_t id)
{
	struct stmt *q = view_query(view, &person_statements, Q_NAME_IS_SHARED);
	bool shared;

	stmt_bind_int(q, 1, id);
	shared = stmt_step(q);
	stmt_reset(q);
	return shared;
}

void person_set_language(struct turn *turn, int64_t id, enum language language)
{
	struct stmt *q = turn_query(turn, &person_statements, Q_SET_LANGUAGE);

	stmt_bind_int(q, 1, id);
	stmt_bind_text(q, 2, language_format(language));
	(void)stmt_run(q);
}
