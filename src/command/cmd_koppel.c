/*
 * !koppel @Fatima @fatima:example.org   from now on these two are one person
 * !koppel weg @Fatima                   the last link of hers is undone
 *
 * What it gives is the right to mend what either of them wrote. An office stays with the ids it was given to
 * (actor_of_sender()), and who were ever linked are one pair of eyes.
 */
#include "base/die.h"
#include "budget/ledger.h"
#include "command/answer.h"
#include "command/people_lines.h"
#include "command/records.h"
#include "command/who_request.h"
#include "people/link.h"

/* Who counts as one pair of eyes is the books' business. */
static void note(struct request *request, int64_t about, const char *what, const char *one, const char *other)
{
	ledger_note(request->turn, ENTRY_LINK, request->person.id, about, 0, arena_printf(turn_arena(request->turn), "%s: %s, %s", what, one, other));
}

static enum command_end join(struct request *request, int64_t one, int64_t other)
{
	/* As they are called now: afterwards one name is left. */
	const char *one_name = who_request_shown(request, one), *other_name = who_request_shown(request, other);
	int64_t stays;

	switch (link_make(request->turn, one, other, request->person.id, &stays)) {
	case LINK_DONE:
		note(request, stays, "joined", one_name, other_name);
		ANSWER(request, "link.done", MSG_TEXT("one", one_name), MSG_TEXT("other", other_name));
		return COMMAND_DONE;
	case LINK_ALREADY:
		ANSWER(request, "link.already", MSG_TEXT("name", one_name));
		return COMMAND_REFUSED;
	case LINK_BOTH_NAMED:
		ANSWER(request, "link.both_named", MSG_TEXT("one", one_name), MSG_TEXT("other", other_name));
		return COMMAND_REFUSED;
	}
	die("link_make");
}

static enum command_end part(struct request *request, int64_t person)
{
	const char *name = who_request_shown(request, person);
	int64_t other;

	switch (link_undo(request->turn, person, request->person.id, &other)) {
	case LINK_DONE:
		note(request, other, "parted", name, who_request_shown(request, other));
		ANSWER(request, "link.undone", MSG_TEXT("one", name), MSG_TEXT("other", who_request_shown(request, other)));
		return COMMAND_DONE;
	case LINK_ALREADY:
	case LINK_BOTH_NAMED:
		ANSWER(request, "link.none", MSG_TEXT("name", name));
		return COMMAND_REFUSED;
	}
	die("link_undo");
}

static enum command_end run(struct request *request)
{
	const char *own = request->house->config->homeserver.user;
	struct koppel_line line;
	struct who one, other;

	koppel_line_read(turn_arena(request->turn), request->text, &line);
	if (!who_request_found(request, who_in_text(request->turn, request->event, own, line.rest, &one), &one, "link.how"))
		return COMMAND_REFUSED;
	if (line.undo)
		return part(request, one.person);
	if (!who_request_found(request, who_next_in_text(request->turn, request->event, own, &one, &other), &other, "link.how"))
		return COMMAND_REFUSED;
	return join(request, one.person, other.person);
}

const struct command cmd_koppel = {
	.name = "koppel",
	.english = "link",
	.roles = 1u << ROLE_COORDINATOR,
	.trust = TRUST_DIRECT,
	.topic = COMMAND_TOPIC_OTHER,
	.help = "help.koppel",
	.run = run,
};
