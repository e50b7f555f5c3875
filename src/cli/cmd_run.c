/*
 * `rotonde run`: the daemon.
 */
#include <errno.h>
#include <inttypes.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/server.h"
#include "cli/setup.h"
#include "engine/engine.h"
#include "engine/notify.h"

/* With a clock file, how often it is looked at: whoever moves it wants to see what follows. */
enum { CLOCK_FILE_POLL_MS = 100 };

/* Nothing happened for so long: the start, or a spell of work, is over. */
enum { REST_MS = 2000 };

/* How often a start on a full disk is tried again. */
enum { FULL_DISK_POLL_MS = 2000 };

/* The machine's clock, moved by the whole number of milliseconds in the file; for tests. */
static int64_t moved_now_ms(void *context)
{
	const char *path = context;
	AUTO_BUF file = { 0 };
	int64_t offset_ms = 0;

	buf_init(&file, 64);
	if (file_read(path, &file) == 0) {
		file.data[strcspn(file.data, " \n")] = '\0';
		if (!parse_int64(file.data, &offset_ms))
			offset_ms = 0;
	}
	return clock_now_ms(&clock_system) + offset_ms;
}

/*
 * A daemon that runs for years on a small machine gives memory back. glibc raises its thresholds to the
 * largest block it ever saw freed, which after one large /sync answer would keep megabytes; setting them
 * turns that off. Its second heap would serve no more than the thread in which libcurl looks up a name.
 */
static void tune_memory(void)
{
	(void)mallopt(M_ARENA_MAX, 1);
	(void)mallopt(M_MMAP_THRESHOLD, 128 * 1024);
	(void)mallopt(M_TRIM_THRESHOLD, 256 * 1024);
}

/* SIGTERM and SIGINT become readable. */
static int catch_signals(void)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
		return -1;
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void complain_engine(const struct config *config, enum engine_verdict verdict, const char *why)
{
	(void)fprintf(stderr, "rotonde: %s: %s\n", config->data, why);
	switch (verdict) {
	case ENGINE_CORRUPT:
		(void)fprintf(stderr, "  Nothing was changed. Keep the file, and put the last backup in its place: rotonde restore -c FILE BACKUP\n");
		break;
	case ENGINE_KEYS:
		(void)fprintf(stderr, "  Nothing was changed. A new login makes new keys: rotonde login -c FILE\n");
		break;
	case ENGINE_BUSY:
	case ENGINE_NEWER:
	case ENGINE_FULL:
	case ENGINE_UNREADABLE:
	case ENGINE_OPENED:
		break;
	}
}

/* A spell of work; the start is the first. */
struct spell {
	uint64_t turns;   /* of the engine, when it was last looked at */
	int64_t quiet_ms; /* on the monotonic clock: there were no more since then */
	bool started;     /* the first is over */
	bool over;
};

/*
 * What work took goes back when it is over, down to the system: a first meeting with fifty rooms and the keys of
 * their people leaves megabytes free between what stays. Only the start prepares statements that no day asks for.
 */
static void rest_when_quiet(struct spell *spell, struct engine *engine)
{
	int64_t now_ms = monotonic_ms();

	if (spell->turns != engine_turns(engine)) {
		spell->turns = engine_turns(engine);
		spell->quiet_ms = now_ms;
		spell->over = false;
	} else if (!spell->over && now_ms - spell->quiet_ms >= REST_MS) {
		if (!spell->started)
			engine_rest(engine);
		(void)malloc_trim(0);
		spell->started = spell->over = true;
	}
}

/* How long the engine may wait for something to happen. */
static int64_t patience_ms(const struct spell *spell, int64_t most_ms)
{
	int64_t alive_ms = notify_watchdog_ms();

	if (!spell->over && most_ms > REST_MS)
		most_ms = REST_MS;
	return most_ms < alive_ms ? most_ms : alive_ms;
}

/* Until a signal, or until the engine cannot go on. */
static int loop(struct engine *engine, int signals, int64_t most_ms)
{
	struct pollfd fds[] = { { .fd = signals, .events = POLLIN } };
	struct spell spell = { 0 };
	bool ready = false;

	while (engine_step(engine, fds, 1, patience_ms(&spell, most_ms))) {
		notify_alive();
		if (!ready && engine_is_connected(engine)) {
			ready = true;
			notify_ready();
			notify_status("connected");
			log_info("run.ready", NULL);
		}
		if (ready)
			rest_when_quiet(&spell, engine);
		if (fds[0].revents) {
			notify_stopping();
			log_info("run.stop", "why=signal");
			return CLI_GOOD;
		}
	}
	log_error("run.stop", "why=\"%s\"", engine_stop_reason(engine));
	(void)fprintf(stderr, "rotonde: %s\n", engine_stop_reason(engine));
	return CLI_NO;
}

/* The engine on the homeserver of the config; NULL when it cannot be had, *ret_full when only for now. */
static struct engine *open_engine(const struct setup *setup, const struct clock *clock, bool *ret_full)
{
	AUTO_ARENA arena = arena_create(64 * 1024);
	struct engine_options options = { .house = setup->house, .data = setup->config->data, .clock = *clock };
	struct crypto_options keys;
	struct matrix_account account;
	struct matrix_options server;
	enum matrix_verdict verdict;
	enum engine_verdict opened;
	struct engine *engine = NULL;
	const char *why = "";

	*ret_full = false;
	if (!server_options(arena, setup->config, &server))
		return NULL;
	verdict = matrix_stored(&server, arena, &account);
	if (verdict == MATRIX_OK)
		verdict = matrix_open(&server, &options.transport);
	if (verdict != MATRIX_OK) {
		server_complain(setup->config, &server, verdict, "");
		return NULL;
	}
	keys = server_crypto_options(arena, setup->config, &account);
	options.crypto = &keys;
	opened = engine_open(&options, &engine, &why);
	if (opened == ENGINE_OPENED)
		return engine;
	*ret_full = opened == ENGINE_FULL;
	complain_engine(setup->config, opened, why);
	return NULL;
}

static int serve(const struct setup *setup, const char *clock_file)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	struct clock clock = clock_file ? (struct clock){ moved_now_ms, arena_dup(arena, clock_file) } : clock_system;
	AUTO_FD signals = catch_signals();
	struct pollfd stop = { .fd = signals, .events = POLLIN };
	struct engine *engine;
	bool full;
	int end;

	if (signals < 0) {
		(void)fprintf(stderr, "rotonde: signals: %s\n", strerror(errno));
		return CLI_NO;
	}
	/* A full disk is no reason to give up: somebody will make room, and nobody will think of us then. */
	while (!(engine = open_engine(setup, &clock, &full)) && full) {
		if (poll(&stop, 1, FULL_DISK_POLL_MS) > 0)
			return CLI_GOOD;
	}
	if (!engine)
		return CLI_NO;
	end = loop(engine, signals, clock_file ? CLOCK_FILE_POLL_MS : INT64_MAX);
	engine_close(engine);
	return end;
}

static int run_run(int argc, char **argv)
{
	struct options options;
	struct setup setup;
	int end;

	if (!options_parse(argc, argv, &options) || !options.config || options.rest_len)
		return cli_usage(&cli_run);
	/* Photos, names and tokens do not belong in a core file. */
	(void)prctl(PR_SET_DUMPABLE, 0);
	tune_memory();
	if (!setup_open(&setup, options.config, CONFIG_FOR_SERVER))
		return CLI_NO;
	log_set_level(setup.config->log_level);
	end = serve(&setup, options.clock_file);
	setup_close(&setup);
	return end;
}

const struct cli_command cli_run = {
	.name = "run",
	.usage = "-c FILE",
	.summary = "The daemon itself.",
	.daemon = CLI_DAEMON_ITSELF,
	.run = run_run,
};
