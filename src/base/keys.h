/*
 * What a server tells about keys: data from the transport for crypto, which read it as it came. Nothing
 * here is proven; ids are checked as in event.h, everything else is crypto's to judge.
 */
#ifndef ROTONDE_BASE_KEYS_H
#define ROTONDE_BASE_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A message from a device to ours (spec: Send-to-Device messaging). */
struct to_device {
	const char *sender;
	const char *type;
	const char *content; /* a JSON object, as it came */
};

/* One sync's share. In v3 sync what is not told is zero (MATRIX.md 5.4). */
struct key_news {
	const struct to_device *events; /* in the order they came */
	size_t events_len;
	const char *const *changed;     /* users whose devices or signing keys are others now */
	size_t changed_len;
	const char *const *left;        /* users with whom we share no encrypted room any more */
	size_t left_len;
	int64_t one_time_keys;          /* signed_curve25519 keys of ours that the server still has */
	bool fallback_spent;            /* the server names the unused fallback keys, and ours is not among them */
	size_t dropped;                 /* events that were none: hostile or broken */
};

#endif
