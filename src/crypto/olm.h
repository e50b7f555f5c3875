/*
 * Olm, Megolm, short authentication strings, signing keys and the sealing of backed up keys: all that a
 * library for Matrix's ratchets does for us. This header is that library's only door. Behind it stands
 * libolm, in src/crypto/olm_*.c and nowhere else; docs/VODOZEMAC.md tells how another would take its place.
 *
 * Memory: an object, and every text or plaintext it gives, lives in the arena it was made in. That must be
 * an arena_create_secret(), such as a turn's: then nothing is left in memory whichever way the arena is
 * left. x_clear() wipes an object before that; it accepts NULL, and using the object afterwards is a bug.
 *
 * State: whatever is said below to change an object must be pickled and stored before its result has any
 * effect, and a copy whose turn was rolled back is never used again (STYLE 11, MATRIX.md 5.11, 6.7). After
 * a verdict other than OK the object is as it was.
 *
 * Errors: what other people sent has a verdict, what we do wrong ends the process. Keys, ids, signatures
 * and bodies are unpadded base64. The public keys of others must pass curve25519_is_sound() (crypto/curve.h);
 * bodies and session keys are read as libolm reads them, which takes many texts for the same bytes: none of
 * them is ever an identity of what is in it.
 *
 * Sources: the Olm, Megolm and SAS documents of the Matrix specification, its end-to-end encryption module,
 * MATRIX.md sections 5 to 8 and 10. One thread only (MATRIX.md 10.4).
 */
#ifndef ROTONDE_CRYPTO_OLM_H
#define ROTONDE_CRYPTO_OLM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"

struct arena;

/* Closed with a NUL that does not count; may hold others. */
struct plaintext {
	const char *bytes;
	size_t len;
};

/*
 * Pickles: an object as text, encrypted. Two pickles of one state under one key are the same text, so a row
 * that holds one is sealed once more (MATRIX.md 10.5). Unpickling says false to what is no whole pickle of
 * that kind under that key.
 */
enum { PICKLE_KEY_BYTES = 32 };

/*
 * The account of our device: its two identity keys, and the one-time and fallback keys by which others
 * start a pair session with us.
 */
struct account;

struct one_time_key {
	const char *id;
	const char *key; /* Curve25519 */
};

struct account *account_create(struct arena *arena) MUST_CHECK;
bool account_unpickle(struct arena *arena, const unsigned char key[static PICKLE_KEY_BYTES], const char *pickle,
                      struct account **ret_account) MUST_CHECK;
const char *account_pickle(struct account *account, const unsigned char key[static PICKLE_KEY_BYTES]) MUST_CHECK;
void account_clear(struct account *account);

const char *account_curve25519(const struct account *account);
const char *account_ed25519(const struct account *account);

/* The Ed25519 signature of the bytes. */
const char *account_sign(struct account *account, const void *bytes, size_t len) MUST_CHECK;

/*
 * One-time keys. The account keeps at most account_key_limit() private keys, used or not, published or not;
 * beyond that the oldest are forgotten without a word, so keep half of it on the server (MATRIX.md 5.4).
 * Asking for more than the limit at once is a bug.
 */
size_t account_key_limit(const struct account *account);
void account_generate_one_time_keys(struct account *account, size_t count);

/* Those not yet marked published: how many, and *ret_keys to as many. */
size_t account_unpublished_one_time_keys(struct account *account, const struct one_time_key **ret_keys);

/*
 * A new fallback key; the one before it stays usable until it is forgotten, the one before that goes. The
 * new one is unpublished at first; afterwards there is none and the answer is false.
 */
void account_generate_fallback_key(struct account *account);
bool account_unpublished_fallback_key(struct account *account, struct one_time_key *ret_key) MUST_CHECK;
void account_forget_old_fallback_key(struct account *account);

/* The server has them all: one-time keys and fallback key (so read both before, MATRIX.md 5.5). */
void account_mark_published(struct account *account);

/*
 * A pair session: Olm, between our device and one other.
 */
struct pair_session;

enum pair_verdict {
	PAIR_OK,
	PAIR_BAD_KEY,     /* the other's key is not sound */
	PAIR_BAD_FORMAT,  /* no message */
	PAIR_UNKNOWN_KEY, /* names a one-time key we do not have (any more), or another sender */
	PAIR_BAD_MAC,     /* tampered, from another state of the session, or decrypted before */
};

/* The numbers are those of the wire: `type` in m.room.encrypted. */
enum pair_message_type { PAIR_MESSAGE_PRE_KEY = 0, PAIR_MESSAGE_NORMAL = 1 };

struct pair_message {
	enum pair_message_type type;
	const char *body;
};

/* PAIR_OK or PAIR_BAD_KEY. That the one-time key was signed by its device is the caller's to check. */
enum pair_verdict pair_session_create_outbound(struct arena *arena, struct account *account, const char *their_curve25519,
                                               const char *their_one_time_key, struct pair_session **ret_session) MUST_CHECK;

/*
 * From the body of a pre-key message. This proves nothing yet, a tampered message gives a session too: decrypt
 * it, and only after PAIR_OK store the session, call account_remove_one_time_key() and store the account,
 * all in one turn (MATRIX.md 5.10). The account is unchanged by this call.
 */
enum pair_verdict pair_session_create_inbound(struct arena *arena, struct account *account, const char *their_curve25519,
                                              const char *body, struct pair_session **ret_session) MUST_CHECK;

bool pair_session_unpickle(struct arena *arena, const unsigned char key[static PICKLE_KEY_BYTES], const char *pickle,
                           struct pair_session **ret_session) MUST_CHECK;
const char *pair_session_pickle(struct pair_session *session, const unsigned char key[static PICKLE_KEY_BYTES]) MUST_CHECK;
void pair_session_clear(struct pair_session *session);

/* The same on both sides. */
const char *pair_session_id(struct pair_session *session);

/* Was this session started by that pre-key message, from that sender? No message at all is false too. */
bool pair_session_matches(struct pair_session *session, const char *their_curve25519, const char *body) MUST_CHECK;

/* Has anything been decrypted? Until then all we send are pre-key messages. */
bool pair_session_has_received(const struct pair_session *session);

/* Steps the ratchet. */
struct pair_message pair_session_encrypt(struct pair_session *session, const void *bytes, size_t len) MUST_CHECK;

/*
 * Steps the ratchet when PAIR_OK. The same message again is PAIR_BAD_MAC, as is a tampered one: who must
 * tell them apart remembers what he decrypted (MATRIX.md 5.13).
 */
enum pair_verdict pair_session_decrypt(struct pair_session *session, const struct pair_message *message,
                                       struct plaintext *ret_plaintext) MUST_CHECK;

/* The one-time key that the inbound session used is spent; a fallback key stays. False: it was not there any more. */
bool account_remove_one_time_key(struct account *account, struct pair_session *session);

/*
 * The sending half of a group session: Megolm, ours alone.
 */
struct group_outbound;

struct group_outbound *group_outbound_create(struct arena *arena) MUST_CHECK;
bool group_outbound_unpickle(struct arena *arena, const unsigned char key[static PICKLE_KEY_BYTES], const char *pickle,
                             struct group_outbound **ret_session) MUST_CHECK;
const char *group_outbound_pickle(struct group_outbound *session, const unsigned char key[static PICKLE_KEY_BYTES]) MUST_CHECK;
void group_outbound_clear(struct group_outbound *session);

const char *group_outbound_id(struct group_outbound *session);

/* Of the message to come. */
uint32_t group_outbound_index(struct group_outbound *session);

/* What m.room_key carries: whoever has it reads from the message to come on, nothing before (MATRIX.md 6.6). Secret. */
const char *group_outbound_session_key(struct group_outbound *session);

/* The body; uses up the index. */
const char *group_outbound_encrypt(struct group_outbound *session, const void *bytes, size_t len) MUST_CHECK;

/*
 * The reading half of a group session, from one index on.
 */
struct group_inbound;

enum group_inbound_verdict {
	GROUP_INBOUND_OK,
	GROUP_INBOUND_BAD_FORMAT,    /* no key, or no message */
	GROUP_INBOUND_BAD_SIGNATURE, /* not by the session's own signing key */
	GROUP_INBOUND_UNKNOWN_INDEX, /* from before our copy begins */
	GROUP_INBOUND_BAD_MAC,       /* our copy's ratchet is another than the sender's */
};

/* From m.room_key's session_key, which is signed. Is the id the announced one? The caller asks (MATRIX.md 7.1). */
enum group_inbound_verdict group_inbound_create(struct arena *arena, const char *session_key, struct group_inbound **ret_session) MUST_CHECK;

/* From the export format of forwards, backups and key files, which anybody could have made up. */
enum group_inbound_verdict group_inbound_import(struct arena *arena, const char *exported, struct group_inbound **ret_session) MUST_CHECK;

bool group_inbound_unpickle(struct arena *arena, const unsigned char key[static PICKLE_KEY_BYTES], const char *pickle,
                            struct group_inbound **ret_session) MUST_CHECK;
const char *group_inbound_pickle(struct group_inbound *session, const unsigned char key[static PICKLE_KEY_BYTES]) MUST_CHECK;
void group_inbound_clear(struct group_inbound *session);

const char *group_inbound_id(struct group_inbound *session);
uint32_t group_inbound_first_index(const struct group_inbound *session);

/* Did the key come signed, or has a message been decrypted with it? */
bool group_inbound_is_verified(const struct group_inbound *session);

/*
 * Decrypts an index as often as it is asked, and many bodies are read as the same message: who must not act
 * twice remembers (id, *ret_index), never the body (MATRIX.md 7.6).
 */
enum group_inbound_verdict group_inbound_decrypt(struct group_inbound *session, const char *body, struct plaintext *ret_plaintext,
                                                 uint32_t *ret_index) MUST_CHECK;

/* The session from that index on, in the export format; false when our copy begins later. Secret. */
bool group_inbound_export(struct group_inbound *session, uint32_t index, const char **ret_exported) MUST_CHECK;

/*
 * Are these two copies of one session? True when they have the same signing key and give the same ratchet at
 * the first index that both know (MATRIX.md 7.4).
 */
bool group_inbound_connects(struct group_inbound *one, struct group_inbound *other) MUST_CHECK;

/*
 * Short authentication string: one side of one verification. Lives in memory only; it has no pickle.
 */
struct sas;

enum sas_verdict {
	SAS_OK,
	SAS_BAD_KEY,   /* not sound */
	SAS_KEY_TWICE, /* their key was set already; the first one stays */
};

struct sas *sas_create(struct arena *arena) MUST_CHECK;
void sas_clear(struct sas *sas);

/* Ephemeral, Curve25519. */
const char *sas_public_key(struct sas *sas);
enum sas_verdict sas_set_their_key(struct sas *sas, const char *their_key) MUST_CHECK;

/* These two before their key is set: a bug. */
void sas_bytes(struct sas *sas, const char *info, unsigned char *bytes, size_t len);

/* hkdf-hmac-sha256.v2 (MATRIX.md 8.10). */
const char *sas_mac(struct sas *sas, const char *text, const char *info) MUST_CHECK;

/*
 * A signing key from its seed: master, self-signing and user-signing keys. A new seed is random_bytes().
 */
struct signer;

enum { SIGNER_SEED_BYTES = 32 };

struct signer *signer_create(struct arena *arena, const unsigned char seed[static SIGNER_SEED_BYTES]) MUST_CHECK;
void signer_clear(struct signer *signer);

/* Ed25519. */
const char *signer_public_key(const struct signer *signer);
const char *signer_sign(struct signer *signer, const void *bytes, size_t len) MUST_CHECK;

/*
 * Sealing for the key backup, m.megolm_backup.v1.curve25519-aes-sha2: anybody who knows the public key seals, the
 * private key opens. A new private key is random_bytes(). The scheme's MAC covers nothing: what opens well may
 * still be tampered with or be anybody's (MATRIX.md 7.12).
 */
enum { KEY_BACKUP_KEY_BYTES = 32 };

enum key_backup_verdict {
	KEY_BACKUP_OK,
	KEY_BACKUP_BAD_KEY,    /* the public or ephemeral key is not sound */
	KEY_BACKUP_BAD_FORMAT, /* not a sealed session */
	KEY_BACKUP_BAD_MAC,    /* sealed for another key */
};

/* The members of a backed up session's session_data. */
struct key_backup_sealed {
	const char *ephemeral;
	const char *mac;
	const char *ciphertext;
};

/* Curve25519. */
const char *key_backup_public_key(struct arena *arena, const unsigned char private_key[static KEY_BACKUP_KEY_BYTES]) MUST_CHECK;

/* KEY_BACKUP_OK or KEY_BACKUP_BAD_KEY. */
enum key_backup_verdict key_backup_seal(struct arena *arena, const char *public_key, const void *bytes, size_t len,
                                        struct key_backup_sealed *ret_sealed) MUST_CHECK;
enum key_backup_verdict key_backup_open(struct arena *arena, const unsigned char private_key[static KEY_BACKUP_KEY_BYTES],
                                        const struct key_backup_sealed *sealed, struct plaintext *ret_plaintext) MUST_CHECK;

#endif
