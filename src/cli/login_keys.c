#include "cli/login_keys.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "cli/database.h"
#include "cli/recovery_file.h"
#include "cli/server.h"
#include "store/turn_owner.h"

/* In this order: the identity is made before the device's keys go up, so that nobody ever sees them unsigned (MATRIX.md 5.3). */
static const enum want_kind kinds[] = { WANT_IDENTITY, WANT_KEYS_UPLOAD, WANT_SECRETS, WANT_BACKUP };

/* So long an answer is waited for, and so often in a row there may be none. */
enum { ANSWER_MS = 60 * 1000, TROUBLES_MAX = 4, TROUBLE_MS = 2000, REQUESTS_MAX = 500 };

static bool run_turn(const struct login_keys *login, void (*work)(struct turn *turn, void *context), void *context)
{
	if (turn_run(login->store, clock_now_ms(&clock_system), work, context) == TURN_COMMITTED)
		return true;
	(void)fprintf(stderr, "rotonde: %s: the disk is full\n", login->config->data);
	return false;
}

/* The end of the device before. */

struct retiring {
	enum crypto_past past;
	const char *device;
};

static void retire(struct turn *turn, void *context)
{
	const struct retiring *retiring = context;

	crypto_retire(turn, retiring->past, retiring->device);
	(void)database_begin_epoch(turn, "waited on a device that is gone: may have been said already");
}

/* The server would go on giving it messages that nobody reads. */
static void log_out(const struct login_keys *login)
{
	struct transport *transport;
	struct arrival arrival;

	if (matrix_open(login->server, &transport) != MATRIX_OK)
		return;
	transport->call(transport->self, 0, &(struct call){ .method = CALL_POST, .path = "/_matrix/client/v3/logout", .body = "{}" });
	transport->wait(transport->self, NULL, 0, ANSWER_MS, &arrival);
	transport->destroy(transport->self);
}

const char *login_keys_retire_dead(const struct login_keys *login, const struct matrix_account *stored, bool device_gone)
{
	struct view *view = view_open(login->store, clock_now_ms(&clock_system));
	bool retired = crypto_is_retired(view, stored->device), burnt = crypto_status(view).burnt;
	struct retiring retiring = { burnt ? CRYPTO_PAST_GONE : CRYPTO_PAST_READABLE, stored->device };

	view_close(view);
	if (!retired && !burnt && !device_gone)
		return NULL;
	if (!retired && !run_turn(login, retire, &retiring))
		return NULL;
	if (!device_gone)
		log_out(login);
	return device_gone ? "the server logged it out" : burnt ? "its keys are spoilt" : "the database is a copy from before";
}

/* After the login. */

struct session {
	const struct login_keys *login;
	struct crypto_options options;
	struct crypto *crypto;
	struct transport *transport;
	enum crypto_opening opening;
	const char *why;
	const char *recovery; /* typed in, or NULL */
};

/* What another login left is archived away: the seeds we hold sign the new device. */
static void open_keys(struct turn *turn, void *context)
{
	struct session *session = context;

	session->crypto = NULL;
	session->opening = crypto_open(&session->options, turn, &session->crypto, &session->why);
	if (session->opening == CRYPTO_OTHER_DEVICE || session->opening == CRYPTO_KEY_LOST) {
		(void)database_begin_epoch(turn, "waited on a device that is gone: may have been said already");
		crypto_retire(turn, session->opening == CRYPTO_KEY_LOST ? CRYPTO_PAST_GONE : CRYPTO_PAST_READABLE, NULL);
		session->opening = crypto_open(&session->options, turn, &session->crypto, &session->why);
	}
	if (session->opening != CRYPTO_OPEN)
		return;
	crypto_begin_login(session->crypto, turn, session->login->password);
	if (session->recovery)
		crypto_recover(session->crypto, turn, session->recovery);
}

struct carrying {
	struct session *session;
	const struct want *want;
	struct want_reply reply;
};

static void take_reply(struct turn *turn, void *context)
{
	const struct carrying *carrying = context;

	crypto_reply(carrying->session->crypto, turn, carrying->want, &carrying->reply);
}

static bool find_want(struct session *session, struct view *view, struct want *ret_want)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (crypto_want(session->crypto, view, kinds[i], ret_want))
			return true;
	}
	return false;
}

enum carried { CARRIED, CARRIED_NOTHING, CARRIED_TROUBLE, CARRIED_LOST };

/* One request, and its answer. */
static enum carried carry(struct session *session, const char **ret_error)
{
	struct view *view = view_open(session->login->store, clock_now_ms(&clock_system));
	AUTO_ARENA arena = arena_create_secret(4 * 1024 * 1024);
	struct arrival arrival;
	struct want want;
	bool wanted = find_want(session, view, &want);

	if (wanted) {
		want.about = arena_dup(arena, want.about);
		want.call.path = arena_dup(arena, want.call.path);
		want.call.body = arena_dup(arena, want.call.body);
	}
	view_close(view);
	if (!wanted)
		return CARRIED_NOTHING;
	session->transport->call(session->transport->self, 0, &want.call);
	session->transport->wait(session->transport->self, NULL, 0, ANSWER_MS, &arrival);
	*ret_error = arrival.kind == ARRIVAL_REPLY ? arrival.error : "timeout";
	if (arrival.kind != ARRIVAL_REPLY || arrival.outcome == OUTCOME_LOGOUT)
		return CARRIED_LOST;
	if (!run_turn(session->login, take_reply,
	              &(struct carrying){ session, &want,
	                                  { arrival.outcome, arrival.error, arrival.retry_after_ms, arrival.body, arrival.body_len } }))
		return CARRIED_LOST;
	return arrival.outcome == OUTCOME_TROUBLE || arrival.outcome == OUTCOME_LIMITED || arrival.outcome == OUTCOME_SERVER ? CARRIED_TROUBLE : CARRIED;
}

/* Until nothing is wanted any more. False with a message when the server does not answer. */
static bool carry_all(struct session *session)
{
	const char *error = "";
	int troubles = 0;

	for (int i = 0; i < REQUESTS_MAX; i++) {
		switch (carry(session, &error)) {
		case CARRIED:
			troubles = 0;
			continue;
		case CARRIED_NOTHING:
			return true;
		case CARRIED_TROUBLE:
			if (++troubles <= TROUBLES_MAX) {
				(void)poll(NULL, 0, TROUBLE_MS * troubles);
				continue;
			}
			break;
		case CARRIED_LOST:
			break;
		}
		break;
	}
	(void)fprintf(stderr, "rotonde: %s: the server did not take the keys (%s); run login again, it goes on where it was\n",
	              session->login->config->homeserver.url, error);
	return false;
}

static struct crypto_status status_of(const struct session *session, struct arena *arena)
{
	struct view *view = view_open(session->login->store, clock_now_ms(&clock_system));
	struct crypto_status status = crypto_status(view);

	status.master = arena_dup(arena, status.master);
	status.approval_url = arena_dup(arena, status.approval_url);
	status.failure = arena_dup(arena, status.failure);
	view_close(view);
	return status;
}

static bool tell_failure(const struct crypto_status *status)
{
	static const char *const words[][2] = {
		{ "wrong-key", "this is not the recovery key of the account" },
		{ "absent", "the server keeps no secrets for this account" },
		{ "broken", "what the server keeps does not open: somebody changed it" },
		{ "other-identity", "what the server keeps belongs to another identity than the account has now" },
		{ "unknown-algorithm", "what the server keeps is sealed in a way that is not known here" },
	};
	const char *said = "the server refused";

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (strcmp(status->failure, words[i][0]) == 0)
			said = words[i][1];
	}
	(void)fprintf(stderr, "rotonde: recovery key: %s\n", said);
	return false;
}

/* What stands in the way of our identity, and what a person does about it. True when nothing does. */
static bool tell_identity(const struct crypto_status *status)
{
	switch (status->identity) {
	case CRYPTO_IDENTITY_GOOD:
		(void)printf("Encrypted rooms: this device is signed by the bot's identity %s.\n", status->master);
		return true;
	case CRYPTO_IDENTITY_FOREIGN:
		(void)fprintf(stderr, "rotonde: the account has an identity whose keys are not here; nothing can be said in encrypted rooms.\n"
		                      "  Bring them with the recovery key: rotonde login -c FILE --recover\n");
		return false;
	case CRYPTO_IDENTITY_APPROVAL:
		(void)fprintf(stderr, "rotonde: the server wants a person to allow the bot's identity. Open this page, then run login again:\n  %s\n",
		              status->approval_url);
		return false;
	case CRYPTO_IDENTITY_PASSWORD:
		(void)fprintf(stderr, "rotonde: the server wants the account's password for the bot's identity, and refuses the one we have\n");
		return false;
	case CRYPTO_IDENTITY_UNKNOWN:
	case CRYPTO_IDENTITY_MAKING:
		(void)fprintf(stderr, "rotonde: the bot's identity is not complete on the server; see `rotonde status`, and run login again\n");
		return false;
	}
	die("identity %d", (int)status->identity);
}

static void make_storage(struct turn *turn, void *context)
{
	const struct session *session = context;

	crypto_make_storage(session->crypto, turn);
}

static void forget_key(struct turn *turn, void *context)
{
	(void)context;
	crypto_forget_recovery_key(turn);
}

/* Secret storage for an identity that is good. True when there is nothing a person should know. */
static bool give_recovery_key(struct session *session)
{
	const struct login_keys *login = session->login;
	AUTO_ARENA arena = arena_create_secret(16 * 1024);
	struct view *view;
	const char *key;

	if (!recovery_file_possible(login->recovery_key_file)) {
		(void)printf("No recovery key was made: run login on a terminal, or with --recovery-key-file FILE.\n");
		return true;
	}
	if (!run_turn(login, make_storage, session) || !carry_all(session))
		return false;
	view = view_open(login->store, clock_now_ms(&clock_system));
	key = arena_dup(arena, crypto_recovery_key(session->crypto, view));
	view_close(view);
	if (!key) {
		(void)fprintf(stderr, "rotonde: the server refused the secret storage; run login again\n");
		return false;
	}
	return recovery_file_give(login->recovery_key_file, key) && run_turn(login, forget_key, NULL);
}

static bool settle(struct session *session)
{
	AUTO_ARENA arena = arena_create(64 * 1024);
	struct crypto_status status;

	if (!carry_all(session))
		return false;
	status = status_of(session, arena);
	if (session->recovery && status.storage == CRYPTO_STORAGE_FAILED)
		return tell_failure(&status);
	if (!tell_identity(&status))
		return false;
	return status.storage == CRYPTO_STORAGE_KEPT || give_recovery_key(session);
}

bool login_keys_settle(const struct login_keys *login, const struct matrix_account *account)
{
	AUTO_ARENA arena = arena_create_secret(64 * 1024);
	struct session session = { .login = login, .options = server_crypto_options(arena, login->config, account), .why = "" };
	bool good = false;

	if (login->recover && !(session.recovery = recovery_file_take(arena, login->recovery_key_file)))
		return false;
	if (!run_turn(login, open_keys, &session)) {
		crypto_close(session.crypto);
		return false;
	}
	if (session.opening != CRYPTO_OPEN)
		(void)fprintf(stderr, "rotonde: %s: %s\n", login->config->data, session.why);
	else if (matrix_open(login->server, &session.transport) == MATRIX_OK) {
		good = settle(&session);
		session.transport->destroy(session.transport->self);
	}
	crypto_close(session.crypto);
	return good;
}
