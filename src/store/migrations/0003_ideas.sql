-- Ideas that neighbours dropped. An idea never disappears: who takes his own back archives it.

CREATE TABLE idea (
	id INTEGER PRIMARY KEY AUTOINCREMENT, -- the number people call it by, unique in the neighbourhood
	author INTEGER NOT NULL REFERENCES person (id),
	app_group INTEGER NOT NULL REFERENCES app_group (id), -- where it was said; only there its author is named
	core INTEGER REFERENCES core (id),   -- that group's; NULL: of the whole neighbourhood
	event TEXT NOT NULL UNIQUE,          -- the message it came from
	said_at_ms INTEGER NOT NULL,         -- when its author wrote it
	text TEXT NOT NULL,
	folded TEXT NOT NULL,                -- the text as it is searched, unicode_fold()
	state TEXT NOT NULL,                 -- a word of enum idea_state: 'new', 'archived'
	same_as INTEGER REFERENCES idea (id), -- the same person, words and moment as this one, and nobody said yet that both are meant
	geo_uri TEXT,                        -- 'geo:52.3,4.9': where it is about
	place TEXT                           -- how the sender's app calls that spot; '' when it does not
) STRICT;
CREATE INDEX idea_core ON idea (core, id) WHERE state <> 'archived';
CREATE INDEX idea_author ON idea (author, said_at_ms);

-- What happened to it, in order.
CREATE TABLE idea_change (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	idea INTEGER NOT NULL REFERENCES idea (id),
	what TEXT NOT NULL,                  -- a word of enum idea_change_kind: 'noted', 'edited', 'archived'
	person INTEGER NOT NULL REFERENCES person (id),
	at_ms INTEGER NOT NULL,
	old_text TEXT                        -- of an edit: the words before it
) STRICT;
CREATE INDEX idea_change_idea ON idea_change (idea, id);

-- Messages that are about one idea: a thumb on one of them, or on our answer to it, is for that idea.
CREATE TABLE idea_message (
	event TEXT PRIMARY KEY,
	idea INTEGER NOT NULL REFERENCES idea (id)
) STRICT;

-- Every thumb. A person who gave two supports once; taking a thumb away deletes its row.
CREATE TABLE idea_thumb (
	event TEXT PRIMARY KEY,              -- the reaction
	idea INTEGER NOT NULL REFERENCES idea (id),
	person INTEGER NOT NULL REFERENCES person (id),
	at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX idea_thumb_idea ON idea_thumb (idea, person);

-- Photos that stay with an idea.
CREATE TABLE idea_photo (
	media INTEGER PRIMARY KEY REFERENCES media (id),
	idea INTEGER NOT NULL REFERENCES idea (id)
) STRICT;
CREATE INDEX idea_photo_idea ON idea_photo (idea);

-- Words to ideas, by three letters at a time. Its text is idea.folded. Kept in step by ideas/idea.c:
-- with an untrusted schema a trigger may not write to a virtual table.
CREATE VIRTUAL TABLE idea_search USING fts5 (folded, content = 'idea', content_rowid = 'id', tokenize = 'trigram case_sensitive 1');
