#include "command/agenda_line.h"

#include <string.h>

#include "base/str.h"
#include "unit/house.h"
#include "unit/cmocka_all.h"

static struct test_house home;
static struct arena *arena;

/* Tuesday 14 June 2022, 09:00 in Amsterdam. */
#define SENT_MS INT64_C(1655190000000)

static int setup(void **state)
{
	(void)state;
	test_house_open(&home);
	arena = arena_create(1 << 22);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	test_house_close(&home);
	arena_destroy(arena);
	return 0;
}

/* "cancel 5|regen", "add 2022-06-17T19:30:00+02:00|title|place", "add !date.missing", "remind 5|4320 60". */
static const char *read_line(const char *text)
{
	struct agenda_line line;
	const char *head;

	agenda_line_read(&home.house, arena, text, SENT_MS, &line);
	head = agenda_action_format(line.action);
	if (line.number)
		head = arena_printf(arena, "%s %lld", head, (long long)line.number);
	if (line.error)
		return arena_printf(arena, "%s !%s", head, line.error);
	if (line.action == AGENDA_ACTION_ADD)
		return arena_printf(arena, "%s %s|%s|%s", head, zone_format_iso(home.house.zone, arena, line.appointment.when.start_ms),
				    line.appointment.title, line.appointment.place ? line.appointment.place : "");
	for (size_t i = 0; i < line.offsets.len; i++)
		head = arena_printf(arena, "%s%c%d", head, i ? ' ' : '|', line.offsets.minutes[i]);
	return line.words ? arena_printf(arena, "%s|%s", head, line.words) : head;
}

static void agenda_line_read__tells__numbers_from_texts(void **state)
{
	static const char *const lines[][2] = {
		{ "", "list" },
		{ "  ", "list" },
		{ "5", "show 5" },
		{ "#5", "show 5" },
		{ "5.", "show 5" },
		{ "5 ?", "show 5" },
		{ "5 af", "cancel 5" },
		{ "5 Af: het regent", "cancel 5|het regent" },
		{ "5 afgelast, ziek", "cancel 5|ziek" },
		{ "5 cancelled", "cancel 5" },
		{ "5 off rain", "cancel 5|rain" },
		{ "5 20:30", "move 5|20:30" },
		{ "5 om half acht", "move 5|om half acht" },
		{ "5 naar 20:30", "move 5|20:30" },
		{ "5 vrijdag", "move 5|vrijdag" },
		{ "5 vrijdag 20:30", "move 5|vrijdag 20:30" },
		{ "5 to Friday 8pm", "move 5|Friday 8pm" },
		{ "5 14:00-16:00", "move 5|14:00-16:00" },
		{ "5 25:00", "move 5|25:00" },
		{ "5 herinner 3d 1u", "remind 5|4320 60" },
		{ "5 remind 1 day", "remind 5|1440" },
		{ "5 herinner niet", "remind 5" },
		{ "5 herinner", "remind 5 !duration.invalid" },
		{ "5 herinner straks", "remind 5 !duration.invalid" },
		{ "5 juni bbq", "add 2023-06-05T00:00:00+02:00|bbq|" },
		{ "5 juli 20:30 bbq", "add 2022-07-05T20:30:00+02:00|bbq|" },
		{ "5 juli 20:30", "add !title.missing" },
		{ "12 stoelen lenen vrijdag", "add 2022-06-17T00:00:00+02:00|12 stoelen lenen|" },
		{ "5 vrijdag bbq", "add 2022-06-17T00:00:00+02:00|5 bbq|" },
		{ "bbq", "add !date.missing" },
		{ "vrijdag 20:00", "add !title.missing" },
		{ "31 februari bbq", "add !date.invalid" },
		{ "vrijdag 25:00 bbq", "add !time.invalid" },
		{ "vrijdagavond bbq", "add !time.missing" },
		{ "20:00 vrijdagavond bbq", "add 2022-06-17T20:00:00+02:00|bbq|" },
		{ "8 uur vrijdagavond bbq", "add 2022-06-17T20:00:00+02:00|bbq|" },
		{ "13 juni 2022 bbq", "add !date.past" },
		{ "26 maart 2023 02:30 bbq", "add !time.invalid" },
		{ "0 af", "add !date.missing" },
		{ "99999999 af", "add !date.missing" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		assert_string_equal(arena_printf(arena, "%s -> %s", lines[i][0], read_line(lines[i][0])),
				    arena_printf(arena, "%s -> %s", lines[i][0], lines[i][1]));
}

static void agenda_line_read__reads__the_flyer(void **state)
{
	static const char *const lines[][2] = {
		{ "WOENSDAGAVOND 15 JUNI 20:00, bijeenkomst actieve bewoners, HRHolst, iedereen welkom",
		  "add 2022-06-15T20:00:00+02:00|bijeenkomst actieve bewoners, iedereen welkom|HRHolst" },
		{ "elke donderdag 10:00 koffie in de Koornhorst", "add 2022-06-16T10:00:00+02:00|koffie|Koornhorst" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		assert_string_equal(read_line(lines[i][0]), lines[i][1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agenda_line_read__tells__numbers_from_texts),
		cmocka_unit_test(agenda_line_read__reads__the_flyer),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
