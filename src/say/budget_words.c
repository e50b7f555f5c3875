#include "say/budget_words.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "budget/line.h"
#include "budget/receipt.h"
#include "text/bar.h"
#include "text/unicode.h"

/* In characters. */
enum { NAME_MAX = 36, SHORT_NAME_MAX = 24, CORE_ROWS_MAX = 500 };

/* Money of one or several lines together. */
struct sum {
	const char *name;
	struct cents granted;
	struct cents spent;
};

static void add_line(struct sum *sum, const struct line *line)
{
	sum->granted = cents_add(sum->granted, line->granted);
	sum->spent = cents_add(sum->spent, line->spent);
}

/* In a long list the bars would not fit. */
enum look { LOOK_PLAIN, LOOK_BAR };

static char *row(const struct reader *reader, const struct sum *sum, enum look look)
{
	struct arena *arena = view_arena(reader->view);
	struct cents left = cents_sub(sum->granted, sum->spent);
	const char *name = unicode_cut(arena, sum->name, look == LOOK_BAR ? NAME_MAX : SHORT_NAME_MAX);
	char *text;

	if (cents_is_negative(left))
		text = SAY_TO(reader, "budget.row_over", MSG_TEXT("name", name), MSG_CENTS("spent", sum->spent), MSG_CENTS("over", cents_negate(left)));
	else
		text = SAY_TO(reader, "budget.row", MSG_TEXT("name", name), MSG_CENTS("spent", sum->spent), MSG_CENTS("left", left));
	if (look == LOOK_PLAIN)
		return text;
	return arena_printf(arena, "%s\n%s", text, bar_format(arena, cents_percent(sum->spent, sum->granted)));
}

/* Rows under each other, as many as fit. */
static char *rows(const struct reader *reader, const struct sum *sums, size_t len, enum look look, size_t max)
{
	struct arena *arena = view_arena(reader->view);
	char *text = arena_dup(arena, "");
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		const char *next = row(reader, &sums[i], look);

		used += utf8_count(next, strlen(next)) + 1;
		if (used > max)
			return arena_printf(arena, "%s\n%s", text, SAY_TO(reader, "budget.more", MSG_INT("count", (int64_t)(len - i))));
		text = arena_printf(arena, "%s%s%s", text, i ? "\n" : "", next);
	}
	return text;
}

/* The receipts that are not in these sums. */
static char *with_apart(const struct reader *reader, char *text, struct receipt_apart apart)
{
	const char *words;

	if (!apart.count)
		return text;
	if (cents_is_zero(apart.known))
		words = SAY_TO(reader, "budget.apart", MSG_INT("count", apart.count));
	else
		words = SAY_TO(reader, "budget.apart_known", MSG_INT("count", apart.count), MSG_CENTS("known", apart.known));
	return arena_printf(view_arena(reader->view), "%s\n%s", text, words);
}

/* The other cores of its area, "Toren 1, Toren 2"; "" for none. */
static const char *neighbours(const struct reader *reader, int64_t core)
{
	struct arena *arena = view_arena(reader->view);
	const char *area = core_get(reader->view, core).area, *names = "";
	size_t len;
	const struct core *cores = core_list(reader->view, &len);

	for (size_t i = 0; i < len; i++) {
		if (cores[i].id != core && *area && str_equal(cores[i].area, area))
			names = arena_printf(arena, "%s%s%s", names, *names ? ", " : "", cores[i].name);
	}
	return names;
}

char *budget_words_core(const struct reader *reader, int64_t core)
{
	struct arena *arena = view_arena(reader->view);
	size_t len, own = 0;
	struct line *lines = line_list_of(reader->view, core, &len);
	struct sum *sums = arena_array(arena, struct sum, len);
	char *text;

	for (size_t i = 0; i < len; i++) {
		sums[i].name = lines[i].name;
		add_line(&sums[i], &lines[i]);
		own += lines[i].owner == LINE_OWNER_CORE;
	}
	text = rows(reader, sums, own, LOOK_BAR, CORE_ROWS_MAX);
	if (own < len)
		text = arena_printf(arena, "%s\n%s\n%s", text, SAY_TO(reader, "budget.shared", MSG_TEXT("cores", neighbours(reader, core))),
				    rows(reader, sums + own, len - own, LOOK_BAR, CORE_ROWS_MAX));
	return with_apart(reader, text, receipt_apart(reader->view, core));
}

/* How an owner of focus lines is called: a core by its name, an area by its slug with a capital. */
static const char *owner_name(const struct reader *reader, const struct line *line)
{
	char *name;

	if (line->owner == LINE_OWNER_CORE)
		return core_get(reader->view, line->core).name;
	name = arena_dup(view_arena(reader->view), line->owner_slug);
	if (*name >= 'a' && *name <= 'z')
		*name = (char)(*name - 'a' + 'A');
	return name;
}

const char *budget_words_line(const struct reader *reader, const struct line *line)
{
	if (line->owner == LINE_OWNER_NEIGHBOURHOOD)
		return line->name;
	return arena_printf(view_arena(reader->view), "%s (%s)", line->name, owner_name(reader, line));
}

/* The sum that a line belongs to: all free money together, the other lines by owner, the neighbourhood's one by one. */
static struct sum *sum_of(const struct reader *reader, struct sum *sums, size_t *len, const struct line *line)
{
	const char *name = line->owner == LINE_OWNER_NEIGHBOURHOOD ? line->name : owner_name(reader, line);

	if (line->owner == LINE_OWNER_CORE && line->kind == LINE_KIND_FREE)
		return &sums[0];
	for (size_t i = 1; i < *len; i++) {
		if (str_equal(sums[i].name, name))
			return &sums[i];
	}
	sums[*len].name = name;
	return &sums[(*len)++];
}

const char *budget_words_whole(const struct reader *reader)
{
	struct sum whole = { .name = SAY_TO(reader, "budget.whole") };
	size_t len;
	struct line *lines = line_list(reader->view, &len);

	for (size_t i = 0; i < len; i++)
		add_line(&whole, &lines[i]);
	return row(reader, &whole, LOOK_BAR);
}

char *budget_words_all(const struct reader *reader, size_t rows_max)
{
	struct arena *arena = view_arena(reader->view);
	size_t lines_len, len = 1;
	struct line *lines = line_list(reader->view, &lines_len);
	struct sum *sums = arena_array(arena, struct sum, lines_len + 1);

	sums[0].name = SAY_TO(reader, "budget.free");
	for (size_t i = 0; i < lines_len; i++)
		add_line(sum_of(reader, sums, &len, &lines[i]), &lines[i]);
	return with_apart(reader, arena_printf(arena, "%s\n%s", budget_words_whole(reader), rows(reader, sums, len, LOOK_PLAIN, rows_max)), receipt_apart_all(reader->view));
}
