#include "budget/import.h"

#include "base/arena.h"
#include "base/sha256.h"
#include "base/str.h"
#include "budget/ledger.h"
#include "budget/line.h"

bool budget_import(struct turn *turn, const struct config *config)
{
	const struct config_budget *budget = &config->budget;
	char head[SHA256_HEX_SIZE];

	if (ledger_head(turn_view(turn), head) > 0)
		return false;
	for (size_t i = 0; i < budget->lines_len; i++) {
		const struct config_line *from = &budget->lines[i];
		int64_t line = line_add(turn, from);

		/* The text seals whose line it is, its name and its kind. */
		(void)ledger_append(turn, &(struct entry){ .kind = ENTRY_GRANT, .line = line, .cents = from->amount },
				    arena_printf(turn_arena(turn), "%s;%s;%s", from->owner_slug, from->name, line_kind_word(from->kind)));
	}
	return true;
}

static const struct config_line *find_in_file(const struct config_budget *budget, const struct line *line)
{
	for (size_t i = 0; i < budget->lines_len; i++) {
		if (str_equal(budget->lines[i].owner_slug, line->owner_slug) && str_equal(budget->lines[i].name, line->name))
			return &budget->lines[i];
	}
	return NULL;
}

struct budget_difference *budget_differences(struct view *view, const struct config *config, size_t *ret_len)
{
	const struct config_budget *budget = &config->budget;
	const struct cents none = cents_from_int64(0);
	struct budget_difference *differences;
	struct line *lines;
	size_t lines_len, len = 0;

	lines = line_list(view, &lines_len);
	differences = arena_array(view_arena(view), struct budget_difference, 2 * budget->lines_len + lines_len);
	for (size_t i = 0; i < budget->lines_len; i++) {
		const struct config_line *from = &budget->lines[i];
		struct budget_difference difference = {
			.owner_slug = from->owner_slug, .name = from->name, .in_file = from->amount, .in_books = none, .mark = from->mark
		};
		struct line line;

		if (!line_find(view, from->owner_slug, from->name, &line)) {
			difference.kind = BUDGET_DIFFERENCE_NEW;
			differences[len++] = difference;
			continue;
		}
		difference.in_books = ledger_granted(view, line.id);
		difference.kind = BUDGET_DIFFERENCE_AMOUNT;
		if (cents_compare(difference.in_books, from->amount) != 0)
			differences[len++] = difference;
		difference.kind = BUDGET_DIFFERENCE_KIND;
		if (line.kind != from->kind)
			differences[len++] = difference;
	}
	for (size_t i = 0; i < lines_len; i++) {
		if (find_in_file(budget, &lines[i]))
			continue;
		differences[len++] = (struct budget_difference){
			BUDGET_DIFFERENCE_GONE, lines[i].owner_slug, lines[i].name, none, ledger_granted(view, lines[i].id), { .file = NULL }
		};
	}
	*ret_len = len;
	return differences;
}
