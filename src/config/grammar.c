#include "config/grammar.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"

enum {
	SLUG_BYTES_MAX = 40,
	MXID_BYTES_MAX = 255, /* Matrix spec, Appendices, "Common Namespaced Identifier Grammar" and kin */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Printable ASCII, the space not counted. */
static bool is_graphic(char c)
{
	return c > ' ' && c < 0x7f;
}

static size_t digits_len(const char *text)
{
	size_t len = 0;

	while (is_digit(text[len]))
		len++;
	return len;
}

bool slug_is_valid(const char *text)
{
	size_t len = strlen(text);

	if (!len || len > SLUG_BYTES_MAX || text[0] == '-' || text[len - 1] == '-')
		return false;
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '-' ? text[i + 1] == '-' : !is_digit(text[i]) && !(text[i] >= 'a' && text[i] <= 'z'))
			return false;
	}
	return true;
}

/* A colon and one to five digits, or nothing. */
static bool is_port(const char *text)
{
	size_t len;

	if (!*text)
		return true;
	len = digits_len(text + 1);
	return *text == ':' && len >= 1 && len <= 5 && !text[1 + len];
}

/* The bytes of a host name or address at the start of text; 0 when there is none. */
static size_t host_len(const char *text)
{
	size_t len = 0;

	if (*text == '[') {
		len = 1 + strspn(text + 1, "0123456789abcdefABCDEF:.");
		return len > 2 && text[len] == ']' ? len + 1 : 0;
	}
	while (is_letter(text[len]) || is_digit(text[len]) || text[len] == '-' || text[len] == '.')
		len++;
	return len;
}

static bool server_is_valid(const char *text)
{
	size_t len = host_len(text);

	return len && is_port(text + len);
}

bool mxid_is_valid(const char *text)
{
	const char *colon = strchr(text, ':');

	if (*text != '@' || !colon || colon == text + 1 || strlen(text) > MXID_BYTES_MAX)
		return false;
	for (const char *p = text; p < colon; p++) {
		if (!is_graphic(*p))
			return false;
	}
	return server_is_valid(colon + 1);
}

const char *mxid_server(const char *mxid)
{
	return strchr(mxid, ':') + 1;
}

bool room_id_is_valid(const char *text)
{
	const char *colon = strchr(text, ':');

	if (*text != '!' || !text[1] || text + 1 == colon || strlen(text) > MXID_BYTES_MAX)
		return false;
	for (const char *p = text; *p; p++) {
		if (!is_graphic(*p))
			return false;
	}
	return !colon || server_is_valid(colon + 1);
}

bool group_jid_is_valid(const char *text)
{
	size_t len = digits_len(text);

	if (!len)
		return false;
	if (text[len] == '-') {
		size_t more = digits_len(text + len + 1);

		if (!more)
			return false;
		len += 1 + more;
	}
	return str_equal(text + len, "@g.us");
}

bool base_url_is_valid(const char *text)
{
	size_t len;

	if (str_starts(text, "https://"))
		text += strlen("https://");
	else if (str_starts(text, "http://"))
		text += strlen("http://");
	else
		return false;
	len = host_len(text);
	if (!len)
		return false;
	text += len;
	if (*text == ':') {
		len = digits_len(text + 1);
		if (len < 1 || len > 5)
			return false;
		text += 1 + len;
	}
	if (*text && *text != '/')
		return false;
	for (; *text; text++) {
		if (!is_graphic(*text) || strchr("?#@\"<>\\", *text))
			return false;
	}
	return true;
}

/* A number and its unit, perhaps a space between; *ret_unit borrows from text. */
static bool number_with_unit(const char *text, int64_t *ret_number, const char **ret_unit)
{
	size_t len = digits_len(text);
	char digits[10];

	if (!len || len >= sizeof digits || (text[0] == '0' && len > 1))
		return false;
	memcpy(digits, text, len);
	digits[len] = '\0';
	text += len;
	*ret_unit = *text == ' ' ? text + 1 : text;
	return parse_int64(digits, ret_number);
}

struct unit {
	const char *word;
	int64_t factor;
};

static bool parse_in_units(const char *text, const struct unit *units, size_t units_len, int64_t *ret_value)
{
	const char *word;
	int64_t number;

	if (!number_with_unit(text, &number, &word))
		return false;
	for (size_t i = 0; i < units_len; i++) {
		if (str_equal(word, units[i].word)) {
			*ret_value = number * units[i].factor;
			return true;
		}
	}
	return false;
}

bool duration_parse(const char *text, int64_t *ret_ms)
{
	static const struct unit units[] = {
		{ "s", MS_PER_SECOND },
		{ "m", MS_PER_MINUTE },
		{ "h", MS_PER_HOUR },
		{ "d", MS_PER_DAY },
	};

	return parse_in_units(text, units, ARRAY_LEN(units), ret_ms);
}

bool size_parse(const char *text, int64_t *ret_bytes)
{
	static const struct unit units[] = {
		{ "kB", 1000 },
		{ "MB", 1000 * 1000 },
		{ "GB", 1000 * 1000 * 1000 },
	};

	return parse_in_units(text, units, ARRAY_LEN(units), ret_bytes);
}

bool count_parse(const char *text, int64_t *ret_count)
{
	const char *rest;
	int64_t count;

	if (!number_with_unit(text, &count, &rest) || text[digits_len(text)])
		return false;
	*ret_count = count;
	return true;
}

bool time_of_day_parse(const char *text, int *ret_minute)
{
	int hour, minute;

	if (strlen(text) != strlen("21:00") || digits_len(text) != 2 || text[2] != ':' || digits_len(text + 3) != 2)
		return false;
	hour = (text[0] - '0') * 10 + (text[1] - '0');
	minute = (text[3] - '0') * 10 + (text[4] - '0');
	if (hour > 23 || minute > 59)
		return false;
	*ret_minute = hour * 60 + minute;
	return true;
}

bool euros_parse(const char *text, struct cents *ret_cents)
{
	size_t len = digits_len(text);
	char whole[16];

	if (!len || (text[0] == '0' && len > 1))
		return false;
	if (text[len])
		return cents_parse_csv(text, ret_cents);
	if (len + strlen(",00") >= sizeof whole)
		return false;
	(void)snprintf(whole, sizeof whole, "%s,00", text);
	return cents_parse_csv(whole, ret_cents);
}
