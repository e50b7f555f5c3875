#include "config/check.h"

#include "unit/config/config_text.h"

static void check_groups__refuses__two_cores_with_one_room(void **state)
{
	(void)state;
	expect_errors(HOOD GROUPS
		"  - core: kruitberg\n    room: \"!a:example.org\"\n"
		"  - core: koornhorst\n    room: \"!a:example.org\"\n",
		"t.yaml:16:11: room: found \"!a:example.org\" for the core koornhorst, expected a room of its own: "
		"the core kruitberg has it at t.yaml:14:11 already\n");
}

static void check_groups__refuses__one_room_twice(void **state)
{
	(void)state;
	expect_errors(HOOD GROUPS "  - {core: kruitberg, room: \"!coord:example.org\"}\n",
		"t.yaml:13:29: room: found \"!coord:example.org\" a second time, expected it once: it stands at t.yaml:11:11 already\n");
	expect_errors(HOOD GROUPS
		"  - {core: kruitberg, channel: 123@g.us}\n  - {core: koornhorst, channel: 123@g.us}\n"
		"bridge: {bot: \"@whatsappbot:example.org\"}\n",
		"t.yaml:14:33: channel: found \"123@g.us\" a second time, expected it once: it stands at t.yaml:13:32 already\n");
}

static void check_groups__refuses__an_unknown_core(void **state)
{
	(void)state;
	expect_errors(HOOD GROUPS "  - {core: kruitburg, room: \"!a:b\"}\n",
		"t.yaml:13:12: found the core \"kruitburg\", expected one of the slugs in the cores file\n");
}

static void check_groups__wants__coordinators_once(void **state)
{
	(void)state;
	expect_errors(HOOD "groups:\n  - {core: kruitberg, room: \"!a:b\"}\n",
		"t.yaml:10:3: found no group of kind coordinators, expected one: it is told when something is wrong\n");
	expect_errors(HOOD GROUPS "  - {kind: coordinators, slug: more, room: \"!a:b\"}\n",
		"t.yaml:13:12: kind: found \"coordinators\" a second time, expected it once: it stands at t.yaml:10:11 already\n");
}

static void check_groups__wants__a_room_or_a_channel(void **state)
{
	(void)state;
	expect_errors(HOOD GROUPS "  - core: kruitberg\n",
		"t.yaml:13:5: found a group without room, expected room: \"!...\" or channel: ...@g.us\n");
	expect_errors(HOOD GROUPS "  - {core: kruitberg, room: \"!a:b\", channel: 1@g.us, bridge_bot: \"@w:b\"}\n",
		"t.yaml:13:46: found both room and channel, expected one of them\n");
	expect_errors(HOOD GROUPS "  - {core: kruitberg, room: \"#kruitberg:b\"}\n",
		"t.yaml:13:29: room: found \"#kruitberg:b\", expected a room id in quotes, such as \"!abcdef:example.org\" (no #alias)\n");
	expect_errors(HOOD GROUPS "  - {core: kruitberg, channel: kruitberg}\n",
		"t.yaml:13:32: channel: found \"kruitberg\", expected a WhatsApp group, such as 120363041234567890@g.us\n");
}

static void check_groups__tells_kinds_apart(void **state)
{
	(void)state;
	expect_errors(HOOD GROUPS "  - {room: \"!a:b\"}\n",
		"t.yaml:13:5: found a group without core, expected core: SLUG or another kind\n");
	expect_errors(HOOD GROUPS "  - {kind: audit, core: kruitberg, main: true, room: \"!a:b\"}\n",
		"t.yaml:13:25: found the key \"core\" for the audit group, expected it for a core's group only\n"
		"t.yaml:13:42: found the key \"main\" for the audit group, expected it for a core's group only\n");
	expect_errors(HOOD GROUPS "  - {kind: flat, room: \"!a:b\"}\n",
		"t.yaml:13:12: kind: found \"flat\", expected core, coordinators, audit or neighbourhood\n");
}

static void check_groups__wants__one_main_group_per_core(void **state)
{
	(void)state;
	expect_errors(HOOD GROUPS
		"  - {core: kleiburg, room: \"!a:b\"}\n  - {core: kleiburg, slug: kleiburg-2, room: \"!b:b\"}\n",
		"t.yaml:13:5: found 2 groups of kleiburg and none that is main, expected main: true in one\n");
	expect_errors(HOOD GROUPS
		"  - {core: kleiburg, room: \"!a:b\", main: true}\n  - {core: kleiburg, slug: kleiburg-2, room: \"!b:b\", main: true}\n",
		"t.yaml:14:5: found a second main group of kleiburg, expected one: the other stands at t.yaml:13:5\n");
}

static void check_groups__refuses__one_slug_twice(void **state)
{
	(void)state;
	expect_errors(HOOD GROUPS
		"  - {core: kleiburg, room: \"!a:b\", main: true}\n  - {core: kleiburg, room: \"!b:b\"}\n",
		"t.yaml:14:12: slug: found \"kleiburg\" a second time, expected it once: it stands at t.yaml:13:12 already\n");
	expect_errors(HOOD GROUPS "  - {core: kleiburg, slug: Klei burg, room: \"!a:b\"}\n",
		"t.yaml:13:28: slug: found \"Klei burg\", expected a short name of a-z, 0-9 and single dashes, such as kern-19\n");
}

static void check_groups__wants__a_bridge_bot(void **state)
{
	(void)state;
	expect_errors(HOOD GROUPS "  - {core: kruitberg, channel: 1@g.us}\n",
		"t.yaml:13:5: found a bridged group without a bridge bot, expected bridge_bot here or bot in bridge\n");
	expect_errors(HOOD GROUPS "  - {core: kruitberg, channel: 1@g.us, bridge_bot: \"@w:b\", bridged: false}\n",
		"t.yaml:13:69: bridged: found \"false\" for a group with a channel or bridge_bot, expected true or nothing\n");
}

static void check_groups__settles__bridge_type_language_and_main(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	const struct config *config = expect_config(arena,
		HOOD GROUPS
		"  - {core: kruitberg, channel: 120-5@g.us}\n"
		"  - {core: koornhorst, room: \"!k:b\", bridged: true, message_type: m.notice, language: en}\n"
		"bridge: {bot: \"@whatsappbot:example.org\"}\n",
		CONFIG_FOR_SERVER);
	const struct config_group *bridged = config_group_of_channel(config, "120-5@g.us");
	const struct config_group *native = config_group_of_room(config, "!coord:example.org");
	const struct config_group *odd = config_main_group(config, "koornhorst");

	(void)state;
	assert_string_equal(bridged->slug, "kruitberg");
	assert_true(bridged->bridged && bridged->as_text && bridged->main);
	assert_string_equal(bridged->bridge_bot, "@whatsappbot:example.org");
	assert_int_equal(bridged->language, LANGUAGE_NL);
	assert_true(!native->bridged && !native->as_text && !native->bridge_bot);
	assert_string_equal(native->slug, "coordinators");
	assert_true(odd->bridged && !odd->as_text);
	assert_int_equal(odd->language, LANGUAGE_EN);
	assert_true(config_may_invite(config, "@whatsappbot:example.org"));
	assert_false(config_may_invite(config, "@somebody:example.org"));
}

static void check_persons__refuses__one_id_in_two_persons(void **state)
{
	(void)state;
	expect_errors(HOOD GROUPS "persons:\n  fatima: {ids: [\"@f:b\"]}\n  piet: {ids: [\"@p:b\", \"@f:b\"]}\n",
		"t.yaml:15:15: ids: found \"@f:b\" for piet, expected an id of one person: fatima has it at t.yaml:14:3 already\n");
}

static void check_persons__refuses__our_own_id(void **state)
{
	(void)state;
	expect_errors(HOOD GROUPS "persons:\n  bot: {ids: [\"@rotonde:example.org\"]}\n",
		"t.yaml:14:14: ids: found \"@rotonde:example.org\", expected a person's: that is the bot itself\n");
}

static void check_persons__wants__ids_known_cores_and_roles(void **state)
{
	(void)state;
	expect_errors(HOOD GROUPS "persons:\n  fatima: {name: Fatima}\n  Piet: {ids: [\"@p:b\"]}\n  jan: {ids: []}\n",
		"t.yaml:14:3: found no ids of fatima, expected at least one\n"
		"t.yaml:15:3: found \"Piet\", expected a short name of a-z, 0-9 and single dashes\n"
		"t.yaml:16:3: found no ids of jan, expected at least one\n");
	expect_errors(HOOD GROUPS "persons:\n  fatima: {ids: [\"@f:b\"], lead: [nergens, kruitberg, kruitberg]}\n",
		"t.yaml:14:33: found the core \"nergens\", expected one of the slugs in the cores file\n"
		"t.yaml:14:33: lead: found \"kruitberg\" twice, expected it once\n");
	expect_errors(HOOD GROUPS "persons:\n  fatima: {ids: [\"@f:b\"], roles: [lead, boss], lead: kruitberg}\n",
		"t.yaml:14:35: found \"lead\", expected the cores somebody leads under a key of their own, lead: [kruitberg]\n"
		"t.yaml:14:41: found \"boss\", expected resident, coordinator, treasurer or auditor\n"
		"t.yaml:14:54: lead: found \"kruitberg\", expected a list of short names, such as [kruitberg, kern-19]\n");
}

static void check_persons__settles__roles_and_name(void **state)
{
	AUTO_ARENA arena = arena_create(1024 * 1024);
	const struct config *config = expect_config(arena,
		HOOD GROUPS "persons:\n  fatima: {ids: [\"@f:b\", \"@whatsapp_lid-1:b\"], roles: [auditor, treasurer], lead: [kruitberg], language: en}\n",
		CONFIG_FOR_SERVER);
	const struct config_person *fatima = config_person_of(config, "@whatsapp_lid-1:b");

	(void)state;
	assert_string_equal(fatima->name, "fatima");
	assert_int_equal(fatima->roles, 1u << ROLE_RESIDENT | 1u << ROLE_LEAD | 1u << ROLE_AUDITOR | 1u << ROLE_TREASURER);
	assert_true(fatima->has_language);
	assert_int_equal(fatima->language, LANGUAGE_EN);
	assert_null(config_person_of(config, "@F:b"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(check_groups__refuses__two_cores_with_one_room),
		cmocka_unit_test(check_groups__refuses__one_room_twice),
		cmocka_unit_test(check_groups__refuses__an_unknown_core),
		cmocka_unit_test(check_groups__wants__coordinators_once),
		cmocka_unit_test(check_groups__wants__a_room_or_a_channel),
		cmocka_unit_test(check_groups__tells_kinds_apart),
		cmocka_unit_test(check_groups__wants__one_main_group_per_core),
		cmocka_unit_test(check_groups__refuses__one_slug_twice),
		cmocka_unit_test(check_groups__wants__a_bridge_bot),
		cmocka_unit_test(check_groups__settles__bridge_type_language_and_main),
		cmocka_unit_test(check_persons__refuses__one_id_in_two_persons),
		cmocka_unit_test(check_persons__refuses__our_own_id),
		cmocka_unit_test(check_persons__wants__ids_known_cores_and_roles),
		cmocka_unit_test(check_persons__settles__roles_and_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
