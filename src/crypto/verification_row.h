/*
 * Which verifications are open, on disk: they themselves live in memory, and who waits for one that did not survive
 * is to be told.
 */
#ifndef ROTONDE_CRYPTO_VERIFICATION_ROW_H
#define ROTONDE_CRYPTO_VERIFICATION_ROW_H

#include "crypto/verification_send.h"

extern const struct statements verification_statements;

struct verification_row {
	int64_t id;
	struct route route;
	int64_t request_row; /* as in struct flow */
	int64_t ends_at_ms;
};

/* Its id, never used before. request_row, ends_at_ms: as above. */
int64_t verification_row_add(struct turn *turn, const struct route *route, int64_t request_row, int64_t ends_at_ms);

/* It ended. */
void verification_row_remove(struct turn *turn, int64_t id);

/* All of them, the oldest first, in the view's arena. */
const struct verification_row *verification_rows(struct view *view, size_t *ret_len);

#endif
