/*
 * The locale files, and the code that speaks them: every key the code names must be there with the
 * arguments the code gives, and every key must be named somewhere. Reads src/, so it runs from the top
 * of the source tree and is skipped elsewhere.
 */
#include <ctype.h>
#include <ftw.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "text/locale.h"
#include "unit/cmocka_all.h"

enum { SOURCE_BYTES_MAX = 1 << 20, NAMES_MAX = 16384, CALL_NAMES_MAX = 32 };

static struct arena *arena;
static struct locale dutch;
static size_t slips;

static void print_slip(void *context, const char *file, int line, int column, const char *what)
{
	(void)context;
	print_error("%s:%d:%d: %s\n", file, line, column, what);
	slips++;
}

static const struct locale_report report = { .add = print_slip };

/* ---- reading C ---- */

/* The literals seen anywhere in src/: what counts as "somebody uses this key". */
static const char *literals[NAMES_MAX];
static size_t literals_len;

struct source {
	const char *file;
	const char *p;
	int line;
};

enum lexeme { LEX_END, LEX_NAME, LEX_STRING, LEX_OTHER };

static void step(struct source *s)
{
	s->line += *s->p == '\n';
	s->p++;
}

static void skip_space_and_comments(struct source *s)
{
	while (*s->p) {
		if (isspace((unsigned char)*s->p)) {
			step(s);
		} else if (str_starts(s->p, "/*")) {
			while (*s->p && !str_starts(s->p, "*/"))
				step(s);
			s->p += *s->p ? 2 : 0;
		} else {
			return;
		}
	}
}

/* The next piece of C; names and strings (without their quotes) in *ret_text. */
static enum lexeme lex(struct source *s, const char **ret_text)
{
	const char *start;
	char quote;

	skip_space_and_comments(s);
	start = s->p;
	if (!*start)
		return LEX_END;
	if (isalpha((unsigned char)*start) || *start == '_') {
		while (isalnum((unsigned char)*s->p) || *s->p == '_')
			s->p++;
		*ret_text = arena_dup_n(arena, start, (size_t)(s->p - start));
		return LEX_NAME;
	}
	if (*start != '"' && *start != '\'') {
		*ret_text = arena_dup_n(arena, start, 1);
		step(s);
		return LEX_OTHER;
	}
	quote = *s->p++;
	while (*s->p && *s->p != quote) {
		s->p += *s->p == '\\' && s->p[1];
		step(s);
	}
	*ret_text = arena_dup_n(arena, start + 1, (size_t)(s->p - start - 1));
	s->p += *s->p != '\0';
	return quote == '"' ? LEX_STRING : LEX_OTHER;
}

/* ---- what a call of SAY() names ---- */

struct call {
	const char *file;
	int line;
	const char *keys[CALL_NAMES_MAX]; /* the literals in its key: two around a ?: */
	size_t keys_len;
	struct call_arg {
		const char *macro; /* "MSG_INT" */
		const char *name;
	} args[CALL_NAMES_MAX];
	size_t args_len;
};

/* SAY() and the macros around it, with the place of their key among the arguments. */
static struct speaker {
	const char *name;
	int key_at;
} speakers[16] = { { "SAY", 3 } };
static size_t speakers_len = 1;

static const struct speaker *speaker_find(const char *name)
{
	for (size_t i = 0; i < speakers_len; i++) {
		if (str_equal(speakers[i].name, name))
			return &speakers[i];
	}
	return NULL;
}

/* Behind "define": a macro whose words are SAY(..., __VA_ARGS__) takes the key as its first variable argument. */
static void read_macro(struct source s)
{
	struct speaker speaker = { 0 };
	const char *text;
	bool variable = false, says = false;
	int line = s.line;
	enum lexeme kind = lex(&s, &speaker.name);

	if (kind != LEX_NAME || *s.p != '(' || speaker_find(speaker.name))
		return;
	while ((kind = lex(&s, &text)) == LEX_NAME || (kind == LEX_OTHER && *text != ')'))
		speaker.key_at += kind == LEX_NAME;
	while ((kind = lex(&s, &text)) != LEX_END && s.line <= line) {
		line += *text == '\\';
		says = says || str_equal(text, "SAY");
		variable = variable || str_equal(text, "__VA_ARGS__");
	}
	if (says && variable && speakers_len < ARRAY_LEN(speakers))
		speakers[speakers_len++] = speaker;
}

static void slip_at(const struct call *call, const char *what)
{
	print_slip(NULL, call->file, call->line, 1, what);
}

struct wanted {
	const struct call *call;
	const char *key;
};

static void check_given(void *context, const char *name, enum pattern_use use)
{
	const struct wanted *wanted = context;
	const struct call *call = wanted->call;

	for (size_t i = 0; i < call->args_len; i++) {
		if (!str_equal(call->args[i].name, name))
			continue;
		if (use == PATTERN_NUMBER && !str_equal(call->args[i].macro, "MSG_INT"))
			slip_at(call, arena_printf(arena, "%s wants MSG_INT(\"%s\")", wanted->key, name));
		if (use == PATTERN_CHOICE && !str_equal(call->args[i].macro, "MSG_TEXT"))
			slip_at(call, arena_printf(arena, "%s wants MSG_TEXT(\"%s\")", wanted->key, name));
		return;
	}
	slip_at(call, arena_printf(arena, "%s needs an argument \"%s\"", wanted->key, name));
}

static void check_call(const struct call *call)
{
	for (size_t i = 0; i < call->keys_len; i++) {
		const struct locale_message *message = locale_find(&dutch, call->keys[i]);
		struct wanted wanted = { call, call->keys[i] };

		if (message)
			pattern_visit(message->pattern, check_given, &wanted);
		else
			slip_at(call, arena_printf(arena, "no message %s", call->keys[i]));
	}
}

/* Behind "SAY": its keys and arguments. s is a copy, so that calls inside calls are seen too. */
static void read_call(struct source s, const struct speaker *speaker)
{
	struct call call = { .file = s.file, .line = s.line };
	int depth = 0, commas = 0;
	const char *text, *macro = "";
	enum lexeme kind;

	while ((kind = lex(&s, &text)) != LEX_END) {
		if (kind == LEX_OTHER) {
			depth += (*text == '(' || *text == '{' || *text == '[') - (*text == ')' || *text == '}' || *text == ']');
			commas += depth == 1 && *text == ',';
			if (depth == 0)
				break;
		} else if (kind == LEX_NAME && depth == 1 && str_starts(text, "MSG_")) {
			macro = text;
		} else if (kind == LEX_STRING && depth == 1 && commas == speaker->key_at && call.keys_len < CALL_NAMES_MAX) {
			call.keys[call.keys_len++] = text;
		} else if (kind == LEX_STRING && depth == 2 && *macro && call.args_len < CALL_NAMES_MAX) {
			call.args[call.args_len++] = (struct call_arg){ macro, text };
			macro = "";
		}
	}
	check_call(&call);
}

/* A command's .help = "key" stands for "key" and "key.example". */
static void check_help(const struct source *s, const char *key)
{
	const char *example = arena_printf(arena, "%s.example", key);
	struct call call = { .file = s->file, .line = s->line, .keys = { key, example }, .keys_len = 2 };

	check_call(&call);
	literals[literals_len++] = example;
}

/* The macros of a file; they are gathered from all files before the first call is read. */
static void read_macros(struct source s)
{
	const char *text;
	enum lexeme kind;

	while ((kind = lex(&s, &text)) != LEX_END) {
		if (kind == LEX_NAME && str_equal(text, "define"))
			read_macro(s);
	}
}

static void read_words(struct source s)
{
	const char *before = "", *previous = "", *text = "";
	enum lexeme kind;

	for (; (kind = lex(&s, &text)) != LEX_END; before = previous, previous = text) {
		assert_true(literals_len + 2 < NAMES_MAX);
		if (kind == LEX_NAME && speaker_find(text))
			read_call(s, speaker_find(text));
		if (kind == LEX_STRING && strchr(text, '.'))
			literals[literals_len++] = text;
		if (kind == LEX_STRING && str_equal(before, "help") && str_equal(previous, "="))
			check_help(&s, text);
	}
}

/* What to do with each file while walking over them. */
static void (*reader)(struct source s);

static int read_source(const char *path, const struct stat *stat, int type, struct FTW *walk)
{
	AUTO_BUF bytes;

	(void)stat;
	(void)walk;
	buf_init(&bytes, SOURCE_BYTES_MAX);
	if (type == FTW_F && (str_ends(path, ".c") || str_ends(path, ".h")) && file_read(path, &bytes) == 0)
		reader((struct source){ .file = arena_dup(arena, path), .p = bytes.data, .line = 1 });
	return 0;
}

/* False when this does not run from the top of the source tree. */
static bool read_sources(void)
{
	literals_len = 0;
	reader = read_macros;
	if (nftw("src", read_source, 16, FTW_PHYS) < 0)
		return false;
	reader = read_words;
	return nftw("src", read_source, 16, FTW_PHYS) == 0;
}

/* ---- the tests ---- */

static int setup(void **state)
{
	struct locale_text text = locale_text_get(LANGUAGE_NL);

	(void)state;
	arena = arena_create(256 << 20);
	return (int)locale_parse(arena, &text, &report, &dutch);
}

static int teardown(void **state)
{
	(void)state;
	arena_destroy(arena);
	return 0;
}

static void locales__agree__with_each_other(void **state)
{
	struct locale_text texts[LANGUAGE_MAX];

	(void)state;
	for (int i = 0; i < LANGUAGE_MAX; i++)
		texts[i] = locale_text_get((enum language)i);
	assert_int_equal(locale_check(texts, &report), 0);
}

static void locales__hold__what_the_code_says(void **state)
{
	(void)state;
	slips = 0;
	if (!read_sources())
		skip();
	assert_int_equal(slips, 0);
}

static bool is_used(const char *key)
{
	for (size_t i = 0; i < literals_len; i++) {
		if (str_equal(literals[i], key))
			return true;
	}
	return false;
}

static void locales__hold__nothing_else(void **state)
{
	(void)state;
	if (!read_sources())
		skip();
	slips = 0;
	for (size_t i = 0; i < dutch.len; i++) {
		const struct locale_message *message = &dutch.messages[i];

		if (!is_used(message->key))
			print_slip(NULL, "locales/nl.json", message->line, message->column,
			           arena_printf(arena, "nobody says %s", message->key));
	}
	assert_int_equal(slips, 0);
}

/* Texts that stand behind others: no answer begins with them. */
static bool is_part(const char *key)
{
	static const char *const parts[] = { "agenda.list.of_all", "command.ask.or", "help.line" };

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (str_equal(parts[i], key))
			return true;
	}
	return str_starts(key, "help.") && str_ends(key, ".example");
}

/*
 * Arguments that a message may begin with: sums, days, answers that were checked by themselves, what the config names, and
 * people, whose names name_shown() keeps from beginning with `!`. What somebody typed is not among them.
 */
static bool never_shouts(const char *name)
{
	static const char *const arguments[] = {
		"amount", "answer", "core", "cores", "day", "first", "group", "line", "name", "number", "one", "rule", "user", "when", "where",
	};

	for (size_t i = 0; i < ARRAY_LEN(arguments); i++) {
		if (str_equal(arguments[i], name))
			return true;
	}
	return false;
}

struct beginning {
	const char *file;
	const struct locale_message *message;
};

static void check_beginning(void *context, const char *words, const char *name)
{
	const struct beginning *of = context;
	const struct locale_message *message = of->message;

	if (words && (str_starts(words, "!") || str_starts(words, "！")))
		print_slip(NULL, of->file, message->line, message->column, arena_printf(arena, "%s begins with `!`", message->key));
	if (name && !never_shouts(name))
		print_slip(NULL, of->file, message->line, message->column, arena_printf(arena, "%s may begin with `!`, by {%s}", message->key, name));
}

/* An answer that looks like a command sets off other bots, and ours elsewhere (DESIGN.md decision 14). */
static void locales__never_begin__like_a_command(void **state)
{
	(void)state;
	slips = 0;
	for (int i = 0; i < LANGUAGE_MAX; i++) {
		const struct locale_text text = locale_text_get((enum language)i);
		struct locale locale;

		assert_int_equal(locale_parse(arena, &text, &report, &locale), 0);
		for (size_t j = 0; j < locale.len; j++) {
			struct beginning of = { text.file, &locale.messages[j] };

			if (!is_part(of.message->key))
				pattern_visit_beginnings(of.message->pattern, check_beginning, &of);
		}
	}
	assert_int_equal(slips, 0);
}

/* ---- the checker itself ---- */

static char *last_slip;

static void keep_slip(void *context, const char *file, int line, int column, const char *what)
{
	(void)context;
	last_slip = arena_printf(arena, "%s:%d:%d: %s", file, line, column, what);
}

static const char *checked(const char *nl, const char *en)
{
	const struct locale_text texts[] = {
		[LANGUAGE_NL] = { "nl", nl, strlen(nl) },
		[LANGUAGE_EN] = { "en", en, strlen(en) },
	};
	const struct locale_report keep = { .add = keep_slip };
	size_t count;

	last_slip = NULL;
	count = locale_check(texts, &keep);
	return count == 0 ? "fine" : count == 1 ? last_slip : arena_printf(arena, "%zu, %s", count, last_slip);
}

static void locale_check__finds__each_kind_of_slip(void **state)
{
	(void)state;
	assert_string_equal(checked("{\"a.b\":\"x {n}\"}", "{\"a.b\":\"{n} y\"}"), "fine");
	assert_string_equal(checked("{\n\"a.b\":\"x\",\n\"a.c\":\"y\"\n}", "{\n\"a.b\":\"x\"\n}"), "nl:3:1: a.c is not in en");
	assert_string_equal(checked("{\"a.b\":\"x\"}", "{\"a.b\":\"x\",\n \"a.c\":\"y\"}"), "en:2:2: a.c is not in nl");
	assert_string_equal(checked("{\"a.b\":\"{n}\"}", "{\"a.b\":\"x\"}"), "en:1:2: a.b: {n} of the first language is missing");
	assert_string_equal(checked("{\"a.b\":\"x\"}", "{\"a.b\":\"{n}\"}"), "en:1:2: a.b: {n} is not in the first language");
	assert_string_equal(checked("{\"a.b\":\"{n, number}\"}", "{\"a.b\":\"{n, select, other {}}\"}"),
	                    "en:1:2: a.b: {n} is both a number and a choice");
	assert_string_equal(checked("{\"a.b\":\"{\"}", "{}"), "nl:1:2: a.b: at byte 1 expected the name of an argument");
	assert_string_equal(checked("{\"a.b\":1}", "{}"), "nl:1:2: a.b: expected a text");
	assert_string_equal(checked("{\"Ab\":\"x\"}", "{}"), "nl:1:2: a key is lower-case words with dots between them");
	assert_string_equal(checked("{\"a.b\":\"x\",\"a.b\":\"y\"}", "{\"a.b\":\"x\"}"), "nl:1:2: a.b stands here twice");
	assert_string_equal(checked("{\"a.c\":\"x\",\n\"a.b\":\"y\"}", "{\"a.b\":\"x\",\n\"a.c\":\"x\"}"),
	                    "nl:1:2: a.c stands too early: keys are sorted, one a line");
	assert_string_equal(checked("[]", "{}"), "nl:1:1: expected one JSON object of keys and texts");
	assert_string_equal(checked("{\"a.b\":\"{n, plural, other {#}}\"}", "{\"a.b\":\"{n, plural, =1 {one} other {#}}\"}"),
	                    "nl:1:2: a.b: the plural of {n} lacks one");
	assert_string_equal(checked("{\"a.b\":\"{n, plural, one {#} few {#} other {#}}\"}", "{\"a.b\":\"{n}\"}"),
	                    "nl:1:2: a.b: this language has no plural few");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(locale_check__finds__each_kind_of_slip),
		cmocka_unit_test(locales__agree__with_each_other),
		cmocka_unit_test(locales__hold__what_the_code_says),
		cmocka_unit_test(locales__hold__nothing_else),
		cmocka_unit_test(locales__never_begin__like_a_command),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
