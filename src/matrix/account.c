#include "matrix/account.h"

#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/url.h"
#include "matrix/client.h"

enum { CALL_MS = 15 * 1000, CALL_LIMIT = 1024 * 1024 };

enum matrix_verdict matrix_session_load(const char *path, struct session *ret_session)
{
	switch (session_load(path, ret_session)) {
	case SESSION_OK:
		return MATRIX_OK;
	case SESSION_MISSING:
		return MATRIX_SESSION_MISSING;
	case SESSION_UNSAFE:
		return MATRIX_SESSION_UNSAFE;
	case SESSION_BROKEN:
		return MATRIX_SESSION_BROKEN;
	case SESSION_DISK:
		return MATRIX_DISK;
	}
	return MATRIX_DISK;
}

struct http *matrix_http_open(const struct matrix_options *options)
{
	return http_open(&(struct http_options){
		.user_agent = options->user_agent,
		.ca_folder = options->ca_folder,
		.private_redirects = options->private_redirects,
	});
}

/* One visit to the server about the account: what it has at hand. */
struct visit {
	struct arena *arena;
	const struct matrix_options *options;
	struct http *http;
	const char *base;
	struct session session;
	struct matrix_account *account; /* errors go here */
};

/* The base URL and the stored session; a new one where there is none. */
static enum matrix_verdict visit_open(struct visit *visit, const struct matrix_options *options, struct arena *arena,
                                     struct matrix_account *account)
{
	enum matrix_verdict verdict;

	*account = (struct matrix_account){ .user = "", .device = "", .error = "" };
	*visit = (struct visit){ .arena = arena, .options = options, .base = url_base_parse(arena, options->homeserver), .account = account };
	if (!visit->base)
		return MATRIX_URL_BAD;
	verdict = matrix_session_load(options->session_path, &visit->session);
	if (verdict == MATRIX_SESSION_MISSING)
		session_init(&visit->session, visit->base);
	else if (verdict != MATRIX_OK)
		return verdict;
	visit->http = matrix_http_open(options);
	return str_equal(visit->session.homeserver, visit->base) ? MATRIX_OK : MATRIX_SESSION_FOREIGN;
}

static void visit_close(struct visit *visit)
{
	http_close(visit->http);
	session_release(&visit->session);
}

/* The whole of one request. MATRIX_OK for a 200; else the account tells the error. */
static enum matrix_verdict ask(struct visit *visit, enum http_method method, const char *path, const char *token, const char *body,
                               struct http_answer *ret_answer)
{
	struct http_request request = {
		.method = method,
		.url = arena_printf(visit->arena, "%s/_matrix/client/%s", visit->base, path),
		.token = token,
		.body = body,
		.total_ms = CALL_MS,
		.stall_ms = CALL_MS,
		.limit = CALL_LIMIT,
	};
	struct reading reading;

	http_start(visit->http, &request);
	while (!http_wait(visit->http, NULL, 0, CALL_MS, ret_answer))
		;
	reading = answer_read(visit->arena, ret_answer);
	visit->account->error = reading.error;
	visit->account->retry_after_ms = reading.retry_after_ms;
	visit->account->device_gone = reading.token_refused && !reading.told.soft_logout;
	if (reading.token_refused)
		return MATRIX_DENIED;
	switch (reading.outcome) {
	case OUTCOME_OK:
		return MATRIX_OK;
	case OUTCOME_LIMITED:
		return MATRIX_LIMITED;
	case OUTCOME_REFUSED:
	case OUTCOME_LOGOUT:
		return MATRIX_DENIED;
	case OUTCOME_TROUBLE:
	case OUTCOME_SERVER:
	case OUTCOME_TOO_BIG:
		return MATRIX_UNREACHABLE;
	}
	return MATRIX_UNREACHABLE;
}

static enum matrix_verdict senseless(struct visit *visit)
{
	visit->account->error = "senseless";
	return MATRIX_UNREACHABLE;
}

static enum matrix_verdict ask_versions(struct visit *visit)
{
	struct http_answer answer;
	enum matrix_verdict verdict = ask(visit, HTTP_GET, "versions", NULL, NULL, &answer);

	if (verdict != MATRIX_OK)
		/* A no to this question is not a Matrix homeserver's. */
		return verdict == MATRIX_DENIED ? MATRIX_UNREACHABLE : verdict;
	if (!wire_is_object(answer.body, answer.body_len))
		return senseless(visit);
	return wire_versions_are_enough(answer.body, answer.body_len) ? MATRIX_OK : MATRIX_TOO_OLD;
}

static enum matrix_verdict ask_flows(struct visit *visit)
{
	struct http_answer answer;
	enum matrix_verdict verdict = ask(visit, HTTP_GET, "v3/login", NULL, NULL, &answer);

	/* Servers with OAuth alone answer 404. */
	if (verdict == MATRIX_DENIED)
		return MATRIX_NO_PASSWORDS;
	if (verdict != MATRIX_OK)
		return verdict;
	return wire_flows_have_password(answer.body, answer.body_len) ? MATRIX_OK : MATRIX_NO_PASSWORDS;
}

/* The name a person typed may be this user: the whole id, or its local part. */
static bool is_named(const char *user, const char *name)
{
	size_t len = strcspn(user + 1, ":");

	return str_equal(user, name) || (strlen(name) == len && strncmp(user + 1, name, len) == 0);
}

/* The answer's tokens become the session. */
static enum matrix_verdict keep(struct visit *visit, const struct wire_account *account)
{
	int64_t now_ms = clock_now_ms(&clock_system);

	if (session_renew(&visit->session, visit->options->session_path, account, now_ms) != SESSION_OK)
		return MATRIX_DISK;
	visit->account->user = arena_dup(visit->arena, visit->session.user);
	visit->account->device = arena_dup(visit->arena, visit->session.device);
	return MATRIX_OK;
}

static enum matrix_verdict ask_login(struct visit *visit, const char *user, const char *password)
{
	char *body = wire_login_format(visit->arena, user, password, visit->session.device);
	struct wire_account account;
	struct http_answer answer;
	enum matrix_verdict verdict = ask(visit, HTTP_POST, "v3/login", NULL, body, &answer);

	explicit_bzero(body, strlen(body));
	if (verdict != MATRIX_OK)
		return verdict;
	if (!wire_account_read(visit->arena, answer.body, answer.body_len, &account) || !account.user || !account.access_token ||
	    !str_equal(account.device, visit->session.device))
		return senseless(visit);
	if (visit->session.user && !str_equal(account.user, visit->session.user))
		return MATRIX_SESSION_FOREIGN;
	return keep(visit, &account);
}

static enum matrix_verdict login(struct visit *visit, const char *user, const char *password)
{
	enum matrix_verdict verdict;

	if (visit->session.user && !is_named(visit->session.user, user))
		return MATRIX_SESSION_FOREIGN;
	verdict = ask_versions(visit);
	if (verdict == MATRIX_OK)
		verdict = ask_flows(visit);
	if (verdict != MATRIX_OK)
		return verdict;
	/* The device id is on the disk before the server hears of it: the next try is the same device. */
	if (session_store(visit->options->session_path, &visit->session) != SESSION_OK)
		return MATRIX_DISK;
	return ask_login(visit, user, password);
}

enum matrix_verdict matrix_login(const struct matrix_options *options, struct arena *arena, const char *user, const char *password,
                                 struct matrix_account *ret_account)
{
	struct visit visit;
	enum matrix_verdict verdict = visit_open(&visit, options, arena, ret_account);

	if (verdict == MATRIX_OK)
		verdict = login(&visit, user, password);
	visit_close(&visit);
	return verdict;
}

/* Whom the token belongs to, by the server's word. */
static enum matrix_verdict ask_whoami(struct visit *visit, const char *token, struct wire_account *ret_account)
{
	struct http_answer answer;
	enum matrix_verdict verdict = ask(visit, HTTP_GET, "v3/account/whoami", token, NULL, &answer);

	if (verdict != MATRIX_OK)
		return verdict;
	if (!wire_account_read(visit->arena, answer.body, answer.body_len, ret_account) || !ret_account->user || !ret_account->device)
		return senseless(visit);
	return MATRIX_OK;
}

static enum matrix_verdict adopt(struct visit *visit, const char *access_token, const char *refresh_token)
{
	struct wire_account account;
	enum matrix_verdict verdict = ask_versions(visit);

	if (verdict == MATRIX_OK)
		verdict = ask_whoami(visit, access_token, &account);
	if (verdict != MATRIX_OK)
		return verdict;
	if (visit->session.user && !str_equal(account.user, visit->session.user))
		return MATRIX_SESSION_FOREIGN;
	account.access_token = arena_dup(visit->arena, access_token);
	account.refresh_token = arena_dup(visit->arena, refresh_token);
	verdict = keep(visit, &account);
	explicit_bzero(account.access_token, strlen(account.access_token));
	if (account.refresh_token)
		explicit_bzero(account.refresh_token, strlen(account.refresh_token));
	return verdict;
}

enum matrix_verdict matrix_adopt(const struct matrix_options *options, struct arena *arena, const char *access_token,
                                 const char *refresh_token, struct matrix_account *ret_account)
{
	struct visit visit;
	enum matrix_verdict verdict = visit_open(&visit, options, arena, ret_account);

	if (verdict == MATRIX_OK)
		verdict = adopt(&visit, access_token, refresh_token);
	visit_close(&visit);
	return verdict;
}

static enum matrix_verdict whoami(struct visit *visit)
{
	struct wire_account account;
	enum matrix_verdict verdict;

	if (!visit->session.access_token)
		return MATRIX_SESSION_MISSING;
	verdict = ask_whoami(visit, visit->session.access_token, &account);
	if (verdict != MATRIX_OK)
		return verdict;
	visit->account->user = account.user;
	visit->account->device = account.device;
	return str_equal(account.user, visit->session.user) && str_equal(account.device, visit->session.device) ? MATRIX_OK :
	                                                                                                        MATRIX_SESSION_FOREIGN;
}

enum matrix_verdict matrix_stored(const struct matrix_options *options, struct arena *arena, struct matrix_account *ret_account)
{
	struct session session = { 0 };
	enum matrix_verdict verdict = matrix_session_load(options->session_path, &session);

	*ret_account = (struct matrix_account){ .user = "", .device = "", .error = "" };
	if (verdict == MATRIX_OK && !session.user)
		verdict = MATRIX_SESSION_MISSING;
	if (verdict == MATRIX_OK) {
		ret_account->user = arena_dup(arena, session.user);
		ret_account->device = arena_dup(arena, session.device);
	}
	session_release(&session);
	return verdict;
}

enum matrix_verdict matrix_whoami(const struct matrix_options *options, struct arena *arena, struct matrix_account *ret_account)
{
	struct visit visit;
	enum matrix_verdict verdict = visit_open(&visit, options, arena, ret_account);

	if (verdict == MATRIX_OK)
		verdict = whoami(&visit);
	visit_close(&visit);
	return verdict;
}
