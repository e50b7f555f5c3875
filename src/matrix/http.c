#include "matrix/http.h"

#include <curl/curl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"
#include "base/url.h"
#include "matrix/address.h"
#include "matrix/http_sink.h"

static const char system_ca_folder[] = "/etc/ssl/certs";

/* One request under way; a link in http's list. */
struct transfer {
	struct http *http;
	struct transfer *next;
	CURL *easy;
	struct curl_slist *headers;
	struct sink sink;
	char *url;
	char *token;
	char *body;
	char *path;
	int64_t limit;
	char *spool_folder;
	void *owner;
	bool redirected;
	bool barred;                  /* redirected to what is not followed */
	bool met_private, met_public; /* addresses of the host it was redirected to */
};

struct http {
	CURLM *multi;
	char *user_agent;
	char *ca_folder;
	bool private_redirects;
	struct transfer *transfers;
	struct transfer *answered; /* its answer is being read */
};

static void must(CURLcode code)
{
	if (code != CURLE_OK)
		die("curl: %s", curl_easy_strerror(code));
}

static void must_multi(CURLMcode code)
{
	if (code != CURLM_OK)
		die("curl: %s", curl_multi_strerror(code));
}

struct http *http_open(const struct http_options *options)
{
	struct http *http = xcalloc(1, sizeof *http);

	must(curl_global_init(CURL_GLOBAL_DEFAULT));
	http->multi = curl_multi_init();
	if (!http->multi)
		die("curl: no memory");
	must_multi(curl_multi_setopt(http->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)HTTP_CONNECTIONS));
	must_multi(curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS, (long)HTTP_CONNECTIONS));
	http->user_agent = xstrdup(options->user_agent);
	http->ca_folder = xstrdup(options->ca_folder ? options->ca_folder : system_ca_folder);
	http->private_redirects = options->private_redirects;
	return http;
}

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

/* The headers hold the token. */
static void headers_release(struct transfer *transfer)
{
	for (struct curl_slist *header = transfer->headers; header; header = header->next)
		explicit_bzero(header->data, strlen(header->data));
	curl_slist_free_all(transfer->headers);
	transfer->headers = NULL;
}

static void transfer_destroy(struct transfer *transfer)
{
	if (!transfer)
		return;
	curl_easy_cleanup(transfer->easy);
	headers_release(transfer);
	sink_release(&transfer->sink);
	wipe(transfer->token);
	wipe(transfer->body);
	free(transfer->url);
	free(transfer->path);
	free(transfer->spool_folder);
	free(transfer);
}

void http_close(struct http *http)
{
	if (!http)
		return;
	transfer_destroy(http->answered);
	while (http->transfers) {
		struct transfer *transfer = http->transfers;

		http->transfers = transfer->next;
		(void)curl_multi_remove_handle(http->multi, transfer->easy);
		transfer_destroy(transfer);
	}
	(void)curl_multi_cleanup(http->multi);
	curl_global_cleanup();
	free(http->user_agent);
	free(http->ca_folder);
	free(http);
}

static long status_of(const struct transfer *transfer)
{
	long status = 0;

	(void)curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

/* The body of a 200 goes to the file that was asked for; what explains another status stays in memory. */
static bool open_file_if_due(struct transfer *transfer)
{
	if (!transfer->path || transfer->sink.path || status_of(transfer) != 200)
		return true;
	return sink_to_file(&transfer->sink, transfer->path, transfer->limit);
}

static size_t on_bytes(char *bytes, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;
	size_t len = size * count;

	if (!open_file_if_due(transfer) || !sink_add(&transfer->sink, bytes, len))
		return len + 1; /* not len: curl stops */
	return len;
}

static curl_socket_t on_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct transfer *transfer = context;

	(void)purpose;
	if (address_is_private(&address->addr)) {
		transfer->met_private = true;
		return CURL_SOCKET_BAD;
	}
	transfer->met_public = true;
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static void add_header(struct transfer *transfer, const char *header)
{
	struct curl_slist *longer = curl_slist_append(transfer->headers, header);

	if (!longer)
		die("curl: no memory");
	transfer->headers = longer;
}

static void set_headers(struct transfer *transfer, bool with_token)
{
	headers_release(transfer);
	if (transfer->body)
		add_header(transfer, "Content-Type: application/json");
	add_header(transfer, "Expect:");
	if (transfer->token && with_token) {
		char *header = NULL;

		if (asprintf(&header, "Authorization: Bearer %s", transfer->token) < 0)
			die("http: no memory");
		add_header(transfer, header);
		wipe(header);
	}
	must(curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, transfer->headers));
}

static void set_url(struct transfer *transfer, const char *url)
{
	free(transfer->url);
	transfer->url = xstrdup(url);
	must(curl_easy_setopt(transfer->easy, CURLOPT_URL, url));
	/* This machine is reached without the proxy that the environment may name. */
	must(curl_easy_setopt(transfer->easy, CURLOPT_PROXY, url_base_is_local(url) ? "" : NULL));
}

static void set_method(struct transfer *transfer, enum http_method method)
{
	CURL *easy = transfer->easy;

	switch (method) {
	case HTTP_GET:
		must(curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L));
		return;
	case HTTP_PUT:
		must(curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "PUT"));
		break;
	case HTTP_DELETE:
		must(curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "DELETE"));
		break;
	case HTTP_POST:
		break;
	}
	must(curl_easy_setopt(easy, CURLOPT_POST, 1L));
	must(curl_easy_setopt(easy, CURLOPT_POSTFIELDS, transfer->body));
	must(curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(transfer->body)));
}

static void set_trust(struct transfer *transfer)
{
	CURL *easy = transfer->easy;

	must(curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https"));
	must(curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L));
	must(curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2));
	must(curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L));
	must(curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L));
	/* The folder is looked into by hash; the bundle would be read whole and stay in memory. */
	must(curl_easy_setopt(easy, CURLOPT_CAINFO, NULL));
	must(curl_easy_setopt(easy, CURLOPT_CAPATH, transfer->http->ca_folder));
}

/* The limit until it is known to be the file that comes in. */
static int64_t memory_limit(const struct transfer *transfer)
{
	return transfer->path && transfer->limit < HTTP_MEMORY_MAX ? HTTP_MEMORY_MAX : transfer->limit;
}

static void set_limits(struct transfer *transfer, const struct http_request *request)
{
	CURL *easy = transfer->easy;

	must(curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L));
	must(curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)HTTP_CONNECT_MS));
	must(curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)request->total_ms));
	must(curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L));
	must(curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)((request->stall_ms + MS_PER_SECOND - 1) / MS_PER_SECOND)));
	/* Stops before the first byte when the length is announced; a file's no may be longer than the file. */
	must(curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)memory_limit(transfer)));
	must(curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L));
}

void http_start(struct http *http, const struct http_request *request)
{
	struct transfer *transfer = xcalloc(1, sizeof *transfer);

	INVARIANT(request->body || request->method == HTTP_GET);
	*transfer = (struct transfer){
		.http = http,
		.easy = curl_easy_init(),
		.token = copy(request->token),
		.body = copy(request->body),
		.path = copy(request->path),
		.spool_folder = copy(request->spool_folder),
		.limit = request->limit,
		.owner = request->owner,
	};
	if (!transfer->easy)
		die("curl: no memory");
	sink_init(&transfer->sink, memory_limit(transfer), request->spool_folder);
	set_url(transfer, request->url);
	set_method(transfer, request->method);
	set_headers(transfer, true);
	set_trust(transfer);
	set_limits(transfer, request);
	must(curl_easy_setopt(transfer->easy, CURLOPT_USERAGENT, http->user_agent));
	must(curl_easy_setopt(transfer->easy, CURLOPT_WRITEFUNCTION, on_bytes));
	must(curl_easy_setopt(transfer->easy, CURLOPT_WRITEDATA, transfer));
	must(curl_easy_setopt(transfer->easy, CURLOPT_PRIVATE, transfer));
	must_multi(curl_multi_add_handle(http->multi, transfer->easy));
	transfer->next = http->transfers;
	http->transfers = transfer;
}

static bool is_moved_file(const struct transfer *transfer)
{
	long status = status_of(transfer);

	return transfer->path && (status == 307 || status == 308);
}

/* A file that lies elsewhere: go there, once. False when it may not be. */
static bool follow(struct transfer *transfer)
{
	const char *target = NULL;
	bool same_origin;

	if (transfer->redirected || curl_easy_getinfo(transfer->easy, CURLINFO_REDIRECT_URL, &target) != CURLE_OK || !target)
		return false;
	same_origin = url_same_origin(target, transfer->url);
	if (!same_origin && !str_starts(target, "https://"))
		return false;
	transfer->redirected = true;
	sink_release(&transfer->sink);
	sink_init(&transfer->sink, memory_limit(transfer), transfer->spool_folder);
	set_headers(transfer, same_origin);
	if (!same_origin && !transfer->http->private_redirects) {
		must(curl_easy_setopt(transfer->easy, CURLOPT_OPENSOCKETFUNCTION, on_socket));
		must(curl_easy_setopt(transfer->easy, CURLOPT_OPENSOCKETDATA, transfer));
		must(curl_easy_setopt(transfer->easy, CURLOPT_FRESH_CONNECT, 1L));
	}
	set_url(transfer, target);
	must_multi(curl_multi_add_handle(transfer->http->multi, transfer->easy));
	return true;
}

/* Words for the log. What is not listed is "http". */
static const struct {
	CURLcode code;
	const char *word;
} troubles[] = {
	{ CURLE_OPERATION_TIMEDOUT, "timeout" },    { CURLE_COULDNT_RESOLVE_HOST, "resolve" }, { CURLE_COULDNT_RESOLVE_PROXY, "resolve" },
	{ CURLE_COULDNT_CONNECT, "connect" },       { CURLE_PEER_FAILED_VERIFICATION, "tls" }, { CURLE_SSL_CONNECT_ERROR, "tls" },
	{ CURLE_SSL_CACERT_BADFILE, "tls" },        { CURLE_SSL_CERTPROBLEM, "tls" },          { CURLE_PARTIAL_FILE, "cut-off" },
	{ CURLE_GOT_NOTHING, "cut-off" },           { CURLE_RECV_ERROR, "cut-off" },           { CURLE_SEND_ERROR, "cut-off" },
	{ CURLE_HTTP2, "cut-off" },                 { CURLE_HTTP2_STREAM, "cut-off" },
};

static const char *trouble_word(CURLcode code)
{
	for (size_t i = 0; i < ARRAY_LEN(troubles); i++) {
		if (troubles[i].code == code)
			return troubles[i].word;
	}
	return "http";
}

static void read_failure(const struct transfer *transfer, CURLcode code, struct http_answer *answer)
{
	if (code == CURLE_FILESIZE_EXCEEDED || transfer->sink.state == SINK_TOO_BIG) {
		answer->result = HTTP_TOO_BIG;
		answer->error = "too-big";
	} else if (transfer->sink.state == SINK_DISK) {
		answer->result = HTTP_DISK;
		answer->error = "disk";
	} else if (transfer->barred || (transfer->met_private && !transfer->met_public)) {
		answer->result = HTTP_BARRED;
		answer->error = "redirect";
	} else {
		answer->result = HTTP_TROUBLE;
		answer->error = trouble_word(code);
	}
}

static struct http_answer read_answer(struct transfer *transfer, CURLcode code)
{
	struct http_answer answer = { .owner = transfer->owner, .error = "", .body = "" };
	curl_off_t retry_after = 0;

	if (code != CURLE_OK || transfer->barred || !open_file_if_due(transfer) || !sink_finish(&transfer->sink, &answer.body, &answer.body_len)) {
		read_failure(transfer, code, &answer);
		sink_release(&transfer->sink); /* a half file is gone before anybody hears of it */
		return answer;
	}
	sink_keep_file(&transfer->sink);
	answer.status = status_of(transfer);
	if (curl_easy_getinfo(transfer->easy, CURLINFO_RETRY_AFTER, &retry_after) == CURLE_OK && retry_after > 0)
		answer.retry_after_ms = retry_after > INT_MAX ? INT_MAX : (int64_t)retry_after * MS_PER_SECOND;
	return answer;
}

static void unlink_transfer(struct http *http, const struct transfer *transfer)
{
	struct transfer **at = &http->transfers;

	while (*at != transfer)
		at = &(*at)->next;
	*at = transfer->next;
}

/* The next request that has ended, if any. */
static bool take_answer(struct http *http, struct http_answer *ret_answer)
{
	const CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(http->multi, &left))) {
		struct transfer *transfer = NULL;
		CURLcode code = message->data.result;

		must(curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer));
		must_multi(curl_multi_remove_handle(http->multi, transfer->easy));
		if (code == CURLE_OK && is_moved_file(transfer)) {
			if (follow(transfer))
				continue;
			transfer->barred = true;
		}
		unlink_transfer(http, transfer);
		http->answered = transfer;
		*ret_answer = read_answer(transfer, code);
		return true;
	}
	return false;
}

/* Wait on curl's sockets and the caller's. True when one of the caller's is ready. */
static bool poll_both(struct http *http, struct pollfd *fds, size_t fds_len, int64_t timeout_ms)
{
	struct curl_waitfd extra[HTTP_FDS_MAX];
	int active, timeout = timeout_ms > INT_MAX ? INT_MAX : (int)timeout_ms;

	INVARIANT(fds_len <= HTTP_FDS_MAX);
	for (size_t i = 0; i < fds_len; i++) {
		int events = (fds[i].events & POLLIN ? CURL_WAIT_POLLIN : 0) | (fds[i].events & POLLOUT ? CURL_WAIT_POLLOUT : 0);

		extra[i] = (struct curl_waitfd){ .fd = fds[i].fd, .events = (short)events };
	}
	must_multi(curl_multi_poll(http->multi, extra, (unsigned)fds_len, timeout, &active));
	/* Asked again, since curl tells of its own kinds of readiness only. */
	return fds_len && poll(fds, (nfds_t)fds_len, 0) > 0;
}

bool http_wait(struct http *http, struct pollfd *fds, size_t fds_len, int64_t timeout_ms, struct http_answer *ret_answer)
{
	int64_t end_ms = monotonic_ms() + timeout_ms;

	transfer_destroy(http->answered);
	http->answered = NULL;
	for (size_t i = 0; i < fds_len; i++)
		fds[i].revents = 0;
	for (;;) {
		int running;
		int64_t left_ms;

		must_multi(curl_multi_perform(http->multi, &running));
		if (take_answer(http, ret_answer)) {
			if (fds_len)
				(void)poll(fds, (nfds_t)fds_len, 0);
			return true;
		}
		left_ms = end_ms - monotonic_ms();
		if (poll_both(http, fds, fds_len, left_ms > 0 ? left_ms : 0) || left_ms <= 0)
			return false;
	}
}
