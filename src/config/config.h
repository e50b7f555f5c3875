/*
 * The config, typed and checked: what a neighbourhood decided once and everything else leans on.
 * Who gets a `struct config` need not check it again. It is read-only and lives as long as the process.
 *
 * It is read from one YAML file and the two CSV files it names; docs/CONFIG.md describes every key.
 * Secrets never stand in it: only where to find them (config_read_password()).
 *
 * Texts are valid UTF-8 without control characters, never NULL unless the field says so. Lists keep
 * the order of the file.
 */
#ifndef ROTONDE_CONFIG_CONFIG_H
#define ROTONDE_CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/compiler.h"
#include "base/event.h"
#include "base/log.h"
#include "base/money.h"
#include "config/errors.h"
#include "text/language.h"

/* The share of the grant that handling costs may take: the subsidy's own rule, no option. */
enum { HANDLING_CAP_PERCENT = 8 };

/* `homeserver:` Where we live. */
struct config_homeserver {
	const char *url;             /* "https://matrix.example.org", without a closing slash; NULL on the console */
	const char *user;            /* our MXID: "@rotonde:example.org"; "@rotonde:console" on the console */
	const char *device_name;     /* what other clients show for our login; default "Rotonde" */
	const char *password_file;   /* a 0600 file, or NULL */
	const char *credential;      /* the name of a systemd credential, or NULL; exactly one of the two */
	bool allow_private_media;    /* media downloads may be redirected to private addresses; default false */
};

/* `neighbourhood.media:` What photos may cost. */
struct config_media {
	int64_t file_bytes;         /* the largest file we fetch; default 20 MB */
	int64_t files_per_hour;     /* per sender; default 60 */
	int64_t disk_bytes;         /* all photos together; default 10 GB */
};

/* `neighbourhood:` How this neighbourhood lives. */
struct config_neighbourhood {
	const char *name;
	const char *zone;              /* IANA, zone_open() knows it; default Europe/Amsterdam */
	enum language language;        /* default nl */
	int day_post_minute;           /* minutes after midnight, outside the quiet hours; default 10:00 */
	int quiet_from_minute;         /* the quiet hours run from here ... default 21:00 */
	int quiet_until_minute;        /* ... to here, over midnight when this is the earlier; default 09:00 */
	int64_t jitter_least_ms;       /* between the same post in two groups; default 20 s ... */
	int64_t jitter_most_ms;        /* ... 40 s */
	int64_t resident_age_ms;       /* how late a resident's or lead's command still runs; default 14 days */
	int64_t privileged_age_ms;     /* the same for those of an office alone; default 24 hours */
	const int64_t *reminders_ms;   /* before the event, longest first; default 7 days, 1 day, 2 hours */
	size_t reminders_len;
	struct config_media media;
};

/* `places:` A place people name in the agenda. */
struct config_place {
	const char *name;
	const char *const *aliases;
	size_t aliases_len;
	struct config_mark mark;
};

/* A row of the cores CSV. */
struct config_core {
	const char *slug; /* [a-z0-9-]+: how code and console name it */
	const char *name;
	const char *area; /* the slug of its area, or NULL */
	struct config_mark mark;
};

enum line_owner {
	LINE_OWNER_CORE,
	LINE_OWNER_AREA,
	LINE_OWNER_NEIGHBOURHOOD,
};

enum line_kind {
	LINE_KIND_FREE,     /* vrij: the core spends it as it likes */
	LINE_KIND_FOCUS,    /* focus: for what its name says */
	LINE_KIND_HANDLING, /* handelingskosten: under the cap */
};

/* A row of the budget CSV: a potje. An area that is one core by the same slug counts as that core. */
struct config_line {
	enum line_owner owner;
	const char *owner_slug; /* the core's or area's; "buurt" for the neighbourhood */
	const char *name;
	struct cents amount;
	enum line_kind kind;
	struct config_mark mark;
};

/* `budget:` */
struct config_budget {
	struct cents grant; /* all lines together, exactly */
	const struct config_line *lines;
	size_t lines_len;
	const struct config_core *cores;
	size_t cores_len;
};

enum group_kind {
	GROUP_KIND_CORE,
	GROUP_KIND_COORDINATORS,
	GROUP_KIND_AUDIT,
	GROUP_KIND_NEIGHBOURHOOD,
	GROUP_KIND_PRIVATE, /* a direct room with one person: never in the file, made as they appear */
};

/* `groups:` An app group we sit in. Slugs, rooms and channels are unique; there is exactly one of GROUP_KIND_COORDINATORS. */
struct config_group {
	enum group_kind kind;
	const char *slug;       /* [a-z0-9-]+; default the core's slug, or the word of its kind: "coordinators" */
	const char *core;       /* the core's slug for GROUP_KIND_CORE, else NULL */
	const char *room;       /* room id, or NULL when `channel` says which room it is */
	const char *channel;    /* the bridge's channel id (WhatsApp JID), or NULL */
	const char *bridge_bot; /* whose claims about this group we believe; NULL for a native room */
	bool bridged;
	bool main;              /* neighbourhood-wide posts of this core go here; one per core */
	bool as_text;           /* speak m.text rather than m.notice; default: when bridged */
	enum language language; /* default the neighbourhood's */
	struct config_mark mark;
};

enum role {
	ROLE_RESIDENT, /* everybody */
	ROLE_LEAD,     /* of the cores in `leads` */
	ROLE_COORDINATOR,
	ROLE_TREASURER,
	ROLE_AUDITOR,
	ROLE_MAX,
};

/* Who decides about money and people; bits as in config_person's roles. */
enum { ROLES_OF_OFFICE = 1 << ROLE_COORDINATOR | 1 << ROLE_TREASURER | 1 << ROLE_AUDITOR };

/* `persons:` Somebody known by name from the start. No MXID stands under two persons. */
struct config_person {
	const char *label;            /* [a-z0-9-]+: the key in the file; on the console his sender name */
	const char *name;             /* default the label */
	const char *const *ids;       /* MXIDs; at least one */
	size_t ids_len;
	unsigned roles;               /* bits 1u << enum role; ROLE_RESIDENT always, ROLE_LEAD when leads_len */
	const char *const *leads;     /* slugs of the cores he is lead of */
	size_t leads_len;
	bool has_language;
	enum language language;       /* when has_language */
	struct config_mark mark;
};

/* `trust:` The least trust a command needs here, where that differs from the command's own. */
struct config_trust {
	const char *command; /* whether it exists and may be lowered is the command room's to check */
	enum trust least;
	struct config_mark mark;
};

/* `bridge:` What holds for every bridged group. */
struct config_bridge {
	const char *bot;          /* MXID, the default for a group's bridge_bot; or NULL */
	const char *ghost_prefix; /* the part of a ghost's localpart before its number; default "whatsapp_" */
	const char *ghost_server; /* the server ghosts live on: the bot's, else our own */
};

/* A day that every year has: 29 February is none. */
struct config_day {
	int month; /* 1-12 */
	int day;
};

/* `year.events:` What needs a date on the agenda every year. */
struct config_year_event {
	const char *name;             /* "kernenraad": with this word in its title an event of the neighbourhood is meant */
	const char *const *aliases;   /* or with one of these */
	size_t aliases_len;
	unsigned months;              /* bits 1u << month, 1 to 12; at least one */
	bool learning;                /* the cores show each other what they did: a session of `!aanwezig` */
	struct config_mark mark;
};

/* `year:` The rhythm of the year; what is left out does not happen. */
struct config_year {
	const struct config_year_event *events;
	size_t events_len;
	bool has_deadline;
	struct config_day deadline;         /* when has_deadline: on which the district is told */
	const struct config_day *rounds;    /* on which every core is asked how it stands; from January on, four weeks apart at least */
	size_t rounds_len;
	const char *questions[LANGUAGE_MAX]; /* what it is asked; NULL: our own words */
};

/* `encryption:` How strict we are in encrypted rooms. */
struct config_encryption {
	bool share_with_all; /* `share: all`: also devices that their owners did not sign can read us; default `signed` */
};

struct config {
	struct arena *arena;   /* owns everything below */
	const char *file;      /* the YAML's path as given; "config/k-buurt-2022.yaml" for the built-in one */
	const char *data;      /* folder for database and photos; default "/var/lib/rotonde" */
	enum log_level log_level;
	bool log_bodies;       /* the log may hold the text of messages; default false */
	struct config_homeserver homeserver;
	struct config_neighbourhood neighbourhood;
	struct config_budget budget;
	struct config_bridge bridge;
	struct config_encryption encryption;
	struct config_year year;
	const char *const *inviters; /* MXIDs whose invitations we accept, beside the bridge bots' */
	size_t inviters_len;
	const char *const *bots; /* MXIDs of other bots: what they say is nobody's word */
	size_t bots_len;
	const struct config_place *places;
	size_t places_len;
	const struct config_group *groups;
	size_t groups_len;
	const struct config_person *persons;
	size_t persons_len;
	const struct config_trust *trusts;
	size_t trusts_len;
};

/*
 * What a file is read for. CONFIG_FOR_CONSOLE tries the same file without a server: a homeserver,
 * rooms and ids may be left out, every group's room becomes "!SLUG:console" (and its channel NULL), and every
 * person is "@LABEL:console" besides the ids in the file.
 */
enum config_use {
	CONFIG_FOR_SERVER,
	CONFIG_FOR_CONSOLE,
};

/* NULL with at least one error, else a config with none. Paths in the file are relative to the file. */
struct config *config_load(const char *path, enum config_use use, struct config_errors *errors) MUST_CHECK;

/* The K-buurt example, CONFIG_FOR_CONSOLE: 24 cores with a group each, EUR 96,000, one holder per role. */
struct config *config_builtin(void) MUST_CHECK;

/* The neighbourhood and every group speak this language from now on: for trying things out. */
void config_speak(struct config *config, enum language language);

/* NULL is fine. */
void config_destroy(struct config *config);

void config_cleanup(struct config **config);
#define AUTO_CONFIG CLEANUP(config_cleanup) struct config *

/* NULL when there is none. */
const struct config_core *config_core_find(const struct config *config, const char *slug);
const struct config_group *config_group_find(const struct config *config, const char *slug);
const struct config_group *config_group_of_room(const struct config *config, const char *room);
const struct config_group *config_group_of_channel(const struct config *config, const char *channel);
const struct config_person *config_person_of(const struct config *config, const char *mxid);

/* The main group of a core; NULL when the core has no group. */
const struct config_group *config_main_group(const struct config *config, const char *core);

/* Somebody relayed from WhatsApp: "@whatsapp_", then perhaps "lid-" or "bot-", then digits, then the ghosts' server. */
bool config_is_ghost(const struct config *config, const char *mxid);

/*
 * The bridge's own bot, as far as this group is concerned: the group's, or for one that does not stand in the file the
 * bridge's. NULL when there is none. The config says it, no state event does (MATRIX.md 9.5).
 */
const char *config_bridge_bot(const struct config *config, const char *slug);

/* We go where this person asks us: an inviter of the list, or a bridge bot. */
bool config_may_invite(const struct config *config, const char *mxid);

/* One of `bots`. */
bool config_is_bot(const struct config *config, const char *mxid);

/* The least trust a command needs here; `own` is what its record says. */
enum trust config_least_trust(const struct config *config, const char *command, enum trust own);

/* The words of the file, for messages and for the database. */
const char *group_kind_format(enum group_kind kind);
const char *line_kind_format(enum line_kind kind);
const char *role_format(enum role role);

enum secret_state {
	SECRET_READ,
	SECRET_MISSING,  /* the file is not there or cannot be read */
	SECRET_EXPOSED,  /* others may read the file: refuse, and say chmod 600 */
	SECRET_UNUSABLE, /* empty, larger than a kilobyte or no text */
};

/*
 * The password of our account, from the systemd credential or the 0600 file, without its closing newline.
 * ret_password is an initialised buf with a ceiling of at least 1024; the caller wipes it. *ret_path,
 * in the arena, is where was looked: name it when the state is no success.
 */
enum secret_state config_read_password(const struct config *config, struct arena *arena, struct buf *ret_password,
	const char **ret_path) MUST_CHECK;

/* One screen for `rotonde check`: what this config says, in plain English. */
char *config_explain(struct arena *arena, const struct config *config) MUST_CHECK;

#endif
