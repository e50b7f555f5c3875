/*
 * The ideas of one person: what he can be told that is kept of him, and what is taken away when he wants to be
 * forgotten. A person is all who are he now (people/link.h).
 */
#ifndef ROTONDE_IDEAS_PERSON_IDEAS_H
#define ROTONDE_IDEAS_PERSON_IDEAS_H

#include <stddef.h>
#include <stdint.h>

#include "store/turn.h"

extern const struct statements person_ideas_statements;

/* The numbers of his ideas that are not archived, newest first, at most limit. */
int64_t *person_ideas_list(struct view *view, int64_t person, int64_t limit, size_t *ret_len);

/*
 * Take away what ties ideas to him: thumbs, that he takes part, the places and photos he sent, the words before an edit. The ideas themselves
 * are the neighbourhood's by now and stay, by the person who has no name any more.
 */
void person_ideas_forget(struct turn *turn, int64_t person);

#endif
