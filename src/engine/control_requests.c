/*
 * What a person at the host may ask of the running daemon. A request is {"do": NAME, ...}, its answer {"ok": true, ...}
 * or {"ok": false, "error": CODE}; every request is a turn.
 */
#include <string.h>

#include "base/ident.h"
#include "base/json.h"
#include "base/log.h"
#include "base/str.h"
#include "engine/control.h"
#include "engine/engine_internal.h"
#include "people/group.h"
#include "store/incident.h"
#include "text/message.h"

/* One request on its way through a turn. */
struct asking {
	struct engine *engine;
	const struct cJSON *request;
	const char *error;    /* NULL: none */
	struct cJSON *answer; /* further members of the answer go here */
};

static const char *const stages[] = {
	[VERIFICATION_ASKED] = "asked",
	[VERIFICATION_UNDER_WAY] = "under-way",
	[VERIFICATION_COMPARE] = "compare",
	[VERIFICATION_DONE] = "done",
	[VERIFICATION_CANCELLED] = "cancelled",
};

static struct cJSON *list_numbers(const int *numbers, size_t len)
{
	struct cJSON *list = json_array_create();

	for (size_t i = 0; i < len; i++)
		json_push_int(list, numbers[i]);
	return list;
}

static struct cJSON *describe(const struct verification *verification)
{
	struct cJSON *object = json_object_create();

	json_set_int(object, "id", verification->id);
	json_set_str(object, "user", verification->user);
	json_set_str(object, "device", verification->device);
	json_set_str(object, "stage", stages[verification->stage]);
	json_set_str(object, "why", verification->why);
	if (verification->stage == VERIFICATION_COMPARE) {
		json_set(object, "emoji", list_numbers(verification->code.emoji, SHORT_CODE_EMOJI));
		json_set(object, "numbers", list_numbers(verification->code.numbers, SHORT_CODE_NUMBERS));
	}
	return object;
}

static void list_verifications(struct turn *turn, struct asking *asking)
{
	size_t len;
	const struct verification *list = crypto_verifications(asking->engine->crypto, turn, &len);
	struct cJSON *items = json_array_create();

	for (size_t i = 0; i < len; i++)
		json_push(items, describe(&list[i]));
	json_set(asking->answer, "verifications", items);
}

/* The user that the request names; NULL, and an error, when it names none. */
static const char *asked_user(struct asking *asking)
{
	const char *user = json_str(asking->request, "user");

	if (ident_is_user(user))
		return user;
	asking->error = "user";
	return NULL;
}

static void start_verification(struct turn *turn, struct asking *asking)
{
	const struct house *house = &asking->engine->house;
	const char *user = asked_user(asking), *words;
	struct group group;
	int64_t id = 0;

	if (!user)
		return;
	if (!group_find(turn_view(turn), user, &group))
		group = (struct group){ .language = LANGUAGE_EN };
	words = SAY(house->catalogue, turn_arena(turn), group.language, "verify.request");
	switch (crypto_verification_begin(asking->engine->crypto, turn, user, group.room, words, &id)) {
	case VERIFICATION_BEGUN:
		json_set_int(asking->answer, "id", id);
		return;
	case VERIFICATION_NO_ROOM:
		asking->error = "no-room";
		return;
	case VERIFICATION_NO_DEVICES:
		asking->error = "no-devices";
		return;
	case VERIFICATION_NO_IDENTITY:
		asking->error = "no-identity";
		return;
	}
}

static void end_verification(struct turn *turn, struct asking *asking, bool same)
{
	int64_t id;

	if (!json_int(asking->request, "id", &id) || !crypto_verification_end(asking->engine->crypto, turn, id, same))
		asking->error = "not-now";
}

static void confirm_verification(struct turn *turn, struct asking *asking)
{
	end_verification(turn, asking, true);
}

static void deny_verification(struct turn *turn, struct asking *asking)
{
	end_verification(turn, asking, false);
}

static void accept_identity(struct turn *turn, struct asking *asking)
{
	const char *user = asked_user(asking);

	if (user && !crypto_identity_accept(asking->engine->crypto, turn, user))
		asking->error = "no-identity";
}

/* Somebody has read what rotonde status shows. */
static void see_incident(struct turn *turn, struct asking *asking)
{
	const char *kind = json_str(asking->request, "kind");
	int64_t len = 0;

	if (!kind) {
		asking->error = "request";
		return;
	}
	switch (incident_see(turn, kind, json_str(asking->request, "subject"), &len)) {
	case INCIDENT_SEEN:
		json_set_int(asking->answer, "incidents", len);
		return;
	case INCIDENT_LASTS:
		asking->error = "lasts";
		return;
	case INCIDENT_UNKNOWN:
		asking->error = "unknown";
		return;
	}
}

static const struct {
	const char *name;
	void (*run)(struct turn *turn, struct asking *asking);
} requests[] = {
	{ "verify.list", list_verifications },
	{ "verify.start", start_verification },
	{ "verify.confirm", confirm_verification },
	{ "verify.deny", deny_verification },
	{ "identity.accept", accept_identity },
	{ "incident.seen", see_incident },
};

static void run(struct turn *turn, void *context)
{
	struct asking *asking = context;
	const char *name = json_str(asking->request, "do");

	asking->error = "request";
	for (size_t i = 0; i < ARRAY_LEN(requests); i++) {
		if (!str_equal(requests[i].name, name))
			continue;
		asking->error = NULL;
		requests[i].run(turn, asking);
	}
}

void control_answer(void *context, const char *line, size_t len, struct buf *ret_answer)
{
	AUTO_ARENA arena = arena_create(JSON_ARENA_LEAST + CONTROL_REQUEST_MAX * JSON_ARENA_PER_BYTE + 2 * CONTROL_ANSWER_MAX);
	AUTO_JSON answer = json_object_create();
	AUTO_JSON refusal = json_object_create();
	struct asking asking = { .engine = context, .request = json_parse_in(arena, line, len), .answer = answer };

	if (!json_is_object(asking.request))
		asking.error = "request";
	else if (!engine_turn(asking.engine, run, &asking))
		asking.error = "disk";
	log_info("control.request", "error=%s", asking.error ? asking.error : "none");
	json_set_bool(answer, "ok", true);
	json_set_bool(refusal, "ok", false);
	json_set_str(refusal, "error", asking.error);
	(void)buf_add_text(ret_answer, json_print(arena, asking.error ? refusal : answer));
}
