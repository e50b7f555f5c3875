/*
 * The account's access: who we are, on which device, and the tokens that prove it. It stands in one file,
 * session.json, mode 0600; whatever changes is on the disk before it is used, so that no crash can leave
 * us with a token that the server has replaced (MATRIX.md 1.4, 1.8).
 *
 * The device id is chosen by us, once, and written down before the first login with it: a second login
 * is the same device again.
 */
#ifndef ROTONDE_MATRIX_SESSION_H
#define ROTONDE_MATRIX_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"

struct wire_account;

/* Strings are the session's own; NULL when absent. */
struct session {
	char *homeserver; /* the base URL the tokens belong to */
	char *user;       /* "@rotonde:example.org"; NULL before the first login */
	char *device;
	char *access_token;  /* NULL before the first login */
	char *refresh_token; /* NULL: the server gives none */
	/* Of the access token, by the machine's clock; 0: it does not expire. */
	int64_t expires_at_ms;
	int64_t refresh_at_ms; /* somewhat before */
};

enum session_verdict {
	SESSION_OK,
	SESSION_MISSING, /* no file: nobody has logged in yet */
	SESSION_UNSAFE,  /* others may read it, or it is no regular file */
	SESSION_BROKEN,  /* not what session_store() writes */
	SESSION_DISK,    /* cannot be read or written */
};

/* *ret_session is untouched unless SESSION_OK; release it. */
enum session_verdict session_load(const char *path, struct session *ret_session) MUST_CHECK;

/* On the disk when SESSION_OK; else the old file stands. */
enum session_verdict session_store(const char *path, const struct session *session) MUST_CHECK;

/* A session that was never logged in, with a fresh device id. */
void session_init(struct session *session, const char *homeserver);

/* Wipes the tokens. */
void session_release(struct session *session);

/*
 * The server's answer to a login or refresh becomes part of the session: first on the disk at path, then here.
 * account must have an access token; a user or device it leaves out stays as it is, so does the refresh token.
 * SESSION_OK or SESSION_DISK; with the latter nothing has changed.
 */
enum session_verdict session_renew(struct session *session, const char *path, const struct wire_account *account,
                                   int64_t now_ms) MUST_CHECK;

/* Time for a new access token. Never, when it cannot be refreshed. */
bool session_wants_refresh(const struct session *session, int64_t now_ms);

/* The access token has ended by its own date. */
bool session_is_expired(const struct session *session, int64_t now_ms);

#endif
