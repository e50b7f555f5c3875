-- What a group agreed to do, what it did besides, and whom it thanked.

-- An action. What was done without having been agreed (!extra) is one too, done from the start.
CREATE TABLE action (
	id INTEGER PRIMARY KEY AUTOINCREMENT, -- the number people call it by, unique in the neighbourhood
	author INTEGER NOT NULL REFERENCES person (id),
	app_group INTEGER NOT NULL REFERENCES app_group (id), -- where it was said; only there people are named
	core INTEGER REFERENCES core (id),   -- that group's; NULL: of no core
	event TEXT NOT NULL UNIQUE,          -- the message it came from
	said_at_ms INTEGER NOT NULL,
	text TEXT NOT NULL,                  -- without who and when
	taker INTEGER REFERENCES person (id), -- who does it; NULL: nobody yet
	due TEXT,                            -- by which day: '2022-06-17'; NULL: whenever
	clock TEXT,                          -- and how late on it: '18:00'
	state TEXT NOT NULL CHECK (state IN ('open', 'done', 'not_done', 'extra', 'dropped')),
	reason TEXT,                         -- of not_done; NULL unsaid
	settled_at_ms INTEGER,               -- since when it is neither open nor dropped
	settled_by INTEGER REFERENCES person (id),
	settled_event TEXT,                  -- the message that said so: deleting it opens the action again
	told_eve INTEGER NOT NULL DEFAULT 0, -- its taker was reminded the day before,
	told_day INTEGER NOT NULL DEFAULT 0, -- and on the day
	CHECK ((state IN ('done', 'not_done', 'extra')) = (settled_at_ms IS NOT NULL))
) STRICT;
CREATE INDEX action_open_group ON action (app_group, id) WHERE state = 'open';
CREATE INDEX action_open_core ON action (core, id) WHERE state = 'open';
CREATE INDEX action_settled ON action (app_group, settled_at_ms) WHERE settled_at_ms IS NOT NULL;
CREATE INDEX action_said ON action (author, said_at_ms);
CREATE INDEX action_settled_event ON action (settled_event) WHERE settled_event IS NOT NULL;

-- Messages that are about one action: "ik" in reply to one of them, or to our answer, takes it.
CREATE TABLE action_message (
	event TEXT PRIMARY KEY,
	action INTEGER NOT NULL REFERENCES action (id)
) STRICT;

-- Thanks for somebody.
CREATE TABLE applause (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	giver INTEGER NOT NULL REFERENCES person (id),
	person INTEGER REFERENCES person (id), -- for whom; NULL: nobody we know, see called
	app_group INTEGER NOT NULL REFERENCES app_group (id), -- where it was said; only there people are named
	core INTEGER REFERENCES core (id),
	event TEXT NOT NULL UNIQUE,
	given_at_ms INTEGER NOT NULL,        -- when we heard it
	called TEXT NOT NULL,                -- how the giver called whom we do not know: 'de keukenploeg'; '' with a person
	why TEXT NOT NULL,                   -- 'voor de eten-deel-kasten'; '' unsaid
	own_only INTEGER NOT NULL            -- why is not for other groups: it may name a neighbour, or reads well in its own only
) STRICT;
CREATE INDEX applause_group ON applause (app_group, given_at_ms);
CREATE INDEX applause_given ON applause (given_at_ms);

-- Who does not want to be named in applause.
CREATE TABLE applause_quiet (
	person INTEGER PRIMARY KEY REFERENCES person (id)
) STRICT;

-- Up to when each group was told of what it did and whom it thanked.
CREATE TABLE action_told (
	app_group INTEGER NOT NULL REFERENCES app_group (id),
	what TEXT NOT NULL CHECK (what IN ('look_back', 'applause', 'neighbourhood')),
	until_ms INTEGER NOT NULL,
	PRIMARY KEY (app_group, what)
) STRICT, WITHOUT ROWID;
