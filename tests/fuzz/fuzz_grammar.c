/* Whatever people say in a group: a command of the table, a slip, or nothing. */
#include "command/grammar.h"

#include "fuzz/fuzz.h"

static const struct command idee = { .name = "idee", .english = "idea" };
static const struct command ideeen = { .name = "ideeen", .english = "ideas" };
static const struct command bon = { .name = "bon", .english = "receipt", .aliases = (const char *const[]){ "bonnetje", NULL } };
static const struct command budget = { .name = "budget", .english = "budget" };
static const struct command *const table[] = { &idee, &ideeen, &bon, &budget, NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA arena = arena_create((1 << 20) + 256 * size);
	const char *text = fuzz_text(arena, data, size);
	struct grammar_line line;

	if (!text)
		return 0;
	switch (grammar_find(arena, text, table, &line)) {
	case GRAMMAR_NONE:
		return 0;
	case GRAMMAR_COMMAND:
	case GRAMMAR_NEAR_MISS:
		INVARIANT(line.command && !str_empty(line.word));
		break;
	case GRAMMAR_UNKNOWN:
		INVARIANT(!line.command);
		break;
	}
	INVARIANT(!str_empty(line.typed) && utf8_valid(line.typed, strlen(line.typed)));
	INVARIANT(utf8_valid(line.rest, strlen(line.rest)));
	return 0;
}
