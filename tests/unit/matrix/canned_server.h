/*
 * An HTTP server on 127.0.0.1 that says what it was told to: a child process with a list of rules. It
 * closes each connection after one answer; every request's head is told to the test. An answer with a
 * pause is given by a child of its own, so that later requests can be answered sooner.
 */
#ifndef ROTONDE_TESTS_CANNED_SERVER_H
#define ROTONDE_TESTS_CANNED_SERVER_H

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/die.h"

/* Requests that start with `request` get `reply`, as it stands, `times` times (0: always). The first rule that fits wins. */
struct canned_rule {
	const char *request;
	const char *reply;
	int times;
	int pause_ms; /* before the reply */
};

struct canned_server {
	pid_t pid;
	int port;
	int heads; /* read end of a pipe */
	char base[64];
};

#define CANNED_OK(json)             "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" json
#define CANNED_NO(status, json)     "HTTP/1.1 " status "\r\nConnection: close\r\n\r\n" json

/* The head, and whatever of the body comes with it; the rest is not waited for. */
static inline bool canned_read(int client, char *head, size_t size)
{
	size_t used = 0;

	while (used + 1 < size) {
		ssize_t got = recv(client, head + used, size - used - 1, 0);

		if (got <= 0)
			return false;
		used += (size_t)got;
		head[used] = '\0';
		if (strstr(head, "\r\n\r\n"))
			return true;
	}
	return false;
}

static inline void canned_answer(int listener, int client, const struct canned_rule *rule)
{
	if (rule->pause_ms && fork() != 0)
		return;
	if (rule->pause_ms) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(listener); /* a server that is closed is not to be reached through this child */
	}
	(void)usleep((useconds_t)rule->pause_ms * 1000);
	(void)!send(client, rule->reply, strlen(rule->reply), MSG_NOSIGNAL);
	if (rule->pause_ms)
		_exit(0);
}

static inline void canned_serve(int listener, int heads, struct canned_rule *rules, size_t rules_len)
{
	(void)signal(SIGCHLD, SIG_IGN);
	for (;;) {
		char head[8192];
		int client = accept(listener, NULL, NULL);

		if (client < 0)
			_exit(0);
		if (canned_read(client, head, sizeof head)) {
			(void)!write(heads, head, strlen(head));
			for (size_t i = 0; i < rules_len; i++) {
				if (rules[i].times < 0 || strncmp(head, rules[i].request, strlen(rules[i].request)) != 0)
					continue;
				canned_answer(listener, client, &rules[i]);
				if (rules[i].times && --rules[i].times == 0)
					rules[i].times = -1;
				break;
			}
		}
		close(client);
	}
}

static inline struct canned_server canned_open(struct canned_rule *rules, size_t rules_len)
{
	struct canned_server server;
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int heads[2];

	if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 16) != 0 ||
	    getsockname(listener, (struct sockaddr *)&address, &len) != 0 || pipe2(heads, O_NONBLOCK | O_CLOEXEC) != 0)
		die("canned server: no socket");
	server.port = ntohs(address.sin_port);
	(void)snprintf(server.base, sizeof server.base, "http://127.0.0.1:%d", server.port);
	server.heads = heads[0];
	server.pid = fork();
	if (server.pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails does not come to canned_close() */
		canned_serve(listener, heads[1], rules, rules_len);
	}
	close(listener);
	close(heads[1]);
	return server;
}

/* All heads since the last call, one after the other; borrowed until the next call. */
static inline const char *canned_heads(const struct canned_server *server)
{
	static char text[65536];
	size_t used = 0;
	ssize_t got;

	while (used + 1 < sizeof text && (got = read(server->heads, text + used, sizeof text - used - 1)) > 0)
		used += (size_t)got;
	text[used] = '\0';
	return text;
}

static inline void canned_close(const struct canned_server *server)
{
	(void)kill(server->pid, SIGKILL);
	(void)waitpid(server->pid, NULL, 0);
	close(server->heads);
}

#endif
