/*
 * How people are called. A display name is its owner's choice, two may choose the same, and somebody may choose
 * another's to pass for him: then the id tells them apart (MATRIX.md 9.1). Names are for people to read; who somebody
 * is, and what he may do, never hangs on one.
 */
#ifndef ROTONDE_PEOPLE_NAME_H
#define ROTONDE_PEOPLE_NAME_H

#include <stdint.h>

#include "config/config.h"
#include "store/turn.h"

/* What a name looks like to a reader, as kept in person.look: names that are shown alike have the same. */
char *name_look(struct arena *arena, const char *name) MUST_CHECK;

/*
 * The person's name on one line, of at most 30 characters, never with a `!` in front; "" when it is unknown. When anybody else has one that looks
 * the same, or it looks as if it brought an id along, his id stands behind it in brackets. A WhatsApp ghost's id is his
 * phone number, and so is the name of who chose none; of that no more is told than WhatsApp itself tells strangers:
 * "Fatima (WhatsApp ··12)", "••• (WhatsApp ··12)".
 */
char *name_shown(struct view *view, const struct config *config, int64_t person) MUST_CHECK;

#endif
