/*
 * What the files about results, lessons and answers share: telling one, and what of a message stays with it.
 */
#ifndef ROTONDE_COMMAND_STORY_REQUEST_H
#define ROTONDE_COMMAND_STORY_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "command/command.h"
#include "obligations/story.h"

/* Keep request->text and the pictures of the message as a story of this core; without either tell what there is already. */
enum command_end story_request_tell(struct request *request, enum story_kind kind) MUST_CHECK;

/* The same as an answer of this core in a round. */
enum command_end story_request_answer(struct request *request, const char *round, int64_t core) MUST_CHECK;

/* The message has a picture, or replies to one. */
bool story_request_has_picture(const struct request *request);

/* The picture that this event of the room carried stays with the story. False when it carried none. */
bool story_request_attach(const struct request *request, int64_t id, const char *event);

/* The answer to new words. */
void story_request_answer_edit(struct request *request, enum story_verdict verdict, const struct story *story);

#endif
