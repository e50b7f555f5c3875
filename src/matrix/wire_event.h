/*
 * One event's JSON to the structs of base/event.h. Pure: bytes in, structs out.
 *
 * Two questions are asked of an event: what was said (wire_event_read: messages, edits, reactions,
 * redactions) and what became of the room (wire_state_read). Only `body`, the caption of a file and a
 * few marks of the WhatsApp bridge are read (WHATSAPP.md section 2); never formatted_body, and of
 * `unsigned` only our own transaction id and that something was redacted (MATRIX.md 9.7, 9.10).
 *
 * An encrypted event is read twice: sealed, as it comes, and once more when somebody has opened it
 * (wire_event_reveal). Both roads share their readers.
 */
#ifndef ROTONDE_MATRIX_WIRE_EVENT_H
#define ROTONDE_MATRIX_WIRE_EVENT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/event.h"
#include "matrix/slice.h"

struct cJSON;

enum wire_verdict {
	WIRE_READ,
	WIRE_NOT_OURS, /* a sound event of a kind we have no use for, or redacted: passed over in silence */
	WIRE_BROKEN,   /* ids or content missing, mistyped or against the grammar: dropped and counted */
};

/*
 * raw: the bytes that json was read from; a sealed event keeps its content as it stands there. room and
 * own_id are borrowed by the event; everything else of it lives in the arena.
 */
enum wire_verdict wire_event_read(struct arena *arena, const char *room, const char *own_id, const struct cJSON *json, struct slice raw,
                                  struct event *ret_event) MUST_CHECK;

/*
 * What stood in a sealed event: its frame with the type and content that came out of it. Messages, edits
 * and reactions; false for every other type and for what is broken. The trust is TRUST_NONE, for the
 * caller to raise. Borrows nothing.
 */
bool wire_event_reveal(struct arena *arena, const struct event *sealed, const char *type, const char *content,
                       struct event *ret_event) MUST_CHECK;

#endif
