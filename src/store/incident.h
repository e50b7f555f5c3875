/*
 * What a human should know: shown by `rotonde status` until it is over. There are two kinds. A state (the disk is
 * full) lasts until the program itself finds it over, and nobody can wave it away. What happened (words came in the
 * clear) is a reminder: it stands until a person says that he has seen it. The same again while it is open is counted;
 * after that it is a new one.
 *
 * Incidents are for who runs the server. Whom to ask is part of what he has to know, so a subject may be a user's id
 * (of a WhatsApp ghost: his number); names, amounts and what people say never stand in one.
 */
#ifndef ROTONDE_STORE_INCIDENT_H
#define ROTONDE_STORE_INCIDENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "store/turn.h"

extern const struct statements incident_statements;

struct incident {
	const char *kind;    /* dotted constant: "room.encrypted" */
	const char *subject; /* a room, event, device or user's id, or a fixed word */
	const char *detail;  /* one plain English sentence for the volunteer at the server */
	int64_t first_at_ms;
	int64_t last_at_ms;
	int64_t times;
	bool lasts; /* a state: no person ends it */
};

/* A state that incident_clear() will end. True when it was not open yet. */
bool incident_raise(struct turn *turn, const char *kind, const char *subject, const char *detail);

/* Something that happened; incident_clear() may end it too, where what comes later shows that all is well. True when it was not open yet. */
bool incident_note(struct turn *turn, const char *kind, const char *subject, const char *detail);

/* Whatever it is, it is over. */
void incident_clear(struct turn *turn, const char *kind, const char *subject);

enum incident_seen {
	INCIDENT_SEEN,
	INCIDENT_LASTS,   /* it still goes on: changed nothing */
	INCIDENT_UNKNOWN, /* no such incident is open */
};

/*
 * A person has seen what happened: these incidents (subject NULL: all of the kind) are closed, and the log has when.
 * *ret_len is how many, when INCIDENT_SEEN.
 */
enum incident_seen incident_see(struct turn *turn, const char *kind, const char *subject, int64_t *ret_len) MUST_CHECK;

/* What is over and was about this user's id is about nobody any more. What still stands is not touched. */
void incident_forget(struct turn *turn, const char *user);

/* Drop those that were over, or seen, before before_ms. */
void incident_expire(struct turn *turn, int64_t before_ms);

bool incident_is_open(struct view *view, const char *kind, const char *subject);

/* Open ones, newest first. */
struct incident *incident_list(struct view *view, size_t *ret_len);

#endif
