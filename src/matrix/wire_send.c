#include "matrix/wire_send.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/ident.h"
#include "base/json.h"
#include "base/str.h"
#include "base/transport.h"

enum {
	TOKEN_MAX = 4096, /* OAuth servers hand out long ones */
	CODE_MAX = 64,
};

static struct cJSON *relation_to_json(const struct utterance *what)
{
	struct cJSON *relation = json_object_create();

	if (what->thread) {
		json_set_str(relation, "rel_type", "m.thread");
		json_set_str(relation, "event_id", what->thread);
		json_set_bool(relation, "is_falling_back", true);
	}
	if (what->reply_to) {
		struct cJSON *reply = json_object_create();

		json_set_str(reply, "event_id", what->reply_to);
		json_set(relation, "m.in_reply_to", reply);
	}
	return relation;
}

static char *message_format(struct arena *arena, const struct utterance *what, const char *body, const char *html)
{
	AUTO_JSON content = json_object_create();
	struct cJSON *mentions = json_object_create();

	json_set_str(content, "msgtype", what->as_text ? "m.text" : "m.notice");
	json_set_str(content, "body", body);
	if (html) {
		json_set_str(content, "format", "org.matrix.custom.html");
		json_set_str(content, "formatted_body", html);
	}
	if (what->mentions_len) {
		struct cJSON *ids = json_array_create();

		for (size_t i = 0; i < what->mentions_len; i++)
			json_push_str(ids, what->mentions[i]);
		json_set(mentions, "user_ids", ids);
	}
	json_set(content, "m.mentions", mentions);
	if (what->reply_to || what->thread)
		json_set(content, "m.relates_to", relation_to_json(what));
	return json_print(arena, content);
}

char *wire_message_format(struct arena *arena, const struct utterance *what)
{
	char *content = message_format(arena, what, what->body, what->html);
	size_t keep = WIRE_CONTENT_MAX;

	if (strlen(content) > WIRE_CONTENT_MAX && what->html)
		content = message_format(arena, what, what->body, NULL);
	/* Escapes make JSON longer than its text, so this may take a few rounds. */
	while (strlen(content) > WIRE_CONTENT_MAX && keep) {
		const char *body = arena_printf(arena, "%.*s\xe2\x80\xa6", (int)utf8_cut(what->body, keep), what->body);

		content = message_format(arena, what, body, NULL);
		keep = keep * 3 / 4;
	}
	return content;
}

const char *wire_sync_filter(void)
{
	return "{\"presence\":{\"not_types\":[\"*\"]},\"account_data\":{\"not_types\":[\"*\"]},\"room\":{"
	       "\"account_data\":{\"not_types\":[\"*\"]},\"ephemeral\":{\"not_types\":[\"*\"]},"
	       "\"state\":{\"lazy_load_members\":true},\"timeline\":{\"limit\":100,\"lazy_load_members\":true}}}";
}

const char *wire_page_filter(void)
{
	return "{\"lazy_load_members\":true}";
}

char *wire_login_format(struct arena *arena, const char *user, const char *password, const char *device)
{
	AUTO_JSON json = json_object_create();
	struct cJSON *identifier = json_object_create();

	json_set_str(identifier, "type", "m.id.user");
	json_set_str(identifier, "user", user);
	json_set_str(json, "type", "m.login.password");
	json_set(json, "identifier", identifier);
	json_set_str(json, "password", password);
	json_set_str(json, "device_id", device);
	json_set_str(json, "initial_device_display_name", "Rotonde");
	json_set_bool(json, "refresh_token", true);
	return json_print(arena, json);
}

char *wire_refresh_format(struct arena *arena, const char *refresh_token)
{
	AUTO_JSON json = json_object_create();

	json_set_str(json, "refresh_token", refresh_token);
	return json_print(arena, json);
}

const char *wire_sent_read(struct arena *arena, const char *bytes, size_t len)
{
	AUTO_JSON json = json_parse(bytes, len);
	const char *id = json_str(json, "event_id");

	return ident_is_event(id) ? arena_dup(arena, id) : NULL;
}

bool wire_is_object(const char *bytes, size_t len)
{
	AUTO_ARENA arena = arena_create(JSON_ARENA_PER_BYTE * len + JSON_ARENA_LEAST);

	return json_is_object(json_parse_in(arena, bytes, len));
}

bool wire_has_flows(const char *bytes, size_t len)
{
	AUTO_JSON json = json_parse(bytes, len);

	return json_array(json, "flows");
}

const char *wire_filter_id_read(struct arena *arena, const char *bytes, size_t len)
{
	AUTO_JSON json = json_parse(bytes, len);
	const char *id = json_str(json, "filter_id");

	/* What starts with { would be read as a filter, not as the name of one. */
	return str_empty(id) || *id == '{' ? NULL : arena_dup(arena, id);
}

bool wire_versions_are_enough(const char *bytes, size_t len)
{
	AUTO_JSON json = json_parse(bytes, len);

	for JSON_EACH (item, json_array(json, "versions")) {
		int major, minor;

		if (json_text(item) && sscanf(json_text(item), "v%4d.%4d", &major, &minor) == 2 && (major > 1 || minor >= 11))
			return true;
	}
	return false;
}

bool wire_flows_have_password(const char *bytes, size_t len)
{
	AUTO_JSON json = json_parse(bytes, len);

	for JSON_EACH (flow, json_array(json, "flows")) {
		if (str_equal(json_str(flow, "type"), "m.login.password"))
			return true;
	}
	return false;
}

/* A code is for logs and comparing: nothing else may ride along in it. */
static bool code_is_sound(const char *code)
{
	size_t len = code ? strlen(code) : 0;

	for (size_t i = 0; i < len; i++) {
		if (!isalnum((unsigned char)code[i]) && code[i] != '_' && code[i] != '.')
			return false;
	}
	return len && len <= CODE_MAX;
}

struct wire_error wire_error_read(struct arena *arena, const char *bytes, size_t len)
{
	AUTO_JSON json = json_parse(bytes, len);
	struct wire_error error = { 0 };
	const char *code = json_str(json, "errcode");

	if (code_is_sound(code))
		error.code = arena_dup(arena, code);
	error.soft_logout = json_true(json, "soft_logout");
	if (json_int(json, "retry_after_ms", &error.retry_after_ms) && error.retry_after_ms < 0)
		error.retry_after_ms = 0;
	return error;
}

/* A token goes into a header: visible ASCII, so that no line can be smuggled in. */
static char *token_of(struct arena *arena, const struct cJSON *json, const char *key)
{
	const char *token = json_str(json, key);
	size_t len = token ? strlen(token) : 0;

	for (size_t i = 0; i < len; i++) {
		if (token[i] < 0x21 || token[i] > 0x7e)
			return NULL;
	}
	return len && len <= TOKEN_MAX ? arena_dup(arena, token) : NULL;
}

bool wire_account_read(struct arena *arena, const char *bytes, size_t len, struct wire_account *ret_account)
{
	AUTO_JSON json = json_parse(bytes, len);
	struct wire_account account = { 0 };

	if (!json_is_object(json))
		return false;
	if (ident_is_user(json_str(json, "user_id")))
		account.user = arena_dup(arena, json_str(json, "user_id"));
	account.device = token_of(arena, json, "device_id");
	account.access_token = token_of(arena, json, "access_token");
	account.refresh_token = token_of(arena, json, "refresh_token");
	if (!json_int(json, "expires_in_ms", &account.expires_in_ms) || account.expires_in_ms < 0)
		account.expires_in_ms = 0;
	*ret_account = account;
	return true;
}
