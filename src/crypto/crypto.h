/*
 * End-to-end encryption as a state machine without a network (spec: End-to-end encryption; MATRIX.md
 * sections 5-8). It is fed what the transport brought, in the turn that brought it, and gives back
 * plaintext with its trust, ciphertext to send, and its wants: requests that somebody has to carry.
 *
 * All that must survive is in the database, changed by the turn at hand; what is kept in memory beside it is
 * only a copy that crypto_drop() throws away when a turn was. This is the one header of the room: nobody
 * else includes another of crypto/, and no name of the library below appears here.
 */
#ifndef ROTONDE_CRYPTO_CRYPTO_H
#define ROTONDE_CRYPTO_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/event.h"
#include "base/transport.h"
#include "store/turn.h"

struct crypto;

/* The room's tables of statements, for engine/statements.c; closed by NULL. */
extern const struct statements *const crypto_statements[];

struct crypto_options {
	const char *key_path; /* 32 secret bytes, mode 0600; made when absent and nothing was encrypted with one yet */
	const char *user;     /* who and which device we are, as the server knows us */
	const char *device;
	bool share_with_all;  /* give room keys to devices their owners did not sign, too (MATRIX.md 6.8) */
	const char *const *verifiers; /* users who may ask to compare emoji in a room; others are declined (8.9) */
	size_t verifiers_len;
};

enum crypto_opening {
	CRYPTO_OPEN,
	CRYPTO_KEY_LOST,       /* the database holds secrets that this key does not open, or there is no key for them */
	CRYPTO_KEY_UNUSABLE,   /* the file cannot be read or written, others may read it, or it is no key */
	CRYPTO_RETIRED_DEVICE, /* that device is dead, and a new login is needed: see crypto_retire() */
	CRYPTO_OTHER_DEVICE,   /* the database holds the secrets of another device: see MATRIX.md 1.4, 1.9 */
};

/*
 * Takes the key, and, in the turn, makes the account on the first start. *ret_why: for the log. *ret_crypto: NULL at first;
 * to be closed also when the turn was dropped. Close accepts NULL.
 */
enum crypto_opening crypto_open(const struct crypto_options *options, struct turn *turn, struct crypto **ret_crypto,
                                const char **ret_why) MUST_CHECK;
void crypto_close(struct crypto *crypto);

/* The turn was dropped: forget what it left in memory. */
void crypto_drop(struct crypto *crypto);

/*
 * What a batch brought, in this order: first the keys, then each room's state, then its events. Events in the
 * inbox that waited for a key which is here now, or for their sender's devices to be known, are released there.
 */
void crypto_take_keys(struct crypto *crypto, struct turn *turn, const struct key_news *news);
void crypto_take_room(struct crypto *crypto, struct turn *turn, const struct room_update *update);

/*
 * Somebody who was let into an encrypted room, or invited, since we had its list of members first: who gets keys by
 * that is the server's word alone, so people are to hear of it. Each is given once; false when there is nobody.
 */
bool crypto_next_newcomer(struct turn *turn, const char **ret_room, const char **ret_user) MUST_CHECK;

/* The continuing token broke (MATRIX.md 2.17): every list of devices may be old. */
void crypto_take_restart(struct crypto *crypto, struct turn *turn);

/* Reading. */

enum crypto_verdict {
	CRYPTO_OPENED,
	CRYPTO_LATER,   /* no key, or nothing known of its device yet: the inbox releases it when that changes */
	CRYPTO_REFUSED, /* will never be read: a replay, another's session, broken; for the log only */
	CRYPTO_TAKEN,   /* it was for crypto itself: a verification */
};

struct crypto_plain {
	const char *type;
	const char *content; /* a JSON object */
	enum trust trust;    /* DIRECT; with a doubt NONE, or PLAIN when it is the identity's; BRIDGE of a relay */
	enum doubt doubt;
};

/* Whose session may carry others' words in this room (MATRIX.md 9.3). All zero: nobody's. */
struct crypto_relay {
	const char *bot;      /* the bridge's bot, by the config */
	bool sender_is_ghost; /* the event's sender is one of its ghosts, by the config */
};

/*
 * Open an EVENT_UNREADABLE with its `sealed`. last_try: waiting is over, so what is not known of the device by now
 * counts as not known. *ret_why is a word for the log ("replay", "no-key", "other-sender", ...), "" when opened;
 * *ret_session names the session, for the inbox's wait, or NULL.
 */
enum crypto_verdict crypto_decrypt(struct crypto *crypto, struct turn *turn, const struct event *event, const struct crypto_relay *relay,
                                   bool last_try, struct crypto_plain *ret_plain, const char **ret_session, const char **ret_why) MUST_CHECK;

/* Speaking. */

enum crypto_ready {
	CRYPTO_READY,
	CRYPTO_WAIT,  /* members, devices or key shares are under way: try again after a reply, at the latest at crypto_next_ms() */
	CRYPTO_NEVER, /* this room cannot be spoken in: its algorithm is unknown, or our own identity is not in order */
};

/*
 * May something be said in this room now? Begins what is missing. verification: it is part of comparing emoji, and
 * must reach devices that nobody signed yet. *ret_why: for the log and status.
 */
enum crypto_ready crypto_prepare(struct crypto *crypto, struct turn *turn, const char *room, bool verification, const char **ret_why) MUST_CHECK;

/* How often crypto_prepare() did more than look: what is wanted may be something else since. */
uint64_t crypto_stirs(const struct crypto *crypto) MUST_CHECK;

/*
 * The m.room.encrypted content for a content, after CRYPTO_READY in the same turn. The ratchet moves on with
 * the turn: the same index never carries two texts. m.relates_to stays in the clear.
 */
char *crypto_encrypt(struct crypto *crypto, struct turn *turn, const char *room, const char *type, const char *content) MUST_CHECK;

/*
 * After CRYPTO_READY, in a room that a bridge carries: has its bot no device that gets our keys, so that the other
 * side is deaf (MATRIX.md 6.9)? An incident stands as long as it has none.
 */
bool crypto_bridge_is_deaf(struct crypto *crypto, struct turn *turn, const char *room, const char *bot) MUST_CHECK;

/* We are out of this room: its outbound session is over. */
void crypto_leave(struct crypto *crypto, struct turn *turn, const char *room);

/* Our own identity. */

enum crypto_identity {
	CRYPTO_IDENTITY_UNKNOWN,  /* the server was not asked yet */
	CRYPTO_IDENTITY_MAKING,   /* ours is on its way */
	CRYPTO_IDENTITY_PASSWORD, /* the server wants the account's password for it: crypto_begin_login() */
	CRYPTO_IDENTITY_APPROVAL, /* the server wants a person to allow it on a page */
	CRYPTO_IDENTITY_FOREIGN,  /* the account has one whose keys are not here: crypto_recover() */
	CRYPTO_IDENTITY_GOOD,
};

/* The secret storage on the server, which a recovery key opens. */
enum crypto_storage {
	CRYPTO_STORAGE_NONE,
	CRYPTO_STORAGE_MAKING,
	CRYPTO_STORAGE_MADE,    /* its recovery key waits for a person: crypto_recovery_key() */
	CRYPTO_STORAGE_KEPT,    /* a person has the recovery key */
	CRYPTO_STORAGE_OPENING,
	CRYPTO_STORAGE_FAILED,
};

/* The key backup on the server. */
enum crypto_backup {
	CRYPTO_BACKUP_NONE,
	CRYPTO_BACKUP_STARTING,
	CRYPTO_BACKUP_ON,
	CRYPTO_BACKUP_OFF, /* deleted, switched off, or another's: an incident tells */
};

/* How encryption stands, for `status` and `login`. Strings live in the view's arena. */
struct crypto_status {
	enum crypto_identity identity;
	const char *master;       /* our public master key; NULL while there is none */
	const char *approval_url; /* with CRYPTO_IDENTITY_APPROVAL */
	enum crypto_storage storage;
	const char *failure;      /* with CRYPTO_STORAGE_FAILED, a word: "wrong-key", "absent", "broken", "other-identity", ... */
	enum crypto_backup backup;
	bool burnt;               /* this device must not speak any more: only a new login helps */
};

struct crypto_status crypto_status(struct view *view);

/* How many room keys are kept. They are counted one by one: for a person who asks. */
int64_t crypto_key_count(struct view *view);

/*
 * A person is there: what was refused is tried again, with the account's password where the server wants a proof.
 * The password is borrowed until crypto_close().
 */
void crypto_begin_login(struct crypto *crypto, struct turn *turn, const char *password);

/* Begin to store our identity on the server, under a new recovery key. Nothing when that is done or begun. */
void crypto_make_storage(struct crypto *crypto, struct turn *turn);

/* Begin to bring our identity back from there. text: the recovery key, or a passphrase that was chosen elsewhere. */
void crypto_recover(struct crypto *crypto, struct turn *turn, const char *text);

/* The recovery key, with CRYPTO_STORAGE_MADE, in the view's arena; else NULL. Once a person has it, it is forgotten. */
const char *crypto_recovery_key(struct crypto *crypto, struct view *view);
void crypto_forget_recovery_key(struct turn *turn);

enum crypto_past {
	CRYPTO_PAST_READABLE, /* the sessions of others stay, and what was read with them is known: the database went on */
	CRYPTO_PAST_GONE,     /* it is an older copy, or its key file is lost: all but our identity goes */
};

/*
 * Our device is dead: its account and ratchets go, and this device (NULL: the one in the database) is never opened
 * again (MATRIX.md 1.4, 1.9, 5.2). The next crypto_open() needs another device.
 */
void crypto_retire(struct turn *turn, enum crypto_past past, const char *device);

/* Was this device retired? */
bool crypto_is_retired(struct view *view, const char *device) MUST_CHECK;

/* Files. */

enum crypto_file {
	CRYPTO_FILE_OPENED,
	CRYPTO_FILE_REFUSED, /* its key is none, or the bytes are not those that were sent: for good */
	CRYPTO_FILE_TROUBLE, /* reading or writing failed */
};

/*
 * Decrypt the file `from` of an encrypted room into `to`, streamed; `to` is there only when the hash of all of it was right.
 * key: struct media's. *ret_why: a word for the log.
 */
enum crypto_file crypto_open_file(const char *key, const char *from, const char *to, const char **ret_why) MUST_CHECK;

/*
 * Comparing emoji with somebody (spec: Short Authentication String verification; MATRIX.md 8.9-8.13). Verifications
 * live in memory: a restart or a dropped turn ends them, and the other side is told with the next batch. None goes further
 * than the code without a person's word.
 */

enum { SHORT_CODE_EMOJI = 7, SHORT_CODE_NUMBERS = 3 };

struct short_code {
	int emoji[SHORT_CODE_EMOJI];     /* 0-63, numbers of the specification's table */
	int numbers[SHORT_CODE_NUMBERS]; /* 1000-9191 */
};

/* An EVENT_VERIFICATION in a room; those that come sealed crypto_decrypt() takes itself. */
void crypto_take_verification(struct crypto *crypto, struct turn *turn, const struct event *event);

enum verification_stage {
	VERIFICATION_ASKED,     /* they ask: crypto_verification_begin() says yes, crypto_verification_end() no */
	VERIFICATION_UNDER_WAY, /* the other side's turn */
	VERIFICATION_COMPARE,   /* the code is there: crypto_verification_end() tells whether both sides see the same */
	VERIFICATION_DONE,
	VERIFICATION_CANCELLED,
};

struct verification {
	int64_t id; /* never used again */
	const char *user;
	const char *device;          /* NULL: not known yet */
	enum verification_stage stage;
	struct short_code code;      /* VERIFICATION_COMPARE */
	const char *why;             /* VERIFICATION_CANCELLED: a code of the specification ("m.timeout"), or "other" */
};

/* Those that are open, and those that ended within the last ten minutes; the oldest first, in the turn's arena. */
struct verification *crypto_verifications(struct crypto *crypto, struct turn *turn, size_t *ret_len);

enum verification_beginning {
	VERIFICATION_BEGUN,      /* or one with this user was open already: then a request of theirs is accepted */
	VERIFICATION_NO_ROOM,    /* there is no encrypted room with this user alone */
	VERIFICATION_NO_DEVICES, /* ourselves: we have no other device */
	VERIFICATION_NO_IDENTITY, /* the user has no cross-signing identity that we know of; it is asked for */
};

/*
 * A person wants to compare with this user: in the encrypted room they share with us alone, or, when the user is
 * ourselves, with our other devices (then room is NULL). words: what clients show that know no verifications.
 */
enum verification_beginning crypto_verification_begin(struct crypto *crypto, struct turn *turn, const char *user, const char *room,
                                                      const char *words, int64_t *ret_id) MUST_CHECK;

/* A person says yes, both see the same, or no, or never mind. False when the verification is at no such point. */
bool crypto_verification_end(struct crypto *crypto, struct turn *turn, int64_t id, bool same) MUST_CHECK;

/* A person says that the user's changed identity is the right one (8.15). False when the user has none. */
bool crypto_identity_accept(struct crypto *crypto, struct turn *turn, const char *user) MUST_CHECK;

/* The wants. */

enum want_kind {
	WANT_KEYS_UPLOAD,   /* our device keys, one-time and fallback keys */
	WANT_KEYS_QUERY,    /* others' devices and identities */
	WANT_KEYS_CLAIM,    /* one-time keys of devices we have no channel to */
	WANT_TO_DEVICE,     /* what stands in the queue for devices */
	WANT_MEMBERS,       /* who is in a room */
	WANT_ENCRYPTION,    /* how a room is encrypted, when no batch told */
	WANT_IDENTITY,      /* our own cross-signing: look, publish, sign */
	WANT_SECRETS,       /* secret storage: account data */
	WANT_BACKUP,        /* the key backup: version, upload, fetch */
	WANT_KINDS,
};

struct want {
	enum want_kind kind;
	int64_t ref;       /* what it is about, in the words of who wants it */
	const char *about; /* the same, or NULL */
	struct call call;
};

struct want_reply {
	enum outcome outcome;
	const char *error;       /* as in struct arrival; "" when OUTCOME_OK */
	int64_t retry_after_ms;
	const char *body;        /* a JSON object, or NULL */
	size_t body_len;
};

/*
 * The next want of a kind; false when there is none now. Wants follow from what is stored, so asking again
 * before its reply gives the same again: one of a kind is to be under way at a time. Strings live in the view's arena.
 * None ever again when the server has other keys under this device's name than ours (an incident told): it is as dead
 * as an old copy of the database, and must not use a key once more.
 */
bool crypto_want(struct crypto *crypto, struct view *view, enum want_kind kind, struct want *ret_want) MUST_CHECK;

/*
 * What came of it; want as it was given, with its strings. OUTCOME_TROUBLE, LIMITED and SERVER change little:
 * who carries decides when to ask again. An answer of more than a few megabytes counts as OUTCOME_TOO_BIG.
 */
void crypto_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);

/* When something becomes due by time alone, INT64_MAX when nothing does. */
int64_t crypto_next_ms(struct view *view);

#endif
