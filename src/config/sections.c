#include "config/sections.h"

#include "base/clock.h"
#include "base/embed.h"
#include "config/budget.h"
#include "config/lists.h"
#include "config/year.h"
#include "text/zone.h"

#define KB INT64_C(1000)
#define MB (1000 * KB)
#define GB (1000 * MB)

static void read_homeserver(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const struct field fields[] = {
		FIELD_REQUIRED(struct config_homeserver, url, "url", read_url),
		FIELD_REQUIRED(struct config_homeserver, user, "user", read_mxid),
		FIELD(struct config_homeserver, device_name, "device_name", read_text),
		FIELD(struct config_homeserver, password_file, "password_file", read_path),
		FIELD(struct config_homeserver, credential, "credential", read_slug),
		FIELD(struct config_homeserver, allow_private_media, "allow_private_media", read_bool),
	};
	struct config_homeserver *homeserver = FIELD_TARGET(struct config_homeserver, section, field);

	if (!walk_section(walk, node, "homeserver", fields, ARRAY_LEN(fields), homeserver))
		return;
	if (node_find(node, "password_file") && node_find(node, "credential"))
		config_errors_add(walk->errors, walk_mark(node, "credential"),
			"found both password_file and credential, expected one of them");
	else if (!node_find(node, "password_file") && !node_find(node, "credential"))
		config_errors_add(walk->errors, node->mark,
			"found no password_file or credential, expected one of them in homeserver: where the password is kept");
}

static void read_level(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const char *const words[] = {
		[LOG_LEVEL_ERROR] = "error", [LOG_LEVEL_WARN] = "warn", [LOG_LEVEL_INFO] = "info", [LOG_LEVEL_DEBUG] = "debug",
	};
	size_t index;

	if (walk_choice(walk, node, words, ARRAY_LEN(words), &index))
		*FIELD_TARGET(enum log_level, section, field) = (enum log_level)index;
}

static void read_log(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const struct field fields[] = {
		FIELD(struct config, log_level, "level", read_level),
		FIELD(struct config, log_bodies, "bodies", read_bool),
	};

	(void)field;
	(void)walk_section(walk, node, "log", fields, ARRAY_LEN(fields), section);
}

static void read_quiet(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const struct field fields[] = {
		FIELD_REQUIRED(struct config_neighbourhood, quiet_from_minute, "from", read_time_of_day),
		FIELD_REQUIRED(struct config_neighbourhood, quiet_until_minute, "until", read_time_of_day),
	};

	(void)field;
	(void)walk_section(walk, node, "quiet", fields, ARRAY_LEN(fields), section);
}

static void read_jitter(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const char range[] = "at most 1h";
	static const struct field fields[] = {
		FIELD_RANGE(struct config_neighbourhood, jitter_least_ms, "least", read_duration, 0, MS_PER_HOUR, range),
		FIELD_RANGE(struct config_neighbourhood, jitter_most_ms, "most", read_duration, 0, MS_PER_HOUR, range),
	};
	struct config_neighbourhood *neighbourhood = section;

	(void)field;
	if (!walk_section(walk, node, "jitter", fields, ARRAY_LEN(fields), neighbourhood))
		return;
	if (neighbourhood->jitter_least_ms > neighbourhood->jitter_most_ms)
		config_errors_add(walk->errors, node->mark, "jitter: found more for least than for most, expected least up to most");
}

static void read_ages(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const char range[] = "between 1h and 60d";
	static const struct field fields[] = {
		FIELD_RANGE(struct config_neighbourhood, resident_age_ms, "resident", read_duration, MS_PER_HOUR, 60 * MS_PER_DAY, range),
		FIELD_RANGE(struct config_neighbourhood, privileged_age_ms, "privileged", read_duration, MS_PER_HOUR, 60 * MS_PER_DAY,
			range),
	};

	(void)field;
	(void)walk_section(walk, node, "ages", fields, ARRAY_LEN(fields), section);
}

static void read_media(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const struct field fields[] = {
		FIELD_RANGE(struct config_media, file_bytes, "file_size", read_size, 100 * KB, GB, "between 100 kB and 1 GB"),
		FIELD_RANGE(struct config_media, files_per_hour, "files_per_hour", read_count, 1, 10000, "between 1 and 10000"),
		FIELD_RANGE(struct config_media, disk_bytes, "disk", read_size, 10 * MB, 10000 * GB, "between 10 MB and 10000 GB"),
	};

	(void)walk_section(walk, node, "media", fields, ARRAY_LEN(fields), FIELD_TARGET(struct config_media, section, field));
}

/* Longest first, which is the order they come due in. */
static void sort_reminders(struct walk *walk, const struct node *node, struct config_neighbourhood *neighbourhood)
{
	int64_t *sorted = arena_array(walk->arena, int64_t, neighbourhood->reminders_len);

	for (size_t i = 0; i < neighbourhood->reminders_len; i++) {
		size_t at = i;

		for (; at && sorted[at - 1] < neighbourhood->reminders_ms[i]; at--)
			sorted[at] = sorted[at - 1];
		if (at && sorted[at - 1] == neighbourhood->reminders_ms[i])
			config_errors_add(walk->errors, node->mark, "reminders: found the same time twice, expected it once");
		sorted[at] = neighbourhood->reminders_ms[i];
	}
	neighbourhood->reminders_ms = sorted;
}

static void read_reminders(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	enum { REMINDERS_MAX = 8 };
	size_t len;

	if (!walk_list(walk, node, "a list of times with their unit, such as [7d, 1d, 2h]", &len))
		return;
	if (len > REMINDERS_MAX) {
		walk_wrong(walk, node, "at most %d times", REMINDERS_MAX);
		return;
	}
	read_durations(walk, node, field, section);
	sort_reminders(walk, node, section);
}

static void read_zone(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	const char *expected = "the IANA name of a time zone, such as Europe/Amsterdam";
	const char *name = walk_text(walk, node, expected);
	struct zone *zone;

	if (!name)
		return;
	zone = zone_open(name);
	if (zone)
		*FIELD_TARGET(const char *, section, field) = name;
	else
		walk_wrong(walk, node, "%s", expected);
	zone_close(zone);
}

static void read_neighbourhood(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const struct field fields[] = {
		FIELD_REQUIRED(struct config_neighbourhood, name, "name", read_text),
		FIELD(struct config_neighbourhood, zone, "zone", read_zone),
		FIELD(struct config_neighbourhood, language, "language", read_language),
		FIELD(struct config_neighbourhood, day_post_minute, "day_post", read_time_of_day),
		{ .key = "quiet", .read = read_quiet },
		{ .key = "jitter", .read = read_jitter },
		{ .key = "ages", .read = read_ages },
		{ .key = "reminders",
		  .read = read_reminders,
		  .offset = offsetof(struct config_neighbourhood, reminders_ms),
		  .len_offset = offsetof(struct config_neighbourhood, reminders_len),
		  .low = 15 * MS_PER_MINUTE,
		  .high = 60 * MS_PER_DAY,
		  .range = "between 15m and 60d" },
		FIELD(struct config_neighbourhood, media, "media", read_media),
	};

	(void)walk_section(walk, node, "neighbourhood", fields, ARRAY_LEN(fields),
		FIELD_TARGET(struct config_neighbourhood, section, field));
}

static void read_bridge(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const struct field fields[] = {
		FIELD(struct config_bridge, bot, "bot", read_mxid),
		FIELD(struct config_bridge, ghost_prefix, "ghost_prefix", read_text),
	};

	(void)walk_section(walk, node, "bridge", fields, ARRAY_LEN(fields), FIELD_TARGET(struct config_bridge, section, field));
}

static void read_share(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const char *const words[] = { "signed", "all" };
	size_t index;

	if (walk_choice(walk, node, words, ARRAY_LEN(words), &index))
		*FIELD_TARGET(bool, section, field) = index == 1;
}

static void read_encryption(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const struct field fields[] = {
		FIELD(struct config_encryption, share_with_all, "share", read_share),
	};

	(void)walk_section(walk, node, "encryption", fields, ARRAY_LEN(fields), FIELD_TARGET(struct config_encryption, section, field));
}

/* What `budget:` says before the files it names are read. */
struct budget_files {
	struct cents grant;
	const char *cores;
	const char *lines;
	const char *builtin;
};

/* The example that is built in has its two files in the program. */
static bool settle_builtin(struct walk *walk, const struct node *node, struct budget_files *files)
{
	const struct node *builtin = node_find(node, "builtin");

	if (node_find(node, "cores") || node_find(node, "lines")) {
		walk_wrong(walk, builtin, "either builtin or cores and lines");
		return false;
	}
	files->cores = arena_printf(walk->arena, "config/%s-kernen.csv", files->builtin);
	files->lines = arena_printf(walk->arena, "config/%s.csv", files->builtin);
	if (embedded_find(files->cores) && embedded_find(files->lines))
		return true;
	walk_wrong(walk, builtin, "k-buurt-2022");
	return false;
}

static void read_files(struct walk *walk, const struct budget_files *files, struct config_mark grant)
{
	enum source_home home = files->builtin ? SOURCE_HOME_PROGRAM : walk->home;
	struct config_budget *budget = &walk->config->budget;
	struct source cores, lines;
	bool cores_good = source_read(walk->arena, files->cores, home, &cores, walk->errors) &&
		cores_read(walk->arena, &cores, budget, walk->errors);
	bool lines_good = source_read(walk->arena, files->lines, home, &lines, walk->errors) &&
		lines_read(walk->arena, &lines, cores_good, budget, walk->errors);

	walk->cores_known = cores_good;
	if (cores_good && lines_good)
		budget_check(budget, files->lines, grant, walk->arena, walk->errors);
}

static void read_budget(struct walk *walk, const struct node *node, const struct field *field, void *section)
{
	static const struct field fields[] = {
		FIELD_REQUIRED(struct budget_files, grant, "grant", read_euros),
		FIELD(struct budget_files, cores, "cores", read_path),
		FIELD(struct budget_files, lines, "lines", read_path),
		FIELD(struct budget_files, builtin, "builtin", read_slug),
	};
	struct budget_files files = { 0 };
	size_t before = walk->errors->len + walk->errors->more;

	(void)field;
	(void)section;
	if (!walk_section(walk, node, "budget", fields, ARRAY_LEN(fields), &files))
		return;
	walk->config->budget.grant = files.grant;
	if (files.builtin && !settle_builtin(walk, node, &files))
		return;
	if (!files.builtin && (!node_find(node, "cores") || !node_find(node, "lines")))
		config_errors_add(walk->errors, node->mark,
			"found no files, expected cores and lines in budget: the two CSV files");
	if (walk->errors->len + walk->errors->more == before)
		read_files(walk, &files, walk_mark(node, "grant"));
}

static const struct field root_fields[] = {
	FIELD(struct config, homeserver, "homeserver", read_homeserver),
	FIELD(struct config, data, "data", read_path),
	{ .key = "log", .read = read_log },
	{ .key = "neighbourhood",
	  .read = read_neighbourhood,
	  .offset = offsetof(struct config, neighbourhood),
	  .required = true },
	{ .key = "budget", .read = read_budget, .required = true },
	FIELD(struct config, bridge, "bridge", read_bridge),
	FIELD(struct config, encryption, "encryption", read_encryption),
	FIELD(struct config, year, "year", read_year),
	FIELD_LIST(struct config, inviters, "inviters", read_mxids),
	FIELD_LIST(struct config, bots, "bots", read_mxids),
	FIELD_LIST(struct config, places, "places", read_places),
	{ .key = "groups",
	  .read = read_groups,
	  .offset = offsetof(struct config, groups),
	  .len_offset = offsetof(struct config, groups_len),
	  .required = true },
	FIELD_LIST(struct config, persons, "persons", read_persons),
	FIELD_LIST(struct config, trusts, "trust", read_trusts),
};

static void set_defaults(struct config *config)
{
	static const int64_t reminders_ms[] = { 7 * MS_PER_DAY, MS_PER_DAY, 2 * MS_PER_HOUR };

	config->data = "/var/lib/rotonde";
	config->log_level = LOG_LEVEL_INFO;
	config->homeserver.device_name = "Rotonde";
	config->bridge.ghost_prefix = "whatsapp_";
	config->neighbourhood = (struct config_neighbourhood){
		.zone = "Europe/Amsterdam",
		.language = LANGUAGE_NL,
		.day_post_minute = 10 * 60,
		.quiet_from_minute = 21 * 60,
		.quiet_until_minute = 9 * 60,
		.jitter_least_ms = 20 * MS_PER_SECOND,
		.jitter_most_ms = 40 * MS_PER_SECOND,
		.resident_age_ms = 14 * MS_PER_DAY,
		.privileged_age_ms = 24 * MS_PER_HOUR,
		.reminders_ms = reminders_ms,
		.reminders_len = ARRAY_LEN(reminders_ms),
		.media = { .file_bytes = 20 * MB, .files_per_hour = 60, .disk_bytes = 10 * GB },
	};
}

void sections_read(struct walk *walk, const struct node *root)
{
	set_defaults(walk->config);
	if (walk->use == CONFIG_FOR_SERVER && root->kind == NODE_SECTION && !node_find(root, "homeserver"))
		config_errors_add(walk->errors, root->mark, "found no key \"homeserver\", expected it in the config");
	(void)walk_section(walk, root, "the config", root_fields, ARRAY_LEN(root_fields), walk->config);
}
