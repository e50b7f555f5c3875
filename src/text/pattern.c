#include "text/pattern.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>
#include <unicode/uenum.h>
#include <unicode/upluralrules.h>

#include "base/buf.h"
#include "base/die.h"
#include "base/str.h"
#include "text/spoken_number.h"

enum piece_kind { PIECE_WORDS, PIECE_ARG, PIECE_NUMBER, PIECE_PLURAL, PIECE_SELECT };

struct branch {
	const char *word; /* "one", "other", "lead"; NULL for an exact number */
	int64_t exact;
	const struct piece *first;
	struct branch *next;
};

struct piece {
	enum piece_kind kind;
	const char *text; /* the words, or the argument's name */
	struct branch *branches;
	struct piece *next;
};

struct pattern {
	const struct piece *first;
};

/* ---- compiling ---- */

struct compiler {
	struct arena *arena;
	const char *start;
	const char *p;
	struct pattern_error error; /* what is NULL while all is well */
	int depth;
	const char *counted; /* the argument of the innermost plural, which # stands for; NULL outside */
};

static bool fail(struct compiler *c, const char *what)
{
	if (!c->error.what)
		c->error = (struct pattern_error){ (size_t)(c->p - c->start), what };
	return false;
}

static void skip_space(struct compiler *c)
{
	while (*c->p == ' ' || *c->p == '\n' || *c->p == '\t')
		c->p++;
}

static bool expect(struct compiler *c, char wanted, const char *what)
{
	skip_space(c);
	if (*c->p != wanted)
		return fail(c, what);
	c->p++;
	return true;
}

static const char *compile_word(struct compiler *c, const char *what)
{
	const char *start;

	skip_space(c);
	start = c->p;
	while (isalnum((unsigned char)*c->p) || *c->p == '_')
		c->p++;
	if (c->p == start) {
		fail(c, what);
		return NULL;
	}
	return arena_dup_n(c->arena, start, (size_t)(c->p - start));
}

static bool opens_quote(const struct compiler *c)
{
	return c->p[0] == '\'' && (c->p[1] == '{' || c->p[1] == '}' || (c->counted && c->p[1] == '#'));
}

/* Plain words up to the next brace or #, quoting undone: how many bytes, and the bytes when out is not NULL. */
static size_t read_words(struct compiler *c, char *out)
{
	bool quoted = false;
	size_t len = 0;

	for (; *c->p; c->p++) {
		if (c->p[0] == '\'' && c->p[1] == '\'') {
			c->p++;
		} else if (quoted && *c->p == '\'') {
			quoted = false;
			continue;
		} else if (!quoted && opens_quote(c)) {
			quoted = true;
			continue;
		} else if (!quoted && (*c->p == '{' || *c->p == '}' || (c->counted && *c->p == '#'))) {
			break;
		}
		if (out)
			out[len] = *c->p;
		len++;
	}
	if (quoted)
		fail(c, "a quote that is not closed");
	return len;
}

/* Read twice, so that what is kept for the life of the program is no longer than it must be. */
static const char *compile_words(struct compiler *c)
{
	const char *start = c->p;
	char *words = arena_alloc(c->arena, read_words(c, NULL) + 1);

	c->p = start;
	(void)read_words(c, words);
	return words;
}

static const struct piece *compile_pieces(struct compiler *c);

static bool compile_case(struct compiler *c, enum piece_kind kind, struct branch *branch)
{
	static const char *const categories[] = { "zero", "one", "two", "few", "many", "other" };
	const char *word;

	skip_space(c);
	if (kind == PIECE_PLURAL && *c->p == '=') {
		c->p++;
		word = compile_word(c, "a number after =");
		return word && (parse_int64(word, &branch->exact) || fail(c, "a number after ="));
	}
	branch->word = compile_word(c, "the name of a branch, or }");
	if (!branch->word || kind == PIECE_SELECT)
		return branch->word;
	for (size_t i = 0; i < ARRAY_LEN(categories); i++) {
		if (str_equal(branch->word, categories[i]))
			return true;
	}
	return fail(c, "zero, one, two, few, many, other or =number");
}

static bool same_case(const struct branch *a, const struct branch *b)
{
	return a->word ? str_equal(a->word, b->word) : !b->word && a->exact == b->exact;
}

/* The branches up to the closing brace of the choice. */
static bool compile_branches(struct compiler *c, struct piece *piece)
{
	struct branch **end = &piece->branches;
	bool has_other = false;

	for (skip_space(c); *c->p != '}'; skip_space(c)) {
		struct branch *branch = arena_new(c->arena, struct branch);

		if (!compile_case(c, piece->kind, branch))
			return false;
		for (const struct branch *b = piece->branches; b; b = b->next) {
			if (same_case(b, branch))
				return fail(c, "this branch stands here twice");
		}
		if (!expect(c, '{', "{ before the words of a branch"))
			return false;
		branch->first = compile_pieces(c);
		if (c->error.what || !expect(c, '}', "} after the words of a branch"))
			return false;
		has_other = has_other || str_equal(branch->word, "other");
		*end = branch;
		end = &branch->next;
	}
	return has_other || fail(c, "a branch called other");
}

static bool compile_choice(struct compiler *c, struct piece *piece)
{
	const char *outer = c->counted;
	bool fine;

	if (!expect(c, ',', ", before the branches"))
		return false;
	if (piece->kind == PIECE_PLURAL)
		c->counted = piece->text;
	fine = compile_branches(c, piece);
	c->counted = outer;
	return fine;
}

/* What stands between { and }, both included. */
static bool compile_arg(struct compiler *c, struct piece *piece)
{
	const char *type;

	c->p++;
	piece->kind = PIECE_ARG;
	piece->text = compile_word(c, "the name of an argument");
	if (!piece->text)
		return false;
	skip_space(c);
	if (*c->p == ',') {
		c->p++;
		type = compile_word(c, "number, plural or select");
		if (str_equal(type, "number"))
			piece->kind = PIECE_NUMBER;
		else if (str_equal(type, "plural"))
			piece->kind = PIECE_PLURAL;
		else if (str_equal(type, "select"))
			piece->kind = PIECE_SELECT;
		else
			return fail(c, "number, plural or select");
		if (piece->kind != PIECE_NUMBER && !compile_choice(c, piece))
			return false;
	}
	return expect(c, '}', "} after an argument");
}

/* Pieces up to the end of the text or a closing brace, which is left standing. NULL for none, and on errors. */
static const struct piece *compile_pieces(struct compiler *c)
{
	struct piece *first = NULL, **end = &first;

	if (++c->depth > PATTERN_DEPTH_MAX)
		fail(c, "too many choices inside each other");
	while (!c->error.what && *c->p && *c->p != '}') {
		struct piece *piece = arena_new(c->arena, struct piece);

		if (*c->p == '{') {
			if (!compile_arg(c, piece))
				return NULL;
		} else if (c->counted && *c->p == '#') {
			c->p++;
			piece->kind = PIECE_NUMBER;
			piece->text = c->counted;
		} else {
			piece->kind = PIECE_WORDS;
			piece->text = compile_words(c);
		}
		*end = piece;
		end = &piece->next;
	}
	c->depth--;
	return first;
}

const struct pattern *pattern_compile(struct arena *arena, const char *text, struct pattern_error *ret_error)
{
	struct compiler c = { .arena = arena, .start = text, .p = text };
	struct pattern *pattern = arena_new(arena, struct pattern);

	pattern->first = compile_pieces(&c);
	if (!c.error.what && *c.p == '}')
		fail(&c, "} without {");
	if (c.error.what) {
		*ret_error = c.error;
		return NULL;
	}
	return pattern;
}

/* ---- looking ---- */

static enum pattern_use use_of(enum piece_kind kind)
{
	switch (kind) {
	case PIECE_NUMBER:
	case PIECE_PLURAL:
		return PATTERN_NUMBER;
	case PIECE_SELECT:
		return PATTERN_CHOICE;
	case PIECE_WORDS:
	case PIECE_ARG:
		break;
	}
	return PATTERN_ANY;
}

static void visit_pieces(const struct piece *piece, void (*visit)(void *, const char *, enum pattern_use), void *context)
{
	for (; piece; piece = piece->next) {
		if (piece->kind == PIECE_WORDS)
			continue;
		visit(context, piece->text, use_of(piece->kind));
		for (const struct branch *branch = piece->branches; branch; branch = branch->next)
			visit_pieces(branch->first, visit, context);
	}
}

void pattern_visit(const struct pattern *pattern, void (*visit)(void *, const char *, enum pattern_use), void *context)
{
	visit_pieces(pattern->first, visit, context);
}

struct beginnings {
	void (*visit)(void *context, const char *words, const char *name);
	void *context;
};

/* True when nothing may come of these pieces, so that what follows them begins the message too. */
static bool visit_beginnings(const struct piece *piece, const struct beginnings *to)
{
	bool empty = true;

	for (; piece && empty; piece = piece->next) {
		switch (piece->kind) {
		case PIECE_WORDS:
			to->visit(to->context, piece->text, NULL);
			empty = false;
			break;
		case PIECE_ARG:
			to->visit(to->context, NULL, piece->text);
			empty = false;
			break;
		case PIECE_NUMBER:
			empty = false;
			break;
		case PIECE_PLURAL:
		case PIECE_SELECT:
			empty = false;
			for (const struct branch *branch = piece->branches; branch; branch = branch->next)
				empty = visit_beginnings(branch->first, to) || empty;
			break;
		}
	}
	return empty;
}

void pattern_visit_beginnings(const struct pattern *pattern, void (*visit)(void *, const char *, const char *), void *context)
{
	(void)visit_beginnings(pattern->first, &(struct beginnings){ visit, context });
}

static bool has_branch(const struct piece *piece, const char *word)
{
	for (const struct branch *branch = piece->branches; branch; branch = branch->next) {
		if (str_equal(branch->word, word) || (!branch->word && branch->exact == 1 && str_equal(word, "one")))
			return true;
	}
	return false;
}

static bool has_word(const char *const *words, size_t len, const char *word)
{
	for (size_t i = 0; i < len; i++) {
		if (str_equal(words[i], word))
			return true;
	}
	return false;
}

static const char *check_plurals(const struct piece *piece, const char *const *words, size_t len, struct arena *arena)
{
	const char *wrong = NULL;

	for (; piece && !wrong; piece = piece->next) {
		if (piece->kind == PIECE_PLURAL) {
			for (size_t i = 0; i < len && !wrong; i++) {
				if (!has_branch(piece, words[i]))
					wrong = arena_printf(arena, "the plural of {%s} lacks %s", piece->text, words[i]);
			}
		}
		for (const struct branch *branch = piece->branches; branch && !wrong; branch = branch->next) {
			if (piece->kind == PIECE_PLURAL && branch->word && !has_word(words, len, branch->word))
				wrong = arena_printf(arena, "this language has no plural %s", branch->word);
			else
				wrong = check_plurals(branch->first, words, len, arena);
		}
	}
	return wrong;
}

const char *pattern_check_plurals(const struct pattern *pattern, const struct UPluralRules *rules, struct arena *arena)
{
	UErrorCode status = U_ZERO_ERROR;
	UEnumeration *keywords = uplrules_getKeywords(rules, &status);
	const char *words[8];
	const char *word;
	size_t len = 0;

	while (len < ARRAY_LEN(words) && (word = uenum_next(keywords, NULL, &status)))
		words[len++] = arena_dup(arena, word);
	uenum_close(keywords);
	if (U_FAILURE(status))
		die("plural keywords: %s", u_errorName(status));
	return check_plurals(pattern->first, words, len, arena);
}

/* ---- formatting ---- */

struct UPluralRules *plural_rules_open(enum language language)
{
	UErrorCode status = U_ZERO_ERROR;
	UPluralRules *rules = uplrules_open(language_format(language), &status);

	if (U_FAILURE(status))
		die("ICU has no plural rules for %s: %s", language_format(language), u_errorName(status));
	return rules;
}

void plural_rules_close(struct UPluralRules *rules)
{
	uplrules_close(rules);
}

struct speech {
	const struct pattern_voice *voice;
	const struct message_arg *args;
	size_t args_len;
	struct arena *arena; /* for numbers on their way to out */
	struct buf *out;
	const char *missing;
};

static const struct message_arg *arg_find(const struct speech *s, const char *name)
{
	for (size_t i = 0; i < s->args_len; i++) {
		if (str_equal(s->args[i].name, name))
			return &s->args[i];
	}
	return NULL;
}

static const struct branch *branch_named(const struct piece *piece, const char *word)
{
	const struct branch *other = NULL;

	for (const struct branch *branch = piece->branches; branch; branch = branch->next) {
		if (str_equal(branch->word, word))
			return branch;
		if (str_equal(branch->word, "other"))
			other = branch;
	}
	return other;
}

static const struct branch *branch_counted(const struct speech *s, const struct piece *piece, int64_t number)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar category[16] = { 0 };
	char word[16];
	int32_t len;

	for (const struct branch *branch = piece->branches; branch; branch = branch->next) {
		if (!branch->word && branch->exact == number)
			return branch;
	}
	len = uplrules_select(s->voice->plurals, (double)number, category, ARRAY_LEN(category) - 1, &status);
	if (U_FAILURE(status))
		die("plural of %" PRId64 ": %s", number, u_errorName(status));
	for (int32_t i = 0; i <= len; i++)
		word[i] = (char)category[i];
	return branch_named(piece, word);
}

static void speak_plain(struct speech *s, const struct message_arg *arg)
{
	switch (arg->kind) {
	case MESSAGE_TEXT:
		buf_add_text(s->out, arg->text);
		break;
	case MESSAGE_INT:
		buf_printf(s->out, "%" PRId64, arg->number);
		break;
	case MESSAGE_CENTS:
		buf_add_text(s->out, cents_spoken(s->arena, s->voice->language, arg->cents));
		break;
	}
}

static bool speak_pieces(struct speech *s, const struct piece *piece);

static bool speak_arg(struct speech *s, const struct piece *piece)
{
	const struct message_arg *arg = arg_find(s, piece->text);
	enum pattern_use use = use_of(piece->kind);

	s->missing = piece->text;
	if (!arg || (arg->kind == MESSAGE_TEXT && !arg->text) || (use == PATTERN_NUMBER && arg->kind != MESSAGE_INT) ||
	    (use == PATTERN_CHOICE && arg->kind != MESSAGE_TEXT))
		return false;
	switch (piece->kind) {
	case PIECE_WORDS:
	case PIECE_ARG:
		speak_plain(s, arg);
		return true;
	case PIECE_NUMBER:
		buf_add_text(s->out, number_spoken(s->arena, s->voice->language, arg->number));
		return true;
	case PIECE_PLURAL:
		return speak_pieces(s, branch_counted(s, piece, arg->number)->first);
	case PIECE_SELECT:
		return speak_pieces(s, branch_named(piece, arg->text)->first);
	}
	return true;
}

static bool speak_pieces(struct speech *s, const struct piece *piece)
{
	for (; piece; piece = piece->next) {
		if (piece->kind == PIECE_WORDS)
			buf_add_text(s->out, piece->text);
		else if (!speak_arg(s, piece))
			return false;
	}
	return true;
}

char *pattern_format(const struct pattern *pattern, const struct pattern_voice *voice, struct arena *arena,
                     const struct message_arg *args, size_t args_len, const char **ret_name)
{
	struct speech s = { .voice = voice, .args = args, .args_len = args_len, .arena = arena };
	AUTO_BUF out;

	buf_init(&out, PATTERN_BYTES_MAX);
	s.out = &out;
	if (!speak_pieces(&s, pattern->first)) {
		*ret_name = s.missing;
		return NULL;
	}
	return arena_dup_n(arena, out.data, out.len);
}
