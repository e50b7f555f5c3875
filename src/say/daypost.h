/*
 * The day post: all that a group hears unasked on a day in one message, at the config's hour (DESIGN.md
 * decision 13), with the gap of say/pace.h between groups. A day without anything to say has no post.
 *
 * What it says comes from sections, the most urgent first. After an outage a post stands in for the
 * days without one: it goes out when we are back before the quiet hours of a day begin, else the next
 * morning. Each section knows what is still useful by then.
 */
#ifndef ROTONDE_SAY_DAYPOST_H
#define ROTONDE_SAY_DAYPOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "people/group.h"
#include "people/house.h"
#include "store/turn.h"
#include "text/wall.h"

#define DAYPOST_TIMER "daypost"

/* In characters as a reader counts them: what a phone shows without "read more". Longer sections are cut. */
enum { DAY_SECTION_MAX = 600 };

extern const struct statements daypost_statements;

/* Whom a post mentions, so that their phones tell them. */
enum { DAY_MENTIONS_MAX = 20 };

struct day_mentions {
	const char *senders[DAY_MENTIONS_MAX];
	size_t len;
};

struct day_post {
	const struct group *group;
	struct wall since; /* the first day it stands in for; on most days that is today */
	struct wall date;  /* today */
	struct day_mentions *mentions;
};

struct day_section {
	const char *name; /* for the log */

	/* The section's words for this group, or NULL. What it hands over counts as said. */
	const char *(*compose)(const struct house *house, struct turn *turn, const struct day_post *post);
};

/* The most urgent first, closed by a row without name. */
extern const struct day_section day_sections[];

/* One of the days the post stands in for is such a day. */
bool day_post_covers_weekday(const struct day_post *post, enum weekday weekday);
bool day_post_covers_month_start(const struct day_post *post);

/* One of the days the post stands in for lies four weeks or one week before that day, which is still to come. */
bool day_post_covers_before(const struct day_post *post, const struct wall *day);

/* A section names this person, one of whose ids is `sender`, in its words. More than DAY_MENTIONS_MAX have only the words. */
void day_post_mention(const struct day_post *post, const char *sender);

/* The dedupe key of a group's post of that day: "day/kruitberg/2022-06-14". */
const char *daypost_key(struct arena *arena, const struct group *group, const struct wall *date);

/* The timer's work. */
void daypost_fire(const struct house *house, struct turn *turn, const char *subject, int64_t due_at_ms);

/* Set the timer for the next post. One that is due already stays. */
void daypost_begin(const struct house *house, struct turn *turn);

#endif
