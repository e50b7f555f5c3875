#include "command/people_lines.h"

#include <string.h>

#include "base/str.h"
#include "command/number.h"
#include "text/duration.h"
#include "text/unicode.h"

static const char *const off_words[] = { "weg", "los", "af", "uit", "off", "undo", "remove" };
static const char *const alone_words[] = { "alleen", "alone" };

/* A word of a text that is one of ours: where it begins and what follows it. */
struct word_found {
	const char *at, *after;
	size_t index;
};

static bool is_word(struct arena *arena, const char *at, size_t len, const char *const *words, size_t words_len, size_t *ret_index)
{
	const char *folded = unicode_fold(arena, arena_dup_n(arena, at, len));

	for (size_t i = 0; i < words_len; i++) {
		if (str_equal(folded, words[i])) {
			*ret_index = i;
			return true;
		}
	}
	return false;
}

/* The last of them in the text. */
static bool find_word(struct arena *arena, const char *text, const char *const *words, size_t words_len, struct word_found *ret_found)
{
	bool found = false;

	for (const char *at = text + strspn(text, " \n"); *at;) {
		size_t len = strcspn(at, " \n"), index;

		if (is_word(arena, at, len, words, words_len, &index)) {
			*ret_found = (struct word_found){ at, at + len, index };
			found = true;
		}
		at += len;
		at += strspn(at, " \n");
	}
	return found;
}

static const char *before(struct arena *arena, const char *text, const struct word_found *found)
{
	return unicode_tidy(arena, arena_dup_n(arena, text, (size_t)(found->at - text)));
}

/* The text without that word. */
static const char *without(struct arena *arena, const char *text, const struct word_found *found)
{
	return unicode_tidy(arena, arena_printf(arena, "%s %s", before(arena, text, found), found->after));
}

/* Was it taken back? Then *text goes without the word that said so. */
static bool take_off_word(struct arena *arena, const char **text)
{
	struct word_found found;

	if (!find_word(arena, *text, off_words, ARRAY_LEN(off_words), &found))
		return false;
	*text = without(arena, *text, &found);
	return true;
}

void koppel_line_read(struct arena *arena, const char *text, struct koppel_line *ret_line)
{
	bool undo = take_off_word(arena, &text);

	*ret_line = (struct koppel_line){ undo, text };
}

void rol_line_read(struct arena *arena, const char *text, struct rol_line *ret_line)
{
	static const char *const words[] = {
		"trekker", "lead", "coordinator", "kernteam", "penvoerder", "treasurer", "kascommissie", "kascommissielid", "auditor",
	};
	static const enum role roles[] = {
		ROLE_LEAD,      ROLE_LEAD,      ROLE_COORDINATOR, ROLE_COORDINATOR, ROLE_TREASURER,
		ROLE_TREASURER, ROLE_AUDITOR,   ROLE_AUDITOR,     ROLE_AUDITOR,
	};
	bool takes = take_off_word(arena, &text);
	struct word_found found;

	_Static_assert(ARRAY_LEN(words) == ARRAY_LEN(roles), "a role for every word");
	*ret_line = (struct rol_line){ .role = ROLE_RESIDENT, .takes = takes, .who = text, .core = "" };
	if (!find_word(arena, text, words, ARRAY_LEN(words), &found))
		return;
	ret_line->role = roles[found.index];
	ret_line->who = before(arena, text, &found);
	ret_line->core = unicode_tidy(arena, found.after);
}

void akkoord_line_read(struct arena *arena, const char *text, struct akkoord_line *ret_line)
{
	size_t len = strcspn(text, " \n");
	const char *rest = unicode_tidy(arena, text + len);
	struct word_found found;

	*ret_line = (struct akkoord_line){ .action = str_empty(text) ? AKKOORD_ACTION_LIST : AKKOORD_ACTION_UNREADABLE, .reason = "" };
	if (!number_parse(arena_dup_n(arena, text, len), &ret_line->number))
		return;
	if (str_empty(rest)) {
		ret_line->action = AKKOORD_ACTION_AGREE;
		return;
	}
	len = strcspn(rest, " \n");
	if (is_word(arena, rest, len, alone_words, ARRAY_LEN(alone_words), &found.index)) {
		ret_line->action = AKKOORD_ACTION_ALONE;
		ret_line->reason = unicode_tidy(arena, rest + len);
	} else if (is_word(arena, rest, strlen(rest), off_words, ARRAY_LEN(off_words), &found.index)) {
		ret_line->action = AKKOORD_ACTION_WITHDRAW;
	}
}

const char *akkoord_action_format(enum akkoord_action action)
{
	switch (action) {
	case AKKOORD_ACTION_LIST:
		return "list";
	case AKKOORD_ACTION_AGREE:
		return "agree";
	case AKKOORD_ACTION_WITHDRAW:
		return "withdraw";
	case AKKOORD_ACTION_ALONE:
		return "alone";
	case AKKOORD_ACTION_UNREADABLE:
		break;
	}
	return NULL;
}

void stil_line_read(struct arena *arena, const char *text, struct stil_line *ret_line)
{
	struct durations durations;
	struct word_found found;

	*ret_line = (struct stil_line){ .action = STIL_ACTION_UNREADABLE };
	if (str_empty(text))
		ret_line->action = STIL_ACTION_SHOW;
	else if (is_word(arena, text, strlen(text), off_words, ARRAY_LEN(off_words), &found.index))
		ret_line->action = STIL_ACTION_OFF;
	else if (durations_parse(arena, text, &durations) && durations.len == 1)
		*ret_line = (struct stil_line){ STIL_ACTION_FOR, durations.minutes[0] };
}

const char *stil_action_format(enum stil_action action)
{
	switch (action) {
	case STIL_ACTION_SHOW:
		return "show";
	case STIL_ACTION_FOR:
		return "for";
	case STIL_ACTION_OFF:
		return "off";
	case STIL_ACTION_UNREADABLE:
		break;
	}
	return NULL;
}
