#include "config/budget.h"

#include <strings.h>

#include "base/str.h"
#include "config/csv.h"
#include "config/grammar.h"

#define NEIGHBOURHOOD_SLUG "buurt"
#define SLUG_EXPECTED      "a short name of a-z, 0-9 and single dashes, such as kern-19"

enum { CORE_SLUG, CORE_NAME, CORE_AREA };
enum { LINE_OWNER, LINE_NAME, LINE_AMOUNT, LINE_KIND };

static const char *const kind_words[] = {
	[LINE_KIND_FREE] = "vrij",
	[LINE_KIND_FOCUS] = "focus",
	[LINE_KIND_HANDLING] = "handelingskosten",
};

const char *line_kind_format(enum line_kind kind)
{
	return kind_words[kind];
}

static void wrong_field(struct arena *arena, const struct csv_field *field, const char *column, const char *expected,
	struct config_errors *errors)
{
	config_errors_add(errors, field->mark, "%s: found %s, expected %s", column,
		*field->text ? config_shown(arena, field->text) : "nothing", expected);
}

static const struct config_core *core_of(const struct config_budget *budget, const char *slug)
{
	for (size_t i = 0; i < budget->cores_len; i++) {
		if (str_equal(budget->cores[i].slug, slug))
			return &budget->cores[i];
	}
	return NULL;
}

static bool area_exists(const struct config_budget *budget, const char *slug)
{
	for (size_t i = 0; i < budget->cores_len; i++) {
		if (str_equal(budget->cores[i].area, slug))
			return true;
	}
	return false;
}

static bool core_from_row(struct arena *arena, const struct csv_row *row, const struct config_budget *budget,
	struct config_core *ret_core, struct config_errors *errors)
{
	const struct csv_field *slug = &row->fields[CORE_SLUG], *name = &row->fields[CORE_NAME], *area = &row->fields[CORE_AREA];
	size_t before = errors->len + errors->more;
	const struct config_core *earlier = core_of(budget, slug->text);

	if (!slug_is_valid(slug->text))
		wrong_field(arena, slug, "slug", SLUG_EXPECTED, errors);
	else if (str_equal(slug->text, NEIGHBOURHOOD_SLUG))
		wrong_field(arena, slug, "slug", "another name: that one means the whole neighbourhood", errors);
	else if (earlier)
		config_errors_add(errors, slug->mark, "slug: found \"%s\" a second time, expected it once: it stands at %s already",
			slug->text, config_mark_format(arena, earlier->mark));
	if (!*name->text)
		wrong_field(arena, name, "naam", "the name people know it by", errors);
	if (*area->text && (!slug_is_valid(area->text) || str_equal(area->text, NEIGHBOURHOOD_SLUG)))
		wrong_field(arena, area, "gebied", SLUG_EXPECTED ", or nothing", errors);
	*ret_core = (struct config_core){ slug->text, name->text, *area->text ? area->text : NULL, slug->mark };
	return errors->len + errors->more == before;
}

/* An area may bear a core's name only when it is that core and nothing more: else an owner would mean two things. */
static bool check_area_names(struct arena *arena, const struct config_budget *budget, struct config_errors *errors)
{
	bool good = true;

	for (size_t i = 0; i < budget->cores_len; i++) {
		const struct config_core *core = &budget->cores[i];
		const struct config_core *namesake = core->area ? core_of(budget, core->area) : NULL;

		if (!namesake || namesake == core)
			continue;
		config_errors_add(errors, core->mark,
			"found the area \"%s\", expected another name for it: %s is a core of that name", core->area,
			config_mark_format(arena, namesake->mark));
		good = false;
	}
	return good;
}

bool cores_read(struct arena *arena, const struct source *source, struct config_budget *budget, struct config_errors *errors)
{
	struct config_core *cores;
	struct csv csv;
	bool good;

	if (!csv_parse(arena, source, CORES_HEADER, &csv, errors))
		return false;
	good = csv.complete;
	cores = arena_array(arena, struct config_core, csv.rows_len);
	budget->cores = cores;
	budget->cores_len = 0;
	for (size_t i = 0; i < csv.rows_len; i++) {
		if (core_from_row(arena, &csv.rows[i], budget, &cores[budget->cores_len], errors))
			budget->cores_len++;
		else
			good = false;
	}
	if (good && !budget->cores_len) {
		config_errors_add(errors, (struct config_mark){ source->file, 0, 0 }, "found no cores, expected at least one");
		return false;
	}
	return check_area_names(arena, budget, errors) && good;
}

static bool owner_from_field(const struct csv_field *field, const struct config_budget *budget, struct config_line *line)
{
	line->owner_slug = field->text;
	if (str_equal(field->text, NEIGHBOURHOOD_SLUG))
		line->owner = LINE_OWNER_NEIGHBOURHOOD;
	else if (core_of(budget, field->text))
		line->owner = LINE_OWNER_CORE;
	else if (area_exists(budget, field->text))
		line->owner = LINE_OWNER_AREA;
	else
		return false;
	return true;
}

static bool kind_from_field(const struct csv_field *field, struct config_line *line)
{
	for (size_t kind = 0; kind < ARRAY_LEN(kind_words); kind++) {
		if (str_equal(field->text, kind_words[kind])) {
			line->kind = (enum line_kind)kind;
			return true;
		}
	}
	return false;
}

/* Capitals make no other line: people type the name from a phone. */
static const struct config_line *line_like(const struct config_budget *budget, const struct config_line *line)
{
	for (size_t i = 0; i < budget->lines_len; i++) {
		if (str_equal(budget->lines[i].owner_slug, line->owner_slug) && strcasecmp(budget->lines[i].name, line->name) == 0)
			return &budget->lines[i];
	}
	return NULL;
}

static bool line_from_row(struct arena *arena, const struct csv_row *row, bool cores_complete,
	const struct config_budget *budget, struct config_line *ret_line, struct config_errors *errors)
{
	const struct csv_field *fields = row->fields;
	struct config_line line = { .name = fields[LINE_NAME].text, .mark = fields[LINE_OWNER].mark };
	size_t before = errors->len + errors->more;
	const struct config_line *earlier;

	if (!owner_from_field(&fields[LINE_OWNER], budget, &line) && cores_complete)
		wrong_field(arena, &fields[LINE_OWNER], "eigenaar", "the slug of a core, the name of an area, or buurt", errors);
	if (!*line.name)
		wrong_field(arena, &fields[LINE_NAME], "potje", "the name of the line", errors);
	if (!cents_parse_csv(fields[LINE_AMOUNT].text, &line.amount) || cents_is_negative(line.amount))
		wrong_field(arena, &fields[LINE_AMOUNT], "bedrag", "an amount with a comma and two decimals and no dots, such as 1250,00", errors);
	if (!kind_from_field(&fields[LINE_KIND], &line))
		wrong_field(arena, &fields[LINE_KIND], "soort", "vrij, focus or handelingskosten", errors);
	earlier = line_like(budget, &line);
	if (earlier)
		config_errors_add(errors, fields[LINE_NAME].mark,
			"potje: found %s of %s a second time, expected it once: it stands at %s already",
			config_shown(arena, line.name), line.owner_slug, config_mark_format(arena, earlier->mark));
	*ret_line = line;
	return errors->len + errors->more == before;
}

bool lines_read(struct arena *arena, const struct source *source, bool cores_complete, struct config_budget *budget,
	struct config_errors *errors)
{
	struct config_line *lines;
	struct csv csv;
	bool good;

	if (!csv_parse(arena, source, LINES_HEADER, &csv, errors))
		return false;
	good = csv.complete;
	lines = arena_array(arena, struct config_line, csv.rows_len);
	budget->lines = lines;
	budget->lines_len = 0;
	for (size_t i = 0; i < csv.rows_len; i++) {
		if (line_from_row(arena, &csv.rows[i], cores_complete, budget, &lines[budget->lines_len], errors))
			budget->lines_len++;
		else
			good = false;
	}
	return good;
}

struct cents lines_sum(const struct config_budget *budget, enum line_kind kind)
{
	struct cents sum = cents_from_int64(0);

	for (size_t i = 0; i < budget->lines_len; i++) {
		if (budget->lines[i].kind == kind)
			sum = cents_add(sum, budget->lines[i].amount);
	}
	return sum;
}

static void check_cap(struct arena *arena, const struct config_budget *budget, const char *lines_file,
	struct config_errors *errors)
{
	struct cents handling = lines_sum(budget, LINE_KIND_HANDLING);
	struct cents cap = cents_share(budget->grant, HANDLING_CAP_PERCENT);

	if (cents_exceeds(handling, cap))
		config_errors_add(errors, (struct config_mark){ lines_file, 0, 0 },
			"found EUR %s of handelingskosten, expected at most %d%% of the grant: EUR %s",
			cents_format_csv(arena, handling), HANDLING_CAP_PERCENT, cents_format_csv(arena, cap));
}

void budget_check(const struct config_budget *budget, const char *lines_file, struct config_mark grant,
	struct arena *arena, struct config_errors *errors)
{
	struct cents sum = cents_add(cents_add(lines_sum(budget, LINE_KIND_FREE), lines_sum(budget, LINE_KIND_FOCUS)),
		lines_sum(budget, LINE_KIND_HANDLING));
	int order = cents_compare(sum, budget->grant);

	if (order != 0)
		config_errors_add(errors, (struct config_mark){ lines_file, 0, 0 },
			"found lines that add up to EUR %s, expected the grant of EUR %s (%s): EUR %s too %s", cents_format_csv(arena, sum),
			cents_format_csv(arena, budget->grant), config_mark_format(arena, grant),
			cents_format_csv(arena, order < 0 ? cents_sub(budget->grant, sum) : cents_sub(sum, budget->grant)),
			order < 0 ? "little" : "much");
	check_cap(arena, budget, lines_file, errors);
}
