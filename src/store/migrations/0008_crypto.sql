-- End-to-end encryption. What is secret is sealed under the key file (crypto/vault.h), bound to its table
-- and primary key; public keys, ids and counters are not. Instants are milliseconds UTC.

-- An event that waits for a key: the session it needs, NULL when it waits for its sender's devices to be known.
ALTER TABLE inbox ADD COLUMN session TEXT;
CREATE INDEX inbox_session ON inbox (room, session) WHERE state = 'wait_key';
CREATE INDEX inbox_wait_sender ON inbox (sender) WHERE state = 'wait_key';

-- What is no words but an event of our own making, and the frozen event's type: NULL for a plain message.
ALTER TABLE outbox ADD COLUMN type TEXT;
ALTER TABLE outbox ADD COLUMN content TEXT;
ALTER TABLE outbox ADD COLUMN wire_type TEXT;

-- keyring: our own device.

-- device: others' devices and identities.

-- todevice: the queue to devices.

-- channel: Olm.

-- room: encrypted rooms and who is in them.

-- inbound: Megolm sessions of others.

-- outbound: our own Megolm sessions.

-- identity: our own cross-signing and secret storage.

-- backup.
