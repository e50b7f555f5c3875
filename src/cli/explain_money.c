#include "cli/explain_fields.h"

#include "base/json.h"
#include "base/str.h"
#include "budget/line.h"
#include "command/bonnen_line.h"
#include "command/records.h"
#include "command/review_line.h"
#include "command/short_lines.h"
#include "people/house.h"
#include "say/budget_words.h"
#include "say/reader.h"
#include "text/amount.h"

static const char *amount_code(enum amount_verdict verdict)
{
	switch (verdict) {
	case AMOUNT_OK:
		return NULL;
	case AMOUNT_MISSING:
		return "amount.missing";
	case AMOUNT_AMBIGUOUS:
		return "amount.ambiguous";
	case AMOUNT_ZERO:
		return "amount.zero";
	case AMOUNT_NEGATIVE:
		return "amount.negative";
	case AMOUNT_ABSURD:
		return "amount.absurd";
	}
	return NULL;
}

/* The amount in the text, which the books take up to the whole grant; the words beside it. */
static const char *explain_amount(struct explanation *about, const char *text)
{
	struct amount amount;
	enum amount_verdict verdict = amount_parse(about->arena, text, &amount);

	if (verdict == AMOUNT_OK && cents_exceeds(amount.amount, line_total_granted(about->place->view)))
		verdict = AMOUNT_ABSURD;
	about->error = amount_code(verdict);
	if (verdict == AMOUNT_OK)
		json_set_int(about->fields, "amount_cents", cents_to_int64(amount.amount));
	else
		json_set_null(about->fields, "amount_cents");
	return amount.rest;
}

static void set_line(struct explanation *about, const struct line *lines, const struct line_match *match)
{
	explain_set_text(about, "line", match->kind == LINE_MATCH_UNCLEAR ? NULL : lines[match->chosen].name);
}

static void explain_bon(struct explanation *about)
{
	size_t len;
	const struct line *lines = line_list_of(about->place->view, about->place->group->core, &len);
	const char *words = explain_amount(about, about->text);
	struct line_match match = line_match(about->arena, words, lines, len);

	explain_set_text(about, "text", words);
	set_line(about, lines, &match);
}

/* Of a receipt of this group's core, for which receipt it is nobody knows here. */
static void explain_named_line(struct explanation *about, const char *name)
{
	size_t len;
	const struct line *lines = line_list_of(about->place->view, about->place->group->core, &len);
	struct line_match match = line_match_named(about->arena, name, lines, len);

	set_line(about, lines, &match);
	if (match.kind == LINE_MATCH_UNCLEAR)
		about->error = "line.unclear";
}

static void explain_bonnen(struct explanation *about)
{
	struct bonnen_line line;

	bonnen_line_read(about->arena, about->text, &line);
	explain_set_text(about, "action", bonnen_action_format(line.action));
	explain_set_number(about, line.number);
	switch (line.action) {
	case BONNEN_ACTION_AMOUNT:
	case BONNEN_ACTION_BACK:
		(void)explain_amount(about, line.rest);
		break;
	case BONNEN_ACTION_LINE:
		explain_named_line(about, line.rest);
		break;
	case BONNEN_ACTION_UNREADABLE:
		about->error = "number.missing";
		break;
	case BONNEN_ACTION_LIST:
	case BONNEN_ACTION_SHOW:
	case BONNEN_ACTION_WITHDRAW:
		break;
	}
}

static void explain_budget(struct explanation *about)
{
	switch (budget_scope_read(about->arena, about->text, &about->language)) {
	case BUDGET_SCOPE_CORE:
		explain_set_text(about, "scope", about->place->group->core ? "core" : "neighbourhood");
		break;
	case BUDGET_SCOPE_ALL:
		explain_set_text(about, "scope", "neighbourhood");
		break;
	case BUDGET_SCOPE_UNKNOWN:
		explain_set_text(about, "scope", NULL);
		about->error = "scope.unknown";
		break;
	}
}

static void set_numbers(struct explanation *about, const struct review_line *line)
{
	struct cJSON *numbers = json_array_create();

	for (size_t i = 0; i < line->len; i++)
		json_push_int(numbers, line->numbers[i]);
	json_set(about->fields, "numbers", numbers);
}

static void explain_keur(struct explanation *about)
{
	struct review_line line;
	const char *alone;

	review_line_read(about->arena, about->text, REVIEW_NUMBERS_MAX, &line);
	alone = review_line_alone(about->arena, &line);
	set_numbers(about, &line);
	explain_set_text(about, "alone", alone);
	if (!str_empty(about->text) && (!line.len || (!str_empty(line.rest) && !alone)))
		about->error = "number.missing";
}

static void explain_betaald(struct explanation *about)
{
	struct review_line line;

	review_line_read(about->arena, about->text, REVIEW_NUMBERS_MAX, &line);
	set_numbers(about, &line);
	if (!line.len || !str_empty(line.rest))
		about->error = "number.missing";
}

/* One receipt, and words that are needed. */
static void explain_words_about(struct explanation *about, const char *key, const char *missing)
{
	struct review_line line;

	review_line_read(about->arena, about->text, 1, &line);
	explain_set_number(about, line.len ? line.numbers[0] : 0);
	explain_set_text(about, key, str_empty(line.rest) ? NULL : line.rest);
	if (!line.len)
		about->error = "number.missing";
	else if (str_empty(line.rest))
		about->error = missing;
}

static void explain_afkeur(struct explanation *about)
{
	explain_words_about(about, "reason", "reason.missing");
}

static void explain_vraag(struct explanation *about)
{
	explain_words_about(about, "text", "text.missing");
}

static void explain_steekproef(struct explanation *about)
{
	struct sample_line line;
	bool read = sample_line_read(about->arena, about->text, &line);

	if (read)
		json_set_int(about->fields, "count", (int64_t)line.count);
	else
		json_set_null(about->fields, "count");
	explain_set_text(about, "seed", read && line.has_seed ? line.seed : NULL);
	if (!read)
		about->error = "sample.unreadable";
}

static void set_titled_line(struct explanation *about, const char *key, const struct line *lines, const struct line_match *match)
{
	bool clear = match->kind != LINE_MATCH_UNCLEAR;

	explain_set_text(about, key, clear ? lines[match->chosen].name : NULL);
	if (!clear && !about->error)
		about->error = "line.unclear";
}

static void explain_schuif(struct explanation *about)
{
	const struct reader reader = { about->place->house, about->place->view, about->place->group, about->language };
	struct move_line line;
	size_t len;
	struct line *lines = line_list(about->place->view, &len);

	for (size_t i = 0; i < len; i++)
		lines[i].name = budget_words_line(&reader, &lines[i]);
	move_line_read(about->arena, about->text, lines, len, &line);
	about->error = amount_code(line.amount_read);
	if (line.amount_read == AMOUNT_OK)
		json_set_int(about->fields, "amount_cents", cents_to_int64(line.amount));
	else
		json_set_null(about->fields, "amount_cents");
	if (line.from) {
		set_titled_line(about, "from", lines, &line.from_match);
		set_titled_line(about, "to", lines, &line.to_match);
	} else {
		explain_set_text(about, "from", NULL);
		explain_set_text(about, "to", NULL);
		about->error = about->error ? about->error : "line.unclear";
	}
	explain_set_text(about, "reason", str_empty(line.reason) ? NULL : line.reason);
	if (!about->error && str_empty(line.reason))
		about->error = "reason.missing";
}

const struct explainer explain_money[] = {
	{ &cmd_bon, explain_bon },
	{ &cmd_bonnen, explain_bonnen },
	{ &cmd_keur, explain_keur },
	{ &cmd_afkeur, explain_afkeur },
	{ &cmd_vraag, explain_vraag },
	{ &cmd_betaald, explain_betaald },
	{ &cmd_steekproef, explain_steekproef },
	{ &cmd_schuif, explain_schuif },
	{ &cmd_budget, explain_budget },
	{ .command = NULL },
};
