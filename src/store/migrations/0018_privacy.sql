-- Being told what is kept, and being forgotten (docs/PRIVACY.md).

-- He asked to be forgotten: what his app calls him is not written down again, also where his ids had to stay.
ALTER TABLE person ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0;

-- Photos that nothing keeps any more: their files are still to be taken away, after the turn that let go of them.
CREATE TABLE blob_gone (
	hash TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- What is somebody's, found by him.
CREATE INDEX media_sender ON media (sender);
CREATE INDEX question_person ON question (person);
CREATE INDEX action_author ON action (author);
CREATE INDEX action_taker ON action (taker) WHERE taker IS NOT NULL;
CREATE INDEX action_settled_by ON action (settled_by) WHERE settled_by IS NOT NULL;
CREATE INDEX applause_giver ON applause (giver);
CREATE INDEX applause_person ON applause (person) WHERE person IS NOT NULL;
CREATE INDEX agenda_attendance_person ON agenda_attendance (person);
CREATE INDEX agenda_chair_person ON agenda_chair (person) WHERE person IS NOT NULL;
CREATE INDEX agenda_chaired_person ON agenda_chaired (person) WHERE person IS NOT NULL;
CREATE INDEX agenda_version_reason ON agenda_version (person) WHERE reason IS NOT NULL;
CREATE INDEX roundabout_side_person ON roundabout_side (person) WHERE person IS NOT NULL;
