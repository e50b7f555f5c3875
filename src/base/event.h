/*
 * What happens in a room, in words that every transport can speak and the domain can read:
 * room ids, sender ids and content, nothing of Matrix's JSON and nothing of persons or cores.
 *
 * A transport fills these structs from checked input: ids are non-empty UTF-8 without control
 * characters, text is valid UTF-8 without NUL, sizes are bounded. Who reads them need not check again.
 */
#ifndef ROTONDE_BASE_EVENT_H
#define ROTONDE_BASE_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/keys.h"

/* How sure we are that the sender is who he seems. DESIGN.md decision 5; in rising order. */
enum trust {
	TRUST_NONE,   /* encrypted, by a device its owner did not sign: never executed */
	TRUST_BRIDGE, /* relayed from WhatsApp */
	TRUST_PLAIN,  /* a native room without encryption */
	TRUST_DIRECT, /* encrypted, from a device signed by a pinned identity */
};

/* Why an encrypted event is trusted no further: what its sender can be told. */
enum doubt {
	DOUBT_NONE,
	DOUBT_UNSIGNED, /* its device is not signed by its owner */
	DOUBT_IDENTITY, /* its owner's identity is another than the one we knew first: TRUST_PLAIN, for a server could do that too */
	DOUBT_UNPROVEN, /* its key came from a backup or from hearsay: readable, never a command */
	DOUBT_UNKNOWN,  /* its device is not known to its owner's server (any more) */
};

enum event_kind {
	EVENT_MESSAGE,
	EVENT_EDIT,        /* replaces the content of `target` */
	EVENT_REDACTION,   /* removes `target` */
	EVENT_REACTION,    /* `reaction` on `target` */
	EVENT_UNREADABLE,  /* encrypted: `sealed` until somebody opens it */
	EVENT_VERIFICATION, /* two compare emoji, in the clear: `body` is its type, `sealed` its content */
};

enum event_form {
	FORM_TEXT,
	FORM_NOTICE, /* m.notice: another bot's word, never a command */
	FORM_IMAGE,
	FORM_FILE,
	FORM_AUDIO,
	FORM_VIDEO,
	FORM_LOCATION,
	FORM_OTHER,
};

/* A file in the transport's store; not fetched yet. */
struct media {
	const char *url;  /* mxc://... or, on the console, a path */
	const char *name; /* as the sender named it, basename only; never NULL */
	const char *mime; /* as the sender claims; never NULL */
	int64_t size;     /* as the sender claims; 0 when unsaid */
	const char *key;  /* the transport's own JSON to decrypt it with, or NULL for a plain file */
};

struct event {
	enum event_kind kind;
	enum event_form form;
	enum trust trust; /* the most the transport can vouch for; who is a bridge's ghost the engine knows */
	enum doubt doubt; /* why it is not TRUST_DIRECT */
	const char *id;
	const char *room;
	const char *sender;
	int64_t sent_at_ms;     /* by the sender's server or bridge: a claim */
	const char *txn_id;     /* set only on echoes of what we sent */
	const char *body;       /* text, or the caption of a file; for an edit the new text; never NULL */
	const char *target;     /* see enum event_kind; of a message the bridge's notice whose place it took, or NULL */
	const char *reply_to;   /* the event answered, or NULL */
	const char *thread;     /* the first event of the thread it stands in, or NULL */
	const char *reaction;   /* the emoji, without variation selectors and skin tones */
	const char *geo_uri;    /* FORM_LOCATION: "geo:52.3,4.9" */
	const char *sealed;     /* EVENT_UNREADABLE, EVENT_VERIFICATION: its content, the transport's own JSON object; else NULL */
	const struct media *media;
	const char *const *mentions; /* sender ids */
	size_t mentions_len;
	bool disappearing;  /* the room deletes it by itself after a while */
	bool forwarded;     /* passed on from elsewhere: never a command */
	bool bridge_notice; /* stands in for a message the bridge could not read yet: its edit is the message */
};

enum membership { MEMBERSHIP_INVITED, MEMBERSHIP_JOINED, MEMBERSHIP_LEFT, MEMBERSHIP_BANNED };

/* What a batch tells of somebody in a room. His name is his own choice, so it never decides anything. */
struct member {
	const char *id;
	enum membership membership;
	const char *name; /* of who is in: display name as the transport gives it, cleaned; may be "" */
};

/* How a room is encrypted (m.room.encryption), as its state claims. */
struct room_encryption {
	const char *algorithm;      /* never NULL; may be "" */
	int64_t rotation_ms;        /* rotation_period_ms; 0: unsaid */
	int64_t rotation_messages;  /* rotation_period_msgs; 0: unsaid */
};

/* What a room's power levels let us say in it (m.room.power_levels), as its state claims. */
struct room_rights {
	bool plain;  /* messages in the clear */
	bool sealed; /* encrypted ones */
};

/* One room's share of a batch: state first, then what happened, in order. */
struct room_update {
	const char *room;
	enum membership membership;
	const char *other;          /* who invited us, or who removed us; NULL when unknown or ourselves */
	const char *via;            /* a server that knows the room we are invited to, or the successor; or NULL */
	bool joined_now;            /* our own join stands in this batch */
	int64_t joined_at_ms;       /* when joined_now */
	size_t history_len;         /* that many of `events`, from the first, came before our own join: history;
	                             * in a first batch all of them */
	const char *direct_with;    /* a room for us and this one sender alone; in an invitation who says that it is one; else NULL */
	const struct room_encryption *encryption; /* when this batch says that the room is encrypted; the last word, or NULL */
	const struct room_rights *rights;         /* when this batch tells them; the last word, or NULL */
	const char *history_visibility;           /* the last word, or NULL: "shared", "joined", ... */
	bool limited;               /* part of what happened is not in this batch */
	const char *successor;      /* a tombstone names this room as the next */
	const char *predecessor;    /* the room's create event names this room as the one before */
	const char *bridge_bot;     /* the m.bridge state's bridgebot, or NULL */
	const char *bridge_channel; /* the m.bridge state's channel id (WhatsApp JID), or NULL */
	const char *gap_before;     /* the timeline starts after a hole: page back from this token; else NULL.
	                             * Never set on a first batch, nor when all before the timeline is history. */
	const struct member *members; /* those of whom this batch tells, ourselves too, the last word last */
	size_t members_len;
	const struct event *events;
	size_t events_len;
	size_t dropped; /* events that were no events: hostile or broken */
};

/* What one answer of the server tells. `next` is the token that acknowledges it. */
struct batch {
	const char *since; /* NULL for the first */
	const char *next;
	struct key_news keys;
	const struct room_update *rooms;
	size_t rooms_len;
};

/* An emoji as an event holds it: without variation selectors (FE0E, FE0F) and skin tones (1F3FB-1F3FF); maybe "". */
char *event_plain_reaction(struct arena *arena, const char *emoji) MUST_CHECK;

/* An event as JSON, to wait in the inbox, and back. The copy borrows nothing from JSON. */
char *event_format(struct arena *arena, const struct event *event) MUST_CHECK;
bool event_parse(struct arena *arena, const char *json, struct event *ret_event) MUST_CHECK;

#endif
