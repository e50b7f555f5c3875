/* Whatever a translator types in a locale file: a pattern that speaks, or an error with a place. */
#include "fuzz/fuzz.h"
#include "text/pattern.h"

static void count_use(void *context, const char *name, enum pattern_use use)
{
	size_t *uses = context;

	INVARIANT(!str_empty(name));
	(void)use;
	++*uses;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct message_arg args[] = {
		{ .name = "n", .kind = MESSAGE_INT, .number = 1017 },
		{ .name = "name", .kind = MESSAGE_TEXT, .text = "één {n}" },
		{ .name = "left", .kind = MESSAGE_CENTS },
	};
	AUTO_ARENA arena = arena_create((8 << 20) + 256 * size);
	const char *text = fuzz_text(arena, data, size), *name, *said;
	struct pattern_voice voice = { .language = LANGUAGE_NL };
	struct UPluralRules *rules;
	const struct pattern *pattern;
	struct pattern_error error;
	size_t uses = 0;

	if (!text)
		return 0;
	pattern = pattern_compile(arena, text, &error);
	if (!pattern) {
		INVARIANT(error.what && error.offset <= size);
		return 0;
	}
	voice.plurals = rules = plural_rules_open(LANGUAGE_NL);
	pattern_visit(pattern, count_use, &uses);
	(void)!pattern_check_plurals(pattern, rules, arena);
	said = pattern_format(pattern, &voice, arena, args, ARRAY_LEN(args), &name);
	INVARIANT(said ? utf8_valid(said, strlen(said)) : uses > 0 && !str_empty(name));
	plural_rules_close(rules);
	return 0;
}
