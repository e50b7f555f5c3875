#include "config/sections.h"

#include "unit/config/config_text.h"

/* One value of `neighbourhood:` in an otherwise good file; it stands on line 10. */
#define WITH(line)                                        \
	"budget: {grant: 96000, builtin: k-buurt-2022}\n" \
	"homeserver:\n"                                   \
	"  url: https://matrix.example.org\n"             \
	"  user: \"@rotonde:example.org\"\n"              \
	"  credential: matrix-password\n"                 \
	"groups:\n"                                       \
	"  - {kind: coordinators, room: \"!c:example.org\"}\n" \
	"neighbourhood:\n"                                \
	"  name: K-buurt\n" line "\n"

static void walk_section__names_what_it_knows__unknown_key(void **state)
{
	(void)state;
	expect_errors(WITH("  zoen: x"),
		"t.yaml:10:3: found the key \"zoen\", expected a key of neighbourhood: "
		"name, zone, language, day_post, quiet, jitter, ages, reminders, media\n");
}

static void walk_section__names_the_place__missing_key(void **state)
{
	(void)state;
	expect_errors("neighbourhood: {zone: Europe/Amsterdam}\n",
		"t.yaml:1:1: found no key \"homeserver\", expected it in the config\n"
		"t.yaml:1:1: found no key \"budget\", expected it in the config\n"
		"t.yaml:1:1: found no key \"groups\", expected it in the config\n"
		"t.yaml:1:16: found no key \"name\", expected it in neighbourhood\n");
}

static void walk_section__refuses__a_secret(void **state)
{
	static const char *const keys[] = { "password", "access_token", "wachtwoord", "Shared_Secret", "passphrase" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		AUTO_ARENA arena = arena_create(64 * 1024);

		expect_errors(arena_printf(arena, WITH("  %s: hunter2"), keys[i]),
			arena_printf(arena,
				"t.yaml:10:3: found the key \"%s\", expected no secrets in this file: put the password in a file that only "
				"its owner can read (chmod 600) and name it under homeserver, password_file; or hand it over as a "
				"systemd credential and name that under homeserver, credential\n", keys[i]));
	}
}

static void read_homeserver__wants__one_road_to_the_password(void **state)
{
	(void)state;
	expect_errors(HOOD GROUPS "bridge: 1\n", "t.yaml:13:9: bridge: found \"1\", expected bridge as a section: keys, one a line\n");
	expect_errors("homeserver: {url: https://a, user: \"@r:a\"}\n" GROUPS "neighbourhood: {name: K}\n"
		      "budget: {grant: 96000, builtin: k-buurt-2022}\n",
		"t.yaml:1:13: found no password_file or credential, expected one of them in homeserver: where the password is kept\n");
	expect_errors("homeserver: {url: https://a, user: \"@r:a\", password_file: p, credential: c}\n" GROUPS
		      "neighbourhood: {name: K}\nbudget: {grant: 96000, builtin: k-buurt-2022}\n",
		"t.yaml:1:74: found both password_file and credential, expected one of them\n");
}

struct value_case {
	const char *line;
	const char *golden;
};

static void expect_values(const struct value_case *cases, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		AUTO_ARENA arena = arena_create(64 * 1024);

		expect_errors(arena_printf(arena, WITH("%s"), cases[i].line), arena_printf(arena, "t.yaml:10:%s\n", cases[i].golden));
	}
}

static void values__say_what_was_found_and_expected__texts_and_words(void **state)
{
	static const struct value_case cases[] = {
		{ "  zone: Mars/Olympus", "9: zone: found \"Mars/Olympus\", expected the IANA name of a time zone, such as Europe/Amsterdam" },
		{ "  zone:", "8: zone: found nothing, expected the IANA name of a time zone, such as Europe/Amsterdam" },
		{ "  zone: [a]", "9: zone: found a list, expected the IANA name of a time zone, such as Europe/Amsterdam" },
		{ "  language: de", "13: language: found \"de\", expected nl or en" },
		{ "  language: \"\"", "13: language: found \"\", expected nl or en" },
		{ "log: {level: loud}", "14: level: found \"loud\", expected error, warn, info or debug" },
		{ "log: {bodies: yes}", "15: bodies: found \"yes\", expected true or false" },
		{ "data: \"a\\nb\"", "7: data: found \"a b\", expected a path, on one line" },
		{ "data: ~", "7: data: found nothing, expected a path" },
		{ "bridge: {bot: whatsappbot}",
		  "15: bot: found \"whatsappbot\", expected a Matrix user id in quotes, such as \"@name:example.org\"" },
		{ "inviters: \"@a:b\"",
		  "11: inviters: found \"@a:b\", expected a list of Matrix user ids, such as [\"@name:example.org\"]" },
		{ "inviters: [\"@a b:c\"]", "12: found \"@a b:c\", expected a Matrix user id in quotes, such as \"@name:example.org\"" },
		{ "trust: {route: none}", "16: route: found \"none\", expected bridge, plain or direct" },
		{ "trust: [route]", "8: trust: found a list, expected a section of command: bridge, plain or direct" },
	};

	(void)state;
	expect_values(cases, ARRAY_LEN(cases));
}

static void values__say_what_was_found_and_expected__times_and_sizes(void **state)
{
	static const struct value_case cases[] = {
		{ "  day_post: 9:00", "13: day_post: found \"9:00\", expected a time of day, such as \"09:00\"" },
		{ "  day_post: 24:00", "13: day_post: found \"24:00\", expected a time of day, such as \"09:00\"" },
		{ "  day_post: 22:00", "13: day_post: found a time within the quiet hours, expected one outside them" },
		{ "  quiet: {from: 09:00, until: 09:00}", "10: quiet: found the same time twice, expected a beginning and an end" },
		{ "  quiet: {from: 22:00}", "10: found no key \"until\", expected it in quiet" },
		{ "  jitter: {least: 20}", "19: least: found \"20\", expected a time with its unit, such as 20s, 30m, 24h or 14d" },
		{ "  jitter: {least: 50s}", "11: jitter: found more for least than for most, expected least up to most" },
		{ "  jitter: {most: 2h}", "18: most: found \"2h\", expected at most 1h" },
		{ "  ages: {resident: 0d}", "20: resident: found \"0d\", expected between 1h and 60d" },
		{ "  ages: {privileged: 12.50}",
		  "22: privileged: found \"12.50\", expected a time with its unit, such as 20s, 30m, 24h or 14d" },
		{ "  reminders: 7d", "14: reminders: found \"7d\", expected a list of times with their unit, such as [7d, 1d, 2h]" },
		{ "  reminders: [1d, 24h]", "14: reminders: found the same time twice, expected it once" },
		{ "  reminders: [1d, 5m]", "19: found \"5m\", expected between 15m and 60d" },
		{ "  reminders: [1h, 2h, 3h, 4h, 5h, 6h, 7h, 8h, 9h]", "14: reminders: found a list, expected at most 8 times" },
		{ "  media: {file_size: 20}", "22: file_size: found \"20\", expected a size with its unit, such as 500 kB, 20 MB or 10 GB" },
		{ "  media: {file_size: 1 kB}", "22: file_size: found \"1 kB\", expected between 100 kB and 1 GB" },
		{ "  media: {files_per_hour: 010}", "27: files_per_hour: found \"010\", expected a whole number, such as 60" },
		{ "  media: {files_per_hour: 12x}", "27: files_per_hour: found \"12x\", expected a whole number, such as 60" },
	};

	(void)state;
	expect_values(cases, ARRAY_LEN(cases));
}

static void read_places__refuses__a_name_with_two_meanings(void **state)
{
	(void)state;
	expect_errors(HOOD GROUPS "places:\n  - name: Koornhorst\n  - name: HRHolst\n    aliases: [koornhorst]\n",
		"t.yaml:15:5: place: found \"koornhorst\" a second time, expected it once: it stands at t.yaml:14:5 already\n");
	expect_errors(HOOD GROUPS "places: [Koornhorst]\n",
		"t.yaml:13:10: found \"Koornhorst\", expected a place as a section: keys, one a line\n");
}

static void sections__fill_in__what_the_file_leaves_out(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	const struct config *config = expect_config(arena, HOOD GROUPS, CONFIG_FOR_SERVER);
	const struct config_neighbourhood *hood = &config->neighbourhood;

	(void)state;
	assert_string_equal(config->data, "/var/lib/rotonde");
	assert_string_equal(config->homeserver.device_name, "Rotonde");
	assert_false(config->homeserver.allow_private_media);
	assert_int_equal(config->log_level, LOG_LEVEL_INFO);
	assert_string_equal(hood->zone, "Europe/Amsterdam");
	assert_int_equal(hood->language, LANGUAGE_NL);
	assert_int_equal(hood->day_post_minute, 600);
	assert_int_equal(hood->quiet_from_minute, 1260);
	assert_int_equal(hood->quiet_until_minute, 540);
	assert_int_equal(hood->jitter_least_ms, 20000);
	assert_int_equal(hood->jitter_most_ms, 40000);
	assert_int_equal(hood->resident_age_ms, 1209600000);
	assert_int_equal(hood->privileged_age_ms, 86400000);
	assert_int_equal(hood->reminders_len, 3);
	assert_int_equal(hood->reminders_ms[2], 7200000);
	assert_int_equal(hood->media.file_bytes, 20000000);
}

static void sections__read__every_value(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	const struct config *config = expect_config(arena,
		WITH("  zone: Europe/London\n  language: en\n  day_post: 08:30\n  quiet: {from: 22:00, until: 07:00}\n"
		     "  jitter: {least: 1s, most: 1m}\n  ages: {resident: 7d, privileged: 2h}\n  reminders: [2h, 3d]\n"
		     "  media: {file_size: 5 MB, files_per_hour: 7, disk: 1 GB}\n"
		     "log: {level: debug, bodies: true}\ndata: data\ntrust: {route: bridge}\n"
		     "inviters: [\"@fatima:example.org\"]\nbots: [\"@weather:example.org\"]\nbridge: {bot: \"@bot:bridge.example\", ghost_prefix: wa_}"),
		CONFIG_FOR_SERVER);
	const struct config_neighbourhood *hood = &config->neighbourhood;

	(void)state;
	assert_string_equal(hood->zone, "Europe/London");
	assert_int_equal(hood->language, LANGUAGE_EN);
	assert_int_equal(hood->day_post_minute, 510);
	assert_int_equal(hood->quiet_from_minute, 1320);
	assert_int_equal(hood->quiet_until_minute, 420);
	assert_int_equal(hood->jitter_least_ms, 1000);
	assert_int_equal(hood->jitter_most_ms, 60000);
	assert_int_equal(hood->resident_age_ms, 604800000);
	assert_int_equal(hood->privileged_age_ms, 7200000);
	assert_int_equal(hood->reminders_len, 2);
	assert_int_equal(hood->reminders_ms[0], 259200000);
	assert_int_equal(hood->reminders_ms[1], 7200000);
	assert_int_equal(hood->media.file_bytes, 5000000);
	assert_int_equal(hood->media.files_per_hour, 7);
	assert_int_equal(hood->media.disk_bytes, 1000000000);
	assert_int_equal(config->log_level, LOG_LEVEL_DEBUG);
	assert_true(config->log_bodies);
	assert_string_equal(config->data, "./data");
	assert_string_equal(config->inviters[0], "@fatima:example.org");
	assert_true(config_is_bot(config, "@weather:example.org"));
	assert_false(config_is_bot(config, "@fatima:example.org"));
	assert_string_equal(config->bridge.ghost_prefix, "wa_");
	assert_string_equal(config->bridge.ghost_server, "bridge.example");
	assert_int_equal(config_least_trust(config, "route", TRUST_DIRECT), TRUST_BRIDGE);
	assert_int_equal(config_least_trust(config, "approve", TRUST_DIRECT), TRUST_DIRECT);
}

static void config_errors__stop_at_two_hundred__and_count_the_rest(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	struct config_errors errors;
	AUTO_BUF text;

	(void)state;
	buf_init(&text, 4096);
	for (int i = 0; i < CONFIG_ERRORS_MAX + 10; i++)
		buf_printf(&text, "key%d: x\n", i);
	config_errors_init(&errors);
	assert_null(config_of(arena, text.data, CONFIG_FOR_CONSOLE, &errors));
	assert_int_equal(errors.len, CONFIG_ERRORS_MAX);
	assert_int_equal(errors.more, 13);
	assert_non_null(strstr(config_errors_format(arena, &errors), "\nand 13 more\n"));
	config_errors_release(&errors);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(walk_section__names_what_it_knows__unknown_key),
		cmocka_unit_test(walk_section__names_the_place__missing_key),
		cmocka_unit_test(walk_section__refuses__a_secret),
		cmocka_unit_test(read_homeserver__wants__one_road_to_the_password),
		cmocka_unit_test(values__say_what_was_found_and_expected__texts_and_words),
		cmocka_unit_test(values__say_what_was_found_and_expected__times_and_sizes),
		cmocka_unit_test(read_places__refuses__a_name_with_two_meanings),
		cmocka_unit_test(sections__fill_in__what_the_file_leaves_out),
		cmocka_unit_test(sections__read__every_value),
		cmocka_unit_test(config_errors__stop_at_two_hundred__and_count_the_rest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
