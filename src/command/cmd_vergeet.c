/*
 * !vergeet   whoever asks is forgotten, as far as the books allow; asked once more first
 */
#include "budget/person_receipts.h"
#include "command/answer.h"
#include "command/memories.h"
#include "command/question.h"
#include "command/records.h"
#include "people/forget.h"

static enum command_end run(struct request *request)
{
	struct view *view = turn_view(request->turn);
	size_t receipts;

	(void)memory_numbers(view, &person_receipts, person_receipts.told, request->person.id, 1, &receipts);
	if (receipts)
		ANSWER(request, "forget.ask_books");
	else if (person_receipts_any(view, request->person.id) || forget_keeps_ids(view, request->person.id))
		ANSWER(request, "forget.ask_task");
	else
		ANSWER(request, "forget.ask");
	question_ask(request, &(struct question){ .kind = "vergeet", .answer = QUESTION_YES_NO });
	return COMMAND_DONE;
}

const struct command cmd_vergeet = {
	.name = "vergeet",
	.english = "forget",
	.roles = 1u << ROLE_RESIDENT,
	.trust = TRUST_BRIDGE,
	.topic = COMMAND_TOPIC_OTHER,
	.help = "help.vergeet",
	.run = run,
};

enum command_end vergeet_answered(struct request *request, const struct question_reply *reply)
{
	int64_t person = request->person.id;
	bool in_books;

	if (!reply->yes) {
		ANSWER(request, "forget.kept");
		return COMMAND_DONE;
	}
	in_books = person_receipts_any(turn_view(request->turn), person);
	for (size_t i = 0; memories[i]; i++)
		memory_forget(request->turn, memories[i], person);
	if (forget_person(request->turn, person, in_books))
		ANSWER(request, "forget.done");
	else
		ANSWER(request, "forget.done_books");
	return COMMAND_DONE;
}
