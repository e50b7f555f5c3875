/*
 * An album arrives as one message a photo, and which of them carries the words is the app's choice. What came just before
 * the words belongs to them; what comes behind is the listeners' business.
 */
#ifndef ROTONDE_COMMAND_ALBUM_H
#define ROTONDE_COMMAND_ALBUM_H

#include <stddef.h>

#include "command/command.h"
#include "store/media.h"

/*
 * The files of this sender in this room from half a minute before the request's message, which has a file itself; nobody
 * wanted them yet. Oldest first, in the arena; none when the message has no file.
 */
struct media_row *album_before(const struct request *request, size_t *ret_len);

#endif
