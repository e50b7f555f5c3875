#include "matrix/wire_event.h"

#include <string.h>

#include "base/die.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/str.h"
#include "matrix/mxc.h"
#include "matrix/wire_text.h"

enum {
	MENTIONS_MAX = 100,
	MIME_MAX = 100,
	GEO_MAX = 200,
	TXN_MAX = 100,
};

/* What each msgtype is, and what its file is called when nobody says. */
static const struct form {
	const char *msgtype;
	enum event_form form;
	const char *file_name; /* NULL: carries no file */
} forms[] = {
	{ "m.text", FORM_TEXT, NULL },      { "m.notice", FORM_NOTICE, NULL },  { "m.image", FORM_IMAGE, "image" },
	{ "m.file", FORM_FILE, "file" },    { "m.audio", FORM_AUDIO, "audio" }, { "m.video", FORM_VIDEO, "video" },
	{ "m.location", FORM_LOCATION, NULL },
};

static const struct form form_other = { NULL, FORM_OTHER, NULL };

static const struct form *form_of(const struct cJSON *content)
{
	const char *msgtype = json_str(content, "msgtype");

	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		if (str_equal(msgtype, forms[i].msgtype))
			return &forms[i];
	}
	return &form_other;
}

/* What bridges add to a message's content (WHATSAPP.md section 0.4, 2, 4). Set when present and neither false nor null. */
struct marks {
	bool double_puppet;
	bool bridge_state;
	bool undecryptable;
	bool failed_media;
	bool disappearing;
};

static const struct {
	const char *key;
	size_t offset;
} mark_keys[] = {
	{ "fi.mau.double_puppet_source", offsetof(struct marks, double_puppet) },
	{ "fi.mau.bridge_state", offsetof(struct marks, bridge_state) },
	{ "fi.mau.whatsapp.undecryptable", offsetof(struct marks, undecryptable) },
	{ "fi.mau.whatsapp.failed_media", offsetof(struct marks, failed_media) },
	{ "com.beeper.disappearing_timer", offsetof(struct marks, disappearing) },
};

/* One walk over the content: most messages have no mark at all. */
static struct marks read_marks(const struct cJSON *content)
{
	struct marks marks = { 0 };

	for JSON_EACH (item, content) {
		const char *key = json_key(item);

		if (!str_starts(key, "fi.mau.") && !str_starts(key, "com.beeper."))
			continue;
		for (size_t i = 0; i < ARRAY_LEN(mark_keys); i++) {
			if (str_equal(key, mark_keys[i].key))
				*(bool *)((char *)&marks + mark_keys[i].offset) =
					json_true(content, key) || json_is_object(item) || json_text(item);
		}
	}
	return marks;
}

static const char *event_id(struct arena *arena, const struct cJSON *object, const char *key)
{
	const char *id = json_str(object, key);

	return ident_is_event(id) ? arena_dup(arena, id) : NULL;
}

static void read_mentions(struct arena *arena, const struct cJSON *content, struct event *event)
{
	const struct cJSON *ids = json_array(json_object(content, "m.mentions"), "user_ids");
	const char **mentions;
	size_t count = 0;

	for JSON_EACH (item, ids)
		count += ident_is_user(json_text(item));
	if (count > MENTIONS_MAX)
		count = MENTIONS_MAX;
	mentions = arena_array(arena, const char *, count);
	for JSON_EACH (item, ids) {
		if (event->mentions_len < count && ident_is_user(json_text(item)))
			mentions[event->mentions_len++] = arena_dup(arena, json_text(item));
	}
	event->mentions = mentions;
}

/* What the message answers and the thread it stands in. A thread's own pointer back is no answer (MATRIX.md 3.9). */
static void read_relation(struct arena *arena, const struct cJSON *relation, struct event *event)
{
	bool threaded = str_equal(json_str(relation, "rel_type"), "m.thread");

	if (threaded)
		event->thread = event_id(arena, relation, "event_id");
	if (!threaded || !json_true(relation, "is_falling_back"))
		event->reply_to = event_id(arena, json_object(relation, "m.in_reply_to"), "event_id");
}

/* The caption: `body` is one only when it differs from the file's name (MSC2530; WHATSAPP.md section 2, photos). */
static const char *caption_of(const char *name, const char *body)
{
	return str_empty(name) || str_equal(name, body) ? "" : body;
}

static const struct media *read_media(struct arena *arena, const struct cJSON *content, const char *fallback_name)
{
	const struct cJSON *file = json_object(content, "file");
	const struct cJSON *info = json_object(content, "info");
	const char *url = json_str(file ? file : content, "url");
	const char *name = json_str(content, "filename");
	const char *mime = json_str(info, "mimetype");
	struct media *media;
	int64_t size;

	if (!mxc_is_valid(url))
		return NULL;
	if (str_empty(name))
		name = json_str(content, "body");
	media = arena_new(arena, struct media);
	media->url = arena_dup(arena, url);
	media->name = wire_file_name_clean(arena, name ? name : "", fallback_name);
	media->mime = wire_name_clean(arena, str_empty(mime) ? "application/octet-stream" : mime, MIME_MAX);
	media->key = file ? json_print(arena, file) : NULL;
	if (json_int(info, "size", &size) && size > 0)
		media->size = size;
	return media;
}

/* Only what an app can open: "geo:" and what RFC 5870 allows in coordinates and parameters. */
static const char *read_geo_uri(struct arena *arena, const struct cJSON *content)
{
	const char *uri = json_str(content, "geo_uri");
	const char *rest = uri && str_starts(uri, "geo:") ? uri + strlen("geo:") : "";
	size_t len = strspn(rest, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-.,;=%");

	return len && !rest[len] && len <= GEO_MAX ? arena_dup(arena, uri) : NULL;
}

/* What is said, shown or attached: `content` of a message, or what an edit puts in its place. */
static enum wire_verdict read_content(struct arena *arena, const struct cJSON *content, struct event *event)
{
	const struct form *form = form_of(content);
	const struct marks marks = read_marks(content);
	const char *body = json_str(content, "body");

	if (!body)
		return WIRE_BROKEN;
	body = wire_text_clean(arena, body, WIRE_BODY_MAX);
	event->form = form->form;
	if (form->file_name) {
		const char *name = json_str(content, "filename");

		event->media = read_media(arena, content, form->file_name);
		if (!event->media)
			return WIRE_BROKEN;
		event->forwarded = wire_skip_forwarded_mark(body, &body);
		body = caption_of(name ? wire_text_clean(arena, name, WIRE_BODY_MAX) : NULL, body);
	} else {
		const char *rest;

		event->forwarded = wire_skip_forwarded_mark(body, &rest);
	}
	if (form->form == FORM_LOCATION)
		event->geo_uri = read_geo_uri(arena, content);
	/* A bridge that reports on itself speaks m.text; nobody's command stands in there. */
	if (marks.bridge_state)
		event->form = FORM_NOTICE;
	event->bridge_notice = event->form == FORM_NOTICE && (marks.undecryptable || marks.failed_media);
	read_mentions(arena, content, event);
	event->body = body;
	return WIRE_READ;
}

static enum wire_verdict read_edit(struct arena *arena, const struct cJSON *content, const struct cJSON *relation, struct event *event)
{
	const struct cJSON *replacement = json_object(content, "m.new_content");

	event->kind = EVENT_EDIT;
	event->target = event_id(arena, relation, "event_id");
	if (!event->target || !replacement)
		return WIRE_BROKEN;
	/* The bridge leaves in the replacement what a message that it could not read at first was an answer to. */
	read_relation(arena, json_object(replacement, "m.relates_to"), event);
	return read_content(arena, replacement, event);
}

/* Somebody whom the bridge speaks for: his word is worth no more than the bridge's. */
static void lower_trust(struct event *event)
{
	if (event->trust > TRUST_BRIDGE)
		event->trust = TRUST_BRIDGE;
}

/* relation: the event's m.relates_to, or NULL. It stands apart since in an encrypted room it is not in what was sealed. */
static enum wire_verdict read_message(struct arena *arena, const struct cJSON *content, const struct cJSON *relation, struct event *event)
{
	const struct marks marks = read_marks(content);
	enum wire_verdict verdict;

	event->disappearing = marks.disappearing;
	if (marks.double_puppet)
		lower_trust(event);
	if (str_equal(json_str(relation, "rel_type"), "m.replace"))
		return read_edit(arena, content, relation, event);
	event->kind = EVENT_MESSAGE;
	read_relation(arena, relation, event);
	verdict = read_content(arena, content, event);
	if (verdict == WIRE_READ && event->reply_to && !event->media)
		event->body = wire_skip_reply_fallback(event->body);
	return verdict;
}

static enum wire_verdict read_reaction(struct arena *arena, const struct cJSON *content, const struct cJSON *relation, struct event *event)
{
	const char *key = json_str(relation, "key");

	event->kind = EVENT_REACTION;
	event->form = FORM_OTHER;
	event->target = event_id(arena, relation, "event_id");
	if (read_marks(content).double_puppet)
		lower_trust(event);
	if (!event->target || !key || !str_equal(json_str(relation, "rel_type"), "m.annotation"))
		return WIRE_BROKEN;
	event->reaction = wire_reaction_clean(arena, key);
	return *event->reaction ? WIRE_READ : WIRE_BROKEN;
}

static enum wire_verdict read_redaction(struct arena *arena, const struct cJSON *json, struct event *event)
{
	event->kind = EVENT_REDACTION;
	event->form = FORM_OTHER;
	/* Since room version 11 in content, before that at the top; servers give both. */
	event->target = event_id(arena, json_object(json, "content"), "redacts");
	if (!event->target)
		event->target = event_id(arena, json, "redacts");
	return event->target ? WIRE_READ : WIRE_BROKEN;
}

static enum wire_verdict read_encrypted(struct arena *arena, struct slice raw, struct event *event)
{
	struct slice content = slice_member(raw, "content");

	event->kind = EVENT_UNREADABLE;
	event->form = FORM_OTHER;
	event->trust = TRUST_NONE;
	/* The whole event is JSON, so an object is what starts like one. */
	if (!content.len || *content.data != '{')
		return WIRE_BROKEN;
	event->sealed = arena_dup_n(arena, content.data, content.len);
	return WIRE_READ;
}

/* Some clients send these in the clear also where all else is encrypted; they prove themselves (MATRIX.md 8.14). */
static bool is_verification(const char *type, const struct cJSON *content)
{
	static const char prefix[] = "m.key.verification.";

	if (str_starts(type, prefix))
		return type[strspn(type, "abcdefghijklmnopqrstuvwxyz.")] == '\0';
	return str_equal(type, "m.room.message") && str_equal(json_str(content, "msgtype"), "m.key.verification.request");
}

static enum wire_verdict read_verification(struct arena *arena, const char *type, struct slice raw, struct event *event)
{
	enum wire_verdict verdict = read_encrypted(arena, raw, event);

	event->kind = EVENT_VERIFICATION;
	event->body = arena_dup(arena, type);
	return verdict;
}

static bool is_redacted(const struct cJSON *json)
{
	const struct cJSON *told = json_object(json, "unsigned");

	return json_get(told, "redacted_because") || json_get(told, "redacted_by");
}

/* The frame every event has. Only the server of the sender could lie about the rest of it. */
static bool read_frame(struct arena *arena, const char *own_id, const struct cJSON *json, struct event *event)
{
	const char *sender = json_str(json, "sender");
	const char *txn_id = json_str(json_object(json, "unsigned"), "transaction_id");

	event->id = event_id(arena, json, "event_id");
	if (!event->id || !ident_is_user(sender) || !json_int(json, "origin_server_ts", &event->sent_at_ms))
		return false;
	if (event->sent_at_ms < 0)
		event->sent_at_ms = 0;
	event->sender = arena_dup(arena, sender);
	if (txn_id && str_equal(sender, own_id))
		event->txn_id = wire_name_clean(arena, txn_id, TXN_MAX);
	return true;
}

enum wire_verdict wire_event_read(struct arena *arena, const char *room, const char *own_id, const struct cJSON *json, struct slice raw,
                                  struct event *ret_event)
{
	struct event event = { .room = room, .trust = TRUST_PLAIN, .body = "" };
	const struct cJSON *content = json_object(json, "content");
	const struct cJSON *relation = json_object(content, "m.relates_to");
	const char *type = json_str(json, "type");
	enum wire_verdict verdict;

	if (!type || !content || !read_frame(arena, own_id, json, &event))
		return WIRE_BROKEN;
	if (is_redacted(json) || json_str(json, "state_key"))
		return WIRE_NOT_OURS;
	if (is_verification(type, content))
		verdict = read_verification(arena, type, raw, &event);
	else if (str_equal(type, "m.room.message"))
		verdict = read_message(arena, content, relation, &event);
	else if (str_equal(type, "m.reaction"))
		verdict = read_reaction(arena, content, relation, &event);
	else if (str_equal(type, "m.room.redaction"))
		verdict = read_redaction(arena, json, &event);
	else if (str_equal(type, "m.room.encrypted"))
		verdict = read_encrypted(arena, raw, &event);
	else
		verdict = WIRE_NOT_OURS;
	if (verdict == WIRE_READ)
		*ret_event = event;
	return verdict;
}

/* The frame of a sealed event, for what comes out of it. */
static struct event copy_frame(struct arena *arena, const struct event *sealed)
{
	return (struct event){
		.trust = TRUST_NONE,
		.id = arena_dup(arena, sealed->id),
		.room = arena_dup(arena, sealed->room),
		.sender = arena_dup(arena, sealed->sender),
		.sent_at_ms = sealed->sent_at_ms,
		.txn_id = arena_dup(arena, sealed->txn_id),
		.body = "",
	};
}

bool wire_event_reveal(struct arena *arena, const struct event *sealed, const char *type, const char *content, struct event *ret_event)
{
	INVARIANT(sealed->sealed);
	AUTO_JSON outside = json_parse(sealed->sealed, strlen(sealed->sealed));
	AUTO_JSON inside = json_parse(content, strlen(content));
	/* What is in clear counts, also when nothing is: any m.relates_to inside is passed over (MATRIX.md 7.16). */
	const struct cJSON *relation = json_object(outside, "m.relates_to");
	struct event event = copy_frame(arena, sealed);
	enum wire_verdict verdict = WIRE_NOT_OURS;

	if (!json_is_object(inside))
		return false;
	if (str_equal(type, "m.room.message"))
		verdict = read_message(arena, inside, relation, &event);
	else if (str_equal(type, "m.reaction"))
		verdict = read_reaction(arena, inside, relation, &event);
	if (verdict != WIRE_READ)
		return false;
	/* A file without a key is whatever the server says it is: no photo of any receipt (MATRIX.md 4.9). */
	if (event.media && !event.media->key)
		return false;
	*ret_event = event;
	return true;
}
