#include "text/mask.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"

static const char MASK[] = "•••";

/* Bytes of letters outside ASCII count as letters. */
static bool is_word(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ---- e-mail ---- */

static bool is_mail_local(char c)
{
	return is_word(c) || (c && strchr(".!#$%&'*+/=?^_`{|}~-", c));
}

enum { MAIL_LOCAL_MAX = 64 }; /* RFC 5321 section 4.5.3.1.1 */

/* The length of "name@example.org" at p, 0 if there is none. p stands at the start of a word. */
static size_t mail_length(const char *p)
{
	size_t at = 0, host, last_dot = 0;

	while (at <= MAIL_LOCAL_MAX && is_mail_local(p[at]))
		at++;
	if (!at || p[at] != '@')
		return 0;
	for (host = ++at; is_word(p[at]) || p[at] == '-' || (p[at] == '.' && is_word(p[at + 1])); at++) {
		if (p[at] == '.')
			last_dot = at;
	}
	return last_dot > host && at - last_dot > 2 ? at : 0;
}

/* ---- IBAN ---- */

/* The countries whose IBANs turn up here, with their lengths (SWIFT's IBAN registry). */
static const struct {
	char country[3];
	size_t len;
} ibans[] = {
	{ "AT", 20 }, { "BE", 16 }, { "BG", 22 }, { "CH", 21 }, { "CY", 28 }, { "CZ", 24 }, { "DE", 22 },
	{ "DK", 18 }, { "EE", 20 }, { "ES", 24 }, { "FI", 18 }, { "FR", 27 }, { "GB", 22 }, { "GR", 27 },
	{ "HR", 21 }, { "HU", 28 }, { "IE", 22 }, { "IT", 27 }, { "LT", 20 }, { "LU", 20 }, { "LV", 21 },
	{ "MT", 31 }, { "NL", 18 }, { "NO", 15 }, { "PL", 28 }, { "PT", 25 }, { "RO", 24 }, { "SE", 24 },
	{ "SI", 19 }, { "SK", 24 }, { "TR", 26 },
};

/* An unknown country's IBAN is taken when it is written without gaps. */
enum { IBAN_MIN = 15, IBAN_MAX = 34, IBAN_DIGITS_MIN = 8 }; /* "NL12 is geen rekening" has two */

static size_t iban_known_length(const char *p)
{
	for (size_t i = 0; i < ARRAY_LEN(ibans); i++) {
		if (toupper((unsigned char)p[0]) == ibans[i].country[0] && toupper((unsigned char)p[1]) == ibans[i].country[1])
			return ibans[i].len;
	}
	return 0;
}

/* The length of "NL12 ABCD 0123 4567 89" at p, 0 if there is none. p stands at the start of a word. */
static size_t iban_length(const char *p)
{
	size_t wanted, count = 4, digits = 2, at = 4;

	if (!isalpha((unsigned char)p[0]) || !isalpha((unsigned char)p[1]))
		return 0;
	if (p[2] == ' ') /* "NL 12 ABCD" */
		p++, at++;
	if (!is_digit(p[2]) || !is_digit(p[3]))
		return 0;
	p -= at - 4;
	wanted = iban_known_length(p);
	while (count < (wanted ? wanted : IBAN_MAX)) {
		if (wanted && (p[at] == ' ' || p[at] == '.' || p[at] == '-') && is_word(p[at + 1]))
			at++;
		if (!isalnum((unsigned char)p[at]))
			break;
		digits += is_digit(p[at]);
		at++;
		count++;
	}
	if (is_word(p[at]) || digits < IBAN_DIGITS_MIN)
		return 0;
	return wanted ? (count == wanted ? at : 0) : (count >= IBAN_MIN ? at : 0);
}

/* ---- phone numbers ---- */

/* "06-03-2024", "06/03/2024 10": two marks of a kind and a year of these centuries. */
static bool is_date(const char *p)
{
	int day = 0, month = 0, year = 0, used = 0;
	char first = 0, second = 0;

	if (sscanf(p, "%2d%c%2d%c%4d%n", &day, &first, &month, &second, &year, &used) < 5 || used < 8)
		return false;
	return first == second && strchr("-/. ", first) && day >= 1 && day <= 31 && month >= 1 && month <= 12 && year >= 1900 && year < 2100;
}

/* A run of marks between digits; "(0)" as in +31 (0)6 is one of them. */
static size_t gap_length(const char *p)
{
	size_t len = 0;

	while (len < 5) {
		if (str_starts(p + len, "(0)"))
			len += 3;
		else if (p[len] && strchr(" -./()", p[len]))
			len++;
		else
			break;
	}
	return len;
}

/* How many digits make a number complete, and whether more may follow after a gap. */
struct phone_shape {
	size_t least;
	size_t most;
	bool open;
};

static struct phone_shape phone_shape(const char *p)
{
	if (str_starts(p, "+31"))
		return (struct phone_shape){ 11, 12, false };
	if (str_starts(p, "0031"))
		return (struct phone_shape){ 13, 14, false };
	if (*p == '+')
		return (struct phone_shape){ 8, 15, true };
	if (str_starts(p, "00"))
		return (struct phone_shape){ 10, 17, true };
	if (str_starts(p, "316"))
		return (struct phone_shape){ 11, 11, false };
	/* Two digits and a gap are an hour or a day, unless they are 06. */
	if (*p == '0' && is_digit(p[1]) && (is_digit(p[2]) || p[1] == '6'))
		return (struct phone_shape){ 10, 11, false };
	return (struct phone_shape){ 0 };
}

/* The length of "+31 6 12 34 56 78" at p, 0 if there is none. p stands at the start of a word, a + or a bracket. */
static size_t phone_length(const char *p)
{
	size_t at = *p == '(', digits = 0, end = 0;
	struct phone_shape shape = phone_shape(p + at);

	if (!shape.most || is_date(p))
		return 0;
	at += p[at] == '+';
	while (digits < shape.most) {
		size_t gap = digits ? gap_length(p + at) : 0;

		if (!is_digit(p[at + gap]) || (gap && digits >= shape.least && !shape.open))
			break;
		at += gap + 1;
		digits++;
		if (digits >= shape.least && !is_digit(p[at]))
			end = at;
	}
	return is_word(p[end]) ? 0 : end;
}

/* ---- all of them ---- */

static size_t contact_length(const char *p)
{
	size_t len = 0;

	if (is_word(*p) || is_mail_local(*p))
		len = mail_length(p);
	if (!len && isalpha((unsigned char)*p))
		len = iban_length(p);
	if (!len && (is_digit(*p) || *p == '+' || *p == '('))
		len = phone_length(p);
	return len;
}

char *mask_contacts(struct arena *arena, const char *text)
{
	char before = ' ';
	AUTO_BUF out;

	buf_init(&out, strlen(text) * 2 + sizeof MASK);
	while (*text) {
		size_t len = is_word(before) ? 0 : contact_length(text);

		if (len)
			buf_add_text(&out, MASK);
		else
			buf_add(&out, text, len = 1);
		before = text[len - 1];
		text += len;
	}
	return arena_dup_n(arena, out.data, out.len);
}
