/*
 * Commands: one file each (cmd_NAME.c), one constant record each; help, rights and aliases come from
 * the record (STYLE section 8).
 *
 * A command reads its request, calls the domain, switches on the verdict and leaves an answer in words.
 * When it ends with COMMAND_REFUSED, everything it changed is undone (the savepoint of the message)
 * and only the answer goes out.
 */
#ifndef ROTONDE_COMMAND_COMMAND_H
#define ROTONDE_COMMAND_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/event.h"
#include "people/actor.h"
#include "people/group.h"
#include "people/house.h"
#include "people/person.h"
#include "store/turn.h"
#include "text/language.h"

enum command_end {
	COMMAND_DONE,    /* what it changed stays */
	COMMAND_REFUSED, /* undo, then answer */
};

struct media_row;

struct request {
	const struct house *house;
	struct turn *turn;
	const struct event *event; /* the message; of a late or edited one too: sent_at_ms is when the person wrote it */
	const char *text;          /* what follows the command word, cleaned (text/unicode.h), lines kept; never NULL */
	struct person person;
	struct actor actor;
	struct group group;
	enum language language;    /* to answer in */

	/* Set by the command. */
	const char *answer;        /* plain text, NULL to stay silent */
};

/* What a command is about: `!help geld` tells of the words that go together. */
enum command_topic {
	COMMAND_TOPIC_OTHER,  /* of the bot and of oneself */
	COMMAND_TOPIC_IDEAS,
	COMMAND_TOPIC_MONEY,
	COMMAND_TOPIC_AGENDA,
	COMMAND_TOPIC_DOING,  /* actions, results, thanks */
	COMMAND_TOPIC_MAX,
};

struct command {
	const char *name;             /* Dutch, canonical: "idee" */
	const char *english;          /* "idea"; the same word as name for neutral ones ("budget") */
	const char *const *aliases;   /* more Dutch spellings, closed by NULL; may be NULL */
	const char *neutral;          /* the one of these words that both languages use ("agenda", "status"); or NULL */
	unsigned roles;               /* bits 1u << enum role: who has one of them may call it */
	enum trust trust;             /* the least trust of the message */
	enum command_topic topic;
	bool everyday;                /* among the few that `!help` in a group explains */
	bool takes_photo;             /* waits (a minute at most) until the photo in or behind the message is stored */
	const char *help;             /* key of its one-line help in locales/; "<help>.example" is its example */
	enum command_end (*run)(struct request *request) MUST_CHECK;
};

/* This person may call it here; a lead counts in groups of his own cores, and in rooms that are no core's. */
bool command_is_for(const struct request *request, const struct command *command);

/* Who may type a command that is not for everyone: "een coördinator of de penvoerder". */
const char *command_whom_to_ask(const struct request *request, const struct command *command) MUST_CHECK;

/*
 * It is for those who hold an office, and decides about money or people: an old one may not be meant any more (DESIGN.md
 * decision 8). What residents and leads say counts however late it comes in.
 */
bool command_is_privileged(const struct command *command);

/* Asked in a room of those who support the cores: what each core misses or meets is not for the groups of residents. */
bool request_is_at_office(const struct request *request);

/* Every command, closed by NULL. */
extern const struct command *const commands[];

/*
 * What a message that is no command may still mean for a room of the house: the photo that follows
 * "!bon 12,50", a reaction, an edit, a redaction, an answer to a question. One file per domain
 * (on_NAME.c) offers a `struct listener`; the engine asks them in order until one says it was his.
 */
struct listener {
	const char *name;
	/* A message without a command word, after commands and questions. True when it was taken. */
	bool (*on_message)(struct request *request);
	/* An edit of something this person wrote earlier; event->target is the original. */
	bool (*on_edit)(struct request *request);
	bool (*on_redaction)(struct request *request);
	bool (*on_reaction)(struct request *request);
	/* A file that was wanted is MEDIA_STORED, or MEDIA_FAILED for good. Every listener is told. */
	void (*on_file)(const struct house *house, struct turn *turn, const struct media_row *file);
};

extern const struct listener *const listeners[];

#endif
