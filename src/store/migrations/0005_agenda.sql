-- The agenda. Times people meant stand as wall-clock text in the neighbourhood's zone
-- (2022-06-15T20:00, or 2022-06-15 for a whole day), so that a summer time decided by a law of later
-- still means eight in the evening; instants beside them are milliseconds UTC and can be computed again.

-- What stands on the agenda. The id is the number people type: !agenda 5.
CREATE TABLE agenda_event (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	core INTEGER REFERENCES core (id),   -- whose it is; NULL: the whole neighbourhood's
	app_group INTEGER NOT NULL REFERENCES app_group (id), -- where it was typed
	author INTEGER NOT NULL REFERENCES person (id),
	source TEXT NOT NULL UNIQUE,         -- the message it was typed in: its edit amends, its redaction cancels
	typed TEXT NOT NULL,                 -- what followed the command word there, as last edited
	typed_at_ms INTEGER NOT NULL,        -- when that was written: "morgen" counts from here
	title TEXT NOT NULL,
	place TEXT,                          -- NULL: not said
	all_day INTEGER NOT NULL,
	starts TEXT NOT NULL,                -- DTSTART; of a series the first time
	ends TEXT,                           -- DTEND, exclusive; NULL: not said
	zone TEXT NOT NULL,                  -- TZID of both
	rrule TEXT,                          -- RFC 5545, without the prefix; NULL: once
	status TEXT NOT NULL CHECK (status IN ('confirmed', 'cancelled')),
	reason TEXT,                         -- why it was cancelled, as typed; NULL: not said
	same_as INTEGER REFERENCES agenda_event (id), -- the same person typed the same title and start before
	own_offsets INTEGER NOT NULL,        -- 1: agenda_offset says when to remind; 0: the config
	-- The time that is now or next; all NULL when the last one is over or it is cancelled.
	next_starts TEXT,                    -- as the rule gives it, also where summer time skips that hour
	next_at_ms INTEGER,                  -- when it begins
	next_over_ms INTEGER,                -- when it is over
	next_day TEXT,                       -- which time of a series it is: the day that the rule gives it
	next_has_end INTEGER                 -- 1: somebody said when it ends
) STRICT;
CREATE INDEX agenda_coming ON agenda_event (core, next_at_ms) WHERE next_at_ms IS NOT NULL;
CREATE INDEX agenda_same ON agenda_event (author, starts);

-- Every state an event was in: the first row as it was typed, the last as it is now.
CREATE TABLE agenda_version (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	event INTEGER NOT NULL REFERENCES agenda_event (id),
	at_ms INTEGER NOT NULL,
	person INTEGER NOT NULL REFERENCES person (id), -- who changed it
	change TEXT NOT NULL CHECK (change IN ('typed', 'edited', 'moved', 'cancelled', 'restored', 'folded')), -- edited: its own message was; folded: into another event
	title TEXT NOT NULL,
	place TEXT,
	all_day INTEGER NOT NULL,
	starts TEXT NOT NULL,
	ends TEXT,
	rrule TEXT,
	reason TEXT,
	day TEXT                             -- only one time of a series changed: which; starts and ends are its own
) STRICT;
CREATE INDEX agenda_version_event ON agenda_version (event, id);

-- When to remind, for an event that has its own wishes: !agenda 5 herinner 3d 1u.
CREATE TABLE agenda_offset (
	event INTEGER NOT NULL REFERENCES agenda_event (id),
	offset_ms INTEGER NOT NULL,          -- before the start
	PRIMARY KEY (event, offset_ms)
) STRICT, WITHOUT ROWID;

-- What the agenda has to say unasked. A row waits until every group it is for was told, or until
-- saying it is of no use any more.
CREATE TABLE agenda_notice (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	event INTEGER NOT NULL REFERENCES agenda_event (id),
	kind TEXT NOT NULL CHECK (kind IN ('reminder', 'moved', 'cancelled', 'joint')),
	day TEXT,                            -- a change of one time of a series: which; else NULL
	occurrence TEXT NOT NULL,            -- reminder: which time, as agenda_event.next_starts; else what starts was before
	offset_ms INTEGER NOT NULL,          -- reminder: how long before; else 0
	post TEXT NOT NULL CHECK (post IN ('day', 'alone')), -- in the day post, or a message of its own
	due_at_ms INTEGER NOT NULL,          -- from when on; for the day post the hour of that post
	useless_at_ms INTEGER NOT NULL,      -- from when on nobody is helped by it
	state TEXT NOT NULL CHECK (state IN ('due', 'said', 'skipped', 'gone')), -- gone: the event was moved or cancelled first
	-- Skipped, nobody heard it: all it was for wanted to be left alone, there was no group to tell, it came too late, or
	-- another one said more at that moment.
	why TEXT CHECK (why IN ('quiet', 'nobody', 'late', 'covered')),
	seen_by INTEGER REFERENCES app_group (id), -- this group read it in the bot's answer already
	CHECK ((state = 'skipped') = (why IS NOT NULL))
) STRICT;
CREATE INDEX agenda_notice_due ON agenda_notice (post, due_at_ms) WHERE state = 'due';
CREATE INDEX agenda_notice_event ON agenda_notice (event);

-- Which group was told which notice, so that nobody hears it twice.
CREATE TABLE agenda_told (
	notice INTEGER NOT NULL REFERENCES agenda_notice (id),
	app_group INTEGER NOT NULL REFERENCES app_group (id),
	at_ms INTEGER NOT NULL,
	PRIMARY KEY (notice, app_group)
) STRICT, WITHOUT ROWID;

-- An appointment without a clock ("vrijdagavond bbq"): kept while its author is asked how late.
CREATE TABLE agenda_draft (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	author INTEGER NOT NULL REFERENCES person (id),
	source TEXT NOT NULL UNIQUE,         -- the message
	typed TEXT NOT NULL,                 -- what followed the command word there
	typed_at_ms INTEGER NOT NULL
) STRICT;
