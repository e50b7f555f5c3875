/*
 * What the bot says when something is wrong: to the coordinators, who can do something about it, or
 * to a group that ought to know. Each is said once for what it is about (dedupe key), in plain words,
 * and not in the quiet hours. Incidents for `rotonde status` are the engine's to raise.
 *
 * The coordinators can only be told in a room of theirs that we are in. Without it, or when it is that
 * very room that has the trouble, the warning stands in the log alone.
 */
#ifndef ROTONDE_SAY_WARNINGS_H
#define ROTONDE_SAY_WARNINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "people/group.h"
#include "people/house.h"
#include "store/turn.h"

struct config_person;

/* To the coordinators, at most once a day and room: we cannot speak in this encrypted room. `name`: the group's, or the room id. */
void warn_mute(const struct house *house, struct turn *turn, const char *room, const char *name);

/* To the coordinators, at most once a day and room: its power levels do not let us speak in a group's room. */
void warn_silenced(const struct house *house, struct turn *turn, const char *room, const char *name);

/* To the coordinators, at most once a day and room: we answered so much there that we are silent for a while. */
void warn_hushed(const struct house *house, struct turn *turn, const char *room, const char *name);

/* To the coordinators, also in their own room, at most once a day, room and person: somebody with a task is not in a group's room any more. */
void warn_holder_left(const struct house *house, struct turn *turn, const char *room, const char *name, const struct config_person *person);

/* To the coordinators, at most once a day and room: WhatsApp's side of this encrypted room cannot read us. */
void warn_deaf(const struct house *house, struct turn *turn, const char *room, const char *name);

/* To the coordinators, at most once a day and user: his keys are others than those we knew, so his decisions wait (MATRIX.md 8.15). */
void warn_identity(const struct house *house, struct turn *turn, const char *user);

/* To the coordinators, at most once a day and room: we were taken out of a group's room. */
void warn_removed(const struct house *house, struct turn *turn, const char *room, const char *name, bool banned);

/*
 * To the coordinators, at most once a day and room: somebody we never heard of was let into a group's encrypted room.
 * Who is in it can read it, and the server alone decides that: a person has to look.
 */
void warn_newcomer(const struct house *house, struct turn *turn, const char *room, const char *name, const char *user);

/* To the coordinators: a group's room was replaced, and the config must name the new one. */
void warn_replaced(const struct house *house, struct turn *turn, const char *room, const char *name, const char *successor);

/* To the coordinators, at most once a day: the disk is full, or nearly; nothing new is taken in until there is room. */
void warn_disk_full(const struct house *house, struct turn *turn);

/* To the group, once a day at most: messages older than we still act on were found and not carried out. */
void warn_expired(const struct house *house, struct turn *turn, const struct group *group);

/* To the group, once an outage: "ik was weg van ... tot ..." (DESIGN.md decision 8). */
void warn_outage(const struct house *house, struct turn *turn, const struct group *group, int64_t from_ms, int64_t until_ms);

#endif
