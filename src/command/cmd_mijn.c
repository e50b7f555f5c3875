/*
 * !mijn   what is kept of whoever asks, told to him alone
 */
#include <inttypes.h>

#include "agenda/person_events.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/str.h"
#include "budget/person_receipts.h"
#include "command/answer.h"
#include "command/records.h"
#include "ideas/person_ideas.h"
#include "people/forget.h"
#include "people/name.h"
#include "people/private.h"
#include "say/proposal_words.h"
#include "store/outbox.h"
#include "text/unicode.h"

/* In characters; the roles, for who leads many cores. */
enum { NUMBERS_MAX = 12, ROLES_SHOWN_MAX = 150 };

/* He is waiting for it; tomorrow he asks again. */
#define USEFUL_MS MS_PER_DAY

struct kept {
	const char *key; /* "mine.ideas" */
	int64_t *(*list)(struct view *view, int64_t person, int64_t limit, size_t *ret_len);
};

static const struct kept kept[] = {
	{ "mine.ideas", person_ideas_list },
	{ "mine.receipts", person_receipts_list },
	{ "mine.events", person_events_list },
};

static const char *numbers(struct arena *arena, const int64_t *list, size_t len)
{
	const char *words = NULL;

	for (size_t i = 0; i < len; i++)
		words = words ? arena_printf(arena, "%s, %" PRId64, words, list[i]) : arena_printf(arena, "%" PRId64, list[i]);
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
	for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
		size_t len;
		const int64_t *list = kept[i].list(reader.view, request->person.id, NUMBERS_MAX, &len);

		if (len)
			words = arena_printf(arena, "%s\n%s", words, SAY_TO(&reader, kept[i].key, MSG_TEXT("numbers", numbers(arena, list, len))));
	}
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
