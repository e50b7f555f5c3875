-- The agenda through the year: single times of a series, who comes and who chairs.

-- A time goes by the day that the rule gives it (RFC 5545: RECURRENCE-ID), for a series has one time a day at
-- most. What there was before stands in agenda_version.
CREATE TABLE agenda_exception (
	event INTEGER NOT NULL REFERENCES agenda_event (id),
	day TEXT NOT NULL,                   -- 2022-06-22
	off INTEGER NOT NULL,                -- 1: not held (EXDATE)
	starts TEXT,                         -- else when it is held instead, as in agenda_event
	ends TEXT,                           -- exclusive; NULL: not said
	reason TEXT,                         -- why it is off, as typed; NULL: not said
	PRIMARY KEY (event, day),
	CHECK (off = (starts IS NULL))
) STRICT, WITHOUT ROWID;

-- Messages that are about the coming time of one event, so that a thumb on them (or on our answer) means "I come".
CREATE TABLE agenda_message (
	message TEXT UNIQUE,                 -- somebody's, which we answered
	outbox INTEGER UNIQUE,               -- or ours: the row that became it
	event INTEGER NOT NULL REFERENCES agenda_event (id),
	day TEXT NOT NULL,                   -- which time of a series, as agenda_event.next_day; else ''
	CHECK ((message IS NULL) <> (outbox IS NULL))
) STRICT;

-- Who comes: presence, nothing else. A person counts once, however often he says so.
CREATE TABLE agenda_attendance (
	source TEXT PRIMARY KEY,             -- the reaction or message that says so; its redaction takes it back
	event INTEGER NOT NULL REFERENCES agenda_event (id),
	day TEXT NOT NULL,                   -- as in agenda_message
	person INTEGER NOT NULL REFERENCES person (id),
	at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX agenda_attendance_event ON agenda_attendance (event, day, person);

-- Who chairs an event in turn. A queue: the lowest place who can is next, and goes to the end when it was held.
CREATE TABLE agenda_chair (
	event INTEGER NOT NULL REFERENCES agenda_event (id),
	place INTEGER NOT NULL,
	person INTEGER REFERENCES person (id), -- NULL: somebody without an account
	name TEXT NOT NULL,                  -- as typed
	away_until TEXT,                     -- cannot before this day; NULL: can
	PRIMARY KEY (event, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX agenda_event_group ON agenda_event (app_group, next_at_ms) WHERE next_at_ms IS NOT NULL;

-- Who chaired when.
CREATE TABLE agenda_chaired (
	event INTEGER NOT NULL REFERENCES agenda_event (id),
	day TEXT NOT NULL,                   -- on which it was held
	person INTEGER REFERENCES person (id),
	name TEXT NOT NULL,
	PRIMARY KEY (event, day)
) STRICT, WITHOUT ROWID;
