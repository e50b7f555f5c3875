#include "base/ident.h"

#include <ctype.h>
#include <string.h>

enum { IDENT_MAX = 255 };

static bool printable(const char *text)
{
	size_t len = strlen(text);

	if (len > IDENT_MAX)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < 0x21 || text[i] > 0x7e)
			return false;
	}
	return true;
}

static bool has_sigil(const char *text, char sigil)
{
	return text && text[0] == sigil && text[1] && printable(text);
}

bool ident_is_user(const char *text)
{
	const char *colon;

	if (!has_sigil(text, '@'))
		return false;
	colon = strchr(text, ':');
	return colon && colon > text + 1 && ident_is_server(colon + 1, strlen(colon + 1));
}

bool ident_is_room(const char *text)
{
	return has_sigil(text, '!');
}

bool ident_is_event(const char *text)
{
	return has_sigil(text, '$');
}

/* The length of the host at the start of text, 0 for none. */
static size_t host_len(const char *text, size_t len)
{
	size_t at = 0;

	if (len && text[0] == '[') {
		at = 1;
		while (at < len && (isxdigit((unsigned char)text[at]) || text[at] == ':' || text[at] == '.'))
			at++;
		return at > 2 && at < len && text[at] == ']' ? at + 1 : 0;
	}
	while (at < len && (isalnum((unsigned char)text[at]) || text[at] == '-' || text[at] == '.'))
		at++;
	/* A path of dots is no host. */
	return at && text[0] != '.' && text[0] != '-' ? at : 0;
}

bool ident_is_server(const char *text, size_t len)
{
	size_t at = host_len(text, len);
	size_t digits;

	if (!at || len > IDENT_MAX)
		return false;
	if (at == len)
		return true;
	digits = len - at - 1;
	if (text[at] != ':' || digits < 1 || digits > 5)
		return false;
	for (size_t i = at + 1; i < len; i++) {
		if (!isdigit((unsigned char)text[i]))
			return false;
	}
	return true;
}

const char *ident_server_of(const char *user)
{
	return strchr(user, ':') + 1;
}
