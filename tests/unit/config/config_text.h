/*
 * Small configs for tests: the sections every file needs, and what comes of a text.
 */
#ifndef ROTONDE_TESTS_UNIT_CONFIG_CONFIG_TEXT_H
#define ROTONDE_TESTS_UNIT_CONFIG_CONFIG_TEXT_H

#include <string.h>

#include "base/embed.h"
#include "config/config.h"
#include "config/load.h"
#include "config/source.h"
#include "unit/cmocka_all.h"

/* Lines 1 to 8. */
#define HOOD                              \
	"neighbourhood:\n"                \
	"  name: K-buurt\n"               \
	"budget: {grant: 96000, builtin: k-buurt-2022}\n" \
	"homeserver:\n"                   \
	"  url: https://matrix.example.org\n" \
	"  user: \"@rotonde:example.org\"\n"  \
	"  credential: matrix-password\n" \
	"# line 8\n"

/* Lines 9 to 12. */
#define GROUPS                           \
	"groups:\n"                      \
	"  - kind: coordinators\n"       \
	"    room: \"!coord:example.org\"\n" \
	"# line 12\n"

/* The config of a text; NULL with errors. Everything lives in the arena. */
static inline struct config *config_of(struct arena *arena, const char *text, enum config_use use, struct config_errors *errors)
{
	struct source source;

	if (!source_check("t.yaml", text, strlen(text), &source, errors))
		return NULL;
	return config_from_source(arena, &source, SOURCE_HOME_PROGRAM, use, errors);
}

/* The text is refused with exactly these lines. */
static inline void expect_errors(const char *text, const char *golden)
{
	AUTO_ARENA arena = arena_create(64 * 1024 * 1024);
	struct config_errors errors;

	config_errors_init(&errors);
	assert_null(config_of(arena, text, CONFIG_FOR_SERVER, &errors));
	assert_string_equal(config_errors_format(arena, &errors), golden);
	config_errors_release(&errors);
}

/* The text is fine. */
static inline struct config *expect_config(struct arena *arena, const char *text, enum config_use use)
{
	struct config_errors errors;
	struct config *config;

	config_errors_init(&errors);
	config = config_of(arena, text, use, &errors);
	assert_string_equal(config_errors_format(arena, &errors), "");
	assert_non_null(config);
	config_errors_release(&errors);
	return config;
}

#endif
