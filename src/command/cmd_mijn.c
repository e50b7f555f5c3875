/*
 * !mijn   what is kept of whoever asks, told to him alone
 */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/str.h"
#include "command/answer.h"
#include "command/memories.h"
#include "command/records.h"
#include "people/forget.h"
#include "people/name.h"
#include "people/private.h"
#include "say/proposal_words.h"
#include "store/outbox.h"
#include "text/unicode.h"

/* The roles, for who leads many cores, in characters. All of it stays within 600. */
enum { NUMBERS_MAX = 8, ROLES_SHOWN_MAX = 120 };

/* He is waiting for it; tomorrow he asks again. */
#define USEFUL_MS MS_PER_DAY

/* "12, 7"; what is more than can be shown ends in "…". NULL for none. */
static const char *numbers(struct view *view, const struct memory *memory, const struct memory_told *told, int64_t person)
{
	struct arena *arena = view_arena(view);
	const char *words = NULL;
	size_t len;
	const int64_t *list = memory_numbers(view, memory, told, person, NUMBERS_MAX + 1, &len);

	for (size_t i = 0; i < len && i < NUMBERS_MAX; i++)
		words = words ? arena_printf(arena, "%s, %" PRId64, words, list[i]) : arena_printf(arena, "%" PRId64, list[i]);
	return len > NUMBERS_MAX ? arena_printf(arena, "%s, …", words) : words;
}

/* One line of what a room remembers; NULL when that is nothing. */
static const char *line(const struct reader *reader, const struct memory *memory, const struct memory_told *told, int64_t person)
{
	const char *words;
	int64_t count;

	switch (told->as) {
	case MEMORY_NUMBERS:
		words = numbers(reader->view, memory, told, person);
		return words ? SAY_TO(reader, told->key, MSG_TEXT("numbers", words)) : NULL;
	case MEMORY_COUNT:
		count = memory_count(reader->view, memory, told, person);
		return count ? SAY_TO(reader, told->key, MSG_INT("count", count)) : NULL;
	}
	die("memory of kind %d", (int)told->as);
}

static const char *add_memories(const struct reader *reader, const char *words, int64_t person)
{
	for (size_t i = 0; memories[i]; i++) {
		for (const struct memory_told *told = memories[i]->told; told && told->key; told++) {
			const char *more = line(reader, memories[i], told, person);

			if (more)
				words = arena_printf(view_arena(reader->view), "%s\n%s", words, more);
		}
	}
	return words;
}

static const char *roles(const struct request *request, const struct reader *reader)
{
	static const enum role offices[] = { ROLE_COORDINATOR, ROLE_TREASURER, ROLE_AUDITOR };
	struct arena *arena = view_arena(reader->view);
	const char *words = NULL;
	size_t len;
	const struct core *cores = core_list(reader->view, &len);

	for (size_t i = 0; i < ARRAY_LEN(offices); i++) {
		if (actor_has(&request->actor, offices[i]))
			words = arena_printf(arena, "%s%s%s", words ? words : "", words ? ", " : "", role_words_name(reader, offices[i], 0));
	}
	for (size_t i = 0; i < len; i++) {
		if (actor_leads(reader->view, &request->actor, cores[i].id))
			words = arena_printf(arena, "%s%s%s", words ? words : "", words ? ", " : "", role_words_name(reader, ROLE_LEAD, cores[i].id));
	}
	return words;
}

static const char *compose(const struct request *request)
{
	const struct reader reader = request_reader(request);
	struct arena *arena = view_arena(reader.view);
	const char *name = name_shown(reader.view, request->house->config, request->person.id), *tasks = roles(request, &reader);
	const char *words = SAY_TO(&reader, "mine.title");

	words = arena_printf(arena, "%s\n%s", words,
	                     str_empty(name) ? SAY_TO(&reader, "mine.no_name") : SAY_TO(&reader, "mine.name", MSG_TEXT("name", name)));
	words = arena_printf(arena, "%s\n%s", words, SAY_TO(&reader, "mine.ids", MSG_INT("count", forget_count_ids(reader.view, request->person.id))));
	if (request->person.has_language)
		words = arena_printf(arena, "%s\n%s", words, SAY_TO(&reader, "mine.language", MSG_TEXT("language", language_format(request->person.language))));
	if (tasks)
		words = arena_printf(arena, "%s\n%s", words, SAY_TO(&reader, "mine.roles", MSG_TEXT("roles", unicode_cut(arena, tasks, ROLES_SHOWN_MAX))));
	words = add_memories(&reader, words, request->person.id);
	return arena_printf(arena, "%s\n%s", words, SAY_TO(&reader, "mine.forget"));
}

static enum command_end run(struct request *request)
{
	struct group alone;

	if (request->group.kind == GROUP_KIND_PRIVATE) {
		request->answer = compose(request);
		return COMMAND_DONE;
	}
	if (!private_group_find(turn_view(request->turn), request->person.id, &alone)) {
		ANSWER(request, "mine.alone");
		return COMMAND_DONE;
	}
	(void)outbox_add(request->turn, &(struct outbox_message){
		.room = alone.room,
		.body = compose(request),
		.expires_at_ms = turn_now_ms(request->turn) + USEFUL_MS,
	});
	ANSWER(request, "mine.sent");
	return COMMAND_DONE;
}

const struct command cmd_mijn = {
	.name = "mijn",
	.english = "mine",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_OTHER,
	.help = "help.mijn",
	.run = run,
};
