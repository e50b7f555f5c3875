#include "crypto/identity_row.h"

#include "base/arena.h"
#include "base/die.h"
#include "crypto/keyring.h"
#include "store/incident.h"

enum { Q_GET, Q_STATE, Q_WRITE, Q_MAX };

static const char *const sql[] = {
	[Q_GET] = "SELECT state, check_due, master, self_signing, user_signing, shown_master, shown_self_signing, shown_user_signing,"
	          " proof_session, approval_url, tries, retry_at_ms FROM own_identity WHERE id = 1",
	/* Asked with every message, so by itself. */
	[Q_STATE] = "SELECT state FROM own_identity WHERE id = 1",
	[Q_WRITE] = "UPDATE own_identity SET state = ?1, check_due = ?2, shown_master = ?3, shown_self_signing = ?4, shown_user_signing = ?5,"
	            " proof_session = ?6, approval_url = ?7, tries = ?8, retry_at_ms = ?9 WHERE id = 1",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements identity_statements = { "crypto/identity", sql, Q_MAX };

static const char *const words[] = {
	[IDENTITY_UNKNOWN] = "unknown",
	[IDENTITY_PUBLISH] = "publish",
	[IDENTITY_SIGN] = "sign",
	[IDENTITY_GOOD] = "good",
	[IDENTITY_FOREIGN] = "foreign",
};

void own_identity_get(struct view *view, struct own_identity *ret_own)
{
	struct stmt *q = view_query(view, &identity_statements, Q_GET);

	if (!stmt_step(q))
		die("the row of our own identity is gone");
	*ret_own = (struct own_identity){
		.state = (enum identity_state)stmt_word(q, 0, words, ARRAY_LEN(words)),
		.check_due = stmt_int(q, 1),
		.ours = { stmt_text(q, 2), stmt_text(q, 3), stmt_text(q, 4) },
		.shown = { stmt_text(q, 5), stmt_text(q, 6), stmt_text(q, 7) },
		.proof_session = stmt_text(q, 8),
		.approval_url = stmt_text(q, 9),
		.tries = stmt_int(q, 10),
		.retry_at_ms = stmt_int(q, 11),
	};
	stmt_reset(q);
}

static enum identity_state read_state(struct view *view)
{
	struct stmt *q = view_query(view, &identity_statements, Q_STATE);
	enum identity_state state;

	if (!stmt_step(q))
		die("the row of our own identity is gone");
	state = (enum identity_state)stmt_word(q, 0, words, ARRAY_LEN(words));
	stmt_reset(q);
	return state;
}

void own_identity_write(struct turn *turn, const struct own_identity *own)
{
	struct stmt *q = turn_query(turn, &identity_statements, Q_WRITE);

	stmt_bind_text(q, 1, words[own->state]);
	stmt_bind_int(q, 2, own->check_due);
	stmt_bind_text(q, 3, own->shown.master);
	stmt_bind_text(q, 4, own->shown.self_signing);
	stmt_bind_text(q, 5, own->shown.user_signing);
	stmt_bind_text(q, 6, own->proof_session);
	stmt_bind_text(q, 7, own->approval_url);
	stmt_bind_int(q, 8, own->tries);
	stmt_bind_int(q, 9, own->retry_at_ms);
	(void)stmt_run(q);
}

bool own_identity_is_held(const struct own_identity *own)
{
	return own->ours.master != NULL;
}

void identity_open(struct crypto *crypto, struct turn *turn)
{
	struct identity_seeds *seeds = arena_new(turn_arena(turn), struct identity_seeds);
	struct own_identity own;

	own_identity_get(turn_view(turn), &own);
	own.check_due = true;
	if (own_identity_is_held(&own)) {
		if (!own_identity_unseal(crypto, turn_view(turn), seeds))
			own_identity_drop(turn, &own);
		else if (!keyring_is_cross_signed(turn_view(turn))) {
			own_identity_hold(crypto, turn, seeds, &own);
			if (own.state == IDENTITY_GOOD)
				own.state = IDENTITY_SIGN;
		}
	}
	own_identity_write(turn, &own);
}

bool identity_is_good(struct view *view)
{
	return read_state(view) == IDENTITY_GOOD;
}

bool identity_is_foreign(struct view *view)
{
	return read_state(view) == IDENTITY_FOREIGN;
}

bool identity_is_under_way(struct view *view)
{
	struct own_identity own;

	own_identity_get(view, &own);
	return own.state != IDENTITY_GOOD && own.state != IDENTITY_FOREIGN && own.retry_at_ms <= view_now_ms(view);
}

enum crypto_identity identity_status(struct view *view)
{
	struct own_identity own;

	own_identity_get(view, &own);
	switch (own.state) {
	case IDENTITY_UNKNOWN:
		return CRYPTO_IDENTITY_UNKNOWN;
	case IDENTITY_PUBLISH:
		if (own.proof_session)
			return own.approval_url ? CRYPTO_IDENTITY_APPROVAL : CRYPTO_IDENTITY_PASSWORD;
		return CRYPTO_IDENTITY_MAKING;
	case IDENTITY_SIGN:
		return CRYPTO_IDENTITY_MAKING;
	case IDENTITY_GOOD:
		return CRYPTO_IDENTITY_GOOD;
	case IDENTITY_FOREIGN:
		return CRYPTO_IDENTITY_FOREIGN;
	}
	die("identity state %d", (int)own.state);
}

const char *identity_why(struct view *view)
{
	switch (identity_status(view)) {
	case CRYPTO_IDENTITY_UNKNOWN:
		return "identity-unknown";
	case CRYPTO_IDENTITY_MAKING:
		return "identity-unfinished";
	case CRYPTO_IDENTITY_PASSWORD:
	case CRYPTO_IDENTITY_APPROVAL:
		return "identity-unproven";
	case CRYPTO_IDENTITY_FOREIGN:
		return "identity-not-ours";
	case CRYPTO_IDENTITY_GOOD:
		return "";
	}
	die("identity status");
}

const char *identity_approval_url(struct view *view)
{
	struct own_identity own;

	own_identity_get(view, &own);
	return own.approval_url;
}

const char *identity_master(struct view *view)
{
	struct own_identity own;

	own_identity_get(view, &own);
	return own.ours.master;
}

const struct identity_seeds *identity_seeds(struct crypto *crypto, struct view *view)
{
	struct identity_seeds *seeds = arena_new(view_arena(view), struct identity_seeds);

	return own_identity_unseal(crypto, view, seeds) ? seeds : NULL;
}

void identity_outdate(struct turn *turn)
{
	struct own_identity own;

	own_identity_get(turn_view(turn), &own);
	own.check_due = true;
	own_identity_write(turn, &own);
}

void identity_retry(struct turn *turn)
{
	struct own_identity own;

	own_identity_get(turn_view(turn), &own);
	own.check_due = true;
	own.proof_session = NULL;
	own.approval_url = NULL;
	own.tries = 0;
	own.retry_at_ms = 0;
	own_identity_write(turn, &own);
}

int64_t identity_next_ms(struct view *view)
{
	struct own_identity own;

	own_identity_get(view, &own);
	return own.retry_at_ms > view_now_ms(view) ? own.retry_at_ms : INT64_MAX;
}
