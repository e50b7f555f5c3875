-- The roundabout: what two cores plan apart, and may do together.

-- A core takes part in another's event since both leads said yes. Its own event became part of that one.
CREATE TABLE agenda_joint (
	folded INTEGER PRIMARY KEY REFERENCES agenda_event (id), -- the event that is no more by itself
	event INTEGER NOT NULL REFERENCES agenda_event (id),     -- the one that goes on, for both
	core INTEGER NOT NULL REFERENCES core (id)               -- of the folded one
) STRICT;
CREATE INDEX agenda_joint_event ON agenda_joint (event, core);
CREATE INDEX agenda_joint_core ON agenda_joint (core, event);
CREATE INDEX agenda_begins ON agenda_event (next_at_ms) WHERE next_at_ms IS NOT NULL;

-- Two events that may go together. Asked once in their lives, whatever comes of it.
CREATE TABLE roundabout_pair (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	first INTEGER NOT NULL REFERENCES agenda_event (id),  -- the one with the lower number
	second INTEGER NOT NULL REFERENCES agenda_event (id),
	made_at_ms INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('asked', 'refused', 'joined')),
	UNIQUE (first, second)
) STRICT;

-- One core's half of a pair.
CREATE TABLE roundabout_side (
	pair INTEGER NOT NULL REFERENCES roundabout_pair (id),
	core INTEGER NOT NULL REFERENCES core (id),
	event INTEGER NOT NULL REFERENCES agenda_event (id),
	asked INTEGER NOT NULL,                    -- 1: a question went out to this core
	answer TEXT CHECK (answer IN ('yes', 'no')), -- NULL: none yet
	person INTEGER REFERENCES person (id),     -- who answered
	message TEXT,                              -- with this message
	PRIMARY KEY (pair, core)
) STRICT, WITHOUT ROWID;
CREATE INDEX roundabout_side_open ON roundabout_side (core, pair) WHERE asked = 0;
CREATE INDEX roundabout_side_message ON roundabout_side (message) WHERE message IS NOT NULL;

-- Where a question stands: the dedupe key of our message, a private one or a day post. A reply to it answers.
CREATE TABLE roundabout_ask (
	key TEXT PRIMARY KEY,
	pair INTEGER NOT NULL REFERENCES roundabout_pair (id),
	core INTEGER NOT NULL REFERENCES core (id)
) STRICT, WITHOUT ROWID;
