#include "base/arena.h"

#include <stdbool.h>
#include <string.h>

#include "unit/cmocka_all.h"
#include "unit/death.h"

static void arena_alloc__gives__zeroed_aligned_memory(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);

	(void)state;
	for (size_t size = 1; size < 40000; size = size * 3 + 1) {
		unsigned char *memory = arena_alloc(arena, size);

		assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(memory[i], 0);
		memset(memory, 0xff, size);
	}
}

static void arena_reset__forgets__and_hands_out_zeroes_again(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	unsigned char *memory;

	(void)state;
	memset(arena_alloc(arena, 100), 0xff, 100);
	memset(arena_alloc(arena, 100 * 1024), 0xff, 100 * 1024);
	arena_reset(arena);
	assert_int_equal(arena_used(arena), 0);
	memory = arena_alloc(arena, 100);
	for (size_t i = 0; i < 100; i++)
		assert_int_equal(memory[i], 0);
}

static void arena_dup__keeps__null_and_cuts_at_n(void **state)
{
	AUTO_ARENA arena = arena_create(4096);

	(void)state;
	assert_null(arena_dup(arena, NULL));
	assert_string_equal(arena_dup(arena, ""), "");
	assert_string_equal(arena_dup_n(arena, "abcdef", 3), "abc");
	assert_string_equal(arena_printf(arena, "%s-%d", "a", 7), "a-7");
}

static void pass_the_ceiling(void)
{
	AUTO_ARENA arena = arena_create(1000);

	(void)!arena_alloc(arena, 600);
	(void)!arena_alloc(arena, 600);
}

static void ask_for_more_than_there_is(void)
{
	AUTO_ARENA arena = arena_create(1000);

	(void)!arena_alloc_array(arena, SIZE_MAX / 2, 3);
}

static void arena_alloc__dies__over_its_ceiling(void **state)
{
	(void)state;
	expect_death(pass_the_ceiling);
	expect_death(ask_for_more_than_there_is);
}

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

/* Of memory that was given back; it still stands in the first block, which the arena keeps. */
static bool is_wiped(const char *memory, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (memory[i])
			return false;
	}
	return true;
}

static void arena_create_secret__wipes__what_it_gives_back(void **state)
{
	AUTO_ARENA arena = arena_create_secret(4096);
	AUTO_ARENA open = arena_create(4096);
	struct arena_mark mark;
	const char *key, *first;

	(void)state;
	assert_true(arena_is_secret(arena));
	assert_false(arena_is_secret(open));
	first = arena_dup(arena, "kept until the reset");
	mark = arena_mark(arena);
	key = arena_dup(arena, "secret");
	arena_rewind(arena, mark);
	assert_true(is_wiped(key, sizeof "secret"));
	assert_string_equal(first, "kept until the reset");
	arena_reset(arena);
	assert_true(is_wiped(first, sizeof "kept until the reset"));
	key = arena_dup(open, "no secret");
	arena_reset(open);
	assert_false(is_wiped(key, sizeof "no secret"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_alloc__gives__zeroed_aligned_memory),
		cmocka_unit_test(arena_reset__forgets__and_hands_out_zeroes_again),
		cmocka_unit_test(arena_dup__keeps__null_and_cuts_at_n),
		cmocka_unit_test(arena_alloc__dies__over_its_ceiling),
		cmocka_unit_test(arena_rewind__gives_back__all_since_the_mark),
		cmocka_unit_test(arena_create_secret__wipes__what_it_gives_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
