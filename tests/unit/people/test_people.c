/*
 * What the config says of people and groups, taken over at every start; and what a room may claim.
 */
#include "people/people.h"

#include "people/actor.h"
#include "people/group.h"
#include "people/link.h"
#include "people/person.h"
#include "people/room.h"
#include "unit/scratch.h"

static const struct statements *const rooms[] = { &people_statements, &person_statements, &actor_statements, &group_statements, &room_statements, &link_statements, NULL };

static const struct config_core cores[] = { { .slug = "kruitberg", .name = "Kruitberg" }, { .slug = "hrholst", .name = "Holst" } };
static const char *const an_ids[] = { "@an:hs", "@whatsapp_31600000001:hs" };
static const char *const leads[] = { "kruitberg" };
static const struct config_group groups[] = {
	{ .kind = GROUP_KIND_CORE, .slug = "kruitberg", .core = "kruitberg", .room = "!k:hs", .main = true },
	{ .kind = GROUP_KIND_CORE, .slug = "hrholst", .core = "hrholst", .channel = "1@g.us", .bridge_bot = "@bot:hs", .bridged = true },
};

static struct scratch scratch;
static struct config config;
static struct config_person persons[1];

static int setup(void **state)
{
	(void)state;
	persons[0] = (struct config_person){ .label = "an", .name = "An", .ids = an_ids, .ids_len = 2, .roles = 1u << ROLE_RESIDENT };
	config = (struct config){ .budget = { .cores = cores, .cores_len = 2 }, .groups = groups, .groups_len = 2, .persons = persons, .persons_len = 1 };
	scratch_open(&scratch, rooms);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_close(&scratch);
	return 0;
}

static void import(struct turn *turn, void *context)
{
	(void)context;
	people_import(turn, &config);
}

static struct actor actor_of(struct turn *turn, const char *sender)
{
	struct person person;

	assert_true(person_find_by_sender(turn_view(turn), sender, &person));
	return actor_get(turn_view(turn), person.id, TRUST_DIRECT);
}

static void check_lead(struct turn *turn, void *context)
{
	const bool *leads_it = context;
	struct actor actor = actor_of(turn, "@an:hs");
	struct core core;

	assert_true(core_find(turn_view(turn), "kruitberg", &core));
	assert_int_equal(actor_leads(turn_view(turn), &actor, core.id), *leads_it);
	assert_int_equal(actor_has(&actor, ROLE_TREASURER), !*leads_it);
}

static void people_import__follows__roles_that_change(void **state)
{
	bool leads_it = true;

	(void)state;
	persons[0].leads = leads;
	persons[0].leads_len = 1;
	persons[0].roles |= 1u << ROLE_LEAD;
	scratch_turn(&scratch, import, NULL);
	scratch_turn(&scratch, import, NULL);
	scratch_turn(&scratch, check_lead, &leads_it);
	persons[0].leads_len = 0;
	persons[0].roles = 1u << ROLE_RESIDENT | 1u << ROLE_TREASURER;
	leads_it = false;
	scratch_turn(&scratch, import, NULL);
	scratch_turn(&scratch, check_lead, &leads_it);
}

static void write_first(struct turn *turn, void *context)
{
	int64_t *id = context;

	*id = person_ensure(turn, "@an:hs").id;
	assert_int_equal(person_ensure(turn, "@an:hs").id, *id);
}

static void check_named(struct turn *turn, void *context)
{
	const int64_t *old = context;
	struct person an, phone;

	assert_true(person_find_by_sender(turn_view(turn), "@an:hs", &an));
	assert_true(person_find_by_sender(turn_view(turn), "@whatsapp_31600000001:hs", &phone));
	assert_int_equal(an.id, phone.id);
	assert_string_equal(an.name, "An");
	assert_int_not_equal(an.id, *old);
	/* What he did before stands under the person he was then. */
	assert_string_equal(person_get(turn_view(turn), *old).name, "");
	person_set_name(turn, "@an:hs", "Koning van de buurt");
	assert_string_equal(person_get(turn_view(turn), an.id).name, "An");
}

static void people_import__names__who_wrote_before(void **state)
{
	int64_t old = 0;

	(void)state;
	scratch_turn(&scratch, write_first, &old);
	scratch_turn(&scratch, import, NULL);
	scratch_turn(&scratch, check_named, &old);
}

static struct room told(struct turn *turn, const struct room_update *update)
{
	return room_update(turn, &config, update);
}

static void claim_channels(struct turn *turn, void *context)
{
	struct group group;
	struct room room;

	(void)context;
	people_import(turn, &config);
	room = told(turn, &(struct room_update){ .room = "!x:hs", .membership = MEMBERSHIP_JOINED, .bridge_channel = "1@g.us", .bridge_bot = "@evil:hs" });
	assert_int_equal(room.group, 0);
	room = told(turn, &(struct room_update){ .room = "!y:hs", .membership = MEMBERSHIP_JOINED, .bridge_channel = "1@g.us" });
	assert_int_equal(room.group, 0);
	room = told(turn, &(struct room_update){ .room = "!p:hs", .membership = MEMBERSHIP_JOINED, .bridge_channel = "1@g.us", .bridge_bot = "@bot:hs" });
	assert_true(group_find_by_room(turn_view(turn), "!p:hs", &group));
	assert_string_equal(group.name, "hrholst");
	/* Later batches need not repeat it. */
	assert_int_equal(told(turn, &(struct room_update){ .room = "!p:hs", .membership = MEMBERSHIP_JOINED }).group, group.id);
}

static void room_update__believes__the_bridge_bot_alone(void **state)
{
	(void)state;
	scratch_turn(&scratch, claim_channels, NULL);
}

static void forget_group(struct turn *turn, void *context)
{
	struct group group;
	size_t len;

	(void)context;
	people_import(turn, &config);
	assert_int_not_equal(told(turn, &(struct room_update){ .room = "!k:hs", .membership = MEMBERSHIP_JOINED }).group, 0);
	(void)group_list(turn_view(turn), 0, false, &len);
	assert_int_equal(len, 1);
	config.groups = groups + 1;
	config.groups_len = 1;
	people_import(turn, &config);
	(void)group_list(turn_view(turn), 0, false, &len);
	assert_int_equal(len, 0);
	assert_int_equal(told(turn, &(struct room_update){ .room = "!k:hs", .membership = MEMBERSHIP_JOINED }).group, 0);
	assert_true(group_find(turn_view(turn), "kruitberg", &group));
}

static void room_update__forgets__a_group_taken_out_of_the_config(void **state)
{
	(void)state;
	scratch_turn(&scratch, forget_group, NULL);
}

static void keep_private(struct turn *turn, void *context)
{
	int64_t group;

	(void)context;
	people_import(turn, &config);
	(void)told(turn, &(struct room_update){ .room = "!d:hs", .membership = MEMBERSHIP_JOINED });
	room_make_private(turn, "!d:hs", "@an:hs", LANGUAGE_NL);
	group = room_get(turn_view(turn), "!d:hs").group;
	assert_int_not_equal(group, 0);
	assert_int_equal(told(turn, &(struct room_update){ .room = "!d:hs", .membership = MEMBERSHIP_JOINED }).group, group);
}

static void room_update__keeps__private_rooms(void **state)
{
	(void)state;
	scratch_turn(&scratch, keep_private, NULL);
}

static void encrypt(struct turn *turn, void *context)
{
	(void)context;
	people_import(turn, &config);
	assert_true(told(turn, &(struct room_update){ .room = "!k:hs", .membership = MEMBERSHIP_JOINED, .encryption = &(struct room_encryption){ .algorithm = "" } }).encrypted);
	assert_true(told(turn, &(struct room_update){ .room = "!k:hs", .membership = MEMBERSHIP_JOINED }).encrypted);
}

static void room_update__never_takes_back__encryption(void **state)
{
	(void)state;
	scratch_turn(&scratch, encrypt, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(people_import__follows__roles_that_change, setup, teardown),
		cmocka_unit_test_setup_teardown(people_import__names__who_wrote_before, setup, teardown),
		cmocka_unit_test_setup_teardown(room_update__believes__the_bridge_bot_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(room_update__forgets__a_group_taken_out_of_the_config, setup, teardown),
		cmocka_unit_test_setup_teardown(room_update__keeps__private_rooms, setup, teardown),
		cmocka_unit_test_setup_teardown(room_update__never_takes_back__encryption, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
