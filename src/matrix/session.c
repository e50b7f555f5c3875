#include "matrix/session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/file.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/random.h"
#include "matrix/wire_send.h"

enum {
	FILE_MAX = 64 * 1024,
	DEVICE_LEN = 10,
	REFRESH_MARGIN_MS = 60 * 1000,
};

static char *copy(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

static void wipe(char *secret)
{
	if (secret)
		explicit_bzero(secret, strlen(secret));
	free(secret);
}

void session_release(struct session *session)
{
	free(session->homeserver);
	free(session->user);
	free(session->device);
	wipe(session->access_token);
	wipe(session->refresh_token);
	*session = (struct session){ 0 };
}

void session_init(struct session *session, const char *homeserver)
{
	unsigned char chance[DEVICE_LEN];
	char device[DEVICE_LEN + 1] = "";

	random_bytes(chance, sizeof chance);
	for (size_t i = 0; i < DEVICE_LEN; i++)
		device[i] = (char)('A' + chance[i] % 26);
	*session = (struct session){ .homeserver = xstrdup(homeserver), .device = xstrdup(device) };
}

/* False when it is not what session_store() writes. */
static bool session_parse(const struct buf *text, struct session *ret_session)
{
	AUTO_JSON json = json_parse(text->data, text->len);
	const char *user = json_str(json, "user");
	int64_t expires_at_ms = 0, refresh_at_ms = 0;

	if (!json_str(json, "homeserver") || !json_str(json, "device") || (user && !ident_is_user(user)) ||
	    !json_int(json, "expires_at_ms", &expires_at_ms) || !json_int(json, "refresh_at_ms", &refresh_at_ms))
		return false;
	*ret_session = (struct session){
		.homeserver = copy(json_str(json, "homeserver")),
		.user = copy(user),
		.device = copy(json_str(json, "device")),
		.access_token = copy(json_str(json, "access_token")),
		.refresh_token = copy(json_str(json, "refresh_token")),
		.expires_at_ms = expires_at_ms,
		.refresh_at_ms = refresh_at_ms,
	};
	return true;
}

enum session_verdict session_load(const char *path, struct session *ret_session)
{
	AUTO_BUF text;
	int error;

	buf_init(&text, FILE_MAX);
	error = file_read(path, &text);
	if (error == -ENOENT)
		return SESSION_MISSING;
	if (!file_is_private(path))
		return SESSION_UNSAFE;
	if (error && error != -EFBIG)
		return SESSION_DISK;
	if (error || !session_parse(&text, ret_session))
		return SESSION_BROKEN;
	explicit_bzero(text.data, text.len);
	return SESSION_OK;
}

enum session_verdict session_store(const char *path, const struct session *session)
{
	AUTO_ARENA arena = arena_create(FILE_MAX);
	AUTO_JSON json = json_object_create();
	char *text;
	int error;

	json_set_str(json, "homeserver", session->homeserver);
	json_set_str(json, "user", session->user);
	json_set_str(json, "device", session->device);
	json_set_str(json, "access_token", session->access_token);
	json_set_str(json, "refresh_token", session->refresh_token);
	json_set_int(json, "expires_at_ms", session->expires_at_ms);
	json_set_int(json, "refresh_at_ms", session->refresh_at_ms);
	text = json_print(arena, json);
	error = file_write_durable(path, text, strlen(text), 0600);
	explicit_bzero(text, strlen(text));
	return error ? SESSION_DISK : SESSION_OK;
}

/* How long before its end a token is renewed: a minute, less for one that lives shortly. */
static int64_t refresh_margin_ms(int64_t lifetime_ms)
{
	return lifetime_ms / 4 < REFRESH_MARGIN_MS ? lifetime_ms / 4 : REFRESH_MARGIN_MS;
}

enum session_verdict session_renew(struct session *session, const char *path, const struct wire_account *account,
                                   int64_t now_ms)
{
	struct session renewed = {
		.homeserver = copy(session->homeserver),
		.user = copy(account->user ? account->user : session->user),
		.device = copy(account->device ? account->device : session->device),
		.access_token = copy(account->access_token),
		.refresh_token = copy(account->refresh_token ? account->refresh_token : session->refresh_token),
	};

	INVARIANT(account->access_token);
	if (account->expires_in_ms) {
		renewed.expires_at_ms = now_ms + account->expires_in_ms;
		renewed.refresh_at_ms = renewed.expires_at_ms - refresh_margin_ms(account->expires_in_ms);
	}
	if (session_store(path, &renewed) != SESSION_OK) {
		session_release(&renewed);
		return SESSION_DISK;
	}
	session_release(session);
	*session = renewed;
	return SESSION_OK;
}

bool session_wants_refresh(const struct session *session, int64_t now_ms)
{
	return session->refresh_token && session->expires_at_ms && now_ms >= session->refresh_at_ms;
}

bool session_is_expired(const struct session *session, int64_t now_ms)
{
	return session->expires_at_ms && now_ms >= session->expires_at_ms;
}
