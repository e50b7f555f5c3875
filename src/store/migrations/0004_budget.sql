-- The books: lines, receipts, and the ledger that says what became of every cent. Amounts are euro cents.

-- A line (potje). What is granted and spent are running sums of its entries, kept so that a growing
-- ledger costs nothing per receipt; `verify` adds them up anew.
CREATE TABLE line (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	owner TEXT NOT NULL CHECK (owner IN ('core', 'area', 'neighbourhood')),
	owner_slug TEXT NOT NULL,            -- the core's or the area's; 'buurt' for the neighbourhood
	core INTEGER REFERENCES core (id),   -- the owner when it is a core
	name TEXT NOT NULL,                  -- as in the budget: 'Moestuin'
	kind TEXT NOT NULL CHECK (kind IN ('free', 'focus', 'handling')),
	granted_cents INTEGER NOT NULL DEFAULT 0,
	spent_cents INTEGER NOT NULL DEFAULT 0,
	UNIQUE (owner_slug, name),
	CHECK ((owner = 'core') = (core IS NOT NULL))
) STRICT;

-- A receipt (bon). The id is the number people say, "bon 17", unique in the neighbourhood and never given twice.
CREATE TABLE receipt (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	app_group INTEGER NOT NULL REFERENCES app_group (id), -- where it was sent
	core INTEGER REFERENCES core (id),   -- whose it is; NULL from a group that is no core's
	author INTEGER NOT NULL REFERENCES person (id),
	event TEXT NOT NULL UNIQUE,          -- the message that made it
	sent_at_ms INTEGER NOT NULL,         -- when the author wrote that message
	day TEXT NOT NULL,                   -- the same on the neighbourhood's calendar: '2022-09-03'
	disappearing INTEGER NOT NULL,       -- the room deletes that message by itself: its removal says nothing
	language TEXT NOT NULL,              -- of the word it was said with: what we say about it later
	words TEXT NOT NULL,                 -- what it was for; '' unsaid
	cents INTEGER CHECK (cents > 0),     -- NULL: to be asked
	back_cents INTEGER NOT NULL DEFAULT 0, -- of these came back
	line INTEGER REFERENCES line (id),   -- NULL: to be asked
	state TEXT NOT NULL DEFAULT 'submitted' CHECK (state IN ('submitted', 'asked', 'approved', 'rejected', 'withdrawn')),
	discuss TEXT CHECK (discuss IN ('over', 'cap')), -- to be talked about: booked over the line's end, or kept out of the books by the cap
	same_as INTEGER REFERENCES receipt (id), -- looks like this earlier one
	same_denied INTEGER NOT NULL DEFAULT 0, -- a person said it is another
	removed_at_ms INTEGER,               -- its message was deleted, which did not withdraw it
	paid_at_ms INTEGER,                  -- who paid it has his money back
	CHECK (back_cents BETWEEN 0 AND ifnull(cents, 0))
) STRICT;
CREATE INDEX receipt_core ON receipt (core, id);
CREATE INDEX receipt_alike ON receipt (day, cents);
CREATE INDEX receipt_same_time ON receipt (author, sent_at_ms);
-- Waits for the second pair of eyes.
CREATE INDEX receipt_waiting ON receipt (id) WHERE state = 'submitted' AND cents IS NOT NULL AND line IS NOT NULL AND discuss IS NOT 'cap';
CREATE INDEX receipt_over ON receipt (line) WHERE discuss = 'over';
CREATE INDEX receipt_apart ON receipt (core) WHERE state = 'submitted' AND (cents IS NULL OR line IS NULL OR discuss = 'cap');
-- The same photo under another name: a receipt sent twice.
CREATE INDEX media_blob ON media (blob) WHERE blob IS NOT NULL;

-- Whoever sent the photo and whoever put the amount on it both own a receipt: neither may approve it.
CREATE TABLE receipt_owner (
	receipt INTEGER NOT NULL REFERENCES receipt (id),
	person INTEGER NOT NULL REFERENCES person (id),
	PRIMARY KEY (receipt, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt_photo (
	id INTEGER PRIMARY KEY AUTOINCREMENT, -- their order on the receipt
	receipt INTEGER NOT NULL REFERENCES receipt (id),
	media INTEGER NOT NULL REFERENCES media (id),
	sent_at_ms INTEGER NOT NULL,
	replaced_by INTEGER REFERENCES media (id), -- a sharper copy of the same photo, which counts once it is stored
	removed_at_ms INTEGER,               -- its sender took it back
	UNIQUE (receipt, media)
) STRICT;
CREATE INDEX receipt_photo_media ON receipt_photo (media);
CREATE INDEX receipt_photo_sent ON receipt_photo (sent_at_ms);
CREATE INDEX receipt_photo_replaced ON receipt_photo (replaced_by) WHERE replaced_by IS NOT NULL;

-- What happened to a receipt, and by whose hand.
CREATE TABLE receipt_history (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	receipt INTEGER NOT NULL REFERENCES receipt (id),
	at_ms INTEGER NOT NULL,
	person INTEGER REFERENCES person (id), -- NULL: nobody's, as when a room deletes by itself
	what TEXT NOT NULL CHECK (what IN ('made', 'amount', 'words', 'line', 'back', 'photo', 'photo_replaced', 'photo_removed',
	                                   'withdrawn', 'kept', 'message_removed', 'asked', 'answered', 'approved', 'rejected',
	                                   'paid', 'sole')),
	old TEXT,                            -- what it was; cents for amounts, the id for lines
	new TEXT
) STRICT;
CREATE INDEX receipt_history_receipt ON receipt_history (receipt, id);

-- A !bon that could not become a receipt yet: no amount to read and no photo to keep. The photo or
-- the amount that follows soon makes it one. The last of each person in each group.
CREATE TABLE receipt_call (
	app_group INTEGER NOT NULL REFERENCES app_group (id),
	person INTEGER NOT NULL REFERENCES person (id),
	event TEXT NOT NULL,
	sent_at_ms INTEGER NOT NULL,
	disappearing INTEGER NOT NULL,
	language TEXT NOT NULL,
	words TEXT NOT NULL,
	PRIMARY KEY (app_group, person)
) STRICT, WITHOUT ROWID;

-- The ledger: only ever added to, each entry sealed with the hash of the one before (docs/LEDGER.md).
CREATE TABLE entry (
	id INTEGER PRIMARY KEY,              -- 1, 2, 3, ... without holes
	at_ms INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('grant', 'spend', 'back', 'reverse', 'move',
	                                   'asked', 'answered', 'approved', 'rejected', 'withdrawn', 'paid', 'sole', 'role', 'link')),
	line INTEGER REFERENCES line (id),   -- NULL for notes: what happened without money moving
	receipt INTEGER REFERENCES receipt (id), -- NULL for grants, moves and notes about a person
	reverses INTEGER UNIQUE REFERENCES entry (id), -- the entry this one undoes
	person INTEGER REFERENCES person (id), -- whose hand; NULL: the budget file
	about INTEGER REFERENCES person (id), -- whom a note is about
	proposal INTEGER REFERENCES proposal (id), -- the decision of two that it carries out
	cents INTEGER NOT NULL,              -- what it does to what is left of the line; 0 for notes
	text_hash TEXT NOT NULL,             -- SHA-256 of salt and text: survives their erasure
	previous TEXT NOT NULL,              -- hash of the entry before; zeros for the first
	hash TEXT NOT NULL,
	CHECK ((kind IN ('grant', 'move', 'role', 'link')) = (receipt IS NULL)),
	CHECK ((kind IN ('grant', 'spend', 'back', 'reverse', 'move')) = (line IS NOT NULL)),
	CHECK ((kind IN ('role', 'link')) = (about IS NOT NULL)),
	CHECK (kind <> 'move' OR proposal IS NOT NULL),
	CHECK (line IS NOT NULL OR cents = 0),
	CHECK ((kind = 'reverse') = (reverses IS NOT NULL))
) STRICT;
CREATE INDEX entry_line ON entry (line);
CREATE INDEX entry_receipt ON entry (receipt);
CREATE INDEX entry_proposal ON entry (proposal) WHERE proposal IS NOT NULL;
CREATE INDEX entry_about ON entry (about) WHERE about IS NOT NULL;

-- Free text of an entry. Erasing the row leaves the chain whole.
CREATE TABLE entry_text (
	entry INTEGER PRIMARY KEY REFERENCES entry (id),
	salt BLOB NOT NULL,                  -- 16 random bytes
	text TEXT NOT NULL
) STRICT;

-- Up to which entry each group was told how its money stands.
CREATE TABLE budget_told (
	app_group INTEGER NOT NULL REFERENCES app_group (id),
	period TEXT NOT NULL CHECK (period IN ('week', 'month')),
	entry INTEGER NOT NULL,
	PRIMARY KEY (app_group, period)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER entry_in_order BEFORE INSERT ON entry
WHEN NEW.id IS NOT (SELECT ifnull(max(id), 0) + 1 FROM entry)
BEGIN
	SELECT RAISE(ABORT, 'the ledger only grows at its end');
END;
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
BEGIN
	SELECT RAISE(ABORT, 'the ledger is never changed, only added to');
END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
BEGIN
	SELECT RAISE(ABORT, 'the ledger is never shortened');
END;
