/*
 * One message of a locale file, compiled: a subset of ICU's MessageFormat with names.
 *
 *   {name}                                       a text, a number without marks ("bon 1017"), or money
 *   {n, number}                                  a number with marks between the thousands ("1.017")
 *   {n, plural, =0 {geen} one {één} other {#}}   # is the number, as {n, number}; exact cases first
 *   {who, select, lead {je} other {jullie}}      the branch named by a text
 *   ''  an apostrophe       '{'  '}'  '#'        quoting: from ' before { } (or # in a plural) to the next '
 *
 * An apostrophe before anything else is just that: 's avonds. `other` is demanded in both choices, and
 * an unclosed quote is an error here (ICU forgives it): a translator's slip should show at once.
 * Sources: the ICU User Guide, "Formatting Messages"; CLDR plural rules through ICU's uplrules.
 */
#ifndef ROTONDE_TEXT_PATTERN_H
#define ROTONDE_TEXT_PATTERN_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/money.h"
#include "text/language.h"

enum { PATTERN_DEPTH_MAX = 6 };

/* What a message is given. Names and texts are borrowed. */
enum message_kind { MESSAGE_TEXT, MESSAGE_INT, MESSAGE_CENTS };

struct message_arg {
	const char *name;
	enum message_kind kind;
	const char *text;
	int64_t number;
	struct cents cents;
};

struct pattern;

struct pattern_error {
	size_t offset; /* in bytes */
	const char *what;
};

/* NULL when text is no pattern. Everything lives in the arena; text is copied. */
const struct pattern *pattern_compile(struct arena *arena, const char *text, struct pattern_error *ret_error) MUST_CHECK;

/* What a pattern asks of an argument. */
enum pattern_use {
	PATTERN_ANY,    /* {x}: any kind */
	PATTERN_NUMBER, /* {x, number} and {x, plural, ...}: MESSAGE_INT */
	PATTERN_CHOICE, /* {x, select, ...}: MESSAGE_TEXT */
};

/* Call `visit` for every use of an argument, in the order of the text, also inside branches. */
void pattern_visit(const struct pattern *pattern, void (*visit)(void *context, const char *name, enum pattern_use use), void *context);

/*
 * Call `visit` for each way the message may begin: with words, then name is NULL; or with the text of an argument, then
 * words is NULL. Of choices every branch counts; a number at the beginning is not told.
 */
void pattern_visit_beginnings(const struct pattern *pattern, void (*visit)(void *context, const char *words, const char *name), void *context);

/* The plural rules of a language, by ICU. */
struct UPluralRules;
struct UPluralRules *plural_rules_open(enum language language) MUST_CHECK;
void plural_rules_close(struct UPluralRules *rules);

/*
 * NULL when every plural in the pattern has the branches its language needs and no other, else what is
 * wrong, in the arena. An exact =1 does for `one`.
 */
const char *pattern_check_plurals(const struct pattern *pattern, const struct UPluralRules *rules, struct arena *arena) MUST_CHECK;

/* Who speaks. */
struct pattern_voice {
	enum language language;
	const struct UPluralRules *plurals;
};

/* A message longer than this is cut at the piece that does not fit. */
enum { PATTERN_BYTES_MAX = 256 * 1024 };

/*
 * The message, in the arena. NULL when an argument is absent, NULL or of the wrong kind: ret_name then
 * says which. Arguments that the pattern does not name are ignored.
 */
char *pattern_format(const struct pattern *pattern, const struct pattern_voice *voice, struct arena *arena,
                     const struct message_arg *args, size_t args_len, const char **ret_name) MUST_CHECK;

#endif
