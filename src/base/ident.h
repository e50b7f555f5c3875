/*
 * Matrix identifiers as they come from outside: checked by grammar before anything is compared with
 * them, and never taken apart further than here (Matrix appendices, "Identifier Grammar"; MATRIX.md
 * 9.1, 10.11). At most 255 bytes, printable ASCII without spaces, so that no two ids look alike by an
 * escaped NUL, a control character or a look-alike space.
 */
#ifndef ROTONDE_BASE_IDENT_H
#define ROTONDE_BASE_IDENT_H

#include <stdbool.h>
#include <stddef.h>

/* "@localpart:server". NULL is no id. */
bool ident_is_user(const char *text);

/* "!opaque", with or without a server: rooms of version 12 have none. */
bool ident_is_room(const char *text);

/* "$opaque". */
bool ident_is_event(const char *text);

/* A host name, IPv4 or bracketed IPv6 address, with or without a port. */
bool ident_is_server(const char *text, size_t len);

/* The server part of a checked user id, borrowed from it. */
const char *ident_server_of(const char *user);

#endif
