/*
 * `rotonde console`: the whole program with no server. Without --data everything lives in a temporary
 * folder that goes at the end. With `--script -` a program talks: it may wait for each answer, and the clock
 * moves by its lines only, so that the same lines make the same transcript. What it wrote behind a @crash before
 * that was shown is lost.
 */
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/die.h"
#include "base/file.h"
#include "base/log.h"
#include "base/random.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/setup.h"
#include "console/console.h"
#include "engine/engine.h"
#include "text/language.h"

enum { SCRIPT_MAX_BYTES = 64 * 1024 * 1024 };

/* Tells the process that a @crash started which folder is its own. */
#define RESUME_VARIABLE "ROTONDE_CONSOLE_RESUME"

/* Where the clock of the built-in example starts. */
#define DEFAULT_NOW "2022-06-14T09:00"

struct console_run {
	const char *data;
	const char *now;
	const char *script;
	bool temporary; /* data goes at the end */
	char **argv;    /* of the program, for a @crash */
	struct setup setup;
};

static char folder_of_process[] = "/tmp/rotonde-console-XXXXXX";

static bool parse_time(void *context, const char *text, int64_t *ret_ms)
{
	const struct console_run *run = context;

	return setup_parse_time(&run->setup, text, ret_ms);
}

/* As dead as kill -9: no destructor runs, nothing in memory survives; then the same program begins again. */
static void crash(void *context)
{
	const struct console_run *run = context;

	if (setenv(RESUME_VARIABLE, run->data, 1) != 0)
		die("no memory");
	(void)execv("/proc/self/exe", run->argv);
	die("cannot start anew after @crash: %s", strerror(errno));
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	return remove(path);
}

static bool choose_data(struct console_run *run)
{
	if (run->data) {
		int error = file_make_folders(run->data);

		if (error)
			(void)fprintf(stderr, "rotonde: %s: %s\n", run->data, strerror(-error));
		return error == 0;
	}
	run->temporary = true;
	run->data = getenv(RESUME_VARIABLE);
	if (!run->data)
		run->data = mkdtemp(folder_of_process);
	if (!run->data)
		(void)fprintf(stderr, "rotonde: no temporary folder: %s\n", strerror(errno));
	return run->data != NULL;
}

/* Where the lines come from. */
enum source {
	SOURCE_SCRIPT,  /* all of them at once */
	SOURCE_TYPED,   /* a person at a terminal */
	SOURCE_PROGRAM, /* `--script -`: a program that reads the answers before it goes on */
};

static enum source source_of(const struct console_run *run)
{
	if (str_equal(run->script, "-"))
		return SOURCE_PROGRAM;
	return !run->script && isatty(STDIN_FILENO) ? SOURCE_TYPED : SOURCE_SCRIPT;
}

/*
 * The script as text: a file, or standard input when that is no terminal. Standard input can be read
 * only once, so a copy waits in the folder for what comes after a @crash. False when it cannot be read.
 */
static bool read_script(const struct console_run *run, struct arena *arena, struct buf *script)
{
	const char *copy = arena_printf(arena, "%s/console.script", run->data);
	const char *path = run->script ? run->script : copy;
	int error = -ENOENT;

	if (run->script || getenv(RESUME_VARIABLE))
		error = file_read(path, script);
	if (error == -ENOENT && !run->script) {
		error = file_read("/dev/stdin", script);
		if (!error)
			error = file_write_durable(copy, script->data, script->len, 0600);
	}
	if (error)
		(void)fprintf(stderr, "rotonde: %s: %s\n", run->script ? run->script : "standard input", strerror(-error));
	return !error;
}

static const char **group_names(struct arena *arena, const struct config *config)
{
	const char **names = arena_array(arena, const char *, config->groups_len);

	for (size_t i = 0; i < config->groups_len; i++)
		names[i] = config->groups[i].slug;
	return names;
}

static const char *folder_of(struct arena *arena, const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;

	return slash ? arena_dup_n(arena, path, (size_t)(slash - path)) : ".";
}

static void welcome(FILE *out)
{
	(void)fputs("# Rotonde in the terminal. Type  [kruitberg] fatima: !help   or  @now 2022-06-15T19:00\n"
	            "# Groups are cores (kruitberg, kleiburg, ...), coordinators, audit, neighbourhood; [@fatima] is private.\n"
	            "# Ctrl-D ends it.\n",
	            out);
}

static int play(struct console_run *run, struct arena *arena, const struct buf *script, enum source source)
{
	struct engine_options options = { .house = run->setup.house, .data = run->data };
	struct console_options console_options = {
		.script = source == SOURCE_SCRIPT ? script->data : NULL,
		.typed = source == SOURCE_TYPED,
		.folder = folder_of(arena, run->script),
		.memory = arena_printf(arena, "%s/console.json", run->data),
		.out = stdout,
		.groups = group_names(arena, run->setup.config),
		.groups_len = run->setup.config->groups_len,
		.parse_time = parse_time,
		.crash = crash,
		.context = run,
	};
	struct console *console;
	struct engine *engine;
	const char *why = "";
	int end;

	if (!setup_parse_time(&run->setup, run->now, &console_options.now_ms)) {
		(void)fprintf(stderr, "rotonde: --now: found \"%s\", expected a time like %s\n", run->now, DEFAULT_NOW);
		return CLI_USAGE;
	}
	if (source == SOURCE_TYPED)
		welcome(stdout);
	else
		random_replay(0); /* the same script, the same transcript, the books' head included */
	console = console_open(&console_options);
	options.transport = console_transport(console);
	options.clock = console_clock(console);
	if (engine_open(&options, &engine, &why) != ENGINE_OPENED) {
		(void)fprintf(stderr, "rotonde: %s: %s\n", run->data, why);
		return CLI_NO;
	}
	while (engine_step(engine, NULL, 0, INT64_MAX))
		;
	end = console_error(console) ? CLI_NO : CLI_GOOD;
	engine_close(engine);
	return end;
}

static int play_in_folder(struct console_run *run)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	AUTO_BUF script = { 0 };
	enum source source = source_of(run);
	int end;

	buf_init(&script, SCRIPT_MAX_BYTES);
	if (!choose_data(run) || (source == SOURCE_SCRIPT && !read_script(run, arena, &script)))
		return CLI_NO;
	end = play(run, arena, &script, source);
	if (run->temporary)
		(void)nftw(run->data, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return end;
}

static int console_run(int argc, char **argv)
{
	struct console_run run = { .argv = argv - 1 };
	struct options options;
	int end;

	if (!options_parse(argc, argv, &options) || options.rest_len || options.group || options.head || options.clock_file)
		return cli_usage(&cli_console);
	run.data = options.data;
	run.script = options.script;
	run.now = options.now ? options.now : DEFAULT_NOW;
	log_set_level(LOG_LEVEL_ERROR);
	if (!setup_open(&run.setup, options.config, CONFIG_FOR_CONSOLE))
		return CLI_NO;
	if (options.language && !setup_speak(&run.setup, options.language)) {
		(void)fprintf(stderr, "rotonde: --lang: found \"%s\", expected nl or en\n", options.language);
		end = CLI_USAGE;
	} else {
		end = play_in_folder(&run);
	}
	setup_close(&run.setup);
	return end;
}

const struct cli_command cli_console = {
	.name = "console",
	.usage = "[-c FILE] [--data DIR] [--now TIME] [--script FILE|-] [--lang nl|en]",
	.summary = "A neighbourhood in the terminal, without a server.",
	.daemon = CLI_DAEMON_DOWN,
	.run = console_run,
};
