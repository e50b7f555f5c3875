/*
 * The house with the K-buurt example in it, for unit tests of what leans on words and clocks.
 */
#ifndef ROTONDE_TESTS_HOUSE_H
#define ROTONDE_TESTS_HOUSE_H

#include "base/die.h"
#include "config/config.h"
#include "people/house.h"
#include "text/message.h"
#include "text/zone.h"

struct test_house {
	struct house house;
	struct config *config;
	struct catalogue *catalogue;
};

static inline void test_house_open(struct test_house *test)
{
	test->config = config_builtin();
	test->catalogue = catalogue_create();
	test->house = (struct house){ .config = test->config, .catalogue = test->catalogue, .zone = zone_open("Europe/Amsterdam") };
	if (!test->house.zone)
		die("no time zone data");
}

static inline void test_house_close(struct test_house *test)
{
	zone_close(test->house.zone);
	catalogue_destroy(test->catalogue);
	config_destroy(test->config);
}

#endif
