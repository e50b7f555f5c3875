#include "base/ident.h"

#include <string.h>

#include "unit/cmocka_all.h"

static void ident_is_user__knows_the_grammar(void **state)
{
	static const char *const good[] = {
		"@a:b", "@whatsapp_lid-123:example.org:8448", "@Old/Style=:[::1]:80", "@x:127.0.0.1",
	};
	static const char *const bad[] = {
		"", "@", "@a", "@:b", "@a:", "a:b", "@a b:c", "@a\xef\xbf\xbd@evil:y", "@a:b/c", "@a:b:c",
		"@a:b:123456", "@a\n:b",
	};

	(void)state;
	assert_false(ident_is_user(NULL));
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(ident_is_user(good[i]));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(ident_is_user(bad[i]));
}

static void ident_is_user__refuses__more_than_255_bytes(void **state)
{
	char id[300];

	(void)state;
	(void)snprintf(id, sizeof id, "@%0252d:b", 0);
	assert_int_equal(strlen(id), 255);
	assert_true(ident_is_user(id));
	(void)snprintf(id, sizeof id, "@%0253d:b", 0);
	assert_false(ident_is_user(id));
}

static void ident_is_room__takes__rooms_without_server(void **state)
{
	(void)state;
	assert_true(ident_is_room("!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM"));
	assert_true(ident_is_room("!old:example.org"));
	assert_false(ident_is_room("#alias:example.org"));
	assert_false(ident_is_room("!"));
	assert_false(ident_is_event("!a"));
	assert_true(ident_is_event("$old:example.org"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ident_is_user__knows_the_grammar),
		cmocka_unit_test(ident_is_user__refuses__more_than_255_bytes),
		cmocka_unit_test(ident_is_room__takes__rooms_without_server),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
