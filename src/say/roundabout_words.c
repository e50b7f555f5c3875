#include "say/roundabout_words.h"

#include "base/arena.h"
#include "base/die.h"
#include "say/agenda_words.h"

static const char *reason(const struct reader *reader, const struct pair_side *side)
{
	const char *core = core_get(reader->view, side->other.core).name;

	switch (side->reason) {
	case PAIR_DAY:
		return SAY_TO(reader, "roundabout.ask.day", MSG_TEXT("core", core));
	case PAIR_WEEK:
		return SAY_TO(reader, "roundabout.ask.week", MSG_TEXT("core", core));
	case PAIR_PLACE:
		return SAY_TO(reader, "roundabout.ask.place", MSG_TEXT("core", core));
	case PAIR_NONE:
		break;
	}
	die("a question without a reason");
}

char *roundabout_words_ask(const struct reader *reader, const struct pair_side *side)
{
	return SAY_TO(reader, "roundabout.ask", MSG_TEXT("lead_of", core_get(reader->view, side->core).name), MSG_TEXT("reason", reason(reader, side)),
		      MSG_TEXT("own", agenda_words_line(reader, &side->own)), MSG_TEXT("other", agenda_words_line(reader, &side->other)));
}

char *roundabout_words_answered(const struct reader *reader, enum pair_verdict verdict, const struct agenda_event *event)
{
	switch (verdict) {
	case PAIR_NOTED:
		return SAY_TO(reader, "roundabout.noted");
	case PAIR_JOINED:
		return SAY_TO(reader, "roundabout.joined", MSG_TEXT("what", agenda_words_line(reader, event)), MSG_INT("number", event->number));
	case PAIR_REFUSED:
		return SAY_TO(reader, "roundabout.refused");
	case PAIR_STAYS:
		return SAY_TO(reader, "roundabout.stays");
	case PAIR_SETTLED:
		return NULL;
	}
	die("pair verdict %d", (int)verdict);
}

const char *roundabout_day_compose(const struct house *house, struct turn *turn, const struct day_post *post)
{
	const struct reader reader = { house, turn_view(turn), post->group, post->group->language };
	struct pair_side side;

	if (!post->group->core || !post->group->is_main || !pair_find_unasked(reader.view, post->group->core, &side))
		return NULL;
	pair_asked(turn, side.pair, side.core, daypost_key(turn_arena(turn), post->group, &post->date));
	return roundabout_words_ask(&reader, &side);
}
