#include "command/question.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/json.h"
#include "base/str.h"
#include "store/outbox.h"
#include "text/amount.h"
#include "text/unicode.h"
#include "text/when.h"

#define QUESTION_STANDS_MS (30 * MS_PER_MINUTE)

enum { Q_ASK, Q_BIND, Q_FIND, Q_NEXT_PASSED, Q_OVER, Q_FORGET, Q_MAX };

static const char *const sql[] = {
	[Q_ASK] = "INSERT OR REPLACE INTO question (app_group, person, kind, subject, answer, options, expires_at_ms, language) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[Q_BIND] = "UPDATE question SET outbox = ?3 WHERE app_group = ?1 AND person = ?2 AND outbox IS NULL",
	[Q_FIND] = ("SELECT kind, subject, answer, options, next_only, ifnull(outbox, 0), language FROM question"
	            " WHERE app_group = ?1 AND person = ?2 AND expires_at_ms > ?3"),
	[Q_NEXT_PASSED] = "UPDATE question SET next_only = 0 WHERE app_group = ?1 AND person = ?2",
	[Q_OVER] = "DELETE FROM question WHERE app_group = ?1 AND person = ?2",
	[Q_FORGET] = "DELETE FROM question WHERE person IN " LINK_MEMBERS,
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements question_statements = { "question", sql, Q_MAX };

const struct memory question_memory = { &question_statements, NULL, Q_FORGET, Q_MAX };

static const char *const answer_words[] = {
	[QUESTION_YES_NO] = "yes_no",
	[QUESTION_OPTION] = "option",
	[QUESTION_AMOUNT] = "amount",
	[QUESTION_CLOCK] = "clock",
	[QUESTION_TEXT] = "text",
};

struct open_question {
	const char *kind;
	int64_t subject;
	enum question_answer answer;
	const char *options;
	bool by_next_message;
	int64_t outbox;
	const char *language;
};

static struct stmt *query(struct request *request, size_t index)
{
	struct stmt *q = turn_query(request->turn, &question_statements, index);

	stmt_bind_int(q, 1, request->group.id);
	stmt_bind_int(q, 2, request->person.id);
	return q;
}

void question_ask(struct request *request, const struct question *question)
{
	AUTO_JSON options = json_array_create();
	struct stmt *q;

	for (size_t i = 0; i < question->options_len; i++)
		json_push_str(options, question->options[i]);
	q = query(request, Q_ASK);
	stmt_bind_text(q, 3, question->kind);
	stmt_bind_int(q, 4, question->subject);
	stmt_bind_text(q, 5, answer_words[question->answer]);
	stmt_bind_text(q, 6, question->options_len ? json_print(turn_arena(request->turn), options) : NULL);
	stmt_bind_int(q, 7, turn_now_ms(request->turn) + QUESTION_STANDS_MS);
	stmt_bind_text(q, 8, language_format(request->language));
	(void)stmt_run(q);
}

void question_bind(struct request *request, int64_t outbox)
{
	struct stmt *q = query(request, Q_BIND);

	stmt_bind_int(q, 3, outbox);
	(void)stmt_run(q);
}

static bool find_open(struct request *request, struct open_question *ret_open)
{
	struct stmt *q = query(request, Q_FIND);

	stmt_bind_int(q, 3, turn_now_ms(request->turn));
	if (!stmt_step(q))
		return false;
	*ret_open = (struct open_question){
		stmt_text(q, 0), stmt_int(q, 1), (enum question_answer)stmt_word(q, 2, answer_words, ARRAY_LEN(answer_words)),
		stmt_text(q, 3), stmt_int(q, 4), stmt_int(q, 5), stmt_text(q, 6),
	};
	stmt_reset(q);
	return true;
}

/* Folded, without the dot or exclamation mark people end a word with. */
static const char *plain_word(struct arena *arena, const char *text)
{
	char *word = unicode_fold(arena, text);
	size_t len;

	word += strspn(word, " \n\t");
	len = strlen(word);
	while (len && strchr(" \n\t.!", word[len - 1]))
		word[--len] = '\0';
	return word;
}

bool question_read_yes_no(struct arena *arena, const char *text, bool *ret_yes)
{
	static const struct {
		const char *word;
		bool yes;
	} words[] = {
		{ "ja", true },           { "j", true },            { "jawel", true },       { "ja hoor", true },      { "ja graag", true },
		{ "ja leuk", true },      { "ja prima", true },     { "ja zeker", true },    { "ja is goed", true },   { "yes", true },
		{ "y", true },            { "yep", true },          { "yes please", true },  { "nee", false },         { "n", false },
		{ "neen", false },        { "nee hoor", false },    { "nee bedankt", false }, { "nee dank je", false }, { "nee dank je wel", false },
		{ "nee dankjewel", false }, { "nee liever niet", false }, { "no", false },   { "nope", false },        { "no thanks", false },
		{ "no thank you", false },
	};
	char *typed = arena_dup(arena, plain_word(arena, text));

	for (char *at = typed; *at; at++) {
		if (*at == ',')
			*at = ' ';
	}
	typed = unicode_tidy(arena, typed);
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (str_equal(typed, words[i].word)) {
			*ret_yes = words[i].yes;
			return true;
		}
	}
	return false;
}

static bool match_option(struct request *request, const char *options, struct question_reply *reply)
{
	AUTO_JSON list = json_parse(options, strlen(options));
	const char *typed = plain_word(turn_arena(request->turn), reply->text);
	int64_t number = 0;
	size_t index = 0;

	if (!parse_int64(typed, &number))
		number = 0;
	for JSON_EACH (item, list) {
		if (number == (int64_t)index + 1 || str_equal(typed, plain_word(turn_arena(request->turn), json_text(item)))) {
			reply->option = index;
			reply->chosen = arena_dup(turn_arena(request->turn), json_text(item));
			return true;
		}
		index++;
	}
	return false;
}

static bool match_amount(struct request *request, bool is_reply, struct question_reply *reply)
{
	struct amount amount;

	return amount_parse(turn_arena(request->turn), reply->text, &amount) == AMOUNT_OK && (is_reply || str_empty(amount.rest));
}

static bool is_clock(struct request *request, const char *text)
{
	enum when_verdict verdict;
	struct when when;

	verdict = when_read(request->house->zone, turn_arena(request->turn), text, request->event->sent_at_ms, &when);
	return verdict == WHEN_DATE_MISSING && when_is_all(&when, text);
}

/* "3 uur" may be how long something takes and "15" may be anything, but not behind the question how late. */
static bool match_clock(struct request *request, struct question_reply *reply)
{
	const char *at = arena_printf(turn_arena(request->turn), "om %s", reply->text);

	if (is_clock(request, reply->text))
		return true;
	if (!is_clock(request, at))
		return false;
	reply->text = at;
	return true;
}

static bool matches(struct request *request, const struct open_question *open, bool is_reply, struct question_reply *reply)
{
	switch (open->answer) {
	case QUESTION_YES_NO:
		return question_read_yes_no(turn_arena(request->turn), reply->text, &reply->yes);
	case QUESTION_OPTION:
		return match_option(request, open->options, reply);
	case QUESTION_AMOUNT:
		return match_amount(request, is_reply, reply);
	case QUESTION_CLOCK:
		return match_clock(request, reply) || is_reply;
	case QUESTION_TEXT:
		return is_reply;
	}
	die("question answer %d", open->answer);
}

static const struct question_kind *kind_get(const char *name)
{
	for (const struct question_kind *kind = question_kinds; kind->kind; kind++) {
		if (str_equal(kind->kind, name))
			return kind;
	}
	die("nobody handles the question \"%s\"", name);
}

bool question_take(struct request *request, const struct question_kind **ret_kind, struct question_reply *ret_reply)
{
	struct open_question open;
	bool is_reply;

	if (!find_open(request, &open))
		return false;
	is_reply = open.outbox && request->event->reply_to &&
	           outbox_find_event(turn_view(request->turn), request->event->reply_to) == open.outbox;
	*ret_reply = (struct question_reply){ .subject = open.subject, .text = request->text };
	if ((is_reply || open.by_next_message) && matches(request, &open, is_reply, ret_reply)) {
		(void)stmt_run(query(request, Q_OVER));
		if (!language_parse(open.language, &request->language))
			die("a question in the language \"%s\"", open.language);
		*ret_kind = kind_get(open.kind);
		return true;
	}
	(void)stmt_run(query(request, Q_NEXT_PASSED));
	return false;
}
