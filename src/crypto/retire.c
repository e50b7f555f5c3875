#include "crypto/retire.h"

#include "base/log.h"

enum {
	Q_REMEMBER,
	Q_REMEMBER_OWN,
	Q_FIND,
	Q_DEVICE_FIRST,
	Q_TODEVICE = Q_DEVICE_FIRST,
	Q_TODEVICE_REQUEST,
	Q_TODEVICE_LOST,
	Q_CHANNEL_HEARD,
	Q_CHANNEL_PEER,
	Q_CHANNEL_SESSION,
	Q_OUTBOUND_SHARE,
	Q_OUTBOUND_NO_OLM,
	Q_OUTBOUND_WAIT,
	Q_OUTBOUND,
	Q_VERIFICATION,
	Q_KEYRING,
	Q_PAST_FIRST,
	Q_INBOUND_SEEN = Q_PAST_FIRST,
	Q_INBOUND_OWNER,
	Q_INBOUND_SESSION,
	Q_STORAGE,
	Q_MAX
};

static const char *const sql[] = {
	[Q_REMEMBER] = "INSERT INTO retired_device (device, at_ms) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
	[Q_REMEMBER_OWN] = "INSERT INTO retired_device (device, at_ms) SELECT device, ?1 FROM keyring WHERE id = 1 ON CONFLICT DO NOTHING",
	[Q_FIND] = "SELECT 1 FROM retired_device WHERE device = ?1",
	/* Of the device. */
	[Q_TODEVICE] = "DELETE FROM todevice",
	[Q_TODEVICE_REQUEST] = "DELETE FROM todevice_request",
	[Q_TODEVICE_LOST] = "DELETE FROM todevice_lost",
	[Q_CHANNEL_HEARD] = "DELETE FROM channel_heard",
	[Q_CHANNEL_PEER] = "DELETE FROM channel_peer",
	[Q_CHANNEL_SESSION] = "DELETE FROM channel_session",
	[Q_OUTBOUND_SHARE] = "DELETE FROM outbound_share",
	[Q_OUTBOUND_NO_OLM] = "DELETE FROM outbound_no_olm",
	[Q_OUTBOUND_WAIT] = "DELETE FROM outbound_wait",
	[Q_OUTBOUND] = "DELETE FROM outbound",
	[Q_VERIFICATION] = "DELETE FROM verification",
	[Q_KEYRING] = "DELETE FROM keyring",
	/* Of what could be read: an older copy does not know what was read since, so a server could have it read twice. */
	[Q_INBOUND_SEEN] = "DELETE FROM inbound_seen",
	[Q_INBOUND_OWNER] = "DELETE FROM inbound_owner",
	[Q_INBOUND_SESSION] = "DELETE FROM inbound_session",
	/* A recovery key that nobody was shown yet, or that was being used. */
	[Q_STORAGE] = "UPDATE secret_storage SET state = 'none', step = 0, secret = NULL, found = NULL WHERE id = 1 AND state <> 'kept'",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements retire_statements = { "crypto/retire", sql, Q_MAX };

bool crypto_is_retired(struct view *view, const char *device)
{
	struct stmt *q = view_query(view, &retire_statements, Q_FIND);

	stmt_bind_text(q, 1, device);
	return stmt_one_int(q, 0);
}

static void remember(struct turn *turn, const char *device)
{
	struct stmt *q = turn_query(turn, &retire_statements, Q_REMEMBER_OWN);

	stmt_bind_int(q, 1, turn_now_ms(turn));
	(void)stmt_run(q);
	if (!device)
		return;
	q = turn_query(turn, &retire_statements, Q_REMEMBER);
	stmt_bind_text(q, 1, device);
	stmt_bind_int(q, 2, turn_now_ms(turn));
	(void)stmt_run(q);
}

void crypto_retire(struct turn *turn, enum crypto_past past, const char *device)
{
	size_t end = past == CRYPTO_PAST_GONE ? Q_MAX : Q_PAST_FIRST;

	remember(turn, device);
	for (size_t i = Q_DEVICE_FIRST; i < end; i++)
		(void)stmt_run(turn_query(turn, &retire_statements, i));
	log_warn("crypto.retired", "readable=%d", past == CRYPTO_PAST_READABLE);
}
