/*
 * HTTP, many requests at once on one thread. The only user of libcurl.
 *
 * Requests are started and their answers awaited one by one:
 *
 *	http_start(http, &request);
 *	while (!http_wait(http, NULL, 0, 1000, &answer))
 *		...
 *
 * Promises: TLS 1.2 or later, peer and host verified; a token goes into the Authorization header of the
 * host it was given for and nowhere else; no redirect is followed but a file's, once, on the terms
 * below; every answer has a limit, counted as it comes in; every request ends (MATRIX.md 1.14, 1.15, 4.2, 4.6).
 * At most HTTP_CONNECTIONS are open at a time; requests above that wait for one.
 */
#ifndef ROTONDE_MATRIX_HTTP_H
#define ROTONDE_MATRIX_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"

struct pollfd;
struct http;

enum {
	HTTP_CONNECTIONS = 6,
	HTTP_CONNECT_MS = 10 * 1000,
	HTTP_MEMORY_MAX = 1024 * 1024, /* an answer larger than this waits in a file (request.spool_folder) */
};

struct http_options {
	const char *user_agent;
	const char *ca_folder; /* hashed certificates to trust; NULL: the system's */
	bool private_redirects; /* a file may be redirected to an address that is not public */
};

struct http *http_open(const struct http_options *options) MUST_CHECK;

/* Requests under way end without an answer; their files are removed. NULL is fine. */
void http_close(struct http *http);

enum http_method { HTTP_GET, HTTP_POST, HTTP_PUT, HTTP_DELETE };

/* Everything is copied but owner. */
struct http_request {
	enum http_method method;
	const char *url;
	const char *token; /* bearer token, or NULL */
	const char *body;  /* JSON; NULL only with HTTP_GET */
	int64_t total_ms;  /* from start to end; 0: however long it takes while something comes in */
	int64_t stall_ms;  /* ends when nothing comes in for so long, rounded up to seconds */
	int64_t limit;     /* bytes of the answer */
	/* Where answers above HTTP_MEMORY_MAX go, in a file without a name; NULL: they are too big. */
	const char *spool_folder;
	/*
	 * A file: the body of a 200 goes to this path (created or emptied, mode 0600, removed unless HTTP_ANSWERED),
	 * and one 307 or 308 is followed: to https, or the very origin asked; without the token to another origin;
	 * there not to an address that is not public, unless the options allow it.
	 */
	const char *path;
	void *owner; /* comes back with the answer */
};

enum http_result {
	HTTP_ANSWERED,  /* whole, with any status */
	HTTP_TROUBLE,   /* no connection, no trust, cut off, too slow: error tells */
	HTTP_TOO_BIG,   /* over the limit */
	HTTP_DISK,      /* the file could not be written */
	HTTP_BARRED,    /* a file that lies where we do not go: no more redirects, no https, no public address */
};

struct http_answer {
	void *owner;
	enum http_result result;
	long status;            /* when HTTP_ANSWERED */
	int64_t retry_after_ms; /* the Retry-After header, as seconds or a date; 0 when there is none */
	const char *error;      /* for the log: "timeout", "connect", "tls", ...; a constant; "" when HTTP_ANSWERED */
	const char *body;       /* until the next http_wait() or http_close(); empty for a file; no NUL behind it */
	size_t body_len;
};

void http_start(struct http *http, const struct http_request *request);

/*
 * Wait for the next answer, at most timeout_ms, or until one of fds is ready; revents is set in all of
 * them either way. False without an answer. fds_len is at most HTTP_FDS_MAX.
 */
enum { HTTP_FDS_MAX = 16 };
bool http_wait(struct http *http, struct pollfd *fds, size_t fds_len, int64_t timeout_ms, struct http_answer *ret_answer);

#endif
