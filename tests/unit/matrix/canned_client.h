/*
 * The matrix transport with a canned server behind it: account @r:hs on device DEV, session.json and
 * all files in a folder of its own.
 */
#ifndef ROTONDE_TESTS_CANNED_CLIENT_H
#define ROTONDE_TESTS_CANNED_CLIENT_H

#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "matrix/matrix.h"
#include "unit/cmocka_all.h"
#include "unit/matrix/canned_server.h"

#define VERSIONS "GET /_matrix/client/versions"
#define WHOAMI   "GET /_matrix/client/v3/account/whoami"
#define FILTER   "POST /_matrix/client/v3/user/%40r%3Ahs/filter"
#define SYNC     "GET /_matrix/client/v3/sync"
#define REFRESH  "POST /_matrix/client/v3/refresh"

/* What a good server says at the start. */
#define GOOD_START                                                                   \
	{ VERSIONS, CANNED_OK("{\"versions\":[\"v1.11\"]}"), 0, 0 },                  \
	{ WHOAMI, CANNED_OK("{\"user_id\":\"@r:hs\",\"device_id\":\"DEV\"}"), 0, 0 }, \
	{ FILTER, CANNED_OK("{\"filter_id\":\"5\"}"), 0, 0 }
#define UNKNOWN_TOKEN(more) CANNED_NO("401 No", "{\"errcode\":\"M_UNKNOWN_TOKEN\"" more "}")

static char folder[] = "/tmp/rotonde-matrix-XXXXXX";
static char session_path[64], password_path[64], file_path[64];
static struct canned_server server;
static struct transport *transport;
static struct arrival arrival;

static inline int reset(void **state)
{
	(void)state;
	transport = NULL;
	server.pid = 0;
	return 0;
}

static inline int clear(void **state)
{
	(void)state;
	if (transport)
		transport->destroy(transport->self);
	if (server.pid)
		canned_close(&server);
	(void)unlink(session_path);
	(void)unlink(password_path);
	return 0;
}

static inline void put_file(const char *path, const char *text)
{
	assert_int_equal(file_write_durable(path, text, strlen(text), 0600), 0);
}

static inline void put_session(const char *refresh_token, int64_t refresh_at_ms)
{
	char text[500];

	(void)snprintf(text, sizeof text,
	               "{\"homeserver\":\"%s\",\"user\":\"@r:hs\",\"device\":\"DEV\",\"access_token\":\"old\"%s%s%s,"
	               "\"expires_at_ms\":%lld,\"refresh_at_ms\":%lld}",
	               server.base, refresh_token ? ",\"refresh_token\":\"" : "", refresh_token ? refresh_token : "",
	               refresh_token ? "\"" : "", (long long)(refresh_at_ms ? refresh_at_ms + 60000 : 0), (long long)refresh_at_ms);
	put_file(session_path, text);
}

static inline struct matrix_options options(void)
{
	return (struct matrix_options){
		.homeserver = server.base,
		.session_path = session_path,
		.spool_folder = folder,
		.password_path = password_path,
		.user_agent = "Rotonde-test",
	};
}

/* The value of a key in session.json. */
static inline const char *stored(const char *key)
{
	static char value[200];
	AUTO_BUF text;

	buf_init(&text, 10000);
	assert_int_equal(file_read(session_path, &text), 0);
	AUTO_JSON json = json_parse(text.data, text.len);
	(void)snprintf(value, sizeof value, "%s", json_str(json, key) ? json_str(json, key) : "");
	return value;
}

static inline void open_with(struct canned_rule *rules, size_t rules_len, const char *refresh_token, int64_t refresh_at_ms)
{
	struct matrix_options with;

	server = canned_open(rules, rules_len);
	put_session(refresh_token, refresh_at_ms);
	with = options();
	assert_int_equal(matrix_open(&with, &transport), MATRIX_OK);
}

static inline const struct arrival *next_arrival(void)
{
	transport->wait(transport->self, NULL, 0, 10000, &arrival);
	return &arrival;
}

static inline const struct arrival *sync_once(void)
{
	transport->sync(transport->self, "s1", 0);
	return next_arrival();
}

static inline void assert_outcome(const struct arrival *got, enum outcome outcome, const char *error)
{
	assert_string_equal(got->error, error);
	assert_int_equal(got->outcome, outcome);
}

/* How often a request of this kind came in since the last look. */
static inline int count_heads(const char *heads, const char *start)
{
	int count = 0;

	for (const char *p = heads; (p = strstr(p, start)); p++)
		count++;
	return count;
}

/* Around a group of tests. */
static inline int make_folder(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return 1;
	(void)snprintf(session_path, sizeof session_path, "%s/session.json", folder);
	(void)snprintf(password_path, sizeof password_path, "%s/password", folder);
	(void)snprintf(file_path, sizeof file_path, "%s/file", folder);
	return 0;
}

static inline int remove_folder(void **state)
{
	(void)state;
	return rmdir(folder);
}

#endif
