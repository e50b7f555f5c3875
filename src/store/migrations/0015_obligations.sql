-- What every core is asked afterwards, beside its receipts: the result, and what was learned.

-- What a core told: something it did, something it learned, or how it stands when it was asked. Several of each.
CREATE TABLE story (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	kind TEXT NOT NULL CHECK (kind IN ('result', 'lesson', 'answer')),
	round TEXT,                          -- of an answer: the day the round began, as in round_ask
	core INTEGER NOT NULL REFERENCES core (id),
	app_group INTEGER NOT NULL REFERENCES app_group (id), -- where it was told
	author INTEGER NOT NULL REFERENCES person (id),
	event TEXT NOT NULL UNIQUE,          -- the message it came from
	said_at_ms INTEGER NOT NULL,         -- when its author wrote it
	disappearing INTEGER NOT NULL,       -- the room deletes that message by itself: its removal says nothing
	language TEXT NOT NULL,              -- of the word it was told with: what we say about it later
	text TEXT NOT NULL,                  -- '' for photos alone
	withdrawn_at_ms INTEGER,             -- taken back by its author
	CHECK ((kind = 'answer') = (round IS NOT NULL))
) STRICT;
CREATE INDEX story_round ON story (round, core, id) WHERE round IS NOT NULL AND withdrawn_at_ms IS NULL;
CREATE INDEX story_core ON story (core, kind, id) WHERE withdrawn_at_ms IS NULL;
CREATE INDEX story_author ON story (author, said_at_ms);

-- The words before each edit.
CREATE TABLE story_change (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	story INTEGER NOT NULL REFERENCES story (id),
	at_ms INTEGER NOT NULL,
	old_text TEXT NOT NULL
) STRICT;
CREATE INDEX story_change_story ON story_change (story);

-- Photos of a result or an answer.
CREATE TABLE story_photo (
	id INTEGER PRIMARY KEY AUTOINCREMENT, -- their order
	media INTEGER NOT NULL UNIQUE REFERENCES media (id),
	story INTEGER NOT NULL REFERENCES story (id)
) STRICT;
CREATE INDEX story_photo_story ON story_photo (story);

-- Which cores were at a learning session.
CREATE TABLE presence (
	core INTEGER NOT NULL REFERENCES core (id),
	day TEXT NOT NULL,                   -- of the session, on the neighbourhood's calendar: '2022-11-12'
	noted_by INTEGER NOT NULL REFERENCES person (id),
	noted_at_ms INTEGER NOT NULL,
	undone_by INTEGER REFERENCES person (id), -- NULL: it stands
	undone_at_ms INTEGER,
	PRIMARY KEY (core, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX presence_day ON presence (day) WHERE undone_by IS NULL;
