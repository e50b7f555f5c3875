-- Decisions that wait for a second person. What is decided stands in a table of the room it belongs to,
-- by the number of the proposal.

CREATE TABLE proposal (
	id INTEGER PRIMARY KEY AUTOINCREMENT, -- the number people type: !akkoord 3
	kind TEXT NOT NULL CHECK (kind IN ('move', 'role')),
	app_group INTEGER NOT NULL REFERENCES app_group (id), -- where it was proposed
	person INTEGER NOT NULL REFERENCES person (id), -- who proposed it
	language TEXT NOT NULL,              -- in which: what we say about it later
	made_at_ms INTEGER NOT NULL,
	expires_at_ms INTEGER NOT NULL,
	state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'agreed', 'withdrawn', 'expired')),
	agreed_by INTEGER REFERENCES person (id),
	settled_at_ms INTEGER,
	told INTEGER NOT NULL DEFAULT 0,     -- 1: where it was proposed it was said that it expired
	CHECK ((state = 'agreed') = (agreed_by IS NOT NULL)),
	CHECK ((state = 'open') = (settled_at_ms IS NULL))
) STRICT;
CREATE INDEX proposal_untold ON proposal (app_group) WHERE state = 'expired' AND NOT told;
CREATE INDEX proposal_open ON proposal (id) WHERE state = 'open';
