/*
 * Receipts (bonnen) as they stand in the books, and the photos on them. What may be done with one, and
 * what that does to the ledger, is the business of booking.h.
 *
 * A receipt keeps its number for ever, also when it is withdrawn.
 */
#ifndef ROTONDE_BUDGET_RECEIPT_H
#define ROTONDE_BUDGET_RECEIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/money.h"
#include "store/turn.h"
#include "text/language.h"

extern const struct statements receipt_statements;

enum receipt_state {
	RECEIPT_SUBMITTED,
	RECEIPT_ASKED,    /* the treasurer or the audit committee asked something about it */
	RECEIPT_APPROVED,
	RECEIPT_REJECTED,
	RECEIPT_WITHDRAWN,
};

/* Why people should talk about it. */
enum receipt_discuss {
	RECEIPT_DISCUSS_NOTHING,
	RECEIPT_DISCUSS_OVER, /* booked over the end of its line */
	RECEIPT_DISCUSS_CAP,  /* kept out of the books: handling costs would pass their cap */
};

struct receipt {
	int64_t number;
	int64_t group;        /* where it was sent */
	int64_t core;         /* whose it is; 0 for the neighbourhood's */
	int64_t author;
	const char *event;    /* the message that made it */
	int64_t sent_at_ms;
	const char *day;      /* of sent_at_ms, on the neighbourhood's calendar: "2022-09-03" */
	bool disappearing;
	enum language language; /* of the word it was said with */
	const char *words;    /* what it was for; "" unsaid */
	bool has_amount;
	struct cents amount;  /* when has_amount */
	struct cents back;    /* of the amount came back */
	int64_t line;         /* 0: to be asked */
	enum receipt_state state;
	enum receipt_discuss discuss;
	int64_t same_as;      /* looks like this other receipt; 0 for none, or when somebody said it is not */
	bool removed;         /* its message was deleted */
	int64_t paid_at_ms;   /* when who paid it got his money back; 0: not yet */
	int64_t photos;       /* how many it has, those under way included */
};

bool receipt_find(struct view *view, int64_t number, struct receipt *ret_receipt) MUST_CHECK;
struct receipt receipt_get(struct view *view, int64_t number);

/* The receipt that a message made or put a photo on. */
bool receipt_find_by_event(struct view *view, const char *event, struct receipt *ret_receipt) MUST_CHECK;

/* Whoever sent the photo and whoever put the amount on it; of a linked person also what he did as another. */
bool receipt_is_owner(struct view *view, int64_t number, int64_t person);

/* Those who own it, each as he was when he did. */
int64_t *receipt_owners(struct view *view, int64_t number, size_t *ret_len);

/* The newest receipts of a core (0: of no core) that were not withdrawn, newest first; at most `limit`. */
struct receipt *receipt_list(struct view *view, int64_t core, size_t limit, size_t *ret_len);

/* Receipts that stand apart from the books: without line or amount, or kept out by the cap. */
struct receipt_apart {
	int64_t count;
	struct cents known; /* the amounts that are known, together */
};

/* Of one core (0: of no core), and of all. */
struct receipt_apart receipt_apart(struct view *view, int64_t core);
struct receipt_apart receipt_apart_all(struct view *view);

/*
 * The receipt that a photo without words, sent now by this person in this group, most likely belongs to:
 * his newest one that waits for a photo and was sent within ten minutes before, else the newest one whose last
 * photo came within two minutes before (an album).
 */
bool receipt_find_for_photo(struct view *view, int64_t group, int64_t person, int64_t sent_at_ms, struct receipt *ret_receipt) MUST_CHECK;

/* One photo (or PDF) of a receipt. */
struct receipt_photo {
	int64_t media;      /* a sharper copy once it is stored, else the first */
	const char *blob;   /* SHA-256 in hex; NULL while it is not stored */
};

/* In the order they were sent, without those taken back; also those that could not be fetched. */
struct receipt_photo *receipt_photos(struct view *view, int64_t number, size_t *ret_len);

/* The receipt a file is on, the newest when it is on several; taken back or not. */
bool receipt_find_by_media(struct view *view, int64_t media, struct receipt *ret_receipt) MUST_CHECK;

/* As the database spells it: "submitted", "asked", "approved", "rejected", "withdrawn". */
const char *receipt_state_format(enum receipt_state state);

#endif
