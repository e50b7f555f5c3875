/*
 * `rotonde verify-device`: a person at the host compares emoji with a person at another device. Everything is the
 * daemon's; here it is shown and asked. Whoever leaves in between may come back and go on.
 */
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/daemon.h"
#include "cli/emoji.h"
#include "cli/options.h"
#include "cli/setup.h"
#include "text/message.h"

enum { LOOK_MS = 500, REQUEST_LOOKS = 2 * 60 * 1000 / LOOK_MS, MEMORY_MAX = 64 * 1024 * 1024 };

/* One run of the command. */
struct session {
	struct setup setup;
	struct daemon daemon;
	struct arena *arena;
};

/* In the neighbourhood's language, and in English: whoever sits at the host may know either. */
static void tell(const struct session *session, const char *key, const struct message_arg *args, size_t args_len)
{
	enum language own = session->setup.config->neighbourhood.language;

	(void)puts(message_format(session->setup.catalogue, session->arena, own, key, args, args_len));
	if (own != LANGUAGE_EN)
		(void)puts(message_format(session->setup.catalogue, session->arena, LANGUAGE_EN, key, args, args_len));
}

static void tell_about(const struct session *session, const char *key, const char *user)
{
	const struct message_arg args[] = { MSG_TEXT("user", user) };

	tell(session, key, args, ARRAY_LEN(args));
}

/* Until it is yes or no; the end of the input is no. */
static bool read_yes(void)
{
	static const char *const yes[] = { "ja", "j", "yes", "y" }, *const no[] = { "nee", "n", "no" };
	char line[64];

	for (;;) {
		(void)fputs("> ", stdout);
		(void)fflush(stdout);
		if (!fgets(line, sizeof line, stdin))
			return false;
		line[strcspn(line, " \t\r\n")] = '\0';
		for (size_t i = 0; i < ARRAY_LEN(yes); i++) {
			if (strcasecmp(line, yes[i]) == 0)
				return true;
		}
		for (size_t i = 0; i < ARRAY_LEN(no); i++) {
			if (strcasecmp(line, no[i]) == 0)
				return false;
		}
	}
}

/* name and its one argument, user or id. */
static bool ask(struct session *session, const char *name, const char *user, int64_t id, const struct cJSON **ret_answer)
{
	AUTO_JSON request = json_object_create();
	const char *error;

	json_set_str(request, "do", name);
	json_set_str(request, "user", user);
	if (id)
		json_set_int(request, "id", id);
	if (daemon_ask(&session->daemon, session->arena, request, ret_answer, &error))
		return true;
	if (str_equal(error, "no-room"))
		(void)fprintf(stderr, "rotonde: there is no encrypted room with %s alone; have them send the bot a message there first\n", user);
	else if (str_equal(error, "no-devices"))
		(void)fprintf(stderr, "rotonde: the bot's account has no other device\n");
	else if (str_equal(error, "no-identity"))
		(void)fprintf(stderr, "rotonde: %s has no cross-signing keys that the bot knows of; try again in a minute\n", user);
	else if (error)
		(void)fprintf(stderr, "rotonde: the daemon says no: %s\n", error);
	return false;
}

/* The last verification that counts: of this id, or, with 0, one that waits for us. NULL: none. False: no answer. */
static bool look(struct session *session, int64_t id, const struct cJSON **ret_verification)
{
	const struct cJSON *answer;

	*ret_verification = NULL;
	if (!ask(session, "verify.list", NULL, 0, &answer))
		return false;
	for JSON_EACH (item, json_array(answer, "verifications")) {
		const char *stage = json_str(item, "stage");
		int64_t number;

		if (json_int(item, "id", &number) && (id ? number == id : str_equal(stage, "asked") || str_equal(stage, "compare")))
			*ret_verification = item;
	}
	return true;
}

static void pause_a_moment(void)
{
	(void)poll(NULL, 0, LOOK_MS);
}

/* Who wants to compare; NULL when nobody does, or the daemon is gone. */
static const char *find_request(struct session *session)
{
	const struct cJSON *verification;

	for (int looks = 0; looks < REQUEST_LOOKS; looks++) {
		struct arena_mark mark = arena_mark(session->arena);

		if (!look(session, 0, &verification))
			return NULL;
		if (verification) {
			const char *user = json_str(verification, "user");

			if (!user || str_equal(json_str(verification, "stage"), "compare"))
				return user;
			tell_about(session, "verify.asks", user);
			return read_yes() ? user : NULL;
		}
		if (!looks)
			tell(session, "verify.nobody", NULL, 0);
		arena_rewind(session->arena, mark);
		pause_a_moment();
	}
	return NULL;
}

static void show_emoji(const struct session *session, const struct cJSON *numbers)
{
	enum language own = session->setup.config->neighbourhood.language;

	for JSON_EACH (item, numbers) {
		const char *name, *english;
		int64_t number;

		if (!json_number(item, &number) || number < 0 || number >= EMOJI_COUNT)
			continue;
		name = message_format(session->setup.catalogue, session->arena, own, emoji_get((int)number)->key, NULL, 0);
		english = message_format(session->setup.catalogue, session->arena, LANGUAGE_EN, emoji_get((int)number)->key, NULL, 0);
		if (str_equal(name, english))
			(void)printf("    %s  %s\n", emoji_get((int)number)->symbol, name);
		else
			(void)printf("    %s  %s / %s\n", emoji_get((int)number)->symbol, name, english);
	}
}

static void show_numbers(const struct session *session, const struct cJSON *numbers)
{
	int64_t number;

	tell(session, "verify.numbers", NULL, 0);
	(void)fputs("   ", stdout);
	for JSON_EACH (item, numbers) {
		if (json_number(item, &number))
			(void)printf(" %lld", (long long)number);
	}
	(void)puts("");
}

/* True when the person's word reached the daemon. */
static bool compare(struct session *session, int64_t id, const struct cJSON *verification)
{
	const struct cJSON *answer;

	tell_about(session, "verify.compare", json_str(verification, "user"));
	show_emoji(session, json_array(verification, "emoji"));
	show_numbers(session, json_array(verification, "numbers"));
	tell(session, "verify.same", NULL, 0);
	return ask(session, read_yes() ? "verify.confirm" : "verify.deny", NULL, id, &answer);
}

static void tell_end(const struct session *session, const struct cJSON *verification)
{
	const char *why = json_str(verification, "why");
	const struct message_arg args[] = { MSG_TEXT("why", why ? why : "?") };

	if (str_equal(json_str(verification, "stage"), "done"))
		tell_about(session, "verify.done", json_str(verification, "user"));
	else if (str_equal(why, "m.mismatched_sas"))
		tell(session, "verify.differs", NULL, 0);
	else
		tell(session, "verify.stopped", args, ARRAY_LEN(args));
}

/* From the daemon's yes to the end. The daemon ends what takes too long. */
static int follow(struct session *session, int64_t id, const char *user)
{
	const struct cJSON *verification;
	bool compared = false;

	tell_about(session, "verify.wait", user);
	for (;;) {
		struct arena_mark mark = arena_mark(session->arena);
		const char *stage;

		if (!look(session, id, &verification))
			return CLI_NO;
		stage = json_str(verification, "stage");
		if (!verification || str_equal(stage, "done") || str_equal(stage, "cancelled")) {
			tell_end(session, verification);
			return str_equal(stage, "done") ? CLI_GOOD : CLI_NO;
		}
		if (str_equal(stage, "compare") && !compared)
			compared = compare(session, id, verification);
		else
			pause_a_moment();
		arena_rewind(session->arena, mark);
	}
}

static int verify(struct session *session, const char *user)
{
	const struct cJSON *answer;
	int64_t id;

	if (!user)
		user = find_request(session);
	if (!user || !ask(session, "verify.start", user, 0, &answer) || !json_int(answer, "id", &id))
		return CLI_NO;
	return follow(session, id, user);
}

static int accept(struct session *session, const char *user)
{
	const struct cJSON *answer;

	if (!ask(session, "identity.accept", user, 0, &answer))
		return CLI_NO;
	tell_about(session, "verify.accepted", user);
	return CLI_GOOD;
}

/* Both commands: a config, and a user that the second of them cannot do without. */
static int run(int argc, char **argv, const struct cli_command *command, int (*work)(struct session *session, const char *user), int users_least)
{
	struct session session = { .daemon = { -1 } };
	struct options options;
	int end = CLI_NO;

	if (!options_parse(argc, argv, &options) || !options_name_data(&options) || options.rest_len < users_least || options.rest_len > 1 ||
	    (options.rest_len && !ident_is_user(options.rest[0])))
		return cli_usage(command);
	log_set_level(LOG_LEVEL_ERROR);
	/* Whoever reads along through a pipe is not to wait for the end either. */
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	if (!setup_for_tool(&session.setup, &options))
		return CLI_NO;
	session.arena = arena_create(MEMORY_MAX);
	if (daemon_connect(&session.daemon, session.setup.config->data))
		end = work(&session, options.rest_len ? options.rest[0] : NULL);
	daemon_release(&session.daemon);
	arena_destroy(session.arena);
	setup_close(&session.setup);
	return end;
}

static int verify_device_run(int argc, char **argv)
{
	return run(argc, argv, &cli_verify_device, verify, 0);
}

static int accept_identity_run(int argc, char **argv)
{
	return run(argc, argv, &cli_accept_identity, accept, 1);
}

const struct cli_command cli_verify_device = {
	.name = "verify-device",
	.usage = "-c FILE [USER]",
	.summary = "Compare emoji with somebody, to be sure of each other's keys.",
	.daemon = CLI_DAEMON_UP,
	.run = verify_device_run,
};

const struct cli_command cli_accept_identity = {
	.name = "accept-identity",
	.usage = "-c FILE USER",
	.summary = "Say that somebody's changed keys are the right ones.",
	.daemon = CLI_DAEMON_UP,
	.run = accept_identity_run,
};
