-- What the turn needs: where we are in the conversation with the server, what came in and waits,
-- what goes out, what is due. Instants are milliseconds UTC.

-- One row a transport: how far we have read.
CREATE TABLE sync (
	transport TEXT PRIMARY KEY,
	token TEXT,                          -- NULL until the first answer
	epoch INTEGER NOT NULL,              -- first part of every transaction id; new after a restore or a new device
	connected_since_ms INTEGER,          -- NULL while disconnected
	synced_at_ms INTEGER,                -- last answer
	down_since_ms INTEGER                -- start of an outage that is not told yet
) STRICT;

-- Every event, once. A done row keeps its id, so that it never runs again; whose it was and its content are gone.
CREATE TABLE inbox (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	event TEXT NOT NULL UNIQUE,
	room TEXT NOT NULL,
	sender TEXT NOT NULL,                -- '' once done
	state TEXT NOT NULL CHECK (state IN ('run', 'wait_key', 'wait_gap', 'wait_photo', 'done')),
	wait_until_ms INTEGER,               -- when waiting ends at the latest
	sent_at_ms INTEGER NOT NULL,
	arrived_at_ms INTEGER NOT NULL,
	stands_in TEXT,                      -- a bridge's notice for an unread message: whose, '' a ghost's. His edit is the message; then NULL
	content TEXT                         -- base/event.h as JSON, until done
) STRICT;
CREATE INDEX inbox_open ON inbox (room, id) WHERE state <> 'done';
-- For finding the next to run: thousands may wait after a gap, few of them hold others up.
CREATE INDEX inbox_next ON inbox (id) WHERE state <> 'done';
CREATE INDEX inbox_stands_in ON inbox (stands_in) WHERE stands_in IS NOT NULL;
CREATE INDEX inbox_holds ON inbox (room, id) WHERE state IN ('wait_gap', 'wait_photo');
CREATE INDEX inbox_waits ON inbox (wait_until_ms) WHERE state <> 'done';

-- What we say. A row is only ever sent as the bytes it was sealed with.
CREATE TABLE outbox (
	id INTEGER PRIMARY KEY AUTOINCREMENT, -- second part of the transaction id, never reused
	room TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('queued', 'sealed', 'sent', 'dead')),
	dedupe TEXT UNIQUE,                  -- saying it twice is one row
	body TEXT,                           -- intent; NULL once sent (the room has it)
	reply_to TEXT,
	thread TEXT,                         -- the thread to speak in, by its first event
	mentions TEXT,                       -- JSON array of sender ids; NULL once sent
	merge_key TEXT,                      -- late answers of one person in one room go out as one
	merged_into INTEGER REFERENCES outbox (id),
	created_at_ms INTEGER NOT NULL,
	not_before_ms INTEGER NOT NULL,      -- jitter and quiet hours; also the next try after trouble
	expires_at_ms INTEGER,               -- unasked words that are stale by then are not said
	txn_id TEXT UNIQUE,                  -- <epoch>-<id>, from sealing on
	wire_content TEXT,                   -- frozen bytes, from sealing on; NULL once sent
	attempts INTEGER NOT NULL DEFAULT 0, -- how often the server itself failed on it (5xx)
	attempted_at_ms INTEGER,             -- the last PUT; NULL: never tried, so free to be composed anew
	event TEXT UNIQUE,                   -- as the room knows it, once sent
	sent_at_ms INTEGER,
	why_dead TEXT
) STRICT;
CREATE INDEX outbox_open ON outbox (room, id) WHERE state IN ('queued', 'sealed');
CREATE INDEX outbox_due ON outbox (not_before_ms) WHERE state IN ('queued', 'sealed');
CREATE INDEX outbox_dead ON outbox (id) WHERE state = 'dead';
CREATE INDEX outbox_merged ON outbox (merged_into) WHERE merged_into IS NOT NULL;

-- What is due. One row a (kind, subject); setting it again moves it.
CREATE TABLE timer (
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	due_at_ms INTEGER NOT NULL,
	PRIMARY KEY (kind, subject)
) STRICT;
CREATE INDEX timer_due ON timer (due_at_ms, kind, subject);

-- A hole in a room's timeline, paged shut from the newest side.
CREATE TABLE gap (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	room TEXT NOT NULL UNIQUE,
	page_from TEXT NOT NULL,             -- where the next page starts
	page_to TEXT,                        -- the token before the hole
	pages INTEGER NOT NULL DEFAULT 0,
	found_at_ms INTEGER NOT NULL,
	next_try_ms INTEGER NOT NULL
) STRICT;

-- Events of a gap, newest first as the server gives them, until the gap is shut and they run in order.
CREATE TABLE gap_event (
	gap INTEGER NOT NULL REFERENCES gap (id) ON DELETE CASCADE,
	seq INTEGER NOT NULL,                -- rises from newest to oldest
	content TEXT NOT NULL,
	PRIMARY KEY (gap, seq)
) STRICT, WITHOUT ROWID;

-- What a human should know. A state stands until it is over, what happened until a person has seen it.
CREATE TABLE incident (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,               -- a room, event, device or user's id
	detail TEXT NOT NULL,
	lasts INTEGER NOT NULL,              -- a state: only the program ends it
	first_at_ms INTEGER NOT NULL,
	last_at_ms INTEGER NOT NULL,
	times INTEGER NOT NULL DEFAULT 1,
	cleared_at_ms INTEGER                -- when it was over, or seen
) STRICT;
CREATE UNIQUE INDEX incident_open ON incident (kind, subject) WHERE cleared_at_ms IS NULL;
CREATE INDEX incident_cleared ON incident (cleared_at_ms) WHERE cleared_at_ms IS NOT NULL;

-- Photos and PDFs on disk, by the SHA-256 of their bytes: photos/ab/ab12....
CREATE TABLE blob (
	hash TEXT PRIMARY KEY,
	size INTEGER NOT NULL,
	type TEXT NOT NULL,                  -- sniffed from the bytes: image/jpeg, application/pdf, ...
	stored_at_ms INTEGER NOT NULL
) STRICT;

-- Files that passed by in a room. Only those that belong to a receipt or an idea are fetched;
-- of the others the reference goes after 14 days.
CREATE TABLE media (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	event TEXT NOT NULL UNIQUE,
	room TEXT NOT NULL,
	sender TEXT NOT NULL,                -- '' when he was forgotten
	sent_at_ms INTEGER NOT NULL,
	url TEXT NOT NULL,
	name TEXT NOT NULL,
	mime TEXT NOT NULL,
	size INTEGER NOT NULL,
	key TEXT,
	disappearing INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('known', 'wanted', 'stored', 'failed')),
	blob TEXT REFERENCES blob (hash),
	attempts INTEGER NOT NULL DEFAULT 0,
	next_try_ms INTEGER NOT NULL DEFAULT 0,
	why_failed TEXT
) STRICT;
CREATE INDEX media_wanted ON media (next_try_ms) WHERE state = 'wanted';
CREATE INDEX media_known ON media (sent_at_ms) WHERE state = 'known';
CREATE INDEX media_recent ON media (room, sender, sent_at_ms);
