-- The agenda: single times of a series that are not as its rule says.

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
