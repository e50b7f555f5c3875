/*
 * `rotonde status`: how things stand, on one screen. Exit 0 when all is well, 1 when somebody should look.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/options.h"
#include "cli/setup.h"
#include "command/command.h"
#include "crypto/crypto.h"
#include "engine/engine.h"
#include "people/group.h"
#include "people/room.h"
#include "store/inbox.h"
#include "store/incident.h"
#include "store/outbox_owner.h"
#include "store/sync.h"
#include "store/turn_owner.h"
#include "text/zone.h"

static const char *moment(const struct setup *setup, struct arena *arena, int64_t at_ms)
{
	return at_ms ? zone_format_pattern(setup->zone, arena, LANGUAGE_EN, "y-MM-dd HH:mm:ss", at_ms) : "never";
}

/* True when there is contact. */
static bool print_contact(const struct setup *setup, struct view *view, bool running)
{
	struct arena *arena = view_arena(view);
	struct sync_state sync;

	if (!sync_find(view, "matrix", &sync)) {
		(void)puts("server       never connected");
		return false;
	}
	if (!running)
		(void)printf("server       not in contact, last answer %s\n", moment(setup, arena, sync.synced_at_ms));
	else if (sync.connected_since_ms)
		(void)printf("server       connected since %s, last answer %s\n", moment(setup, arena, sync.connected_since_ms), moment(setup, arena, sync.synced_at_ms));
	else
		(void)printf("server       NOT connected since %s, last answer %s\n", moment(setup, arena, sync.down_since_ms), moment(setup, arena, sync.synced_at_ms));
	return running && sync.connected_since_ms;
}

static void print_queues(const struct setup *setup, struct view *view)
{
	struct outbox_depth depth = outbox_depth(view);

	(void)printf("outbox       %" PRId64 " waiting", depth.open);
	if (depth.open)
		(void)printf(", oldest from %s", moment(setup, view_arena(view), depth.oldest_ms));
	if (depth.dead)
		(void)printf(", %" PRId64 " given up", depth.dead);
	(void)printf("\ninbox        %" PRId64 " waiting", inbox_waiting(view));
	if (inbox_waiting_for_key(view))
		(void)printf(", %" PRId64 " of them encrypted without a key that opens them", inbox_waiting_for_key(view));
	(void)putchar('\n');
}

static const char *room_state(const struct room *room)
{
	switch (room->membership) {
	case MEMBERSHIP_INVITED:
		return "invited";
	case MEMBERSHIP_LEFT:
		return "LEFT";
	case MEMBERSHIP_BANNED:
		return "BANNED";
	case MEMBERSHIP_JOINED:
		break;
	}
	if (!room->live_from_ms)
		return "joining";
	if (!room_may_speak(room))
		return room->encrypted ? "joined, encrypted, MAY NOT SPEAK" : "joined, MAY NOT SPEAK";
	return room->encrypted ? "joined, encrypted" : "joined";
}

static void print_rooms(struct view *view)
{
	size_t len;
	struct room *rooms = room_list(view, &len);

	(void)printf("rooms        %zu\n", len);
	for (size_t i = 0; i < len; i++) {
		struct group group = { .name = "(not in the config)" };
		const char *core = "";

		if (rooms[i].group) {
			group = group_get(view, rooms[i].group);
			core = group.core ? core_get(view, group.core).name : "";
		}
		(void)printf("  %-20s %-24s %s%s  %s\n", group.name, core, room_state(&rooms[i]), group.bridged ? ", WhatsApp" : "", rooms[i].id);
	}
}

static bool print_incidents(const struct setup *setup, struct view *view)
{
	size_t len;
	struct incident *incidents = incident_list(view, &len);
	bool happened = false;

	(void)printf("incidents    %zu open\n", len);
	for (size_t i = 0; i < len; i++) {
		(void)printf("  %s  %s  %s", moment(setup, view_arena(view), incidents[i].last_at_ms), incidents[i].kind, incidents[i].subject);
		if (incidents[i].times > 1)
			(void)printf("  (%" PRId64 " times)", incidents[i].times);
		(void)printf("\n      %s\n", incidents[i].detail);
		happened = happened || !incidents[i].lasts;
	}
	if (happened)
		(void)puts("  What only happened goes from here when you have seen it: rotonde seen -c FILE KIND [SUBJECT]");
	return len > 0;
}

/* True when somebody should look. */
static bool print_keys(struct view *view)
{
	static const char *const identities[] = {
		[CRYPTO_IDENTITY_UNKNOWN] = "not asked yet",
		[CRYPTO_IDENTITY_MAKING] = "being made",
		[CRYPTO_IDENTITY_PASSWORD] = "NOT PUBLISHED: run rotonde login -c FILE",
		[CRYPTO_IDENTITY_APPROVAL] = "NOT PUBLISHED: run rotonde login -c FILE",
		[CRYPTO_IDENTITY_FOREIGN] = "NOT OURS: run rotonde login -c FILE --recover",
		[CRYPTO_IDENTITY_GOOD] = "good",
	};
	static const char *const backups[] = {
		[CRYPTO_BACKUP_NONE] = "no key backup",
		[CRYPTO_BACKUP_STARTING] = "key backup starting",
		[CRYPTO_BACKUP_ON] = "key backup on",
		[CRYPTO_BACKUP_OFF] = "key backup OFF",
	};
	struct crypto_status status = crypto_status(view);
	bool kept = status.storage == CRYPTO_STORAGE_KEPT;

	if (status.identity == CRYPTO_IDENTITY_UNKNOWN)
		return status.burnt;
	(void)printf("identity     %s%s%s; %s, %s\n", identities[status.identity], status.master ? ", " : "", status.master ? status.master : "",
	             kept ? "recovery key given" : "no recovery key yet (rotonde login)", backups[status.backup]);
	(void)printf("room keys    %" PRId64 "\n", crypto_key_count(view));
	return status.burnt || status.identity == CRYPTO_IDENTITY_FOREIGN || status.identity == CRYPTO_IDENTITY_PASSWORD ||
	       status.identity == CRYPTO_IDENTITY_APPROVAL || status.backup == CRYPTO_BACKUP_OFF;
}

/* Commands that run on less trust here than they are made for (DESIGN.md decision 5). */
static void print_lowered_trust(const struct config *config)
{
	for (size_t i = 0; commands[i]; i++) {
		if (config_least_trust(config, commands[i]->name, commands[i]->trust) < commands[i]->trust)
			(void)printf("trust        !%s is allowed with less certainty about the sender than it is made for\n", commands[i]->name);
	}
}

static int print_all(const struct setup *setup, struct store *store)
{
	struct view *view = view_open(store, clock_now_ms(&clock_system));
	bool running = engine_is_running(setup->config->data), contact, trouble, keys;

	(void)printf("rotonde      " ROTONDE_VERSION ", %s\n", setup->config->neighbourhood.name);
	if (!running)
		(void)puts("daemon       NOT running; start it: systemctl start rotonde, or rotonde run -c FILE");
	contact = print_contact(setup, view, running);
	print_queues(setup, view);
	keys = print_keys(view);
	print_lowered_trust(setup->config);
	print_rooms(view);
	trouble = print_incidents(setup, view);
	view_close(view);
	return contact && !trouble && !keys ? CLI_GOOD : CLI_NO;
}

static int status_run(int argc, char **argv)
{
	struct options options;
	struct setup setup;
	struct store *store;
	int end = CLI_NO;

	if (!options_parse(argc, argv, &options) || !options_name_data(&options) || options.rest_len)
		return cli_usage(&cli_status);
	log_set_level(LOG_LEVEL_ERROR);
	if (!setup_for_tool(&setup, &options))
		return CLI_NO;
	store = database_open(setup.config);
	if (store)
		end = print_all(&setup, store);
	store_close(store);
	setup_close(&setup);
	return end;
}

const struct cli_command cli_status = {
	.name = "status",
	.usage = "-c FILE",
	.summary = "How things stand, on one screen.",
	.daemon = CLI_DAEMON_EITHER,
	.run = status_run,
};
