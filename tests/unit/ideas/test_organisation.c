#include "ideas/organisation.h"

#include "unit/cmocka_all.h"

static void organisation_speaks__hears__who_has_the_idea(void **state)
{
	(void)state;
	assert_true(organisation_speaks("onze kerk wil een kerstmaaltijd geven"));
	assert_true(organisation_speaks("kunnen wij van de moskee een open dag houden?"));
	assert_true(organisation_speaks("namens stichting de brug: zomerkamp"));
	assert_true(organisation_speaks("on behalf of the foundation: a summer school"));
	assert_false(organisation_speaks("bankje bij de kerk"));
	assert_false(organisation_speaks("feest in het buurtcentrum"));
	assert_false(organisation_speaks("onze kerktoren schilderen"));
	assert_false(organisation_speaks("bonze kerk"));
	assert_false(organisation_speaks(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(organisation_speaks__hears__who_has_the_idea),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
