#include "text/when/title.h"

#include <string.h>

#include "base/buf.h"

/* Left behind where a time or a place was cut out. */
static const char *const dangling_last[] = { "om", "op", "van", "vanaf", "tot", "en", "in", "bij", "de", "is", "voor", "at", "on", "from", "and", "the", "before", "by", "uiterlijk", NULL };
static const char *const dangling_first[] = { "en", "and", "om", "uur", "tot", "is", NULL };

struct composer {
	const struct phrase *phrase;
	const bool *taken;
	bool *keep;
	struct buf out;
	const struct token *pending; /* a separator that is written when a word follows */
};

static bool is_word(const struct phrase *phrase, size_t i)
{
	const struct token *token = token_at(phrase, i);

	return token->kind == TOKEN_WORD || token->kind == TOKEN_NUMBER || (token->kind == TOKEN_MARK && token->fold[0] == '?' && token->len > 1);
}

/* A mark inside a word: K-buurt, foto's, 1,5. */
static bool is_inner(const struct composer *composer, size_t i)
{
	return i > 0 && composer->keep[i - 1] && i + 1 < composer->phrase->len && composer->keep[i + 1] &&
	       token_at(composer->phrase, i)->glued && token_at(composer->phrase, i + 1)->glued;
}

static bool is_separator(const struct composer *composer, size_t i)
{
	const struct token *token = token_at(composer->phrase, i);

	return token->kind == TOKEN_MARK && strchr(",;:.-|/", token->fold[0]) && !is_inner(composer, i);
}

/* "(zaterdag 14:00)" without what was in it; the index after the bracket, i when something is left. */
static size_t brackets_skip(const struct composer *composer, size_t i)
{
	size_t at = i + 1;

	if (!token_is_mark(composer->phrase, i, '('))
		return i;
	while (at < composer->phrase->len && (composer->taken[at] || is_separator(composer, at)))
		at++;
	return token_is_mark(composer->phrase, at, ')') ? at + 1 : i;
}

/* *bold* marks whose word is gone: they touch nothing that stays. */
static bool is_idle_markup(const struct composer *composer, size_t i)
{
	const struct phrase *phrase = composer->phrase;
	const struct token *token = token_at(phrase, i);
	bool touches_left = token->glued && i > 0 && !composer->taken[i - 1];
	bool touches_right = token_at(phrase, i + 1)->glued && !composer->taken[i + 1];

	return token->kind == TOKEN_MARK && strchr("*_~", token->fold[0]) && !touches_left && !touches_right;
}

/* Which tokens are of the title: not taken, no empty brackets, no little words that lost their partner. */
static void kept_mark(struct composer *composer)
{
	size_t len = composer->phrase->len, first = len, last = len;

	for (size_t i = 0; i < len; i++)
		composer->keep[i] = !composer->taken[i];
	for (size_t i = 0; i < len; i++) {
		size_t after = brackets_skip(composer, i);

		for (; i < after; i++)
			composer->keep[i] = false;
		if (i < len && is_idle_markup(composer, i))
			composer->keep[i] = false;
	}
	for (size_t i = 0; i < len; i++) {
		if (!composer->keep[i] || !is_word(composer->phrase, i))
			continue;
		if (first == len)
			first = i;
		last = i;
	}
	if (first < len && first > 0 && composer->taken[first - 1] && token_is_listed(composer->phrase, first, dangling_first))
		composer->keep[first] = false;
	if (last < len && last + 1 < len && composer->taken[last + 1] && token_is_listed(composer->phrase, last, dangling_last))
		composer->keep[last] = false;
}

static void separator_write(struct composer *composer)
{
	const struct token *mark = composer->pending;

	if (!mark->glued)
		buf_add_text(&composer->out, " ");
	buf_add(&composer->out, composer->phrase->text + mark->at, mark->len);
	buf_add_text(&composer->out, " ");
	composer->pending = NULL;
}

static void token_write(struct composer *composer, size_t i)
{
	const struct token *token = token_at(composer->phrase, i);
	bool opened = composer->out.len && composer->out.data[composer->out.len - 1] == '(';
	bool closes = token->kind == TOKEN_MARK && strchr(")!?", token->fold[0]) && token->len == 1;
	bool touches = token->glued && i > 0 && composer->keep[i - 1];

	if (!composer->out.len || opened || closes)
		composer->pending = NULL;
	if (closes && !composer->out.len)
		return;
	if (composer->pending)
		separator_write(composer);
	else if (composer->out.len && token->new_line)
		buf_add_text(&composer->out, ", ");
	else if (composer->out.len && !opened && !closes && !touches)
		buf_add_text(&composer->out, " ");
	buf_add(&composer->out, composer->phrase->text + token->at, token->len);
}

const char *title_compose(struct arena *arena, const struct phrase *phrase, const bool *taken)
{
	struct composer composer = { .phrase = phrase, .taken = taken, .keep = arena_array(arena, bool, phrase->len) };
	const char *title = NULL;
	bool said = false;

	kept_mark(&composer);
	buf_init(&composer.out, 4 * phrase->bytes + 1);
	for (size_t i = 0; i < phrase->len; i++) {
		if (!composer.keep[i])
			continue;
		if (is_separator(&composer, i)) {
			if (!composer.pending)
				composer.pending = token_at(phrase, i);
			continue;
		}
		token_write(&composer, i);
		said = said || token_at(phrase, i)->kind == TOKEN_WORD || token_at(phrase, i)->kind == TOKEN_NUMBER;
	}
	if (said)
		title = arena_dup(arena, composer.out.data);
	buf_release(&composer.out);
	return title;
}
