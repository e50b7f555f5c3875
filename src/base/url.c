#include "base/url.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/ident.h"
#include "base/str.h"

static const char https[] = "https://";
static const char http[] = "http://";

char *url_escape(struct arena *arena, const char *text)
{
	static const char digits[] = "0123456789ABCDEF";
	char *out = arena_alloc(arena, 3 * strlen(text) + 1);
	bool dots = strspn(text, ".") == strlen(text);
	char *to = out;

	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (isalnum(*p) || strchr("-_~", *p) || (*p == '.' && !dots)) {
			*to++ = (char)*p;
		} else {
			*to++ = '%';
			*to++ = digits[*p >> 4];
			*to++ = digits[*p & 15];
		}
	}
	*to = '\0';
	return out;
}

/* Just behind "scheme://host:port". */
static const char *authority_end(const char *url)
{
	const char *host = strstr(url, "://");

	return host ? host + 3 + strcspn(host + 3, "/?#") : url;
}

/* This very machine, by a name or number that cannot mean another. The checked host may carry a port. */
static bool host_is_local(const char *host)
{
	size_t len = *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/");
	int dots = 0;

	if ((len == strlen("localhost") && strncasecmp(host, "localhost", len) == 0) || str_starts(host, "[::1]"))
		return true;
	for (size_t i = 0; i < len; i++) {
		if (host[i] == '.')
			dots++;
		else if (!isdigit((unsigned char)host[i]))
			return false;
	}
	return dots == 3 && str_starts(host, "127.");
}

bool url_base_is_local(const char *base)
{
	return str_starts(base, http);
}

char *url_base_parse(struct arena *arena, const char *text)
{
	const char *host, *end = authority_end(text);
	size_t len = strlen(text), host_len;
	bool local = str_starts(text, http);

	if (!local && !str_starts(text, https))
		return NULL;
	host = text + (local ? strlen(http) : strlen(https));
	host_len = (size_t)(end - host);
	if (!ident_is_server(host, host_len) || (local && !host_is_local(host)))
		return NULL;
	if (strpbrk(end, "?# \t\r\n\\"))
		return NULL;
	while (len && text[len - 1] == '/')
		len--;
	return arena_dup_n(arena, text, len);
}

bool url_same_origin(const char *a, const char *b)
{
	size_t a_len = (size_t)(authority_end(a) - a), b_len = (size_t)(authority_end(b) - b);

	return a_len == b_len && strncasecmp(a, b, a_len) == 0;
}
