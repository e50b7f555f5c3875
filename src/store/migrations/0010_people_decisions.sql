-- What is decided about people, and who wants to be left alone.

-- Somebody gets or loses a role, when the proposal of this number is agreed to.
CREATE TABLE role_proposal (
	proposal INTEGER PRIMARY KEY REFERENCES proposal (id),
	person INTEGER NOT NULL REFERENCES person (id),
	role TEXT NOT NULL CHECK (role IN ('lead', 'coordinator', 'treasurer', 'auditor')),
	core INTEGER REFERENCES core (id),   -- of a lead
	takes INTEGER NOT NULL,              -- 1: he loses it
	CHECK ((role = 'lead') = (core IS NOT NULL))
) STRICT;

-- !stil: until when a group hears nothing that can wait.
CREATE TABLE group_quiet (
	app_group INTEGER PRIMARY KEY REFERENCES app_group (id),
	until_ms INTEGER NOT NULL,
	person INTEGER NOT NULL REFERENCES person (id), -- who asked for it
	at_ms INTEGER NOT NULL
) STRICT;

-- The same of a person: no mentions, and no questions in his private room.
CREATE TABLE person_quiet (
	person INTEGER PRIMARY KEY REFERENCES person (id),
	until_ms INTEGER NOT NULL
) STRICT;

-- What is somebody's, found by him: he may ask, and be forgotten.
CREATE INDEX idea_thumb_person ON idea_thumb (person);
CREATE INDEX receipt_owner_person ON receipt_owner (person);
CREATE INDEX receipt_call_person ON receipt_call (person);
CREATE INDEX entry_person ON entry (person) WHERE person IS NOT NULL;
CREATE INDEX agenda_draft_author ON agenda_draft (author);
CREATE INDEX proposal_person ON proposal (person);
CREATE INDEX proposal_agreed_by ON proposal (agreed_by) WHERE agreed_by IS NOT NULL;
