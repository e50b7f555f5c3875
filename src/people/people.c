#include "people/people.h"

#include "base/die.h"
#include "base/log.h"
#include "people/link.h"
#include "people/name.h"
#include "people/person.h"

enum { Q_CORE, Q_GROUPS_OUT, Q_GROUP, Q_PERSON, Q_ID, Q_ROLES_OUT, Q_ROLE, Q_LEAD, Q_MAX };

static const char *const sql[] = {
	[Q_CORE] = "INSERT INTO core (slug, name, area) VALUES (?1, ?2, ?3)"
	           " ON CONFLICT (slug) DO UPDATE SET name = excluded.name, area = excluded.area",
	[Q_GROUPS_OUT] = "UPDATE app_group SET in_config = 0",
	[Q_GROUP] = "INSERT INTO app_group (name, kind, core, is_main, bridged, as_text, language, in_config)"
	            " VALUES (?1, ?2, (SELECT id FROM core WHERE slug = ?3), ?4, ?5, ?6, ?7, 1)"
	            " ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, core = excluded.core, is_main = excluded.is_main,"
	            " bridged = excluded.bridged, as_text = excluded.as_text, language = excluded.language, in_config = 1",
	[Q_PERSON] = "INSERT INTO person (label, name, language, created_at_ms, look) VALUES (?1, ?2, ?3, ?4, ?5)"
	             " ON CONFLICT (label) DO UPDATE SET name = excluded.name, look = excluded.look, language = ifnull(language, excluded.language) RETURNING id",
	[Q_ID] = "INSERT INTO identity (sender, person, first_person, linked_at_ms) VALUES (?1, ?2, ?2, ?3)",
	[Q_ROLES_OUT] = "DELETE FROM role WHERE NOT decided",
	[Q_ROLE] = "INSERT INTO role (person, role) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET decided = 0",
	[Q_LEAD] = "INSERT INTO role (person, role, core) VALUES (?1, 'lead', (SELECT id FROM core WHERE slug = ?2))"
	           " ON CONFLICT DO UPDATE SET decided = 0",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements people_statements = { "people", sql, Q_MAX };

static void import_cores(struct turn *turn, const struct config_budget *budget)
{
	for (size_t i = 0; i < budget->cores_len; i++) {
		const struct config_core *core = &budget->cores[i];
		struct stmt *q = turn_query(turn, &people_statements, Q_CORE);

		stmt_bind_text(q, 1, core->slug);
		stmt_bind_text(q, 2, core->name);
		stmt_bind_text(q, 3, core->area ? core->area : "");
		(void)stmt_run(q);
	}
}

static void import_groups(struct turn *turn, const struct config *config)
{
	(void)stmt_run(turn_query(turn, &people_statements, Q_GROUPS_OUT));
	for (size_t i = 0; i < config->groups_len; i++) {
		const struct config_group *group = &config->groups[i];
		struct stmt *q = turn_query(turn, &people_statements, Q_GROUP);

		stmt_bind_text(q, 1, group->slug);
		stmt_bind_text(q, 2, group_kind_format(group->kind));
		stmt_bind_text(q, 3, group->core);
		stmt_bind_int(q, 4, group->main);
		stmt_bind_int(q, 5, group->bridged);
		stmt_bind_int(q, 6, group->as_text);
		stmt_bind_text(q, 7, language_format(group->language));
		(void)stmt_run(q);
	}
}

/* Who wrote before the config named him is linked to his name; what he did before stands under who he was then. */
static void import_id(struct turn *turn, const char *sender, int64_t id)
{
	struct person known;
	struct stmt *q;

	if (!person_find_by_sender(turn_view(turn), sender, &known)) {
		q = turn_query(turn, &people_statements, Q_ID);
		stmt_bind_text(q, 1, sender);
		stmt_bind_int(q, 2, id);
		stmt_bind_int(q, 3, turn_now_ms(turn));
		(void)stmt_run(q);
		return;
	}
	switch (link_make(turn, id, known.id, 0, &(int64_t){ 0 })) {
	case LINK_DONE:
	case LINK_ALREADY:
		return;
	case LINK_BOTH_NAMED:
		link_hand_over(turn, sender, known.id, id);
		return;
	}
	die("a link ended otherwise");
}

static int64_t import_person(struct turn *turn, const struct config_person *person)
{
	struct stmt *q = turn_query(turn, &people_statements, Q_PERSON);
	int64_t id = 0;

	stmt_bind_text(q, 1, person->label);
	stmt_bind_text(q, 2, person->name);
	stmt_bind_text(q, 3, person->has_language ? language_format(person->language) : NULL);
	stmt_bind_int(q, 4, turn_now_ms(turn));
	stmt_bind_text(q, 5, name_look(turn_arena(turn), person->name));
	while (stmt_step(q))
		id = stmt_int(q, 0);
	for (size_t i = 0; i < person->ids_len; i++)
		import_id(turn, person->ids[i], id);
	return id;
}

static void import_roles(struct turn *turn, int64_t id, const struct config_person *person)
{
	static const enum role plain_roles[] = { ROLE_COORDINATOR, ROLE_TREASURER, ROLE_AUDITOR };
	struct stmt *q;

	for (size_t i = 0; i < ARRAY_LEN(plain_roles); i++) {
		if (!(person->roles & (1u << plain_roles[i])))
			continue;
		q = turn_query(turn, &people_statements, Q_ROLE);
		stmt_bind_int(q, 1, id);
		stmt_bind_text(q, 2, role_format(plain_roles[i]));
		(void)stmt_run(q);
	}
	for (size_t i = 0; i < person->leads_len; i++) {
		q = turn_query(turn, &people_statements, Q_LEAD);
		stmt_bind_int(q, 1, id);
		stmt_bind_text(q, 2, person->leads[i]);
		(void)stmt_run(q);
	}
}

void people_import(struct turn *turn, const struct config *config)
{
	import_cores(turn, &config->budget);
	import_groups(turn, config);
	(void)stmt_run(turn_query(turn, &people_statements, Q_ROLES_OUT));
	for (size_t i = 0; i < config->persons_len; i++)
		import_roles(turn, import_person(turn, &config->persons[i]), &config->persons[i]);
}
