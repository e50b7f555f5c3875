-- Persons, not ids: roles hang on persons, a person has several ids (phone ghost, LID ghost, Matrix account).

CREATE TABLE person (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	label TEXT UNIQUE,                   -- the key in the config; NULL for who became known by writing
	name TEXT NOT NULL,                  -- how we call him in his own group; '' unknown
	look TEXT NOT NULL DEFAULT '',       -- what that looks like, to find others who are called the same
	language TEXT,                       -- chosen with !taal; NULL: the group's
	created_at_ms INTEGER NOT NULL,
	joined INTEGER REFERENCES person (id) -- linked: the person he turned out to be; NULL: he is himself
) STRICT;
CREATE INDEX person_look ON person (look);
CREATE INDEX person_joined ON person (joined) WHERE joined IS NOT NULL;

CREATE TABLE identity (
	sender TEXT PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES person (id),
	first_person INTEGER NOT NULL REFERENCES person (id), -- whose it was before any link: an undone one gives it back
	linked_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX identity_person ON identity (person);
CREATE INDEX identity_first_person ON identity (first_person);

-- Two that turned out to be one. A row stays when the link is undone: four eyes are two persons who never were one.
CREATE TABLE person_link (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	person INTEGER NOT NULL REFERENCES person (id), -- who stayed
	other INTEGER NOT NULL REFERENCES person (id),  -- whose ids became his
	made_by INTEGER REFERENCES person (id), -- NULL: the config
	made_at_ms INTEGER NOT NULL,
	undone_by INTEGER REFERENCES person (id),
	undone_at_ms INTEGER,
	CHECK (person <> other)
) STRICT;
CREATE INDEX person_link_person ON person_link (person);
CREATE INDEX person_link_other ON person_link (other);

-- role: coordinator, treasurer, auditor, or lead with its core. Everyone is a resident.
CREATE TABLE role (
	person INTEGER NOT NULL REFERENCES person (id),
	role TEXT NOT NULL CHECK (role IN ('lead', 'coordinator', 'treasurer', 'auditor')),
	core INTEGER REFERENCES core (id),
	decided INTEGER NOT NULL DEFAULT 0,  -- 1: by two persons (role_proposal); 0: by the config, whose every start says it anew
	CHECK ((role = 'lead') = (core IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX role_once ON role (person, role, ifnull(core, 0));

CREATE TABLE core (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	slug TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	area TEXT NOT NULL                   -- '' for a core on its own
) STRICT;

-- A conversation the config names. kind `private` rows are made for direct rooms as they appear.
CREATE TABLE app_group (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL UNIQUE,           -- 'kruitberg', 'coordinators', '@fatima'
	kind TEXT NOT NULL CHECK (kind IN ('core', 'coordinators', 'audit', 'neighbourhood', 'private')),
	core INTEGER REFERENCES core (id),
	is_main INTEGER NOT NULL,            -- takes the neighbourhood-wide posts of its core
	bridged INTEGER NOT NULL,            -- WhatsApp: trust is `bridge` at most
	as_text INTEGER NOT NULL,            -- m.text: a bridge drops m.notice
	language TEXT NOT NULL,
	in_config INTEGER NOT NULL,          -- 0: taken out of the config, kept for the history
	CHECK ((kind = 'core') = (core IS NOT NULL))
) STRICT;

-- The rooms we know, and which group each is. A group's room may be replaced (upgrade, new portal).
CREATE TABLE room (
	room TEXT PRIMARY KEY,
	app_group INTEGER REFERENCES app_group (id),
	membership TEXT NOT NULL CHECK (membership IN ('invited', 'joined', 'left', 'banned')),
	encrypted INTEGER NOT NULL DEFAULT 0, -- sticky: never goes back
	forbids_plain INTEGER NOT NULL DEFAULT 0, -- its power levels do not let us say anything in the clear
	forbids_sealed INTEGER NOT NULL DEFAULT 0, -- the same, encrypted
	live_from_ms INTEGER,                -- what was sent before is history; NULL: not live yet
	introduced_at_ms INTEGER,
	bridge_bot TEXT,
	bridge_channel TEXT,
	successor TEXT,
	joined_at_ms INTEGER,
	wish TEXT CHECK (wish IN ('join', 'leave')), -- what we asked the server, until it is done
	wish_via TEXT                        -- a server that knows the room
) STRICT;
CREATE INDEX room_wish ON room (room) WHERE wish IS NOT NULL;
CREATE INDEX room_group ON room (app_group);
