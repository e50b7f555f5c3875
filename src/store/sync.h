/*
 * How far we have read, and how things stand with the server.
 */
#ifndef ROTONDE_STORE_SYNC_H
#define ROTONDE_STORE_SYNC_H

#include <stdbool.h>
#include <stdint.h>

#include "store/turn.h"

extern const struct statements sync_statements;

struct sync_state {
	const char *token;          /* NULL before the first answer */
	int64_t epoch;              /* first part of every transaction id */
	int64_t connected_since_ms; /* 0 while disconnected */
	int64_t synced_at_ms;       /* 0: never */
	int64_t down_since_ms;      /* start of an outage nobody was told of yet; 0: none */
};

/* False when this transport was never used with this database. */
bool sync_find(struct view *view, const char *transport, struct sync_state *ret_state) MUST_CHECK;

struct sync_state sync_get(struct view *view, const char *transport);

/* First use: a fresh epoch. */
void sync_create(struct turn *turn, const char *transport, int64_t epoch);

/* Compare and set the token (STYLE section 11.3): a row that does not hold `since` is a bug. */
void sync_advance(struct turn *turn, const char *transport, const char *since, const char *next);

/* Start from the beginning at the next sync. */
void sync_forget(struct turn *turn, const char *transport);

/* The program starts: whatever stood here, there is no contact yet. */
void sync_started(struct turn *turn, const char *transport);

/* Contact was made, or lost since a moment. */
void sync_connected(struct turn *turn, const char *transport);
void sync_lost(struct turn *turn, const char *transport, int64_t since_ms);

/* The outage was told. */
void sync_outage_told(struct turn *turn, const char *transport);

/* A new epoch: after a restore or a new device, so that no transaction id is ever used twice. */
void sync_new_epoch(struct turn *turn, const char *transport, int64_t epoch);

#endif
