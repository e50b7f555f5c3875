/*
 * What a human should know: shown by `rotonde status` until cleared. Raising the same again counts it.
 */
#ifndef ROTONDE_STORE_INCIDENT_H
#define ROTONDE_STORE_INCIDENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/turn.h"

extern const struct statements incident_statements;

struct incident {
	const char *kind;    /* dotted constant: "room.encrypted" */
	const char *subject; /* room, event, outbox id: no personal data */
	const char *detail;  /* one plain English sentence for the volunteer at the server */
	int64_t first_at_ms;
	int64_t last_at_ms;
	int64_t times;
};

/* True when it was not open yet. */
bool incident_raise(struct turn *turn, const char *kind, const char *subject, const char *detail);
void incident_clear(struct turn *turn, const char *kind, const char *subject);

bool incident_is_open(struct view *view, const char *kind, const char *subject);

/* Open ones, newest first. */
struct incident *incident_list(struct view *view, size_t *ret_len);

#endif
