-- End-to-end encryption. What is secret is sealed under the key file (crypto/vault.h), bound to its table
-- and primary key; public keys, ids and counters are not. Instants are milliseconds UTC.

-- An event that waits for a key: the session it needs, NULL when it waits for its sender's devices to be known.
ALTER TABLE inbox ADD COLUMN session TEXT;
CREATE INDEX inbox_session ON inbox (room, session) WHERE state = 'wait_key';
CREATE INDEX inbox_devices ON inbox (session) WHERE state = 'wait_key' AND session IS NULL;

-- What is no words but an event of our own making, and the frozen event's type: NULL for a plain message.
ALTER TABLE outbox ADD COLUMN type TEXT;
ALTER TABLE outbox ADD COLUMN content TEXT;
ALTER TABLE outbox ADD COLUMN wire_type TEXT;

-- keyring: our own device.

-- One row: the account, and what the server has of it.
CREATE TABLE keyring (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	user TEXT NOT NULL,                  -- whose device this is; the same as long as the row is there
	device TEXT NOT NULL,
	curve25519 TEXT NOT NULL,
	ed25519 TEXT NOT NULL,
	account BLOB NOT NULL,               -- libolm's pickle, sealed
	signature TEXT NOT NULL,             -- the device's own, over its device_keys
	cross_key TEXT,                      -- our self-signing key, "ed25519:...", and its signature over them
	cross_signature TEXT,
	uploaded INTEGER NOT NULL DEFAULT 0, -- the server has the device_keys
	missing INTEGER NOT NULL DEFAULT 0,  -- how many answers in a row did not show them all the same
	unpublished INTEGER NOT NULL,        -- the account holds one-time or fallback keys that the server may not have
	recount INTEGER NOT NULL DEFAULT 0,  -- an upload just ended: the next batch may have been asked before that
	fallback_at_ms INTEGER,              -- when the server got the fallback key
	fallback_old INTEGER NOT NULL DEFAULT 0, -- the one before it is still kept
	retry_at_ms INTEGER,                 -- the server refused an upload: not again before this
	burnt INTEGER NOT NULL DEFAULT 0     -- this device must not speak any more
) STRICT;

-- device: others' devices and identities.

-- One row: counts what makes lists of devices old, so that an answer is known to be older than the last of it.
CREATE TABLE device_clock (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	ticks INTEGER NOT NULL,
	batch INTEGER NOT NULL               -- users to ask for at once; fewer while the server refuses
) STRICT;
INSERT INTO device_clock (id, ticks, batch) VALUES (1, 0, 250);

-- Users whose devices we follow, or followed; and their identities. Public keys are base64.
CREATE TABLE device_user (
	user TEXT PRIMARY KEY,
	server TEXT NOT NULL,
	tracked INTEGER NOT NULL,
	outdated INTEGER,                    -- the clock when the list became old; NULL: it is not
	outdated_at_ms INTEGER,              -- since when somebody waits for it
	master TEXT,                         -- as the server shows it now
	self_signing TEXT,                   -- signed by master
	user_signing TEXT,                   -- signed by master; of ourselves only
	pinned TEXT,                         -- the master key that counts
	verified INTEGER NOT NULL DEFAULT 0  -- a person compared emoji for the pinned key
) STRICT;
CREATE INDEX device_user_outdated ON device_user (outdated) WHERE outdated IS NOT NULL;

-- Servers that did not answer for their users.
CREATE TABLE device_server (
	server TEXT PRIMARY KEY,
	failures INTEGER NOT NULL,           -- in a row
	retry_at_ms INTEGER NOT NULL
) STRICT;

-- Every device we ever accepted, for its keys are fixed by that.
CREATE TABLE device (
	user TEXT NOT NULL,
	device TEXT NOT NULL,
	curve25519 TEXT NOT NULL,
	ed25519 TEXT NOT NULL,
	signed_by TEXT,                      -- the owner's self-signing key that signed it, NULL for none
	reachable INTEGER NOT NULL,          -- it speaks our algorithms
	gone INTEGER NOT NULL DEFAULT 0,     -- the server does not show it any more
	PRIMARY KEY (user, device)
) STRICT, WITHOUT ROWID;
CREATE INDEX device_curve25519 ON device (user, curve25519) WHERE gone = 0;

-- todevice: the queue to devices.

-- A request: one type, at most one message a device. It takes messages only in the turn that opened it, so that
-- what may have been sent once under its id is sent again byte for byte.
CREATE TABLE todevice_request (
	id INTEGER PRIMARY KEY AUTOINCREMENT, -- its transaction id, never reused
	type TEXT NOT NULL,
	turn INTEGER NOT NULL,               -- the serial number of that turn
	messages INTEGER NOT NULL DEFAULT 0,
	bytes INTEGER NOT NULL DEFAULT 0,
	failures INTEGER NOT NULL DEFAULT 0  -- how often the server itself failed on it (5xx)
) STRICT;
CREATE INDEX todevice_request_turn ON todevice_request (turn, type);

CREATE TABLE todevice (
	request INTEGER NOT NULL REFERENCES todevice_request (id) ON DELETE CASCADE,
	user TEXT NOT NULL,
	device TEXT NOT NULL,
	content TEXT NOT NULL,
	waiter TEXT,                         -- what waits until the server has it: "share/SESSION"
	PRIMARY KEY (request, user, device)
) STRICT, WITHOUT ROWID;
CREATE INDEX todevice_device ON todevice (user, device);
CREATE INDEX todevice_waiter ON todevice (waiter) WHERE waiter IS NOT NULL;

-- What somebody waited for, and the server never took.
CREATE TABLE todevice_lost (
	waiter TEXT NOT NULL,
	user TEXT NOT NULL,
	device TEXT NOT NULL,
	at_ms INTEGER NOT NULL,
	PRIMARY KEY (waiter, user, device)
) STRICT, WITHOUT ROWID;
CREATE INDEX todevice_lost_at ON todevice_lost (at_ms);

-- channel: Olm.

-- generation: raised by all that may change who gets room keys.
CREATE TABLE crypto_generation (
	only INTEGER PRIMARY KEY CHECK (only = 1),
	count INTEGER NOT NULL
) STRICT;
INSERT INTO crypto_generation VALUES (1, 1);
-- A session with a peer, which is a device by its Curve25519 key.
CREATE TABLE channel_session (
	id INTEGER PRIMARY KEY AUTOINCREMENT, -- rises: the newest that a peer began tells what it may have missed before
	peer TEXT NOT NULL,
	name TEXT NOT NULL,                  -- the library's id of it
	pickle BLOB NOT NULL,                -- sealed, for "PEER/NAME"
	user TEXT NOT NULL,                  -- whose device it is
	inbound INTEGER NOT NULL,            -- 1: the peer began it
	made_at_ms INTEGER NOT NULL,
	rank INTEGER NOT NULL,               -- the highest decrypted last, and is the one to encrypt with
	UNIQUE (peer, name)
) STRICT;
CREATE INDEX channel_session_peer ON channel_session (peer, rank);
CREATE INDEX channel_session_user ON channel_session (user, made_at_ms) WHERE inbound = 1;

-- What was decrypted, so that its repetition is not taken for a broken session.
CREATE TABLE channel_heard (
	peer TEXT NOT NULL,
	sum BLOB NOT NULL,                   -- SHA-256 of the message's bytes
	heard_at_ms INTEGER NOT NULL,
	PRIMARY KEY (peer, sum)
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_heard_at ON channel_heard (heard_at_ms);

-- Keys we claim to begin sessions with.
CREATE TABLE channel_peer (
	user TEXT NOT NULL,
	device TEXT NOT NULL,
	wanted INTEGER NOT NULL DEFAULT 0,   -- 1: a key is to be claimed
	due_at_ms INTEGER NOT NULL,          -- not before
	failures INTEGER NOT NULL DEFAULT 0, -- in a row
	unwedges INTEGER NOT NULL DEFAULT 0, -- 1: the session to come is to be told to the device, for its own broke
	unwedged_at_ms INTEGER,              -- when that was last decided
	PRIMARY KEY (user, device)
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_peer_wanted ON channel_peer (due_at_ms) WHERE wanted = 1;
CREATE INDEX channel_peer_unwedged ON channel_peer (unwedged_at_ms) WHERE unwedged_at_ms IS NOT NULL;

-- room: encrypted rooms and who is in them.
CREATE TABLE crypto_room (
	room TEXT NOT NULL PRIMARY KEY,
	joined INTEGER NOT NULL DEFAULT 1,            -- we are in it
	algorithm TEXT,                               -- NULL: not known yet
	rotation_ms INTEGER NOT NULL DEFAULT 0,       -- 0: not known yet
	rotation_messages INTEGER NOT NULL DEFAULT 0,
	visibility TEXT,                              -- m.room.history_visibility, NULL: not known yet
	settings_known INTEGER NOT NULL DEFAULT 0,    -- 0: the algorithm is to be asked (again)
	bare INTEGER NOT NULL DEFAULT 0,              -- its encryption was taken back: nothing is said there
	members_known INTEGER NOT NULL DEFAULT 0,     -- the whole list is here
	members_listed INTEGER NOT NULL DEFAULT 0,    -- it was here once since we are in: whoever is not in it is new
	members_told INTEGER NOT NULL DEFAULT 0,      -- rises with every batch that tells of members
	departures INTEGER NOT NULL DEFAULT 0,        -- rises when somebody left: a new session is due
	ask_at_ms INTEGER NOT NULL DEFAULT 0          -- nothing is asked of the server about it before
) STRICT, WITHOUT ROWID;
CREATE INDEX crypto_room_wants ON crypto_room (ask_at_ms, room) WHERE joined AND NOT bare AND NOT (members_known AND settings_known AND visibility IS NOT NULL);

CREATE TABLE crypto_member (
	room TEXT NOT NULL REFERENCES crypto_room (room),
	user TEXT NOT NULL,
	joined INTEGER NOT NULL,                      -- 0: invited
	news INTEGER NOT NULL DEFAULT 0,              -- 1: came in since the first list, and nobody heard of it
	PRIMARY KEY (room, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX crypto_member_user ON crypto_member (user);
CREATE INDEX crypto_member_news ON crypto_member (room) WHERE news = 1;

-- inbound: Megolm sessions of others.

-- A session, in the room it is for.
CREATE TABLE inbound_session (
	id INTEGER PRIMARY KEY,
	room TEXT NOT NULL,
	session TEXT NOT NULL,               -- the id, which is the session's public signing key
	sealed BLOB NOT NULL,                -- the copy that reaches furthest back, as a pickle
	first_index INTEGER NOT NULL,        -- of the first message it opens
	proven INTEGER NOT NULL,             -- its key came signed by the session, or fits one that did; else it is hearsay
	shared_history INTEGER NOT NULL,     -- whoever is invited later may have it
	curve25519 TEXT NOT NULL,            -- the keys of the sending device, as told: told on, and never decided by
	ed25519 TEXT NOT NULL,
	came_at_ms INTEGER NOT NULL,
	backed_up INTEGER NOT NULL DEFAULT 0, -- in the version of the key backup that is in use
	UNIQUE (room, session)
) STRICT;
CREATE INDEX inbound_session_came ON inbound_session (room, came_at_ms);
CREATE INDEX inbound_session_backup ON inbound_session (id) WHERE backed_up = 0;

-- Who said over his own Olm channel that the session is his.
CREATE TABLE inbound_owner (
	session INTEGER NOT NULL REFERENCES inbound_session (id) ON DELETE CASCADE,
	user TEXT NOT NULL,
	curve25519 TEXT NOT NULL,            -- the keys of that channel
	ed25519 TEXT NOT NULL,
	device TEXT,                         -- the device of that user that has these keys
	master TEXT,                         -- the identity that was pinned when it was seen to sign that device
	evidence TEXT NOT NULL,              -- 'channel', 'device', 'signed', 'own'
	asked INTEGER NOT NULL DEFAULT 0,    -- his devices were asked for because of this session
	came_at_ms INTEGER NOT NULL,
	PRIMARY KEY (session, user, curve25519)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbound_owner_came ON inbound_owner (user, came_at_ms);

-- Which event of a sender had which index, so that no ciphertext is read twice as two events of his. A sender each: who
-- hands out another's session as his own and is faster cannot use up the owner's messages.
CREATE TABLE inbound_seen (
	session INTEGER NOT NULL REFERENCES inbound_session (id) ON DELETE CASCADE,
	message_index INTEGER NOT NULL,
	sender TEXT NOT NULL,
	event TEXT NOT NULL,
	sent_at_ms INTEGER NOT NULL,
	PRIMARY KEY (session, message_index, sender)
) STRICT, WITHOUT ROWID;

-- Why a sender says that he gives us no key: unproven, for the log only; forgotten after two weeks.
CREATE TABLE inbound_withheld (
	sender TEXT NOT NULL,
	room TEXT NOT NULL,
	session TEXT NOT NULL,
	code TEXT NOT NULL,
	at_ms INTEGER NOT NULL,
	PRIMARY KEY (sender, room, session)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbound_withheld_at ON inbound_withheld (at_ms);

-- Which devices asked for which session in the last hour, and got it.
CREATE TABLE inbound_answer (
	user TEXT NOT NULL,
	device TEXT NOT NULL,
	room TEXT NOT NULL,
	session TEXT NOT NULL,
	at_ms INTEGER NOT NULL,
	PRIMARY KEY (user, device, room, session)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbound_answer_at ON inbound_answer (at_ms);

-- outbound: our own Megolm sessions.
CREATE TABLE outbound (
	id INTEGER PRIMARY KEY,
	room TEXT NOT NULL,
	session TEXT NOT NULL UNIQUE,
	pickle BLOB,                                  -- sealed; NULL when it is over
	created_at_ms INTEGER NOT NULL,
	ended_at_ms INTEGER,
	messages INTEGER NOT NULL DEFAULT 0,          -- said with it
	audience INTEGER NOT NULL,                    -- enum outbound_audience
	shared_history INTEGER NOT NULL,
	departures INTEGER NOT NULL,                  -- the room's, when it began
	generation INTEGER NOT NULL DEFAULT 0,        -- at which all who are to have it had it
	recheck_at_ms INTEGER NOT NULL DEFAULT 0,
	CHECK ((pickle IS NULL) = (ended_at_ms IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX outbound_in_use ON outbound (room) WHERE ended_at_ms IS NULL;
CREATE INDEX outbound_ended ON outbound (ended_at_ms) WHERE ended_at_ms IS NOT NULL;

CREATE TABLE outbound_share (
	outbound INTEGER NOT NULL REFERENCES outbound (id) ON DELETE CASCADE,
	user TEXT NOT NULL,
	device TEXT NOT NULL,
	curve25519 TEXT NOT NULL,
	withheld TEXT,                                -- why it was told that it gets none; NULL: it has the key
	first_index INTEGER NOT NULL,                 -- from which on it can read
	wedges INTEGER NOT NULL,                      -- channel_wedges() at that time
	PRIMARY KEY (outbound, user, device)
) STRICT, WITHOUT ROWID;

-- Devices that were told that there is no session with them; until there is one.
CREATE TABLE outbound_no_olm (
	user TEXT NOT NULL,
	device TEXT NOT NULL,
	PRIMARY KEY (user, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbound_wait (
	room TEXT NOT NULL,
	stage TEXT NOT NULL,                          -- 'devices' or 'claims'
	until_ms INTEGER NOT NULL,
	PRIMARY KEY (room, stage)
) STRICT, WITHOUT ROWID;

-- retire: devices of ours that are dead; their names never get other keys.
CREATE TABLE retired_device (
	device TEXT PRIMARY KEY,
	at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- identity: our own cross-signing and secret storage.

-- One row: the keys that sign this device for all who talk to us, and how far they are.
CREATE TABLE own_identity (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	state TEXT NOT NULL,                 -- 'unknown', 'publish', 'sign', 'good', 'foreign'
	check_due INTEGER NOT NULL,          -- the server is to be asked what it shows
	seeds BLOB,                          -- of the master, self-signing and user-signing key, sealed; NULL: we have none
	master TEXT,                         -- their public keys
	self_signing TEXT,
	user_signing TEXT,
	shown_master TEXT,                   -- what the server showed when it was asked last
	shown_self_signing TEXT,
	shown_user_signing TEXT,
	proof_session TEXT,                  -- the server wants a proof that it is us before it takes them; NULL: it does not
	approval_url TEXT,                   -- where a person can give it
	tries INTEGER NOT NULL DEFAULT 0,    -- what we sent in a row that the server then did not show
	retry_at_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO own_identity (id, state, check_due) VALUES (1, 'unknown', 1);

-- Master keys of users with whom a person compared emoji: ours is to sign them.
CREATE TABLE identity_vouch (
	user TEXT PRIMARY KEY,
	master TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row: the secret storage on the server that our identity rests in.
CREATE TABLE secret_storage (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	state TEXT NOT NULL,                 -- 'none', 'making', 'made', 'kept', 'opening', 'failed'
	step INTEGER NOT NULL DEFAULT 0,     -- how far making or opening is
	key_id TEXT,                         -- the name of its key
	secret BLOB,                         -- what opens it, sealed: while it is made, until a person has it; while it is opened
	found BLOB,                          -- what was read of it so far, sealed
	failure TEXT                         -- why it could not be made or opened: a word
) STRICT;
INSERT INTO secret_storage (id, state) VALUES (1, 'none');

-- backup.

-- One row: the key backup on the server.
CREATE TABLE backup (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	state TEXT NOT NULL,                 -- 'none', 'create', 'allowed', 'look', 'on', 'off'
	key BLOB,                            -- opens it, sealed
	public_key TEXT,                     -- of that
	seal_to TEXT,                        -- the public key of the version in use: ours, or one that our identity signed
	version TEXT,                        -- the version in use; NULL: none was yet
	retry_at_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO backup (id, state) VALUES (1, 'none');

-- Sessions that events wait for, to be looked for in the backup once.
CREATE TABLE backup_ask (
	room TEXT NOT NULL,
	session TEXT NOT NULL,
	asked_at_ms INTEGER NOT NULL,
	answered INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (room, session)
) STRICT, WITHOUT ROWID;
CREATE INDEX backup_ask_open ON backup_ask (asked_at_ms) WHERE answered = 0;
CREATE INDEX backup_ask_at ON backup_ask (asked_at_ms);

-- verification.

-- Verifications that are open, so that the other side hears of it when a restart ends them.
CREATE TABLE verification (
	id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: who compares must not hit another one
	user TEXT NOT NULL,
	room TEXT,                           -- NULL: from device to device
	device TEXT,                         -- theirs; NULL: not known when it began
	name TEXT,                           -- its transaction, or the event that asked; NULL: our own request in a room
	request INTEGER NOT NULL,            -- the row of the outbox with that request; 0: none
	ends_at_ms INTEGER NOT NULL
) STRICT;
