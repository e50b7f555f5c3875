/*
 * What the office types behind !keur, !afkeur, !vraag, !betaald, !steekproef and !schuif: numbers stay numbers, and every
 * word that is handed on stood in the message.
 */
#include "command/review_line.h"

#include "fuzz/fuzz.h"
#include "text/unicode.h"

static const struct line lines[] = {
	{ .id = 1, .owner = LINE_OWNER_CORE, .owner_slug = "kruitberg", .core = 1, .name = "Kruitberg Moestuin", .kind = LINE_KIND_FOCUS },
	{ .id = 2, .owner = LINE_OWNER_CORE, .owner_slug = "kruitberg", .core = 1, .name = "Kruitberg Eet-je-mee", .kind = LINE_KIND_FOCUS },
	{ .id = 3, .owner = LINE_OWNER_CORE, .owner_slug = "kleiburg", .core = 2, .name = "Kleiburg Excursie (fase 2)", .kind = LINE_KIND_FREE },
	{ .id = 4, .owner = LINE_OWNER_NEIGHBOURHOOD, .owner_slug = "buurt", .name = "Buurt Coordinatie, administratie en aanjagen (8%)", .kind = LINE_KIND_HANDLING },
};

/* The end of the text, whole characters. */
static void check_rest(const char *text, const char *rest)
{
	INVARIANT(strlen(rest) <= strlen(text) && str_equal(text + strlen(text) - strlen(rest), rest));
	INVARIANT(utf8_valid(rest, strlen(rest)));
}

static void check_match(const struct line_match *match)
{
	switch (match->kind) {
	case LINE_MATCH_CLEAR:
	case LINE_MATCH_FREE:
		INVARIANT(match->chosen < ARRAY_LEN(lines));
		break;
	case LINE_MATCH_UNCLEAR:
		for (size_t i = 0; i < match->options_len; i++)
			INVARIANT(match->options[i] < ARRAY_LEN(lines));
		break;
	}
}

static void check_numbers(struct arena *arena, const char *text, size_t max)
{
	struct review_line line;
	const char *reason;

	review_line_read(arena, text, max, &line);
	INVARIANT(line.len <= max);
	for (size_t i = 0; i < line.len; i++)
		INVARIANT(line.numbers[i] > 0);
	check_rest(text, line.rest);
	reason = review_line_alone(arena, &line);
	if (reason)
		check_rest(line.rest, reason);
}

static void check_sample(struct arena *arena, const char *text)
{
	struct sample_line line;
	char again[SAMPLE_SEED_DIGITS + 1];

	if (!sample_line_read(arena, text, &line))
		return;
	INVARIANT(line.count >= 1 && line.count <= SAMPLE_MAX);
	INVARIANT(!line.has_seed || (sample_seed_parse(line.seed, again) && str_equal(again, line.seed)));
}

static void check_move(struct arena *arena, const char *text)
{
	struct move_line line;

	move_line_read(arena, text, lines, ARRAY_LEN(lines), &line);
	INVARIANT(line.amount_read != AMOUNT_OK || cents_exceeds(line.amount, cents_from_int64(0)));
	check_rest(text, line.reason);
	if (!line.from)
		return;
	INVARIANT(strstr(text, line.from) && utf8_valid(line.from, strlen(line.from)));
	INVARIANT(strstr(text, line.to) && utf8_valid(line.to, strlen(line.to)));
	check_match(&line.from_match);
	check_match(&line.to_match);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA arena = arena_create((1 << 22) + 1024 * size);
	const char *text = fuzz_text(arena, data, size);

	if (!text)
		return 0;
	/* As commands get it. */
	text = unicode_tidy(arena, text);
	check_numbers(arena, text, 1);
	check_numbers(arena, text, REVIEW_NUMBERS_MAX);
	check_sample(arena, text);
	check_move(arena, text);
	return 0;
}
