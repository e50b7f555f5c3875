/*
 * The shapes of ids and of values with a unit. Pure functions over text.
 */
#ifndef ROTONDE_CONFIG_GRAMMAR_H
#define ROTONDE_CONFIG_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/money.h"

/* [a-z0-9] and single dashes between, at most 40 bytes. */
bool slug_is_valid(const char *text);

/*
 * "@localpart:server", at most 255 bytes. The historical localparts (any printable ASCII but the colon) are
 * accepted: old accounts have them. Matrix spec, Appendices, "User Identifiers".
 */
bool mxid_is_valid(const char *text);

/* The part after the first colon; of a valid MXID. */
const char *mxid_server(const char *mxid);

/* "!opaque:server", or "!opaque" as rooms are named since room version 12; at most 255 bytes. */
bool room_id_is_valid(const char *text);

/* "120363041234567890@g.us" or the older "31612345678-1414141414@g.us". */
bool group_jid_is_valid(const char *text);

/* http or https, a host, perhaps a port and a path; no name or password, no query, no spaces. */
bool base_url_is_valid(const char *text);

/* "20s" "30m" "24h" "14d" in milliseconds. */
bool duration_parse(const char *text, int64_t *ret_ms) MUST_CHECK;

/* "500 kB" "20 MB" "10 GB" (powers of 1000) in bytes. */
bool size_parse(const char *text, int64_t *ret_bytes) MUST_CHECK;

/* "21:00" in minutes after midnight, at most 23:59. */
bool time_of_day_parse(const char *text, int *ret_minute) MUST_CHECK;

/* "96000" or "96000,50": whole euros or with two decimals after a comma; no thousands, no minus. */
bool euros_parse(const char *text, struct cents *ret_cents) MUST_CHECK;

/* Digits alone, without a leading zero. */
bool count_parse(const char *text, int64_t *ret_count) MUST_CHECK;

#endif
