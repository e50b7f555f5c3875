-- The second pair of eyes: questions about receipts, samples of them, moves of money, and what the groups are to hear of it.

-- A question that somebody of the office asked about a receipt, in the group the receipt came from.
CREATE TABLE review_question (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	receipt INTEGER NOT NULL REFERENCES receipt (id),
	person INTEGER NOT NULL REFERENCES person (id), -- who asked
	app_group INTEGER NOT NULL REFERENCES app_group (id), -- where he asked: the answer goes back there
	language TEXT NOT NULL,              -- of the command, and so of what brings the answer
	text TEXT NOT NULL,
	outbox INTEGER UNIQUE REFERENCES outbox (id), -- the message that put it: a reply to that answers it
	asked_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX review_question_receipt ON review_question (receipt, id);

-- What was answered, one row a reply.
CREATE TABLE review_answer (
	event TEXT PRIMARY KEY,              -- the reply
	question INTEGER NOT NULL REFERENCES review_question (id),
	person INTEGER NOT NULL REFERENCES person (id),
	text TEXT NOT NULL                   -- '' for a photo without words, or once its author took it back
) STRICT;
CREATE INDEX review_answer_question ON review_answer (question);

-- A sample of receipts that nobody had looked at: with the seed and these two numbers anybody draws the same (docs/LEDGER.md).
CREATE TABLE review_sample (
	seed TEXT PRIMARY KEY,               -- six hexadecimal digits
	person INTEGER NOT NULL REFERENCES person (id), -- who drew it first
	last_receipt INTEGER NOT NULL,       -- the receipts there were
	last_entry INTEGER NOT NULL,         -- the ledger then: what had been looked at
	drawn_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Receipts that were kept out of a sample, because they were his own.
CREATE TABLE review_sample_own (
	seed TEXT NOT NULL REFERENCES review_sample (seed),
	receipt INTEGER NOT NULL REFERENCES receipt (id),
	PRIMARY KEY (seed, receipt)
) STRICT, WITHOUT ROWID;

-- Money that is to go from one line to another when a second person agrees.
CREATE TABLE money_move (
	proposal INTEGER PRIMARY KEY REFERENCES proposal (id),
	from_line INTEGER NOT NULL REFERENCES line (id),
	to_line INTEGER NOT NULL REFERENCES line (id),
	cents INTEGER NOT NULL CHECK (cents > 0),
	reason TEXT NOT NULL,
	CHECK (from_line <> to_line)
) STRICT;

-- What a group is to hear in its next day post; gone when it was said.
CREATE TABLE review_news (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	app_group INTEGER NOT NULL REFERENCES app_group (id),
	kind TEXT NOT NULL CHECK (kind IN ('approved', 'rejected', 'paid', 'sole', 'move_proposed', 'moved', 'move_ended')),
	subject INTEGER NOT NULL             -- the receipt, or the proposal of a move
) STRICT;
CREATE INDEX review_news_group ON review_news (app_group, id);
