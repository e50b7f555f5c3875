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
	-- A word of enum idea_state. Whether neighbours support it is not stored but counted.
	state TEXT NOT NULL CHECK (state IN ('new', 'budget', 'routed', 'done', 'not_now', 'archived')),
	route TEXT CHECK (route IN ('initiative', 'plan', 'corporation', 'just_do')), -- when 'routed': where to
	remark TEXT NOT NULL DEFAULT '',     -- what the coordinator said beside the state: with whom, or why not now
	joined_into INTEGER REFERENCES idea (id), -- the idea it goes along with: one that is joined into no other
	alike INTEGER REFERENCES idea (id),  -- its author is asked whether it goes along with this one
	paper_name TEXT,                     -- written on paper by somebody of this name, for coordinators alone; author typed it
	of_organisation INTEGER NOT NULL DEFAULT 0, -- 1: its words say that an organisation has it
	same_as INTEGER REFERENCES idea (id), -- the same person, words and moment as this one, and nobody said yet that both are meant
	geo_uri TEXT,                        -- 'geo:52.3,4.9': where it is about
	place TEXT,                          -- how the sender's app calls that spot; '' when it does not
	CHECK (state = 'archived' OR (state = 'routed') = (route IS NOT NULL)),
	CHECK (state <> 'not_now' OR remark <> '')
) STRICT;
CREATE INDEX idea_core ON idea (core, id) WHERE state <> 'archived';
CREATE INDEX idea_state ON idea (state, id);
CREATE INDEX idea_joined ON idea (joined_into) WHERE joined_into IS NOT NULL;
CREATE INDEX idea_author ON idea (author, said_at_ms);

-- What happened to it, in order.
CREATE TABLE idea_change (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	idea INTEGER NOT NULL REFERENCES idea (id),
	-- A word of enum idea_change_kind.
	what TEXT NOT NULL CHECK (what IN ('noted', 'edited', 'archived', 'state', 'joined', 'parted')),
	person INTEGER NOT NULL REFERENCES person (id),
	at_ms INTEGER NOT NULL,
	old_text TEXT,                       -- of an edit: the words before it
	state TEXT,                          -- of 'state': what it became, with route and remark
	route TEXT,
	remark TEXT,
	other INTEGER REFERENCES idea (id)   -- of 'joined': the idea it goes along with from here on
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
