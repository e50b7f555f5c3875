-- What becomes of ideas: who takes part, and what their groups are still to be told.

-- Every "ja" to the question who wants to take part. A person who said it twice takes part once; taking
-- it back deletes all his rows.
CREATE TABLE idea_helper (
	event TEXT PRIMARY KEY,              -- the message that said so
	idea INTEGER NOT NULL REFERENCES idea (id),
	person INTEGER NOT NULL REFERENCES person (id),
	app_group INTEGER NOT NULL REFERENCES app_group (id), -- where he said so; only there he is named
	at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX idea_helper_idea ON idea_helper (idea, person);
CREATE INDEX idea_helper_person ON idea_helper (person);

-- What the group an idea came from is to hear in its next day post. Gone when it is told.
CREATE TABLE idea_news (
	id INTEGER PRIMARY KEY,
	idea INTEGER NOT NULL REFERENCES idea (id),
	app_group INTEGER NOT NULL REFERENCES app_group (id), -- the idea's own
	what TEXT NOT NULL CHECK (what IN ('state', 'joined', 'noted')), -- a word of enum idea_news_kind
	other INTEGER REFERENCES idea (id),  -- of 'joined': which idea goes along with it
	CHECK ((what = 'joined') = (other IS NOT NULL))
) STRICT;
CREATE INDEX idea_news_group ON idea_news (app_group, id);
CREATE INDEX idea_news_idea ON idea_news (idea);
