/*
 * `rotonde seen`: a person at the host has read what happened, so that `rotonde status` reminds of it no more. While
 * the daemon runs, it alone writes, and its log has when: it is asked. Otherwise the folder is ours.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/daemon.h"
#include "cli/database.h"
#include "cli/options.h"
#include "cli/setup.h"
#include "engine/engine.h"
#include "store/incident.h"
#include "store/turn_owner.h"

enum { MEMORY_MAX = 4 * 1024 * 1024 };

struct seeing {
	const char *kind;
	const char *subject; /* NULL: all of the kind */
	enum incident_seen verdict;
	int64_t len;
};

static void see(struct turn *turn, void *context)
{
	struct seeing *seeing = context;

	seeing->verdict = incident_see(turn, seeing->kind, seeing->subject, &seeing->len);
}

/* False, told on stderr, when it could not be done. */
static bool see_alone(const struct config *config, struct seeing *seeing)
{
	AUTO_FD lock = database_lock(config);
	struct store *store = lock < 0 ? NULL : database_open(config);
	enum turn_end end;

	if (!store)
		return false;
	end = turn_run(store, clock_now_ms(&clock_system), see, seeing);
	store_close(store);
	if (end == TURN_DROPPED)
		(void)fprintf(stderr, "rotonde: the disk is full or fails; nothing was changed\n");
	return end == TURN_COMMITTED;
}

/* The same. */
static bool ask(struct daemon *daemon, struct arena *arena, struct seeing *seeing)
{
	AUTO_JSON request = json_object_create();
	const struct cJSON *answer;
	const char *error;

	json_set_str(request, "do", "incident.seen");
	json_set_str(request, "kind", seeing->kind);
	json_set_str(request, "subject", seeing->subject);
	if (daemon_ask(daemon, arena, request, &answer, &error)) {
		seeing->verdict = INCIDENT_SEEN;
		return json_int(answer, "incidents", &seeing->len);
	}
	if (str_equal(error, "lasts"))
		seeing->verdict = INCIDENT_LASTS;
	else if (str_equal(error, "unknown"))
		seeing->verdict = INCIDENT_UNKNOWN;
	else if (error)
		(void)fprintf(stderr, "rotonde: the daemon says no: %s\n", error);
	return str_equal(error, "lasts") || str_equal(error, "unknown");
}

static bool see_by_daemon(const struct config *config, struct seeing *seeing)
{
	AUTO_ARENA arena = arena_create(MEMORY_MAX);
	struct daemon daemon;
	bool done;

	if (!daemon_connect(&daemon, config->data))
		return false;
	done = ask(&daemon, arena, seeing);
	daemon_release(&daemon);
	return done;
}

static int tell(const struct seeing *seeing)
{
	const char *space = seeing->subject ? " " : "", *subject = seeing->subject ? seeing->subject : "";

	switch (seeing->verdict) {
	case INCIDENT_SEEN:
		(void)printf("%" PRId64 " seen\n", seeing->len);
		return CLI_GOOD;
	case INCIDENT_LASTS:
		(void)fprintf(stderr, "rotonde: %s%s%s: this still goes on; it is gone from rotonde status when it is over\n", seeing->kind, space, subject);
		return CLI_NO;
	case INCIDENT_UNKNOWN:
		(void)fprintf(stderr, "rotonde: %s%s%s: no such incident is open; rotonde status shows those that are\n", seeing->kind, space, subject);
		return CLI_NO;
	}
	return CLI_NO;
}

static int seen_run(int argc, char **argv)
{
	struct seeing seeing = { 0 };
	struct options options;
	struct setup setup;
	bool done;

	if (!options_parse(argc, argv, &options) || !options_name_data(&options) || options.rest_len < 1 || options.rest_len > 2)
		return cli_usage(&cli_seen);
	log_set_level(LOG_LEVEL_ERROR);
	if (!setup_for_tool(&setup, &options))
		return CLI_NO;
	seeing.kind = options.rest[0];
	seeing.subject = options.rest_len == 2 ? options.rest[1] : NULL;
	done = engine_is_running(setup.config->data) ? see_by_daemon(setup.config, &seeing) : see_alone(setup.config, &seeing);
	setup_close(&setup);
	return done ? tell(&seeing) : CLI_NO;
}

const struct cli_command cli_seen = {
	.name = "seen",
	.usage = "-c FILE KIND [SUBJECT]",
	.summary = "Take what happened, and you have read, off the incidents of status.",
	.daemon = CLI_DAEMON_EITHER,
	.run = seen_run,
};
