/*
 * What a config says, on one screen, for who just wrote it.
 */
#include "config/config.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/str.h"
#include "config/budget.h"

enum { EXPLAIN_BYTES_MAX = 16 * 1024 };

static const char *trust_word(enum trust trust)
{
	switch (trust) {
	case TRUST_NONE:
		return "none";
	case TRUST_BRIDGE:
		return "bridge";
	case TRUST_PLAIN:
		return "plain";
	case TRUST_DIRECT:
		return "direct";
	}
	return "";
}

static void explain_home(struct buf *out, const struct config *config)
{
	const struct config_homeserver *homeserver = &config->homeserver;

	if (!homeserver->url)
		buf_printf(out, "homeserver  none, this is for the console\n");
	else
		buf_printf(out, "homeserver  %s as %s, password in the %s %s\n", homeserver->url, homeserver->user,
			homeserver->password_file ? "file" : "systemd credential",
			homeserver->password_file ? homeserver->password_file : homeserver->credential);
	buf_printf(out, "data        %s\n", config->data);
	if (config->log_bodies)
		buf_printf(out, "log         WITH the text of messages\n");
}

static void explain_hours(struct buf *out, const struct config_neighbourhood *hours)
{
	buf_printf(out, "day         post at %02d:%02d, quiet %02d:%02d-%02d:%02d, %" PRId64 "-%" PRId64 " s between groups\n",
		hours->day_post_minute / 60, hours->day_post_minute % 60, hours->quiet_from_minute / 60,
		hours->quiet_from_minute % 60, hours->quiet_until_minute / 60, hours->quiet_until_minute % 60,
		hours->jitter_least_ms / MS_PER_SECOND, hours->jitter_most_ms / MS_PER_SECOND);
	buf_printf(out, "late        residents %" PRId64 " h, privileged commands %" PRId64 " h\n",
		hours->resident_age_ms / MS_PER_HOUR, hours->privileged_age_ms / MS_PER_HOUR);
}

static void explain_money(struct buf *out, struct arena *arena, const struct config_budget *budget)
{
	struct cents cap = cents_share(budget->grant, HANDLING_CAP_PERCENT);

	buf_printf(out, "money       EUR %s in %zu lines for %zu cores; free %s, focus %s, handling %s (at most %s)\n",
		cents_format_csv(arena, budget->grant), budget->lines_len, budget->cores_len,
		cents_format_csv(arena, lines_sum(budget, LINE_KIND_FREE)), cents_format_csv(arena, lines_sum(budget, LINE_KIND_FOCUS)),
		cents_format_csv(arena, lines_sum(budget, LINE_KIND_HANDLING)), cents_format_csv(arena, cap));
}

static void explain_groups(struct buf *out, const struct config *config)
{
	size_t cores = 0, bridged = 0, without = 0;

	for (size_t i = 0; i < config->groups_len; i++) {
		cores += config->groups[i].kind == GROUP_KIND_CORE;
		bridged += config->groups[i].bridged;
	}
	buf_printf(out, "groups      %zu of cores, %zu others, %zu bridged\n", cores, config->groups_len - cores, bridged);
	for (size_t i = 0; i < config->budget.cores_len; i++) {
		const char *slug = config->budget.cores[i].slug;

		if (!config_main_group(config, slug))
			buf_printf(out, "%s%s", without++ ? ", " : "            cores without a group: ", slug);
	}
	if (without)
		buf_add_text(out, "\n");
}

static void explain_persons(struct buf *out, const struct config *config)
{
	buf_printf(out, "persons     %zu", config->persons_len);
	for (enum role role = ROLE_LEAD; role < ROLE_MAX; role++) {
		size_t count = 0;

		for (size_t i = 0; i < config->persons_len; i++)
			count += config->persons[i].roles >> role & 1;
		buf_printf(out, "%s %s %zu", role == ROLE_LEAD ? ":" : ",", role_format(role), count);
	}
	buf_printf(out, "; %zu may invite\n", config->inviters_len);
}

static void explain_year(struct buf *out, const struct config_year *year)
{
	if (!year->events_len && !year->rounds_len && !year->has_deadline)
		return;
	buf_printf(out, "year        %zu events, %zu rounds", year->events_len, year->rounds_len);
	if (year->has_deadline)
		buf_printf(out, ", deadline %02d-%02d", year->deadline.month, year->deadline.day);
	buf_add_text(out, "\n");
}

char *config_explain(struct arena *arena, const struct config *config)
{
	AUTO_BUF out;

	buf_init(&out, EXPLAIN_BYTES_MAX);
	buf_printf(&out, "%s: %s, %s, %s\n", config->file, config->neighbourhood.name, config->neighbourhood.zone,
		language_format(config->neighbourhood.language));
	explain_home(&out, config);
	explain_hours(&out, &config->neighbourhood);
	explain_money(&out, arena, &config->budget);
	explain_groups(&out, config);
	explain_persons(&out, config);
	explain_year(&out, &config->year);
	for (size_t i = 0; i < config->trusts_len; i++)
		buf_printf(&out, "%s%s at %s", i ? ", " : "trust       ", config->trusts[i].command, trust_word(config->trusts[i].least));
	if (config->trusts_len)
		buf_add_text(&out, "\n");
	return arena_dup(arena, out.data);
}
