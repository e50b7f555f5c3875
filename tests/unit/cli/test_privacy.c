/*
 * docs/PRIVACY.md says of every column what becomes of it when somebody is forgotten. Here that list is held against the
 * schema, so that a new table cannot be left out of it; and against two neighbours who do all there is to do in
 * tests/fixtures/privacy/said.chat and are then forgotten. What they typed there begins with their names, "kwartel" and
 * "zwaluw"; with "verdwijn" where nothing of it may be left.
 */
#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/str.h"
#include "cli/commands.h"
#include "engine/engine.h"
#include "unit/cmocka_all.h"
#include "unit/folder.h"

#define DOCUMENT "docs/PRIVACY.md"
#define FIXTURES "tests/fixtures/privacy/"

enum { RULES_MAX = 600, COLUMNS_MAX = 600, FILE_BYTES_MAX = 64 * 1024 * 1024 };

/* What a row of the document says of a column. */
enum fate { FATE_GONE, FATE_KEPT, FATE_PASSING, FATE_NOBODY, FATE_MAX };
static const char *const fate_words[] = { [FATE_GONE] = "gone", [FATE_KEPT] = "kept", [FATE_PASSING] = "passing", [FATE_NOBODY] = "nobody" };
_Static_assert(ARRAY_LEN(fate_words) == FATE_MAX, "a word for every fate");

struct rule {
	const char *table;
	const char *column; /* "*": all */
	enum fate fate;
	bool used;
};

/* A column that may hold a person, an id or words. */
struct column {
	const char *table;
	const char *name;
	bool person; /* refers to one; else text */
	struct rule *rule;
	bool filled; /* held something of the two before they were forgotten */
};

static struct arena *arena;
static char folder[TEST_FOLDER_MAX];
static sqlite3 *db;
static struct rule rules[RULES_MAX];
static size_t rules_len;
static struct column columns[COLUMNS_MAX];
static size_t columns_len;

/* ---- the document ---- */

/* The next name between backquotes in [*at, end); NULL when there is none. */
static const char *next_name(const char **at, const char *end)
{
	const char *open = memchr(*at, '`', (size_t)(end - *at)), *close;

	if (!open)
		return NULL;
	close = memchr(open + 1, '`', (size_t)(end - open - 1));
	assert_non_null(close);
	*at = close + 1;
	return arena_dup_n(arena, open + 1, (size_t)(close - open - 1));
}

static const char *cell_end(const char *cell)
{
	return cell + strcspn(cell, "|\n");
}

static enum fate fate_parse(const char *word)
{
	for (size_t i = 0; i < FATE_MAX; i++) {
		if (str_equal(word, fate_words[i]))
			return (enum fate)i;
	}
	fail_msg(DOCUMENT ": \"%s\" is no word for what becomes of a column", word);
	return FATE_MAX;
}

/* "| `table`, `table` | `column`, `column` | `gone` | why |". */
static void read_row(const char *row)
{
	const char *tables = row + 1, *names = cell_end(tables) + 1, *words = cell_end(names) + 1;
	const char *word = next_name(&words, cell_end(words)), *table, *name;

	assert_non_null(word);
	while ((table = next_name(&tables, names))) {
		for (const char *at = names; (name = next_name(&at, cell_end(names)));) {
			assert_true(rules_len < RULES_MAX);
			rules[rules_len++] = (struct rule){ table, name, fate_parse(word), false };
		}
	}
}

static void read_document(void)
{
	AUTO_BUF text = { 0 };
	const char *at;

	buf_init(&text, FILE_BYTES_MAX);
	assert_int_equal(file_read(DOCUMENT, &text), 0);
	at = strstr(text.data, "## Column by column");
	assert_non_null(at);
	while ((at = strstr(at, "\n| `")))
		read_row(++at);
	assert_true(rules_len > 100);
}

static struct rule *find_rule(const char *table, const char *column)
{
	for (size_t i = 0; i < rules_len; i++) {
		if (str_equal(rules[i].table, table) && (str_equal(rules[i].column, column) || str_equal(rules[i].column, "*")))
			return &rules[i];
	}
	return NULL;
}

/* ---- the schema ---- */

static sqlite3_stmt *prepare(const char *sql)
{
	sqlite3_stmt *q;

	if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sqlite3_errmsg(db), sql);
	return q;
}

static const char *text_of(sqlite3_stmt *q, int column)
{
	const char *text = (const char *)sqlite3_column_text(q, column);

	return text ? arena_dup(arena, text) : "";
}

/* Words of ours alone: the schema says which. */
static bool is_listed_word(const char *table_sql, const char *column)
{
	return strstr(table_sql, arena_printf(arena, "CHECK (%s IN (", column)) != NULL;
}

static void read_columns(void)
{
	sqlite3_stmt *q = prepare("SELECT m.name, c.name, c.type, m.sql, EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name) AS f"
	                          "  WHERE f.\"table\" = 'person' AND f.\"from\" = c.name)"
	                          " FROM sqlite_schema AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table'"
	                          " AND m.name NOT GLOB 'sqlite_*' AND m.name NOT GLOB 'idea_search_*' ORDER BY m.name, c.cid");

	while (sqlite3_step(q) == SQLITE_ROW) {
		struct column column = { .table = text_of(q, 0), .name = text_of(q, 1), .person = sqlite3_column_int(q, 4) };

		if (!column.person && (str_equal(text_of(q, 2), "INTEGER") || is_listed_word(text_of(q, 3), column.name)))
			continue;
		column.rule = find_rule(column.table, column.name);
		assert_true(columns_len < COLUMNS_MAX);
		columns[columns_len++] = column;
	}
	(void)sqlite3_finalize(q);
}

/* ---- what was said ---- */

static int play(const char *script)
{
	char *argv[] = { "console", "--data", folder, "--script", (char *)script, NULL };
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		if (!freopen("/dev/null", "w", stdout))
			_exit(1);
		_exit(cli_console.run(ARRAY_LEN(argv) - 1, argv));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void open_database(void)
{
	assert_int_equal(sqlite3_open_v2(engine_database_path(arena, folder), &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
}

static void run_sql(const char *sql)
{
	char *why = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", why, sql);
}

static bool ask(const char *sql)
{
	sqlite3_stmt *q = prepare(sql);
	bool yes = sqlite3_step(q) == SQLITE_ROW && sqlite3_column_int(q, 0);

	(void)sqlite3_finalize(q);
	return yes;
}

/* The persons of the two, as "3, 4, 5": as long as their ids are known. */
static const char *read_persons(void)
{
	sqlite3_stmt *q = prepare("SELECT group_concat(id, ', ') FROM person WHERE name LIKE '%kwartel%' OR name LIKE '%zwaluw%'");
	const char *persons;

	assert_int_equal(sqlite3_step(q), SQLITE_ROW);
	persons = text_of(q, 0);
	(void)sqlite3_finalize(q);
	return persons;
}

static bool holds_word(const struct column *column, const char *word)
{
	return ask(arena_printf(arena, "SELECT EXISTS (SELECT 1 FROM %s WHERE instr(\"%s\", '%s'))", column->table, column->name, word));
}

static bool holds_them(const struct column *column, const char *persons)
{
	if (column->person)
		return ask(arena_printf(arena, "SELECT EXISTS (SELECT 1 FROM %s WHERE \"%s\" IN (%s))", column->table, column->name, persons));
	return holds_word(column, "kwartel") || holds_word(column, "zwaluw") || holds_word(column, "verdwijn");
}

/* What no neighbour can type in a terminal: where a message on a map points to, and what a bridge could not read yet. */
static void fill_the_rest(const char *persons)
{
	run_sql(arena_printf(arena, "UPDATE inbox SET stands_in = (SELECT min(sender) FROM identity WHERE person IN (%s)) WHERE id = (SELECT min(id) FROM inbox)", persons));
	run_sql(arena_printf(arena, "UPDATE idea SET geo_uri = 'geo:1,2?verdwijn', place = 'verdwijnplek' WHERE author IN (%s)", persons));
}

static bool file_holds(const char *path, const char *word)
{
	AUTO_BUF bytes = { 0 };

	buf_init(&bytes, FILE_BYTES_MAX);
	return file_read(path, &bytes) == 0 && memmem(bytes.data, bytes.len, word, strlen(word));
}

static int photos;

static int count_photo(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)path;
	(void)status;
	(void)walk;
	photos += type == FTW_F;
	return 0;
}

static int count_photos(void)
{
	photos = 0;
	(void)nftw(engine_photos_path(arena, folder), count_photo, 16, FTW_PHYS);
	return photos;
}

/* ---- the tests ---- */

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	return remove(path);
}

static int setup(void **state)
{
	(void)state;
	arena = arena_create(FILE_BYTES_MAX);
	test_folder_make(folder);
	rules_len = columns_len = 0;
	assert_int_equal(play(FIXTURES "said.chat"), 0);
	open_database();
	read_document();
	read_columns();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	(void)sqlite3_close(db);
	(void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	arena_destroy(arena);
	return 0;
}

static void privacy__says__what_becomes_of_every_column(void **state)
{
	size_t missing = 0;

	(void)state;
	for (size_t i = 0; i < columns_len; i++) {
		if (columns[i].rule) {
			columns[i].rule->used = true;
			continue;
		}
		print_message(DOCUMENT ": no word about %s.%s\n", columns[i].table, columns[i].name);
		missing++;
	}
	for (size_t i = 0; i < rules_len; i++) {
		if (rules[i].used)
			continue;
		if (str_equal(rules[i].column, "*") && ask(arena_printf(arena, "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '%s')", rules[i].table)))
			continue;
		print_message(DOCUMENT ": %s.%s is no column that needs a word\n", rules[i].table, rules[i].column);
		missing++;
	}
	assert_int_equal(missing, 0);
}

/* What the two left behind in a column, and should not have. */
static size_t judge(struct column *column, const char *persons)
{
	enum fate fate = column->rule ? column->rule->fate : FATE_KEPT; /* the other test tells */
	bool held = holds_them(column, persons);

	if (fate == FATE_GONE && !column->filled)
		print_message("%s.%s: said.chat left nothing there to be forgotten\n", column->table, column->name);
	else if (held && (fate == FATE_GONE || fate == FATE_NOBODY))
		print_message("%s.%s still holds something of who was forgotten\n", column->table, column->name);
	else if (!column->person && fate != FATE_PASSING && holds_word(column, "verdwijn"))
		print_message("%s.%s still holds what should vanish\n", column->table, column->name);
	else
		return 0;
	return 1;
}

/* What is his in it does not show his words: the row is deleted, or is looked at by who it is about. */
static bool shows_no_words(const struct column *column)
{
	static const char *const others[] = { "person.language", "person.look", "roundabout_side.message" };
	const char *name = arena_printf(arena, "%s.%s", column->table, column->name);

	if (column->rule && str_equal(column->rule->column, "*") && !column->person)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		if (str_equal(name, others[i]))
			return true;
	}
	return false;
}

static bool left_without_words(const char *persons)
{
	return !ask(arena_printf(arena, "SELECT EXISTS (SELECT 1 FROM person WHERE id IN (%s) AND (language IS NOT NULL OR look <> '' OR name <> ''))", persons)) &&
	       !ask("SELECT EXISTS (SELECT 1 FROM roundabout_side WHERE message IS NOT NULL)");
}

static void forgetting__leaves__what_is_written_down(void **state)
{
	const char *persons = read_persons(), *database = engine_database_path(arena, folder);
	size_t wrong = 0;
	int photos_before = count_photos();

	(void)state;
	fill_the_rest(persons);
	for (size_t i = 0; i < columns_len; i++)
		columns[i].filled = shows_no_words(&columns[i]) || holds_them(&columns[i], persons);
	assert_true(file_holds(database, "verdwijnhek"));
	assert_false(left_without_words(persons));
	(void)sqlite3_close(db);
	assert_int_equal(play(FIXTURES "forgotten.chat"), 0);
	open_database();
	for (size_t i = 0; i < columns_len; i++)
		wrong += judge(&columns[i], persons);
	assert_int_equal(wrong, 0);
	assert_true(left_without_words(persons));
	assert_int_equal(count_photos(), photos_before - 1);
	assert_true(ask(arena_printf(arena, "SELECT count(*) = %d FROM blob", photos_before - 1)));
	/* And in what the file holds beside its rows. */
	assert_false(file_holds(database, "verdwijn"));
	assert_false(file_holds(database, "@kwartel:console"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(privacy__says__what_becomes_of_every_column, setup, teardown),
		cmocka_unit_test_setup_teardown(forgetting__leaves__what_is_written_down, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
