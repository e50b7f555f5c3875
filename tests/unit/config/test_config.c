#include "config/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/file.h"
#include "unit/config/config_text.h"

/* The tests run from the top of the source tree. */
static struct config *expect_loaded(const char *path, enum config_use use)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	struct config_errors errors;
	struct config *config;

	config_errors_init(&errors);
	config = config_load(path, use, &errors);
	assert_string_equal(config_errors_format(arena, &errors), "");
	assert_non_null(config);
	config_errors_release(&errors);
	return config;
}

static void config_load__takes__the_examples(void **state)
{
	AUTO_CONFIG full = expect_loaded("config/rotonde.example.yaml", CONFIG_FOR_SERVER);
	AUTO_CONFIG small = expect_loaded("config/rotonde.small.yaml", CONFIG_FOR_SERVER);

	(void)state;
	assert_int_equal(full->budget.lines_len, 50);
	assert_string_equal(full->homeserver.credential, "matrix-password");
	assert_string_equal(small->homeserver.password_file, "config/password");
	assert_string_equal(small->data, "config/data");
}

/* The commented example shows what also holds without it. */
static void config_load__shows_defaults__example(void **state)
{
	AUTO_CONFIG full = expect_loaded("config/rotonde.example.yaml", CONFIG_FOR_SERVER);
	AUTO_CONFIG small = expect_loaded("config/rotonde.small.yaml", CONFIG_FOR_SERVER);
	struct config_neighbourhood shown = full->neighbourhood, silent = small->neighbourhood;

	(void)state;
	assert_string_equal(shown.zone, silent.zone);
	assert_int_equal(shown.day_post_minute, silent.day_post_minute);
	assert_int_equal(shown.quiet_from_minute, silent.quiet_from_minute);
	assert_int_equal(shown.quiet_until_minute, silent.quiet_until_minute);
	assert_int_equal(shown.jitter_least_ms, silent.jitter_least_ms);
	assert_int_equal(shown.jitter_most_ms, silent.jitter_most_ms);
	assert_int_equal(shown.resident_age_ms, silent.resident_age_ms);
	assert_int_equal(shown.privileged_age_ms, silent.privileged_age_ms);
	assert_int_equal(shown.reminders_len, silent.reminders_len);
	assert_memory_equal(shown.reminders_ms, silent.reminders_ms, shown.reminders_len * sizeof *shown.reminders_ms);
	assert_int_equal(shown.media.file_bytes, silent.media.file_bytes);
	assert_int_equal(shown.media.files_per_hour, silent.media.files_per_hour);
	assert_int_equal(shown.media.disk_bytes, silent.media.disk_bytes);
	assert_string_equal(full->bridge.ghost_prefix, small->bridge.ghost_prefix);
	assert_string_equal(full->homeserver.device_name, small->homeserver.device_name);
	assert_int_equal(full->log_level, small->log_level);
}

/* The keys of one section, as the error of an unknown key lists them, each stand in a file as `key` or key:. */
static void expect_keys_told(const char *yaml, const char *section, const char *reference, const char *example)
{
	AUTO_ARENA arena = arena_create(16 * 1024 * 1024);
	struct config_errors errors;
	const char *keys = NULL;
	char *words, *key;

	config_errors_init(&errors);
	assert_null(config_of(arena, yaml, CONFIG_FOR_SERVER, &errors));
	for (size_t i = 0; i < errors.len && !keys; i++)
		keys = strstr(errors.items[i], section);
	assert_non_null(keys);
	words = arena_dup(arena, keys + strlen(section));
	while ((key = strsep(&words, ", ")) != NULL) {
		if (!*key)
			continue;
		if (!strstr(reference, arena_printf(arena, "`%s`", key)))
			fail_msg("docs/CONFIG.md does not tell of %s", key);
		if (!strstr(example, arena_printf(arena, "%s:", key)))
			fail_msg("config/rotonde.example.yaml does not show %s", key);
	}
	config_errors_release(&errors);
}

static void docs__tell_of__every_key(void **state)
{
	static const struct {
		const char *yaml;
		const char *section;
	} sections[] = {
		{ "x: 1", "a key of the config: " },
		{ "homeserver: {x: 1}", "a key of homeserver: " },
		{ "log: {x: 1}", "a key of log: " },
		{ "neighbourhood: {x: 1}", "a key of neighbourhood: " },
		{ "neighbourhood: {quiet: {x: 1}}", "a key of quiet: " },
		{ "neighbourhood: {jitter: {x: 1}}", "a key of jitter: " },
		{ "neighbourhood: {ages: {x: 1}}", "a key of ages: " },
		{ "neighbourhood: {media: {x: 1}}", "a key of media: " },
		{ "budget: {x: 1}", "a key of budget: " },
		{ "bridge: {x: 1}", "a key of bridge: " },
		{ "places: [{x: 1}]", "a key of a place: " },
		{ "groups: [{x: 1}]", "a key of a group: " },
		{ "persons: {p: {x: 1}}", "a key of a person: " },
	};
	AUTO_BUF reference, example;

	(void)state;
	buf_init(&reference, 1024 * 1024);
	buf_init(&example, 1024 * 1024);
	assert_int_equal(file_read("docs/CONFIG.md", &reference), 0);
	assert_int_equal(file_read("config/rotonde.example.yaml", &example), 0);
	for (size_t i = 0; i < ARRAY_LEN(sections); i++)
		expect_keys_told(sections[i].yaml, sections[i].section, reference.data, example.data);
}

static void config_load__names_the_file__absent(void **state)
{
	AUTO_ARENA arena = arena_create(4096);
	struct config_errors errors;

	(void)state;
	config_errors_init(&errors);
	assert_null(config_load("config/absent.yaml", CONFIG_FOR_SERVER, &errors));
	assert_string_equal(config_errors_format(arena, &errors), "config/absent.yaml: cannot be read: No such file or directory\n");
	config_errors_release(&errors);
}

static void config_load__serves__the_console(void **state)
{
	AUTO_CONFIG config = expect_loaded("config/rotonde.example.yaml", CONFIG_FOR_CONSOLE);
	const struct config_group *koornhorst = config_group_of_room(config, "!koornhorst:console");

	(void)state;
	assert_null(config->homeserver.url);
	assert_string_equal(config->homeserver.user, "@rotonde:console");
	assert_non_null(koornhorst);
	assert_null(koornhorst->channel);
	assert_ptr_equal(config_person_of(config, "@fatima:console"), config_person_of(config, "@fatima:example.org"));
}

static void config_builtin__is__the_k_buurt(void **state)
{
	AUTO_CONFIG config = config_builtin();
	const struct config_person *lead = config_person_of(config, "@lead:console");
	struct cents sum = cents_from_int64(0);

	(void)state;
	assert_int_equal(config->budget.cores_len, 24);
	assert_int_equal(config->budget.lines_len, 50);
	for (size_t i = 0; i < config->budget.lines_len; i++)
		sum = cents_add(sum, config->budget.lines[i].amount);
	assert_int_equal(cents_to_int64(sum), 9600000);
	assert_int_equal(cents_to_int64(config->budget.grant), 9600000);
	assert_int_equal(config->groups_len, 27);
	assert_int_equal(config_group_find(config, "audit")->kind, GROUP_KIND_AUDIT);
	assert_string_equal(config_main_group(config, "switi-wonen")->room, "!switi-wonen:console");
	assert_string_equal(config_core_find(config, "switi-wonen")->area, "kortvoort");
	assert_int_equal(lead->leads_len, 24);
	assert_int_equal(lead->roles, 1u << ROLE_RESIDENT | 1u << ROLE_LEAD);
	assert_int_equal(config_person_of(config, "@treasurer:console")->roles, 1u << ROLE_RESIDENT | 1u << ROLE_TREASURER);
	assert_null(config_person_of(config, "@fatima:console"));
}

static void config_is_ghost__knows__the_three_families(void **state)
{
	static const char *const ghosts[] = { "@whatsapp_31600000000:e.org", "@whatsapp_lid-42:e.org", "@whatsapp_bot-7:e.org" };
	static const char *const others[] = {
		"@whatsapp_:e.org", "@whatsapp_lid-:e.org", "@whatsapp_x1:e.org", "@whatsapp_1x:e.org", "@whatsapp_1:evil.org",
		"@whatsapp_1:e.org.evil", "@whatsappbot:e.org", "@fatima:e.org", "whatsapp_1:e.org", "@whatsapp_lid-bot-1:e.org", "",
	};
	AUTO_CONFIG config = config_builtin();

	(void)state;
	config->bridge.ghost_server = "e.org";
	for (size_t i = 0; i < ARRAY_LEN(ghosts); i++)
		assert_true(config_is_ghost(config, ghosts[i]));
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		assert_false(config_is_ghost(config, others[i]));
}

static void config_bridge_bot__is__the_groups_own_or_the_bridges(void **state)
{
	static const struct config_group groups[] = { { .slug = "kleiburg", .bridge_bot = "@own:e.org", .bridged = true }, { .slug = "audit" } };
	AUTO_CONFIG config = config_builtin();

	(void)state;
	config->groups = groups;
	config->groups_len = ARRAY_LEN(groups);
	assert_null(config_bridge_bot(config, "private-1"));
	config->bridge.bot = "@whatsappbot:e.org";
	assert_string_equal(config_bridge_bot(config, "kleiburg"), "@own:e.org");
	assert_string_equal(config_bridge_bot(config, "private-1"), "@whatsappbot:e.org");
	/* A native group has none, whatever the bridge's is. */
	assert_null(config_bridge_bot(config, "audit"));
}

static void config_explain__fits__one_screen(void **state)
{
	AUTO_CONFIG config = expect_loaded("config/rotonde.example.yaml", CONFIG_FOR_SERVER);
	AUTO_ARENA arena = arena_create(64 * 1024);

	(void)state;
	assert_string_equal(config_explain(arena, config),
		"config/rotonde.example.yaml: K-buurt, Europe/Amsterdam, nl\n"
		"homeserver  https://matrix.example.org as @rotonde:example.org, password in the systemd credential matrix-password\n"
		"data        /var/lib/rotonde\n"
		"day         post at 10:00, quiet 21:00-09:00, 20-40 s between groups\n"
		"late        residents 336 h, privileged commands 24 h\n"
		"money       EUR 96000,00 in 50 lines for 24 cores; free 24000,00, focus 64320,00, handling 7680,00 (at most 7680,00)\n"
		"groups      4 of cores, 3 others, 2 bridged\n"
		"            cores without a group: kikkenstein, hrholst, switi-wonen, mi-oso, kortvoort-huurders, kleine-k-buurt, "
		"toren-1, toren-2, toren-3, toren-4, klieverink, kantershof, karspelhof, kelbergen, kameleon, kern-19, kern-20, "
		"kern-21, kern-22, kern-23, kern-24\n"
		"persons     4: lead 1, coordinator 1, treasurer 1, auditor 1; 1 may invite\n"
		"year        3 events, 4 rounds, deadline 01-31\n"
		"trust       budget at bridge\n");
}

/* A folder of one test's own, gone after it. */
static int folder_create(void **state)
{
	char *folder = xstrdup("/tmp/rotonde-config-XXXXXX");

	*state = folder;
	return mkdtemp(folder) ? 0 : -1;
}

static int folder_destroy(void **state)
{
	static const char *const names[] = { "password", "home.yaml", "cores.csv", "lines.csv" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		AUTO_ARENA arena = arena_create(4096);

		(void)unlink(arena_printf(arena, "%s/%s", (char *)*state, names[i]));
	}
	assert_int_equal(rmdir(*state), 0);
	free(*state);
	return 0;
}

static void put_file(const char *folder, const char *name, const char *text, unsigned mode)
{
	AUTO_ARENA arena = arena_create(4096);
	const char *path = arena_printf(arena, "%s/%s", folder, name);

	assert_int_equal(file_write_durable(path, text, strlen(text), mode), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static enum secret_state read_password(const char *folder, const char *content, unsigned mode, const char *expected)
{
	AUTO_ARENA arena = arena_create(16 * 1024);
	struct config config = { .homeserver = { .password_file = arena_printf(arena, "%s/password", folder) } };
	enum secret_state state;
	const char *path;
	AUTO_BUF password;

	buf_init(&password, 1024);
	if (content)
		put_file(folder, "password", content, mode);
	state = config_read_password(&config, arena, &password, &path);
	assert_string_equal(path, config.homeserver.password_file);
	if (expected)
		assert_string_equal(password.data, expected);
	return state;
}

static void config_read_password__wants__a_private_file(void **state)
{
	char large[1100];

	memset(large, 'x', sizeof large - 1);
	large[sizeof large - 1] = '\0';
	assert_int_equal(read_password(*state, NULL, 0, NULL), SECRET_MISSING);
	assert_int_equal(read_password(*state, "hunter2\n", 0600, "hunter2"), SECRET_READ);
	assert_int_equal(read_password(*state, "hunter2", 0400, "hunter2"), SECRET_READ);
	assert_int_equal(read_password(*state, "hunter2\n", 0640, NULL), SECRET_EXPOSED);
	assert_int_equal(read_password(*state, "\n", 0600, NULL), SECRET_UNUSABLE);
	assert_int_equal(read_password(*state, "two\nlines\n", 0600, NULL), SECRET_UNUSABLE);
	assert_int_equal(read_password(*state, "caf\xe9", 0600, NULL), SECRET_UNUSABLE);
	assert_int_equal(read_password(*state, large, 0600, NULL), SECRET_UNUSABLE);
}

static void config_read_password__takes__a_systemd_credential(void **state)
{
	AUTO_ARENA arena = arena_create(4096);
	struct config config = { .homeserver = { .credential = "password" } };
	const char *path;
	AUTO_BUF password;

	buf_init(&password, 1024);
	assert_int_equal(unsetenv("CREDENTIALS_DIRECTORY"), 0);
	assert_int_equal(config_read_password(&config, arena, &password, &path), SECRET_MISSING);
	assert_string_equal(path, "$CREDENTIALS_DIRECTORY/password");
	put_file(*state, "password", "hunter2", 0440);
	assert_int_equal(setenv("CREDENTIALS_DIRECTORY", *state, 1), 0);
	assert_int_equal(config_read_password(&config, arena, &password, &path), SECRET_READ);
	assert_string_equal(password.data, "hunter2");
	assert_int_equal(unsetenv("CREDENTIALS_DIRECTORY"), 0);
}

static void config_load__looks_beside_the_file__csv(void **state)
{
	AUTO_ARENA arena = arena_create(64 * 1024);
	const char *path = arena_printf(arena, "%s/home.yaml", (char *)*state);
	struct config_errors errors;

	put_file(*state, "home.yaml", "neighbourhood: {name: Elders}\nbudget: {grant: 10, cores: cores.csv, lines: lines.csv}\n"
		"groups: [{kind: coordinators}, {core: b}]\n", 0644);
	put_file(*state, "cores.csv", "slug;naam;gebied\na;A;\nb;;\n", 0644);
	put_file(*state, "lines.csv", "eigenaar;potje;bedrag;soort\nb;Vrij;9;vrij\n", 0644);
	config_errors_init(&errors);
	assert_null(config_load(path, CONFIG_FOR_CONSOLE, &errors));
	assert_string_equal(config_errors_format(arena, &errors), arena_printf(arena,
		"%s/cores.csv:3:3: naam: found nothing, expected the name people know it by\n"
		"%s/lines.csv:2:8: bedrag: found \"9\", expected an amount with a comma and two decimals and no dots, such as 1250,00\n",
		(char *)*state, (char *)*state));
	config_errors_release(&errors);
	put_file(*state, "cores.csv", "slug;naam;gebied\na;A;\nb;B;\n", 0644);
	put_file(*state, "lines.csv", "eigenaar;potje;bedrag;soort\nb;Vrij;10,00;vrij\n", 0644);
	config_destroy(expect_loaded(path, CONFIG_FOR_CONSOLE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(config_load__takes__the_examples),
		cmocka_unit_test(config_load__shows_defaults__example),
		cmocka_unit_test(docs__tell_of__every_key),
		cmocka_unit_test(config_load__names_the_file__absent),
		cmocka_unit_test(config_load__serves__the_console),
		cmocka_unit_test(config_builtin__is__the_k_buurt),
		cmocka_unit_test(config_is_ghost__knows__the_three_families),
		cmocka_unit_test(config_bridge_bot__is__the_groups_own_or_the_bridges),
		cmocka_unit_test(config_explain__fits__one_screen),
		cmocka_unit_test_setup_teardown(config_read_password__wants__a_private_file, folder_create, folder_destroy),
		cmocka_unit_test_setup_teardown(config_read_password__takes__a_systemd_credential, folder_create, folder_destroy),
		cmocka_unit_test_setup_teardown(config_load__looks_beside_the_file__csv, folder_create, folder_destroy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
