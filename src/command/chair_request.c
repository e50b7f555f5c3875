#include "command/chair_request.h"

#include <string.h>

#include "agenda/chair.h"
#include "base/arena.h"
#include "base/die.h"
#include "base/str.h"
#include "command/agenda_request.h"
#include "command/answer.h"
#include "people/who.h"
#include "say/chair_words.h"
#include "text/unicode.h"
#include "text/when.h"
#include "text/zone.h"

/* In characters; a longer one is a sentence. */
enum { NAME_CHARS_MAX = 60 };

static enum command_end refuse(struct request *request, enum chair_verdict verdict, int64_t number, const struct agenda_event *event,
			       enum agenda_verdict refusal)
{
	switch (verdict) {
	case CHAIR_DONE:
		break;
	case CHAIR_REFUSED:
		return agenda_request_refuse(request, refusal, number, event);
	case CHAIR_NONE:
		ANSWER(request, "chair.none", MSG_INT("number", number));
		return COMMAND_REFUSED;
	case CHAIR_NOT_YOURS:
		ANSWER(request, "chair.not_yours", MSG_INT("number", number));
		return COMMAND_REFUSED;
	case CHAIR_NOT_LISTED:
		ANSWER(request, "chair.not_listed", MSG_INT("number", number));
		return COMMAND_REFUSED;
	case CHAIR_NOBODY:
		ANSWER(request, "chair.nobody_else", MSG_INT("number", number));
		return COMMAND_REFUSED;
	}
	die("refusing a chair that is fine");
}

static enum command_end answer_now(struct request *request, const struct agenda_event *event)
{
	struct reader reader = request_reader(request);

	request->answer = chair_words_now(&reader, event);
	return COMMAND_DONE;
}

/* A neighbour when exactly one is called so, else a name. */
static struct chair chair_named(struct request *request, const char *typed)
{
	struct arena *arena = turn_arena(request->turn);
	struct chair chair = { .name = unicode_tidy(arena, typed + strspn(typed, " @")) };

	chair.name = unicode_cut(arena, chair.name, NAME_CHARS_MAX);
	if (who_named(turn_view(request->turn), chair.name, &chair.person) != WHO_FOUND)
		chair.person = 0;
	return chair;
}

/* How far the next name reaches, and the mark behind it: a comma, a new line, "en", "and". */
static size_t name_length(const char *text, size_t *ret_mark)
{
	static const char *const marks[] = { ",", ";", "\n", " en ", " and " };
	size_t len = strlen(text);

	*ret_mark = 0;
	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		const char *at = strstr(text, marks[i]);

		if (at && (size_t)(at - text) < len) {
			len = (size_t)(at - text);
			*ret_mark = strlen(marks[i]);
		}
	}
	return len;
}

static size_t read_names(struct request *request, const char *words, struct chair *ret_chairs)
{
	size_t len = 0;

	while (*words && len < CHAIRS_MAX) {
		size_t mark, length = name_length(words, &mark);
		struct chair chair = chair_named(request, arena_dup_n(turn_arena(request->turn), words, length));

		if (*chair.name)
			ret_chairs[len++] = chair;
		words += length + mark;
	}
	return len;
}

static enum command_end set(struct request *request, int64_t number, const char *words)
{
	struct agenda_hand hand = agenda_request_hand(request);
	struct chair chairs[CHAIRS_MAX];
	size_t len = words ? read_names(request, words, chairs) : 0;
	struct agenda_event event;
	enum agenda_verdict refusal;
	enum chair_verdict verdict = chair_set(&hand, request->turn, number, chairs, len, &event, &refusal);

	if (verdict != CHAIR_DONE)
		return refuse(request, verdict, number, &event, refusal);
	if (len)
		return answer_now(request, &event);
	ANSWER(request, "chair.ended", MSG_INT("number", number));
	return COMMAND_DONE;
}

/* until NULL: only the coming time. */
static enum command_end away(struct request *request, int64_t number, const char *name, const char *until)
{
	struct agenda_hand hand = agenda_request_hand(request);
	struct chair who = chair_named(request, name);
	struct agenda_event event;
	enum agenda_verdict refusal;
	enum when_verdict readable;
	enum chair_verdict verdict;
	struct wall day;
	struct when when;

	if (!agenda_find(turn_view(request->turn), number, &event))
		return agenda_request_refuse(request, AGENDA_UNKNOWN, number, NULL);
	if (until) {
		readable = when_read(request->house->zone, turn_arena(request->turn), until, request->event->sent_at_ms, &when);
		if (readable != WHEN_OK)
			return agenda_request_refuse_when(request, readable);
		day = zone_wall(request->house->zone, when.start_ms);
	} else {
		day = wall_add_days(&event.next, 1);
	}
	verdict = chair_away(&hand, request->turn, number, &who, &day, &event, &refusal);
	return verdict == CHAIR_DONE ? answer_now(request, &event) : refuse(request, verdict, number, &event, refusal);
}

/* "Joke weg tot 1 juli", "Joke kan niet". */
static bool read_away(struct request *request, const char *words, const char **ret_name, const char **ret_until)
{
	static const char *const until_words[] = { " weg tot ", " afwezig tot ", " kan niet tot ", " away until ", " cannot until " };
	static const char *const not_words[] = { " kan niet", " cannot", " can't", " is weg", " is away" };

	for (size_t i = 0; i < ARRAY_LEN(until_words); i++) {
		const char *at = strcasestr(words, until_words[i]);

		if (at) {
			*ret_name = arena_dup_n(turn_arena(request->turn), words, (size_t)(at - words));
			*ret_until = at + strlen(until_words[i]);
			return true;
		}
	}
	for (size_t i = 0; i < ARRAY_LEN(not_words); i++) {
		if (str_ends(words, not_words[i])) {
			*ret_name = arena_dup_n(turn_arena(request->turn), words, strlen(words) - strlen(not_words[i]));
			*ret_until = NULL;
			return true;
		}
	}
	return false;
}

static bool ends_list(struct request *request, const char *words)
{
	static const char *const end_words[] = { "niemand", "geen", "weg", "stop", "nobody", "none", "off" };
	const char *folded = unicode_fold(turn_arena(request->turn), words);

	for (size_t i = 0; i < ARRAY_LEN(end_words); i++) {
		if (str_equal(folded, end_words[i]))
			return true;
	}
	return false;
}

enum command_end chair_request_run(struct request *request, int64_t number, const char *words)
{
	struct agenda_event event;
	const char *name, *until;

	if (str_empty(words)) {
		if (!agenda_find(turn_view(request->turn), number, &event))
			return agenda_request_refuse(request, AGENDA_UNKNOWN, number, NULL);
		return answer_now(request, &event);
	}
	if (read_away(request, words, &name, &until))
		return away(request, number, name, until);
	return set(request, number, ends_list(request, words) ? NULL : words);
}

enum command_end chair_request_swap(struct request *request, int64_t number, const char *with)
{
	struct agenda_hand hand = agenda_request_hand(request);
	struct chair other = { .name = NULL };
	struct agenda_event event;
	enum agenda_verdict refusal;
	enum chair_verdict verdict;

	if (with)
		other = chair_named(request, with);
	verdict = chair_swap(&hand, request->turn, number, with ? &other : NULL, &event, &refusal);
	return verdict == CHAIR_DONE ? answer_now(request, &event) : refuse(request, verdict, number, &event, refusal);
}
