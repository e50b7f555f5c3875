#include "say/daypost.h"

#include "base/arena.h"
#include "base/die.h"
#include "base/log.h"
#include "base/str.h"
#include "people/hours.h"
#include "people/quiet.h"
#include "say/group_words.h"
#include "say/pace.h"
#include "store/outbox.h"
#include "store/timer.h"
#include "text/message.h"
#include "text/unicode.h"
#include "text/zone.h"

enum { Q_LAST, Q_SET, Q_MAX };

static const char *const sql[] = {
	[Q_LAST] = "SELECT date FROM day_post WHERE app_group = ?1",
	[Q_SET] = "INSERT INTO day_post (app_group, date) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET date = excluded.date",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements daypost_statements = { "daypost", sql, Q_MAX };

bool day_post_covers_weekday(const struct day_post *post, enum weekday weekday)
{
	for (int64_t day = wall_to_days(&post->since); day <= wall_to_days(&post->date); day++) {
		struct wall date = wall_from_days(day);

		if (wall_weekday(&date) == weekday)
			return true;
	}
	return false;
}

bool day_post_covers_month_start(const struct day_post *post)
{
	return post->date.day == 1 || post->since.day == 1 || post->since.month != post->date.month || post->since.year != post->date.year;
}

bool day_post_covers_before(const struct day_post *post, const struct wall *day)
{
	static const int64_t days_before[] = { 28, 7 };
	int64_t at = wall_to_days(day);

	for (size_t i = 0; i < sizeof days_before / sizeof *days_before; i++) {
		if (at - days_before[i] >= wall_to_days(&post->since) && at - days_before[i] <= wall_to_days(&post->date))
			return at > wall_to_days(&post->date);
	}
	return false;
}

void day_post_mention(const struct day_post *post, const char *sender)
{
	struct day_mentions *mentions = post->mentions;

	for (size_t i = 0; i < mentions->len; i++) {
		if (str_equal(mentions->senders[i], sender))
			return;
	}
	if (mentions->len < DAY_MENTIONS_MAX)
		mentions->senders[mentions->len++] = sender;
}

/* The day after the last one this group had a post for, at most `today`; today when it never had one. */
static struct wall since_when(struct turn *turn, const struct group *group, const struct wall *today)
{
	struct stmt *q = turn_query(turn, &daypost_statements, Q_LAST);
	const char *date = NULL;
	struct wall last, since;

	stmt_bind_int(q, 1, group->id);
	while (stmt_step(q))
		date = stmt_text(q, 0);
	if (!date)
		return *today;
	INVARIANT(wall_parse(date, &last));
	since = wall_add_days(&last, 1);
	return wall_compare(&since, today) < 0 ? since : *today;
}

static void set_last(struct turn *turn, const struct group *group, const struct wall *today)
{
	struct stmt *q = turn_query(turn, &daypost_statements, Q_SET);

	stmt_bind_int(q, 1, group->id);
	stmt_bind_text(q, 2, wall_format_date(turn_arena(turn), today));
	(void)stmt_run(q);
}

/* The words of the whole post; NULL when no section has any. */
static const char *compose(const struct house *house, struct turn *turn, const struct day_post *post)
{
	struct arena *arena = turn_arena(turn);
	const char *body = NULL, *name, *date;

	for (const struct day_section *section = day_sections; section->name; section++) {
		const char *words = section->compose(house, turn, post);

		if (!words)
			continue;
		words = unicode_cut(arena, words, DAY_SECTION_MAX);
		body = body ? arena_printf(arena, "%s\n\n%s", body, words) : words;
		log_info("daypost.section", "group=%s section=%s", post->group->name, section->name);
	}
	if (!body)
		return NULL;
	name = group_words_name(house, turn_view(turn), post->group->language, post->group);
	date = zone_format_pattern(house->zone, arena, post->group->language, "EEEE d MMMM", turn_now_ms(turn));
	return arena_printf(arena, "%s\n%s", SAY(house->catalogue, arena, post->group->language, "day.title", MSG_TEXT("group", name), MSG_TEXT("date", date)), body);
}

const char *daypost_key(struct arena *arena, const struct group *group, const struct wall *date)
{
	return arena_printf(arena, "day/%s/%s", group->name, wall_format_date(arena, date));
}

/* One group's post at at_ms; false when it has nothing to hear today. */
static bool post_to(const struct house *house, struct turn *turn, const struct group *group, const struct wall *today, int64_t at_ms)
{
	struct day_mentions mentions = { 0 };
	struct day_post post = { .group = group, .since = since_when(turn, group, today), .date = *today, .mentions = &mentions };
	struct arena *arena = turn_arena(turn);
	const char *dedupe = daypost_key(arena, group, today);
	const char *body;

	/* A second post on one day (the clock was set back) would say nothing, yet count as said. */
	if (outbox_has(turn_view(turn), dedupe))
		return false;
	/* What it would have told stays for the first post after the silence, as after an outage. */
	if (quiet_group_until(turn_view(turn), group->id))
		return false;
	body = compose(house, turn, &post);
	set_last(turn, group, today);
	if (!body)
		return false;
	return outbox_add(turn, &(struct outbox_message){
		.room = group->room,
		.body = body,
		.mentions = mentions.senders,
		.mentions_len = mentions.len,
		.dedupe = dedupe,
		.not_before_ms = at_ms,
		.expires_at_ms = hours_evening(house, today),
	}) != 0;
}

static void post_to_all(const struct house *house, struct turn *turn, const struct wall *today)
{
	struct arena *arena = turn_arena(turn);
	int64_t at_ms = turn_now_ms(turn);
	size_t len;
	const struct group *groups = group_list_posted(turn_view(turn), &len);

	for (size_t i = 0; i < len; i++) {
		if (post_to(house, turn, &groups[i], today, at_ms))
			at_ms += pace_gap_ms(house, arena_printf(arena, "%s/%s", wall_format_date(arena, today), groups[i].name));
	}
}

/* The first moment of a day post after now. */
static int64_t next_ms(const struct house *house, int64_t now_ms)
{
	struct wall today = zone_wall(house->zone, now_ms), tomorrow = wall_add_days(&today, 1);
	int64_t at_ms = hours_day_post(house, &today);

	return at_ms > now_ms ? at_ms : hours_day_post(house, &tomorrow);
}

void daypost_fire(const struct house *house, struct turn *turn, const char *subject, int64_t due_at_ms)
{
	int64_t now_ms = turn_now_ms(turn);
	struct wall today = zone_wall(house->zone, now_ms);
	struct wall due = zone_wall(house->zone, due_at_ms);

	if (wall_to_days(&due) < wall_to_days(&today))
		log_warn("daypost.missed", "from=%s until=%s", wall_format_date(turn_arena(turn), &due), wall_format_date(turn_arena(turn), &today));
	if (now_ms >= hours_day_post(house, &today) && now_ms < hours_evening(house, &today))
		post_to_all(house, turn, &today);
	else
		log_info("daypost.later", "due=%s", wall_format_date(turn_arena(turn), &due));
	timer_set(turn, DAYPOST_TIMER, subject, next_ms(house, now_ms));
}

void daypost_begin(const struct house *house, struct turn *turn)
{
	int64_t due_at_ms;

	/* Set anew also when it lies ahead: the hour in the config may have changed. */
	if (!timer_find(turn_view(turn), DAYPOST_TIMER, "", &due_at_ms) || due_at_ms > turn_now_ms(turn))
		timer_set(turn, DAYPOST_TIMER, "", next_ms(house, turn_now_ms(turn)));
}
