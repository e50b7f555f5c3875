/*
 * How SQLite would find the rows of every statement the program prepares. Cost per message must not
 * grow with the books (DESIGN.md, budgets), so a statement may not walk a whole table, unless it stands
 * below with the reason why that table stays small or the walk is what was asked for.
 */
#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "crypto/crypto.h"
#include "engine/engine.h"
#include "unit/scratch.h"

enum { STATEMENTS_MAX = 1000, TABLES_MAX = 200 };

/* Tables that do not grow with messages. */
static const char *const small_tables[] = {
	"core", "app_group", "room", "line", "role", /* as many as the config names, and private rooms */
	"gap",                               /* one a room at most */
	"crypto_room", "crypto_generation",  /* one a room; one */
	"device_user",                       /* one for everybody we share an encrypted room with */
	"outbound_wait",                     /* one or two a room, until its message is sealed */
	"identity_vouch",                    /* gone when it is sent */
	"verification",                      /* ten minutes at most, one a user */
	"receipt_call",                      /* gone after ten minutes */
	"blob_gone",                         /* gone between turns */
	"sqlite_sequence",                   /* one row a table */
};

/* Statements that may walk a table that grows; `sql` is a part of them that no other has, NULL for all of the room's. */
static const struct {
	const char *room;
	const char *sql;
} walks[] = {
	/* everything is to go, once in a device's life */
	{ "crypto/retire", NULL },
	/* another version of the key backup: everything is to go there, or to be asked of it, once more */
	{ "crypto/backup_keys", "backed_up <> 0" },
	{ "crypto/backup_ask", "answered <> 0" },
	/* how many there are, for `status` */
	{ "crypto/inbound_prune", "SELECT count(*)" },
	/* whom a command means by his name: as many as there are neighbours */
	{ "who", NULL },
	/* `verify`, and everything else that asks for all of them */
	{ "budget/ledger", "LEFT JOIN entry_text t ON t.entry = e.id ORDER BY e.id" },
	{ "budget/ledger", "LEFT JOIN entry e ON e.id = r.reverses" },
	{ "budget/ledger", "FROM entry GROUP BY line" },
	{ "budget/ledger", "t.text <> l.owner_slug" },
	{ "budget/ledger", "WITH booked AS" },
	{ "budget/ledger", "GROUP BY proposal" },
	{ "budget/ledger", "LEFT JOIN entry s ON s.id =" },
	{ "budget/ledger", "FROM entry_text t WHERE NOT EXISTS" },
	{ "blob", "SELECT hash FROM blob ORDER BY" },
	{ "budget/ledger", "LEFT JOIN money_move m ON m.proposal = e.proposal" },
	{ "budget/ledger", "WHERE e.kind = 'approved'" },
	{ "budget/ledger", "p.kind = 'move' AND p.state = 'agreed'" },
	{ "blob", "SELECT count(*) FROM blob" },
	{ "budget/export", "FROM receipt ORDER BY id" },
	/* a sample is drawn from all receipts that wait, a few times a year */
	{ "budget/sample", "FROM receipt r WHERE id <= ?1" },
	/* what is over, once for somebody who is forgotten */
	{ "incident", "SET subject = ''" },
	/* how many receipts there are: along the index, to the last */
	{ "budget/sample", "SELECT max(id) FROM receipt" },
	/* once for a photo that is fetched, which costs more; the quota bounds it */
	{ "blob", "SELECT ifnull(sum(size), 0) FROM blob" },
	/* along an index, to the first one or the first few that count */
	{ "timer", "FROM timer ORDER BY due_at_ms" },
	{ "budget/ledger", "SELECT 1 FROM entry WHERE id > ?1" },
	{ "budget/ledger", "FROM entry ORDER BY id DESC LIMIT 1" },
	{ "ideas", "FROM idea i WHERE i.state <> 'archived' ORDER BY i.id DESC LIMIT" },
	/* words of one or two letters, which the index of three cannot find */
	{ "ideas", "i.folded LIKE" },
};

struct schema {
	const char *tables[TABLES_MAX];
	size_t tables_len;
	const char *partial[TABLES_MAX]; /* indexes on some of the rows: as short as those rows are few */
	size_t partial_len;
};

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Just behind `word` where it stands in sql as a word of its own; or NULL. */
static const char *find_word(const char *sql, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = sql; (at = strstr(at, word)); at += len) {
		if ((at == sql || !is_word(at[-1])) && !is_word(at[len]))
			return at + len;
	}
	return NULL;
}

static bool starts_with_word(const char *text, const char *word)
{
	size_t len = strlen(word);

	return strncmp(text, word, len) == 0 && !is_word(text[len]);
}

/* The table that a statement calls `name`: itself, or what stands before the alias. NULL for a subquery. */
static const char *table_called(const struct schema *schema, const char *sql, const char *name)
{
	for (size_t i = 0; i < schema->tables_len; i++) {
		if (str_equal(schema->tables[i], name))
			return schema->tables[i];
	}
	for (size_t i = 0; i < schema->tables_len; i++) {
		for (const char *at = sql; (at = find_word(at, schema->tables[i]));) {
			const char *alias = at + strspn(at, " ");

			if (starts_with_word(alias, "AS"))
				alias += strlen("AS ");
			if (starts_with_word(alias, name))
				return schema->tables[i];
		}
	}
	return NULL;
}

static bool is_listed(const char *const *list, size_t len, const char *name)
{
	for (size_t i = 0; i < len; i++) {
		if (str_equal(list[i], name))
			return true;
	}
	return false;
}

static bool may_walk(const char *room, const char *sql)
{
	for (size_t i = 0; i < ARRAY_LEN(walks); i++) {
		if (str_equal(room, walks[i].room) && (!walks[i].sql || strstr(sql, walks[i].sql)))
			return true;
	}
	return false;
}

/* What a line of a plan walks: "SCAN name", "SCAN name USING INDEX other", "SEARCH name ... (rowid<?)". NULL: it looks up. */
static const char *name_walked(struct arena *arena, const char *detail)
{
	const char *name = NULL;

	if (str_starts(detail, "SCAN ") && !strstr(detail, " VIRTUAL TABLE "))
		name = detail + strlen("SCAN ");
	else if (str_starts(detail, "SEARCH ") && (str_ends(detail, "(rowid<?)") || str_ends(detail, "(rowid>?)")))
		name = detail + strlen("SEARCH ");
	return name ? arena_dup_n(arena, name, strcspn(name, " ")) : NULL;
}

/* Does this line of a plan walk what grows? */
static bool grows(const struct schema *schema, struct arena *arena, const char *sql, const char *detail)
{
	const char *name = name_walked(arena, detail);
	const char *table;

	if (!name)
		return false;
	for (size_t i = 0; i < schema->partial_len; i++) {
		if (find_word(detail, schema->partial[i]))
			return false;
	}
	table = table_called(schema, sql, name);
	/* Who refers to a row that an upsert makes: SQLite looks only after broken references, which there are none of. */
	if (table && str_starts(sql, "INSERT") && !find_word(sql, table))
		return false;
	/* The rows of a subquery or of VALUES are those of tables that have lines of their own. */
	return table && !is_listed(small_tables, ARRAY_LEN(small_tables), table);
}

enum { Q_TABLES, Q_PARTIAL, Q_SCHEMA_MAX };
static const char *const schema_sql[] = {
	[Q_TABLES] = "SELECT name FROM sqlite_schema WHERE type = 'table' UNION SELECT 'sqlite_sequence'",
	[Q_PARTIAL] = "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE '%) WHERE %'",
};
static const struct statements schema_statements = { "schema", schema_sql, Q_SCHEMA_MAX };

/* Every statement of the program, to be explained. */
static const char *explain_sql[STATEMENTS_MAX];
static const char *explain_room[STATEMENTS_MAX];
static struct statements explain_statements = { "explain", explain_sql, 0 };
static const struct statements *const rooms[] = { &schema_statements, &explain_statements, NULL };

#define EXPLAIN "EXPLAIN QUERY PLAN "

static void collect_from(struct arena *arena, const struct statements *const *room)
{
	for (; *room; room++) {
		for (size_t i = 0; i < (*room)->len; i++) {
			size_t at = explain_statements.len++;

			assert_true(at < STATEMENTS_MAX);
			explain_room[at] = (*room)->room;
			explain_sql[at] = arena_printf(arena, EXPLAIN "%s", (*room)->sql[i]);
		}
	}
}

static void collect(struct arena *arena)
{
	explain_statements.len = 0;
	collect_from(arena, engine_statements());
}

static size_t read_names(struct turn *turn, size_t index, const char **names)
{
	struct stmt *q = turn_query(turn, &schema_statements, index);
	size_t len = 0;

	while (stmt_step(q)) {
		INVARIANT(len < TABLES_MAX);
		names[len++] = stmt_text(q, 0);
	}
	return len;
}

static void look_for_walks(struct turn *turn, void *context)
{
	struct schema schema;
	int *found = context;

	schema.tables_len = read_names(turn, Q_TABLES, schema.tables);
	schema.partial_len = read_names(turn, Q_PARTIAL, schema.partial);
	for (size_t i = 0; i < explain_statements.len; i++) {
		const char *sql = explain_sql[i] + strlen(EXPLAIN);
		struct stmt *q = turn_query(turn, &explain_statements, i);

		while (stmt_step(q)) {
			const char *detail = stmt_text(q, 3);

			if (!grows(&schema, turn_arena(turn), sql, detail) || may_walk(explain_room[i], sql))
				continue;
			print_message("%s: \"%s\" in: %s\n", explain_room[i], detail, sql);
			++*found;
		}
	}
}

static void statements__use_an_index__on_tables_that_grow(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	struct scratch scratch;
	int found = 0;

	(void)state;
	collect(arena);
	scratch_open(&scratch, rooms);
	scratch_turn(&scratch, look_for_walks, &found);
	scratch_close(&scratch);
	assert_int_equal(found, 0);
}

/* The list above must not keep what nobody runs any more. */
static void walks__name_a_statement__each(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);

	(void)state;
	collect(arena);
	for (size_t i = 0; i < ARRAY_LEN(walks); i++) {
		size_t matches = 0;

		for (size_t j = 0; j < explain_statements.len; j++)
			matches += str_equal(explain_room[j], walks[i].room) && (!walks[i].sql || strstr(explain_sql[j], walks[i].sql));
		if (walks[i].sql ? matches != 1 : !matches)
			fail_msg("%s: %zu statements hold \"%s\"", walks[i].room, matches, walks[i].sql ? walks[i].sql : "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements__use_an_index__on_tables_that_grow),
		cmocka_unit_test(walks__name_a_statement__each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
