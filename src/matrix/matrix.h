/*
 * The transport to a Matrix homeserver, and the calls around its account that the command line needs.
 *
 * matrix_open() does no network: the first order finds out whether the server is there, new enough
 * (v1.11) and knows us as who we think we are; only then are the waiting orders sent. Trouble on that
 * way comes back as the outcome of the orders. Tokens that end are renewed in between, unseen; when that
 * fails for good every order ends as OUTCOME_LOGOUT. Sources: MATRIX.md sections 1-4.
 */
#ifndef ROTONDE_MATRIX_MATRIX_H
#define ROTONDE_MATRIX_MATRIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/transport.h"

/* Everything is copied. */
struct matrix_options {
	const char *homeserver;   /* base URL: https, or http on this machine */
	const char *session_path; /* session.json: see session.h; one process at a time may use it */
	const char *spool_folder; /* for large answers while they are read */
	/*
	 * A file, mode 0600, with the account's password on its first line; read only when the server asks for
	 * a new login of the same device. NULL: then a person must log in again.
	 */
	const char *password_path;
	const char *user_agent;
	const char *ca_folder;  /* hashed certificates to trust; NULL: the system's */
	bool private_redirects; /* files may be redirected to addresses that are not public */
};

/* Answers of matrix_open() and the calls below; each is something to tell a person. */
enum matrix_verdict {
	MATRIX_OK,
	MATRIX_URL_BAD,         /* homeserver is no https URL, nor http on this machine */
	MATRIX_SESSION_MISSING, /* nobody has logged in yet */
	MATRIX_SESSION_UNSAFE,  /* others may read session.json */
	MATRIX_SESSION_BROKEN,  /* session.json is not ours */
	MATRIX_SESSION_FOREIGN, /* session.json belongs to another homeserver or user */
	MATRIX_DISK,            /* session.json cannot be read or written */
	MATRIX_UNREACHABLE,     /* no answer, or none of a Matrix homeserver */
	MATRIX_TOO_OLD,         /* the server does not speak v1.11 */
	MATRIX_NO_PASSWORDS,    /* the server has no password login: matrix_adopt() with a token instead */
	MATRIX_DENIED,          /* wrong name or password, dead token, locked or deactivated account */
	MATRIX_LIMITED,         /* too many attempts: wait */
};

/* On MATRIX_OK *ret_transport is to be destroyed; else it is untouched. */
enum matrix_verdict matrix_open(const struct matrix_options *options, struct transport **ret_transport) MUST_CHECK;

/* What the calls below tell. Strings live in the arena that was given; "" when there is nothing. */
struct matrix_account {
	const char *user;
	const char *device;
	const char *error;      /* for the log or the person: "timeout", "M_FORBIDDEN"; no secrets */
	int64_t retry_after_ms; /* with MATRIX_LIMITED, when the server said so */
	bool device_gone;       /* with MATRIX_DENIED: the server knows the token no more, and not for a renewal: the device is deleted */
};

/*
 * The calls below talk to the server and come back when all is done, a minute at most. None of them is
 * repeated by itself: servers allow few logins.
 */

/*
 * Log in with a name ("rotonde" or "@rotonde:example.org") and password, once, as the device that session.json names, or
 * a new one. The session stands in session.json afterwards. An older session of ours there is replaced, on the
 * same device; one of another user or homeserver is refused.
 */
enum matrix_verdict matrix_login(const struct matrix_options *options, struct arena *arena, const char *user, const char *password,
                                 struct matrix_account *ret_account) MUST_CHECK;

/* For servers without passwords: take over an access token that was made elsewhere, with its refresh token or NULL. */
enum matrix_verdict matrix_adopt(const struct matrix_options *options, struct arena *arena, const char *access_token,
                                 const char *refresh_token, struct matrix_account *ret_account) MUST_CHECK;

/* Who the stored session says we are, without asking anybody. */
enum matrix_verdict matrix_stored(const struct matrix_options *options, struct arena *arena, struct matrix_account *ret_account) MUST_CHECK;

/* Ask the server who we are, with the stored session as it is. MATRIX_SESSION_FOREIGN when it knows us as somebody else. */
enum matrix_verdict matrix_whoami(const struct matrix_options *options, struct arena *arena, struct matrix_account *ret_account) MUST_CHECK;

#endif
