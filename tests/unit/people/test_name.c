/*
 * People who call themselves alike are told apart by what they did not choose.
 */
#include "people/name.h"

#include "people/link.h"
#include "people/people.h"
#include "people/person.h"
#include "unit/scratch.h"

static const struct statements *const rooms[] = { &people_statements, &link_statements, &person_statements, NULL };
static const char *const an_ids[] = { "@an:hs" };
static const struct config_person persons[] = { { .label = "an", .name = "An", .ids = an_ids, .ids_len = 1 } };

static struct scratch scratch;
static struct config config;

static int setup(void **state)
{
	(void)state;
	config = (struct config){ .bridge = { .ghost_prefix = "whatsapp_", .ghost_server = "hs" }, .persons = persons, .persons_len = 1 };
	scratch_open(&scratch, rooms);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_close(&scratch);
	return 0;
}

static int64_t come(struct turn *turn, const char *sender, const char *name)
{
	int64_t id = person_ensure(turn, sender).id;

	person_set_name(turn, sender, name);
	return id;
}

static void assert_shown(struct turn *turn, int64_t person, const char *expected)
{
	assert_string_equal(name_shown(turn_view(turn), &config, person), expected);
}

static void share_a_name(struct turn *turn, void *context)
{
	int64_t fatima = come(turn, "@fatima:hs", "Fatima"), other;

	(void)context;
	assert_shown(turn, fatima, "Fatima");
	assert_shown(turn, come(turn, "@nobody:hs", ""), "");
	assert_shown(turn, come(turn, "@silent:hs", ""), "");
	other = come(turn, "@fatima:elders", " FÁTIMA\xe2\x80\x8b ");
	assert_shown(turn, fatima, "Fatima (@fatima:hs)");
	assert_shown(turn, other, "FÁTIMA (@fatima:elders)");
	person_set_name(turn, "@fatima:elders", "Fatima B");
	assert_shown(turn, fatima, "Fatima");
	assert_shown(turn, other, "Fatima B");
}

static void name_shown__tells_apart__who_share_a_name(void **state)
{
	(void)state;
	scratch_turn(&scratch, share_a_name, NULL);
}

static void hide_numbers(struct turn *turn, void *context)
{
	int64_t phone = come(turn, "@whatsapp_31600000012:hs", "Fatima (WA)"), lid = come(turn, "@whatsapp_lid-998877:hs", "fatima");
	int64_t elsewhere = come(turn, "@whatsapp_31600000034:elders", "Fatima");

	(void)context;
	assert_shown(turn, come(turn, "@whatsapp_31600000056:hs", "+31600000056 (WA)"), "••• (WhatsApp ··56)");
	assert_shown(turn, phone, "Fatima (WhatsApp ··12)");
	assert_shown(turn, lid, "fatima (WhatsApp ··77)");
	assert_shown(turn, elsewhere, "Fatima (··34:elders)");
}

static void name_shown__hides__the_numbers_of_whatsapp_people(void **state)
{
	(void)state;
	scratch_turn(&scratch, hide_numbers, NULL);
}

/* Whoever stands in the config is imitated first of all. */
static void imitate(struct turn *turn, void *context)
{
	struct person an;

	(void)context;
	people_import(turn, &config);
	assert_true(person_find_by_sender(turn_view(turn), "@an:hs", &an));
	assert_shown(turn, an.id, "An");
	assert_shown(turn, come(turn, "@nep:elders", "Аn"), "Аn (@nep:elders)"); /* a Cyrillic A */
	assert_shown(turn, an.id, "An (@an:hs)");
	assert_shown(turn, come(turn, "@nep2:elders", "Bep (@bep:hs)"), "Bep (@bep:hs) (@nep2:elders)");
	assert_shown(turn, come(turn, "@nep3:elders", "Bep （＠bep:hs）"), "Bep （＠bep:hs） (@nep3:elders)");
}

static void name_shown__exposes__who_imitates(void **state)
{
	(void)state;
	scratch_turn(&scratch, imitate, NULL);
}

/* What is cut off cannot make a difference. */
static void cut(struct turn *turn, void *context)
{
	int64_t one = come(turn, "@een:hs", "Fatima van de achtste verdieping een"), two = come(turn, "@twee:hs", "Fatima van de achtste verdieping\ntwee");

	(void)context;
	assert_shown(turn, one, "Fatima van de achtste verdiep… (@een:hs)");
	assert_shown(turn, two, "Fatima van de achtste verdiep… (@twee:hs)");
}

static void name_shown__compares__what_it_shows(void **state)
{
	(void)state;
	scratch_turn(&scratch, cut, NULL);
}

/* He wrote before the config named him: his row of then is nobody else. */
static void be_named(struct turn *turn, void *context)
{
	int64_t before = come(turn, "@an:hs", "An");
	struct person an;

	(void)context;
	people_import(turn, &config);
	assert_true(person_find_by_sender(turn_view(turn), "@an:hs", &an));
	assert_int_not_equal(an.id, before);
	assert_shown(turn, an.id, "An");
}

static void name_shown__takes_nobody__for_his_own_double(void **state)
{
	(void)state;
	scratch_turn(&scratch, be_named, NULL);
}

static void shout(struct turn *turn, void *context)
{
	(void)context;
	assert_shown(turn, come(turn, "@an:hs", "!stil"), "stil");
	assert_shown(turn, come(turn, "@bep:hs", " ! ！!idee bankje!"), "idee bankje!");
	assert_shown(turn, come(turn, "@cor:hs", "!!!"), "");
}

/* "{name} is al trekker" must not be a command to somebody else's bot. */
static void name_shown__never_begins__like_a_command(void **state)
{
	(void)state;
	scratch_turn(&scratch, shout, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(name_shown__tells_apart__who_share_a_name, setup, teardown),
		cmocka_unit_test_setup_teardown(name_shown__hides__the_numbers_of_whatsapp_people, setup, teardown),
		cmocka_unit_test_setup_teardown(name_shown__exposes__who_imitates, setup, teardown),
		cmocka_unit_test_setup_teardown(name_shown__compares__what_it_shows, setup, teardown),
		cmocka_unit_test_setup_teardown(name_shown__takes_nobody__for_his_own_double, setup, teardown),
		cmocka_unit_test_setup_teardown(name_shown__never_begins__like_a_command, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
