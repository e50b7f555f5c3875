#include "text/locale.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/embed.h"
#include "base/json.h"
#include "base/str.h"

enum { LOCALE_BYTES_MAX = 16 * 1024 * 1024 };

/* ---- one file ---- */

/* One file being read or checked. */
struct reading {
	struct arena *arena;
	const struct locale_text *text;
	const struct locale_report *report;
	size_t slips;

	/* How far locate() has come. */
	const char *at;
	const char *line_start;
	int line;
};

static void slip(struct reading *r, int line, int column, const char *what)
{
	r->report->add(r->report->context, r->text->file, line, column, what);
	r->slips++;
}

struct locale_text locale_text_get(enum language language)
{
	AUTO_ARENA arena = arena_create(LOCALE_BYTES_MAX);
	const char *name = arena_printf(arena, "locales/%s.json", language_format(language));
	const struct embedded *file = embedded_find(name);

	if (!file)
		die("%s is not built in", name);
	return (struct locale_text){ file->name, file->data, file->len };
}

/* Where the next key stands; cJSON does not say, but gives them in the order of the file. */
static void locate(struct reading *r, struct locale_message *message)
{
	struct arena_mark before = arena_mark(r->arena);
	const char *quoted = arena_printf(r->arena, "\"%s\"", message->key);
	size_t len = strlen(quoted);
	const char *found = r->at;

	message->line = message->column = 1;
	while ((found = strstr(found, quoted))) {
		const char *key_end = found + len;

		if (key_end[strspn(key_end, " \t")] == ':')
			break;
		found = key_end;
	}
	arena_rewind(r->arena, before);
	if (!found)
		return;
	for (; r->at < found; r->at++) {
		if (*r->at == '\n') {
			r->line++;
			r->line_start = r->at + 1;
		}
	}
	message->line = r->line;
	message->column = (int)(found - r->line_start) + 1;
}

static bool is_key(const char *key)
{
	return key[0] >= 'a' && key[0] <= 'z' && strchr(key, '.') && !strstr(key, "..") && !str_ends(key, ".") &&
	       strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_.") == strlen(key);
}

static int compare_keys(const void *a, const void *b)
{
	const struct locale_message *left = a, *right = b;

	return strcmp(left->key, right->key);
}

/* One member of the object; false when it was reported and must be left out. */
static bool read_message(struct reading *r, const struct cJSON *item, struct locale_message *ret_message)
{
	struct locale_message message = { .key = arena_dup(r->arena, json_key(item)) };
	struct pattern_error error;

	locate(r, &message);
	if (!is_key(message.key)) {
		slip(r, message.line, message.column, "a key is lower-case words with dots between them");
		return false;
	}
	if (!json_text(item)) {
		slip(r, message.line, message.column, arena_printf(r->arena, "%s: expected a text", message.key));
		return false;
	}
	message.pattern = pattern_compile(r->arena, json_text(item), &error);
	if (!message.pattern) {
		slip(r, message.line, message.column, arena_printf(r->arena, "%s: at byte %zu expected %s", message.key,
		                                                    error.offset, error.what));
		return false;
	}
	*ret_message = message;
	return true;
}

/* Close the gaps that doubles leave in the sorted messages. */
static size_t drop_doubles(struct reading *r, struct locale_message *messages, size_t len)
{
	size_t kept = 0;

	for (size_t i = 0; i < len; i++) {
		if (kept && str_equal(messages[kept - 1].key, messages[i].key))
			slip(r, messages[i].line, messages[i].column,
			     arena_printf(r->arena, "%s stands here twice", messages[i].key));
		else
			messages[kept++] = messages[i];
	}
	return kept;
}

size_t locale_parse(struct arena *arena, const struct locale_text *text, const struct locale_report *report,
                    struct locale *ret_locale)
{
	struct reading r = { .arena = arena, .text = text, .report = report, .at = text->json, .line_start = text->json, .line = 1 };
	AUTO_JSON json = json_parse(text->json, text->len);
	struct locale_message *messages;
	size_t count = 0, len = 0;

	*ret_locale = (struct locale){ 0 };
	if (!json_is_object(json)) {
		slip(&r, 1, 1, "expected one JSON object of keys and texts");
		return r.slips;
	}
	for JSON_EACH (item, json)
		count++;
	messages = arena_array(arena, struct locale_message, count);
	for JSON_EACH (item, json) {
		if (read_message(&r, item, &messages[len]))
			len++;
	}
	if (len)
		qsort(messages, len, sizeof *messages, compare_keys);
	*ret_locale = (struct locale){ messages, drop_doubles(&r, messages, len) };
	return r.slips;
}

const struct locale_message *locale_find(const struct locale *locale, const char *key)
{
	struct locale_message wanted = { .key = key };

	if (!locale->len)
		return NULL;
	return bsearch(&wanted, locale->messages, locale->len, sizeof wanted, compare_keys);
}

/* ---- between the files ---- */

/* The arguments of one pattern, each once, with the strictest use. */
struct arg_set {
	struct arena *arena;
	struct arg_use {
		const char *name;
		enum pattern_use use;
		bool torn; /* a number here and a choice there */
		struct arg_use *next;
	} *first;
};

static struct arg_use *arg_set_find(const struct arg_set *set, const char *name)
{
	for (struct arg_use *arg = set->first; arg; arg = arg->next) {
		if (str_equal(arg->name, name))
			return arg;
	}
	return NULL;
}

static void arg_set_add(void *context, const char *name, enum pattern_use use)
{
	struct arg_set *set = context;
	struct arg_use *arg = arg_set_find(set, name);

	if (!arg) {
		arg = arena_new(set->arena, struct arg_use);
		*arg = (struct arg_use){ .name = name, .use = use, .next = set->first };
		set->first = arg;
	} else if (arg->use == PATTERN_ANY) {
		arg->use = use;
	} else if (use != PATTERN_ANY && use != arg->use) {
		arg->torn = true;
	}
}

static void check_args(struct reading *r, const struct locale_message *mine, const struct locale_message *first)
{
	struct arg_set my_args = { .arena = r->arena }, first_args = { .arena = r->arena };

	pattern_visit(mine->pattern, arg_set_add, &my_args);
	pattern_visit(first->pattern, arg_set_add, &first_args);
	for (const struct arg_use *arg = my_args.first; arg; arg = arg->next) {
		const struct arg_use *other = arg_set_find(&first_args, arg->name);

		if (!other)
			slip(r, mine->line, mine->column, arena_printf(r->arena, "%s: {%s} is not in the first language", mine->key, arg->name));
		else if (arg->torn || (arg->use != other->use && arg->use != PATTERN_ANY && other->use != PATTERN_ANY))
			slip(r, mine->line, mine->column, arena_printf(r->arena, "%s: {%s} is both a number and a choice", mine->key, arg->name));
	}
	for (const struct arg_use *arg = first_args.first; arg; arg = arg->next) {
		if (!arg_set_find(&my_args, arg->name))
			slip(r, mine->line, mine->column, arena_printf(r->arena, "%s: {%s} of the first language is missing", mine->key, arg->name));
	}
}

/* In the file the keys stand sorted, one a line. */
static void check_order(struct reading *r, const struct locale *locale)
{
	for (size_t i = 1; i < locale->len; i++) {
		const struct locale_message *message = &locale->messages[i];

		if (message->line <= locale->messages[i - 1].line)
			slip(r, message->line, message->column, arena_printf(r->arena, "%s stands too early: keys are sorted, one a line", message->key));
	}
}

static void check_against_first(struct reading *r, const struct locale *mine, struct reading *first_r, const struct locale *first)
{
	for (size_t i = 0; i < mine->len; i++) {
		const struct locale_message *message = &mine->messages[i], *other = locale_find(first, message->key);

		if (other)
			check_args(r, message, other);
		else
			slip(r, message->line, message->column, arena_printf(r->arena, "%s is not in %s", message->key, first_r->text->file));
	}
	for (size_t i = 0; i < first->len; i++) {
		const struct locale_message *message = &first->messages[i];

		if (!locale_find(mine, message->key))
			slip(first_r, message->line, message->column, arena_printf(r->arena, "%s is not in %s", message->key, r->text->file));
	}
}

static void check_alone(struct reading *r, const struct locale *locale, enum language language)
{
	struct UPluralRules *rules = plural_rules_open(language);

	check_order(r, locale);
	for (size_t i = 0; i < locale->len; i++) {
		const struct locale_message *message = &locale->messages[i];
		const char *wrong = pattern_check_plurals(message->pattern, rules, r->arena);

		if (wrong)
			slip(r, message->line, message->column, arena_printf(r->arena, "%s: %s", message->key, wrong));
	}
	plural_rules_close(rules);
}

size_t locale_check(const struct locale_text texts[LANGUAGE_MAX], const struct locale_report *report)
{
	AUTO_ARENA arena = arena_create(LOCALE_BYTES_MAX);
	struct locale locales[LANGUAGE_MAX];
	struct reading readings[LANGUAGE_MAX];
	size_t slips = 0;

	for (int i = 0; i < LANGUAGE_MAX; i++) {
		readings[i] = (struct reading){ .arena = arena, .text = &texts[i], .report = report };
		slips += locale_parse(arena, &texts[i], report, &locales[i]);
		check_alone(&readings[i], &locales[i], (enum language)i);
		check_against_first(&readings[i], &locales[i], &readings[0], &locales[0]);
	}
	for (int i = 0; i < LANGUAGE_MAX; i++)
		slips += readings[i].slips;
	return slips;
}
