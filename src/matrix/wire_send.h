/*
 * What we send, struct to JSON, and the server's short answers, JSON to struct. Pure.
 */
#ifndef ROTONDE_MATRIX_WIRE_SEND_H
#define ROTONDE_MATRIX_WIRE_SEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"

struct utterance;

/* Bytes of content we allow ourselves: 65,536 is the whole event, and encryption adds a third (MATRIX.md 3.12). */
enum { WIRE_CONTENT_MAX = 40 * 1024 };

/*
 * The content of an m.room.message: never more than WIRE_CONTENT_MAX bytes. What is too long loses its
 * html first, then the end of its body. m.mentions is always there, empty or not (MATRIX.md 3.7).
 */
char *wire_message_format(struct arena *arena, const struct utterance *what) MUST_CHECK;

/* The sync filter (MATRIX.md 2.1) and, for pages, the one for a room's events. */
const char *wire_sync_filter(void);
const char *wire_page_filter(void);

/* POST /login with a password; device is ours to choose and stays. Holds the password: wipe it. */
char *wire_login_format(struct arena *arena, const char *user, const char *password, const char *device) MUST_CHECK;

/* POST /refresh. Holds a token: wipe it. */
char *wire_refresh_format(struct arena *arena, const char *refresh_token) MUST_CHECK;

/* The event id in the answer to a send, in the arena; NULL when there is none. */
const char *wire_sent_read(struct arena *arena, const char *bytes, size_t len) MUST_CHECK;

/* The answer is a JSON object: what an empty success must at least be, and no proxy's page is. */
bool wire_is_object(const char *bytes, size_t len) MUST_CHECK;

/* "filter_id", in the arena, or NULL. */
const char *wire_filter_id_read(struct arena *arena, const char *bytes, size_t len) MUST_CHECK;

/* The list of versions has v1.11 or later in it: authenticated media, and all else we lean on. */
bool wire_versions_are_enough(const char *bytes, size_t len) MUST_CHECK;

/* An object with "flows": the server asks for interactive authentication, whatever error code stands beside them. */
bool wire_has_flows(const char *bytes, size_t len) MUST_CHECK;

/* The flows of GET /login offer a password. */
bool wire_flows_have_password(const char *bytes, size_t len) MUST_CHECK;

/* An answer that says no. Both false and absent count as false; numbers as 0. */
struct wire_error {
	const char *code; /* "M_FORBIDDEN"; letters, digits, _ and . only; NULL when the answer has none, so is no Matrix server's */
	bool soft_logout;
	int64_t retry_after_ms;
};

struct wire_error wire_error_read(struct arena *arena, const char *bytes, size_t len);

/* What /login, /refresh and /whoami tell; absent is NULL or 0. Strings live in the arena: wipe the tokens. */
struct wire_account {
	const char *user;
	const char *device;
	char *access_token;
	char *refresh_token;
	int64_t expires_in_ms; /* 0: never, or unsaid */
};

/* False when it is no JSON object. Ids and tokens against the grammar are absent. */
bool wire_account_read(struct arena *arena, const char *bytes, size_t len, struct wire_account *ret_account) MUST_CHECK;

#endif
