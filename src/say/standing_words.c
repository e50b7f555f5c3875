#include "say/standing_words.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "budget/paperwork.h"
#include "obligations/presence.h"
#include "obligations/story.h"
#include "say/presence_words.h"
#include "say/year_words.h"
#include "year/occasion.h"
#include "year/rhythm.h"

/* In characters: what fits in one answer beside its heading and closing line. */
enum { ROWS_MAX = 480 };

/* What may be missing, as bits of a set. */
enum { MISSING_RECEIPTS = 1, MISSING_RESULT = 2, MISSING_LEARNING = 4, MISSING_SETS = 8 };

struct standing {
	struct paperwork paperwork;
	const char *session; /* the day of the last one it was at, or NULL */
	unsigned missing;
};

static struct standing standing_of(struct view *view, int64_t core)
{
	struct standing standing = { .paperwork = paperwork_of(view, core) };

	if (!paperwork_is_complete(&standing.paperwork))
		standing.missing |= MISSING_RECEIPTS;
	if (!story_count(view, core, STORY_RESULT))
		standing.missing |= MISSING_RESULT;
	if (!presence_find_last(view, core, &standing.session))
		standing.missing |= MISSING_LEARNING;
	return standing;
}

/* Joined by a separator; either may be "". */
static const char *joined(struct arena *arena, const char *first, const char *separator, const char *second)
{
	return arena_printf(arena, "%s%s%s", first, *first && *second ? separator : "", second);
}

/* "2 foto's, 1 bedrag". */
static const char *gaps(const struct reader *reader, const struct paperwork *paperwork)
{
	struct arena *arena = view_arena(reader->view);
	const char *text = "";

	if (paperwork->without_photo)
		text = SAY_TO(reader, "standing.photos", MSG_INT("count", paperwork->without_photo));
	if (paperwork->without_amount)
		text = joined(arena, text, ", ", SAY_TO(reader, "standing.amounts", MSG_INT("count", paperwork->without_amount)));
	if (paperwork->without_line)
		text = joined(arena, text, ", ", SAY_TO(reader, "standing.lines", MSG_INT("count", paperwork->without_line)));
	return text;
}

static const char *receipts(const struct reader *reader, const struct standing *standing)
{
	if (standing->missing & MISSING_RECEIPTS)
		return SAY_TO(reader, "standing.receipts_missing", MSG_TEXT("gaps", gaps(reader, &standing->paperwork)));
	if (!standing->paperwork.receipts)
		return SAY_TO(reader, "standing.receipts_none");
	return SAY_TO(reader, "standing.receipts", MSG_INT("count", standing->paperwork.receipts));
}

static const char *result(const struct reader *reader, const struct standing *standing)
{
	return SAY_TO(reader, standing->missing & MISSING_RESULT ? "standing.result_missing" : "standing.result");
}

static const char *learning(const struct reader *reader, const struct standing *standing)
{
	if (standing->missing & MISSING_LEARNING)
		return SAY_TO(reader, "standing.learning_missing");
	return SAY_TO(reader, "standing.learning", MSG_TEXT("date", presence_words_day(reader, standing->session)));
}

/* Green when it is there; else white: nobody is late. */
static const char *light(const struct standing *standing, unsigned what)
{
	return standing->missing & what ? "⚪" : "🟢";
}

char *standing_words_core(const struct reader *reader, int64_t core)
{
	struct standing standing = standing_of(reader->view, core);

	return arena_printf(view_arena(reader->view), "%s\n%s %s\n%s %s\n%s %s%s%s",
			    SAY_TO(reader, "standing.core", MSG_TEXT("core", core_get(reader->view, core).name)),
			    light(&standing, MISSING_RECEIPTS), receipts(reader, &standing),
			    light(&standing, MISSING_RESULT), result(reader, &standing),
			    light(&standing, MISSING_LEARNING), learning(reader, &standing),
			    standing.missing ? "" : "\n", standing.missing ? "" : SAY_TO(reader, "standing.complete"));
}

/* "bonnetjes, leren". */
static const char *missing_words(const struct reader *reader, unsigned missing)
{
	struct arena *arena = view_arena(reader->view);
	const char *text = missing & MISSING_RECEIPTS ? SAY_TO(reader, "standing.what_receipts") : "";

	if (missing & MISSING_RESULT)
		text = joined(arena, text, ", ", SAY_TO(reader, "standing.what_result"));
	if (missing & MISSING_LEARNING)
		text = joined(arena, text, ", ", SAY_TO(reader, "standing.what_learning"));
	return text;
}

/* Cores that miss the same. */
struct alike {
	const char *names;
	int64_t count;
};

static char *rows(const struct reader *reader, const struct alike *alikes, bool with_names)
{
	struct arena *arena = view_arena(reader->view);
	char *text = arena_dup(arena, "");

	for (unsigned missing = 0; missing < MISSING_SETS; missing++) {
		const struct alike *alike = &alikes[missing];
		const char *cores;

		if (!alike->count)
			continue;
		cores = with_names ? alike->names : SAY_TO(reader, "standing.count", MSG_INT("count", alike->count));
		if (missing)
			cores = SAY_TO(reader, "standing.row", MSG_TEXT("what", missing_words(reader, missing)), MSG_TEXT("cores", cores));
		else
			cores = SAY_TO(reader, "standing.row_complete", MSG_TEXT("cores", cores));
		text = arena_printf(arena, "%s%s%s", text, *text ? "\n" : "", cores);
	}
	return text;
}

char *standing_words_table(const struct reader *reader)
{
	struct arena *arena = view_arena(reader->view);
	struct alike alikes[MISSING_SETS];
	size_t len;
	const struct core *cores = core_list(reader->view, &len);
	const char *text;

	for (size_t i = 0; i < MISSING_SETS; i++)
		alikes[i] = (struct alike){ .names = "" };
	for (size_t i = 0; i < len; i++) {
		struct alike *alike = &alikes[standing_of(reader->view, cores[i].id).missing];

		alike->names = joined(arena, alike->names, ", ", cores[i].name);
		alike->count++;
	}
	text = rows(reader, alikes, true);
	if (utf8_count(text, strlen(text)) > ROWS_MAX)
		text = rows(reader, alikes, false);
	return arena_printf(arena, "%s\n%s\n%s", SAY_TO(reader, "standing.table"), text,
			    SAY_TO(reader, "standing.one", MSG_TEXT("core", len ? cores[0].name : "")));
}

/* What the papers are needed for, when that is four weeks or one week away: the first sentence of the reminder. */
static const char *occasion(const struct reader *reader, const struct day_post *post)
{
	const char *core = core_get(reader->view, post->group->core).name;
	struct wall day;

	if (occasion_find_session(reader->house, reader->view, &post->date, &day) && day_post_covers_before(post, &day))
		return SAY_TO(reader, "standing.reminder.session", MSG_TEXT("date", year_words_day(reader, &day)), MSG_TEXT("core", core));
	if (rhythm_find_deadline(&reader->house->config->year, &post->date, &day) && day_post_covers_before(post, &day))
		return SAY_TO(reader, "standing.reminder.deadline", MSG_TEXT("date", year_words_day(reader, &day)), MSG_TEXT("core", core));
	return NULL;
}

const char *standing_day_compose(const struct house *house, struct turn *turn, const struct day_post *post)
{
	struct view *view = turn_view(turn);
	const struct group *group = post->group;
	struct reader reader = { house, view, group, group->language };
	const char *text;
	struct standing standing;

	if (!group->core || !group->is_main)
		return NULL;
	text = occasion(&reader, post);
	if (!text)
		return NULL;
	standing = standing_of(view, group->core);
	if (!standing.paperwork.receipts || !(standing.missing & (MISSING_RECEIPTS | MISSING_RESULT)))
		return NULL;
	if (standing.missing & MISSING_RECEIPTS)
		text = joined(turn_arena(turn), text, "\n", receipts(&reader, &standing));
	if (standing.missing & MISSING_RESULT)
		text = joined(turn_arena(turn), text, "\n", result(&reader, &standing));
	return joined(turn_arena(turn), text, "\n", SAY_TO(&reader, "standing.reminder_more"));
}
