#include "crypto/outbound_cache.h"

#include <stdio.h>

#include "base/arena.h"
#include "crypto/olm.h"
#include "unit/cmocka_all.h"

/* More than it holds. */
enum { MANY = 200 };

static struct outbound_cache *cache;

static int setup(void **state)
{
	(void)state;
	cache = outbound_cache_create();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	outbound_cache_destroy(cache);
	return 0;
}

/* A new ratchet, at index 0, kept under this name. */
static struct group_outbound *add(const char *id)
{
	struct group_outbound *group;

	outbound_cache_reserve(cache);
	group = group_outbound_create(outbound_cache_arena(cache));
	outbound_cache_add(cache, id, group);
	return group;
}

static void step(struct group_outbound *group)
{
	assert_non_null(group_outbound_encrypt(group, "hallo", 5));
}

static void outbound_cache_find__gives__the_ratchet_at_the_rows_index(void **state)
{
	struct group_outbound *one = add("one"), *two = add("two");

	(void)state;
	assert_ptr_equal(outbound_cache_find(cache, "one", 0), one);
	assert_ptr_equal(outbound_cache_find(cache, "two", 0), two);
	assert_null(outbound_cache_find(cache, "three", 0));
	step(one);
	assert_ptr_equal(outbound_cache_find(cache, "one", 1), one);
}

/* A ratchet whose turn was dropped is ahead of its row; one that is behind was stepped elsewhere. */
static void outbound_cache_find__gives_nothing__at_another_index(void **state)
{
	struct group_outbound *one = add("one");

	(void)state;
	assert_null(outbound_cache_find(cache, "one", 1));
	step(one);
	assert_null(outbound_cache_find(cache, "one", 0));
}

/* The row was opened again: what is added last stands for its session, and the one that is ahead never comes back. */
static void outbound_cache_find__gives__the_newest_of_a_session_alone(void **state)
{
	struct group_outbound *ahead = add("one"), *again;

	(void)state;
	step(ahead);
	again = add("one");
	assert_ptr_equal(outbound_cache_find(cache, "one", 0), again);
	assert_null(outbound_cache_find(cache, "one", 1));
	step(again);
	assert_ptr_equal(outbound_cache_find(cache, "one", 1), again);
}

static void outbound_cache_drop__forgets__all(void **state)
{
	(void)state;
	(void)add("one");
	(void)add("two");
	outbound_cache_drop(cache);
	assert_null(outbound_cache_find(cache, "one", 0));
	assert_null(outbound_cache_find(cache, "two", 0));
	outbound_cache_drop(NULL);
}

static void outbound_cache_reserve__makes_room__for_ever(void **state)
{
	struct group_outbound *newest;
	char id[16];

	(void)state;
	for (int i = 0; i < MANY; i++) {
		snprintf(id, sizeof id, "%d", i);
		newest = add(id);
		assert_ptr_equal(outbound_cache_find(cache, id, 0), newest);
	}
	assert_null(outbound_cache_find(cache, "0", 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(outbound_cache_find__gives__the_ratchet_at_the_rows_index, setup, teardown),
		cmocka_unit_test_setup_teardown(outbound_cache_find__gives_nothing__at_another_index, setup, teardown),
		cmocka_unit_test_setup_teardown(outbound_cache_find__gives__the_newest_of_a_session_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(outbound_cache_drop__forgets__all, setup, teardown),
		cmocka_unit_test_setup_teardown(outbound_cache_reserve__makes_room__for_ever, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
