-- Questions the bot asked and waits for (DESIGN.md decision 11): one a person and group.
CREATE TABLE question (
	app_group INTEGER NOT NULL REFERENCES app_group (id),
	person INTEGER NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL,                  -- "bon.amount": command/table.c tells who handles it
	subject INTEGER NOT NULL,            -- the receipt, event or idea it is about
	answer TEXT NOT NULL CHECK (answer IN ('yes_no', 'option', 'amount', 'clock', 'text')),
	options TEXT,                        -- JSON array of words
	language TEXT NOT NULL,              -- in which it was asked, and so answered
	expires_at_ms INTEGER NOT NULL,
	next_only INTEGER NOT NULL DEFAULT 1, -- 0: the next message went by; only a reply still answers
	outbox INTEGER REFERENCES outbox (id), -- the message that asked
	PRIMARY KEY (app_group, person)
) STRICT;
CREATE INDEX question_outbox ON question (outbox);

