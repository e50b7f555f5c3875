/*
 * The ledger: what became of every cent. Entries are only ever added; a correction is a new entry that
 * undoes an old one, so a printed statement never changes afterwards. Each entry holds the SHA-256 of
 * the one before, so that nobody can change the past without changing every hash after it, and the
 * last hash, the head, is printed every month where everybody can see it.
 *
 * Beside the money stand notes of no cents: who looked at a receipt and what he found, who was paid back, who got
 * a role. They are sealed by the same chain, so that who decided what cannot be changed afterwards either.
 *
 * Free text enters the hash as SHA-256(salt || text) and persons as numbers: text, salt and names can be
 * erased and the chain stays whole. docs/LEDGER.md gives the bytes that are hashed, so that anyone can
 * check the chain with tools of his own.
 */
#ifndef ROTONDE_BUDGET_LEDGER_H
#define ROTONDE_BUDGET_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/money.h"
#include "base/sha256.h"
#include "store/turn.h"

extern const struct statements ledger_statements;

enum entry_kind {
	ENTRY_GRANT,   /* money set aside on a line, from the budget file */
	ENTRY_SPEND,   /* a receipt */
	ENTRY_BACK,    /* money of a receipt that came back */
	ENTRY_REVERSE, /* undoes one spend or back entry */
	ENTRY_MOVE,    /* grant that goes from one line to another: two entries of one proposal, together nothing */

	/* Notes about a receipt; but for the last two they are the steps of its state. */
	ENTRY_ASKED,
	ENTRY_ANSWERED, /* or mended after a question: to be looked at again */
	ENTRY_APPROVED,
	ENTRY_REJECTED,
	ENTRY_WITHDRAWN,
	ENTRY_PAID,     /* who paid it has his money back */
	ENTRY_SOLE,     /* looked at by its own owner, for want of anybody else */

	/* Notes about a person. */
	ENTRY_ROLE,     /* got or lost a role */
	ENTRY_LINK,     /* is, or is no longer, one with another */
};

struct entry {
	int64_t id;
	int64_t at_ms;
	enum entry_kind kind;
	int64_t line;       /* 0 for notes */
	int64_t receipt;    /* 0 for grants, moves and notes about a person */
	int64_t reverses;   /* 0 unless ENTRY_REVERSE */
	int64_t person;     /* whose hand; 0: the config or the budget file */
	int64_t about;      /* whom a note is about, else 0 */
	int64_t proposal;   /* the decision of two that it carries out (people/proposal.h), else 0 */
	struct cents cents; /* what it does to what is left of the line: spending is negative */
};

/*
 * Add an entry; its id. in->id, in->at_ms are filled in here. The line's sums follow. Whether the
 * entry makes sense is the caller's promise; ledger_verify() checks it afterwards.
 */
int64_t ledger_append(struct turn *turn, const struct entry *in, const char *text);

/*
 * Add a note. by: whose hand, 0 for the config. One about a receipt names that, and about is 0; one about a person the
 * other way round. A note that carries out a proposal goes through ledger_append().
 */
void ledger_note(struct turn *turn, enum entry_kind kind, int64_t by, int64_t about, int64_t receipt, const char *text);

/* Undo an entry that nothing undid yet. */
void ledger_reverse(struct turn *turn, const struct entry *entry, int64_t person, const char *text);

/* The spend and back entries of a receipt that nothing undid, oldest first. */
struct entry *ledger_standing(struct view *view, int64_t receipt, size_t *ret_len);

/*
 * Has anything been booked on receipts of this core after this entry? Then *ret_spent is what was spent by
 * that; below zero when more came back.
 */
bool ledger_core_moved(struct view *view, int64_t core, int64_t after_entry, struct cents *ret_spent) MUST_CHECK;

/* Has any money been booked after this entry? */
bool ledger_moved(struct view *view, int64_t after_entry) MUST_CHECK;

/* What the budget file granted a line, whatever was moved between lines since. */
struct cents ledger_granted(struct view *view, int64_t line);

/* How many entries there are, and the hash of the last in hex; zeros for an empty ledger. */
int64_t ledger_head(struct view *view, char ret_hex[SHA256_HEX_SIZE]);

enum { LEDGER_FINDINGS_MAX = 50 };

/* One thing that is not as it should be. */
struct ledger_finding {
	enum ledger_finding_kind {
		LEDGER_FINDING_HOLE,    /* entries do not count 1, 2, 3, ... */
		LEDGER_FINDING_CHAIN,   /* an entry does not hold the hash of the one before */
		LEDGER_FINDING_HASH,    /* an entry's own hash is not that of its contents */
		LEDGER_FINDING_TEXT,    /* a text is not the one that was entered */
		LEDGER_FINDING_REVERSE, /* a reversal is not the mirror of what it reverses */
		LEDGER_FINDING_MOVE,    /* what a move takes is not what it gives */
		LEDGER_FINDING_LINE,    /* a line's sums are not those of its entries */
		LEDGER_FINDING_GRANT,   /* the lines together are not the grant */
		LEDGER_FINDING_RECEIPT, /* what is booked or noted of a receipt is not what it says */
		LEDGER_FINDING_EYES,    /* a receipt was approved by its own owner */
		LEDGER_FINDING_DECISION, /* an entry that two should have decided, which they did not, or otherwise */
		LEDGER_FINDING_PROPOSAL, /* a move that was agreed to and never booked */
		LEDGER_FINDING_HEAD,    /* the head to compare with never was one */
	} kind;
	int64_t subject;  /* entry, line, receipt or proposal; 0 for the whole */
	const char *what; /* one plain English sentence */
};

struct ledger_report {
	int64_t entries;
	int64_t erased;   /* entries whose text was erased: no finding */
	struct cents granted;
	struct cents spent;
	char head[SHA256_HEX_SIZE];
	int64_t witnessed; /* the entry whose hash the given head is; 0 when none was given or found */
	struct ledger_finding findings[LEDGER_FINDINGS_MAX];
	size_t findings_len;
	size_t more;      /* how many did not fit */

	/* Receipts approved by somebody who turned out only afterwards to be one with their owner: no finding, but worth another look. */
	int64_t linked_later[LEDGER_FINDINGS_MAX];
	size_t linked_later_len;
};

/*
 * Recompute everything: the chain, every text that is left, every line's sums, the grant, whether each receipt's entries
 * are what its state asks for, and whether two persons decided what takes two. head, or NULL, is a hash printed earlier: it
 * must be that of some entry. The report's texts live in the view's arena; memory does not grow with the ledger.
 */
void ledger_verify(struct view *view, struct cents grant, const char *head, struct ledger_report *ret_report);

/* Which one it is about: "entry 7", "line 3", "receipt 17", "proposal 2"; "the books" for the whole. */
char *ledger_finding_subject(struct arena *arena, const struct ledger_finding *finding) MUST_CHECK;

/* The bytes an entry is hashed over (docs/LEDGER.md). */
char *ledger_serialise(struct arena *arena, const struct entry *entry, const char *text_hash, const char *previous) MUST_CHECK;

/* SHA-256 of salt and text, in hex. */
void ledger_text_hash(const void *salt, size_t salt_len, const char *text, char ret_hex[SHA256_HEX_SIZE]);

/* As the ledger and its CSV spell it: "grant", "spend", ... */
const char *entry_kind_format(enum entry_kind kind);
bool entry_kind_parse(const char *word, enum entry_kind *ret_kind) MUST_CHECK;

#endif
