/*
 * What the files about receipts share: whose receipt a message makes, which photos belong to it, and
 * saying what came of it, with the one question that is still open.
 */
#ifndef ROTONDE_COMMAND_BON_REQUEST_H
#define ROTONDE_COMMAND_BON_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "command/command.h"
#include "command/question.h"
#include "say/receipt_words.h"

struct reader bon_request_reader(const struct request *request);

/*
 * The core whose money this is: the group's; in a private room that of which the person is the only
 * lead. 0 for the neighbourhood: the coordinators' room and the like. False when it cannot be told.
 */
bool bon_request_core(const struct request *request, int64_t *ret_core) MUST_CHECK;

/* A picture or PDF. */
bool bon_request_is_photo(const struct media *file);

/*
 * The photos of this message: its own or the one it answers, and what the same person sent just before its own
 * without anything being done with it (the rest of an album).
 */
int64_t *bon_request_photos(const struct request *request, size_t *ret_len);

/* What a receipt is for, as long as we keep it. */
const char *bon_request_words(const struct request *request, const char *words);

/* Make a receipt of a message: this one, or one that was waiting for its amount or photo. */
struct bon_message {
	const char *event;
	int64_t sent_at_ms;
	bool disappearing;
	const char *words;
	const struct cents *amount; /* NULL: not known */
	const int64_t *photos;
	size_t photos_len;
};
enum budget_verdict bon_request_book(struct request *request, int64_t core, const struct bon_message *message, struct booking *ret_booking) MUST_CHECK;

/* To who looks at receipts, outside the cores' groups: how many wait for a second pair of eyes, behind what was said. */
void bon_request_add_waiting(struct request *request);

/* Put the question how much it was behind what was said. number 0: of the !bon that is remembered. */
void bon_request_ask_amount(struct request *request, int64_t number, const char *said, enum amount_verdict why);

/* Put the question whether it is receipt.same_as, if it looks like any, behind what was said. */
void bon_request_ask_same(struct request *request, const struct receipt *receipt);

/*
 * Say what came of it, or why nothing did, and ask what is still to be asked. How the command ends by that; a refusal
 * changed nothing, so a listener need not care. `before` is the receipt as it was, NULL for a new one.
 */
enum command_end bon_request_tell(struct request *request, enum budget_verdict verdict, const struct receipt *before, const struct booking *booking,
				  enum receipt_news news);

#endif
