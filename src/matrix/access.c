#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "matrix/client.h"

enum {
	RENEWAL_PAUSE_MS = 2 * 1000,   /* between renewals, whatever the server says of the new token */
	REFRESH_RETRY_MS = 10 * 1000,
	LOGIN_RETRY_MS = 5 * 60 * 1000, /* servers allow few logins (MATRIX.md 1.7) */
	PASSWORD_MAX = 1024,
};

static int64_t now_ms(void)
{
	return clock_now_ms(&clock_system);
}

static int64_t later_of(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void fail_waiting(struct client *client, enum outcome outcome, const char *error, int64_t retry_after_ms)
{
	for (struct order *order = client->orders; order; order = order->next) {
		if (order->state == ORDER_WAITING)
			order_fail(order, outcome, error, retry_after_ms);
	}
}

static bool any_waiting(const struct client *client)
{
	for (const struct order *order = client->orders; order; order = order->next) {
		if (order->state == ORDER_WAITING)
			return true;
	}
	return false;
}

static void send_waiting(struct client *client)
{
	for (struct order *order = client->orders; order; order = order->next) {
		if (order->state == ORDER_WAITING)
			order_send(client, order);
	}
}

void access_lose(struct client *client, const char *why)
{
	if (client->access == ACCESS_LOST)
		return;
	client->access = ACCESS_LOST;
	client->lost_why = arena_dup(client->arena, why);
	log_error("matrix.access.lost", "why=%s", why);
}

/* What access is when nothing is under way. */
static void settle(struct client *client)
{
	client->access = client->checked ? ACCESS_GOOD : ACCESS_UNCHECKED;
}

static void begin_check(struct client *client)
{
	static const enum order_kind checks[] = { ORDER_VERSIONS, ORDER_WHOAMI, ORDER_FILTER };

	client->access = ACCESS_CHECKING;
	client->check_failed = false;
	client->checks_left = 0;
	for (size_t i = 0; i < ARRAY_LEN(checks); i++) {
		struct order *order;

		if (checks[i] == ORDER_FILTER && client->filter_id)
			continue; /* from an earlier check: the server keeps it */
		order = order_add(client, checks[i]);
		if (checks[i] == ORDER_FILTER)
			order->content = wire_sync_filter();
		order_send(client, order);
		client->checks_left++;
	}
}

static void begin_refresh(struct client *client)
{
	struct order *order = order_add(client, ORDER_REFRESH);

	client->access = ACCESS_RENEWING;
	order->secret = wire_refresh_format(order->arena, client->session.refresh_token);
	order_send(client, order);
}

/* The first line of the password's file. False when there is none, or others may read it. */
static bool read_password(const char *path, struct buf *ret_password)
{
	if (!path || !file_is_private(path) || file_read(path, ret_password) != 0)
		return false;
	ret_password->data[strcspn(ret_password->data, "\r\n")] = '\0';
	return *ret_password->data;
}

static void begin_login(struct client *client)
{
	AUTO_BUF password;

	buf_init(&password, PASSWORD_MAX);
	if (read_password(client->password_path, &password)) {
		struct order *order = order_add(client, ORDER_LOGIN);

		client->access = ACCESS_RENEWING;
		order->secret = wire_login_format(order->arena, client->session.user, password.data, client->session.device);
		log_warn("matrix.login.again", "user=%s device=%s", client->session.user, client->session.device);
		order_send(client, order);
	} else {
		access_lose(client, "soft-logout-without-password");
	}
	explicit_bzero(password.data, password.len);
}

/* The access token has to be renewed before anything else is sent. */
static void renew(struct client *client)
{
	int64_t now = now_ms();

	if (client->session.refresh_token && now < client->next_refresh_ms)
		fail_waiting(client, OUTCOME_TROUBLE, "refresh", client->next_refresh_ms - now);
	else if (client->session.refresh_token)
		begin_refresh(client);
	else if (client->soft_logout && now < client->next_login_ms)
		fail_waiting(client, OUTCOME_TROUBLE, "login", client->next_login_ms - now);
	else if (client->soft_logout)
		begin_login(client);
	else
		access_lose(client, "M_UNKNOWN_TOKEN");
}

static bool must_renew(const struct client *client)
{
	int64_t now = now_ms();

	if (client->token_refused)
		return true;
	return session_wants_refresh(&client->session, now) && (now >= client->next_refresh_ms || session_is_expired(&client->session, now));
}

void access_advance(struct client *client)
{
	if (!any_waiting(client))
		return;
	if ((client->access == ACCESS_UNCHECKED || client->access == ACCESS_GOOD) && must_renew(client))
		renew(client);
	switch (client->access) {
	case ACCESS_UNCHECKED:
		if (any_waiting(client))
			begin_check(client);
		return;
	case ACCESS_GOOD:
		send_waiting(client);
		return;
	case ACCESS_LOST:
		fail_waiting(client, OUTCOME_LOGOUT, client->lost_why, 0);
		return;
	case ACCESS_CHECKING:
	case ACCESS_RENEWING:
		return;
	}
}

void access_refused(struct client *client, const struct order *order, bool soft_logout)
{
	if (order->token != client->token)
		return; /* it went out with a token that has been renewed since */
	client->token_refused = true;
	client->soft_logout = client->soft_logout || soft_logout;
}

/* The server knows us as somebody else: whatever we would write now would be under a wrong name. */
static bool is_us(const struct client *client, const struct wire_account *account)
{
	return str_equal(account->user, client->session.user) && str_equal(account->device, client->session.device);
}

/* One check's good answer. False when it makes no sense. */
static bool read_check(struct client *client, const struct order *order, const struct http_answer *answer)
{
	struct wire_account account;

	if (order->kind == ORDER_VERSIONS) {
		if (!wire_is_object(answer->body, answer->body_len))
			return false;
		if (!wire_versions_are_enough(answer->body, answer->body_len))
			access_lose(client, "server-too-old");
		return true;
	}
	if (order->kind == ORDER_WHOAMI) {
		if (!wire_account_read(order->arena, answer->body, answer->body_len, &account) || !account.user)
			return false;
		if (!is_us(client, &account))
			access_lose(client, "whoami-mismatch");
		return true;
	}
	client->filter_id = wire_filter_id_read(client->arena, answer->body, answer->body_len);
	return client->filter_id;
}

static void take_check(struct client *client, struct order *order, const struct http_answer *answer)
{
	struct reading reading = answer_read(order->arena, answer);

	if (reading.outcome == OUTCOME_OK && !read_check(client, order, answer))
		reading = (struct reading){ .outcome = OUTCOME_TROUBLE, .error = "senseless" };
	if (reading.outcome == OUTCOME_LOGOUT)
		access_lose(client, reading.error);
	if (reading.outcome != OUTCOME_OK)
		client->check_failed = true;
	if (reading.token_refused)
		access_refused(client, order, reading.told.soft_logout);
	else if (reading.outcome != OUTCOME_OK && client->access != ACCESS_LOST)
		fail_waiting(client, reading.outcome == OUTCOME_REFUSED ? OUTCOME_TROUBLE : reading.outcome, reading.error,
		             reading.retry_after_ms);
	if (--client->checks_left || client->access == ACCESS_LOST)
		return;
	client->checked = !client->check_failed;
	settle(client);
	if (client->checked)
		log_info("matrix.access.good", "user=%s device=%s", client->session.user, client->session.device);
}

/* A new pair of tokens: on the disk, then in use. */
static void take_tokens(struct client *client, const struct wire_account *account)
{
	int64_t now = now_ms();

	client->next_refresh_ms = now + RENEWAL_PAUSE_MS;
	if (session_renew(&client->session, client->session_path, account, now) != SESSION_OK) {
		/* The old refresh token stays good until the new one is used. */
		client->next_refresh_ms = now + REFRESH_RETRY_MS;
		client->next_login_ms = now + LOGIN_RETRY_MS;
		fail_waiting(client, OUTCOME_TROUBLE, "disk", REFRESH_RETRY_MS);
		return;
	}
	client->token++;
	client->token_refused = false;
	client->soft_logout = false;
}

static void wipe_tokens(const struct wire_account *account)
{
	if (account->access_token)
		explicit_bzero(account->access_token, strlen(account->access_token));
	if (account->refresh_token)
		explicit_bzero(account->refresh_token, strlen(account->refresh_token));
}

/* The refresh token is worth nothing any more: what is left is the access token while it lasts, then a login. */
static void drop_refresh_token(struct client *client, bool soft_logout)
{
	explicit_bzero(client->session.refresh_token, strlen(client->session.refresh_token));
	free(client->session.refresh_token);
	client->session.refresh_token = NULL;
	client->soft_logout = client->soft_logout || soft_logout;
}

static void take_refresh(struct client *client, struct order *order, const struct http_answer *answer)
{
	struct reading reading = answer_read(order->arena, answer);
	struct wire_account account = { 0 };

	settle(client);
	if (reading.outcome == OUTCOME_OK && wire_account_read(order->arena, answer->body, answer->body_len, &account) &&
	    account.access_token) {
		take_tokens(client, &account);
		wipe_tokens(&account);
		return;
	}
	log_warn("matrix.refresh.failed", "why=%s", reading.error);
	if (reading.outcome == OUTCOME_LOGOUT) {
		access_lose(client, reading.error);
	} else if (reading.token_refused || reading.outcome == OUTCOME_REFUSED) {
		drop_refresh_token(client, reading.told.soft_logout);
	} else {
		client->next_refresh_ms = now_ms() + later_of(reading.retry_after_ms, REFRESH_RETRY_MS);
		if (must_renew(client))
			fail_waiting(client, reading.outcome == OUTCOME_OK ? OUTCOME_TROUBLE : reading.outcome, "refresh", reading.retry_after_ms);
	}
}

static void take_login(struct client *client, struct order *order, const struct http_answer *answer)
{
	struct reading reading = answer_read(order->arena, answer);
	struct wire_account account = { 0 };

	settle(client);
	if (reading.outcome == OUTCOME_OK && wire_account_read(order->arena, answer->body, answer->body_len, &account) &&
	    account.access_token) {
		if (is_us(client, &account))
			take_tokens(client, &account);
		else
			access_lose(client, "login-mismatch");
		wipe_tokens(&account);
		return;
	}
	if (reading.outcome == OUTCOME_LOGOUT || reading.outcome == OUTCOME_REFUSED || reading.token_refused) {
		access_lose(client, reading.error);
		return;
	}
	client->next_login_ms = now_ms() + later_of(reading.retry_after_ms, LOGIN_RETRY_MS);
	fail_waiting(client, OUTCOME_TROUBLE, reading.error, client->next_login_ms - now_ms());
}

void access_take(struct client *client, struct order *order, const struct http_answer *answer)
{
	if (client->access == ACCESS_LOST)
		return;
	if (order->kind == ORDER_REFRESH)
		take_refresh(client, order, answer);
	else if (order->kind == ORDER_LOGIN)
		take_login(client, order, answer);
	else
		take_check(client, order, answer);
}
