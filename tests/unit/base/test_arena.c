#include "base/arena.h"

#include <string.h>

#include "unit/cmocka_all.h"

static void arena_rewind__gives_back__all_since_the_mark(void **state)
{
	AUTO_ARENA arena = arena_create(200 * 1024);
	const char *kept = arena_dup(arena, "kept");
	struct arena_mark mark = arena_mark(arena);

	(void)state;
	/* Ten times what the ceiling allows, in pieces both smaller and larger than a block. */
	for (int i = 0; i < 40; i++) {
		memset(arena_alloc(arena, 40 * 1024), 'x', 40 * 1024);
		memset(arena_alloc(arena, 10 * 1024), 'y', 10 * 1024);
		arena_rewind(arena, mark);
	}
	assert_int_equal(arena_used(arena), mark.used);
	assert_string_equal(kept, "kept");
	assert_string_equal(arena_dup(arena, "next"), "next");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_rewind__gives_back__all_since_the_mark),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
