/*
 * Who wants to take part in an idea: the flyer's "Wilt u dat zelf uitvoeren?". Whoever says ja is one, also its author.
 */
#ifndef ROTONDE_IDEAS_HELPER_H
#define ROTONDE_IDEAS_HELPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ideas/idea.h"

extern const struct statements idea_helper_statements;

/* event is the message of this group in which he said so. */
void idea_add_helper(struct turn *turn, int64_t id, int64_t person, int64_t group, const char *event);

/* He does not, or not any more. False when he did not before. */
bool idea_remove_helper(struct turn *turn, int64_t id, int64_t person);

/* The message that said so is taken back or says something else now. False when it said no such thing. */
bool idea_remove_helper_by(struct turn *turn, const char *event, int64_t person);

enum { IDEA_HELPERS_MAX = 20 };

/* Who said so in this group, first come first, of all ideas that go together with it; of more than IDEA_HELPERS_MAX the first. */
int64_t *idea_helper_list(struct view *view, int64_t id, int64_t group, size_t *ret_len);

#endif
