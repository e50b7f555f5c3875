/*
 * The little of URLs that we need: escaping what goes into a path or query, and the homeserver's base.
 */
#ifndef ROTONDE_BASE_URL_H
#define ROTONDE_BASE_URL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/compiler.h"

/* Percent-encode everything but A-Z a-z 0-9 - . _ ~ (RFC 3986, unreserved), except that a text of dots alone is encoded too. */
char *url_escape(struct arena *arena, const char *text) MUST_CHECK;

/*
 * The base of all requests, from the config: "https://host[:port][/path]" without slash at its end. http is
 * good only for this very machine (localhost, 127.0.0.0/8, [::1]): a token must not cross a network in
 * the clear. NULL when the URL is not like that.
 */
char *url_base_parse(struct arena *arena, const char *text) MUST_CHECK;

/* The checked base is http on this machine. */
bool url_base_is_local(const char *base);

/* Two URLs have the same scheme, host and port as written: what a token sent to the one may also go to the other. */
bool url_same_origin(const char *a, const char *b);

#endif
