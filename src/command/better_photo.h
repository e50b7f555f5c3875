/*
 * The better picture that a bridge sends after the first one, as an edit of it.
 */
#ifndef ROTONDE_COMMAND_BETTER_PHOTO_H
#define ROTONDE_COMMAND_BETTER_PHOTO_H

#include <stdbool.h>

#include "base/compiler.h"
#include "command/command.h"
#include "store/media.h"

/* The edited picture and the new one; false when the edit carries none, or comes from somebody else than the first. */
bool better_photo_find(const struct request *request, struct media_row *ret_old, struct media_row *ret_better) MUST_CHECK;

#endif
