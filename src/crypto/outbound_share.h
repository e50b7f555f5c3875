/*
 * Who is to have a session of ours, who has it, and who was told that he gets none. For outbound.c.
 */
#ifndef ROTONDE_CRYPTO_OUTBOUND_SHARE_H
#define ROTONDE_CRYPTO_OUTBOUND_SHARE_H

#include "crypto/device.h"
#include "crypto/outbound_session.h"

extern const struct statements outbound_share_statements;

/* The devices of a room's recipients and our own others, in the order of user and id. */
struct outbound_target {
	struct device device;
	bool eligible;
};

struct outbound_targets {
	struct outbound_target *list;
	size_t len;
	bool settled; /* everybody's devices are as new as the server's word */
};

/* Follows who is not followed yet. */
struct outbound_targets outbound_targets_reckon(struct crypto *crypto, struct turn *turn, const struct crypto_room *room,
                                                enum outbound_audience audience);

/* Somebody has the key who is not to have it (any more). */
bool outbound_share_is_astray(struct view *view, const struct outbound_session *session, const struct outbound_targets *targets) MUST_CHECK;

struct outbound_sharing {
	bool claiming; /* keys of devices are under way */
	bool missed;   /* a device gets no key, because no session with it can be had now, or the server did not take it */
};

/*
 * Queue the key for those who are to have it and have not, ask for sessions with them, and tell the others once
 * that they get none. Nobody may have it astray.
 */
struct outbound_sharing outbound_share(struct crypto *crypto, struct turn *turn, const struct crypto_room *room,
                                       const struct outbound_session *session, const struct outbound_targets *targets);

/* The queue's group of a session's key shares. */
const char *outbound_share_group(struct arena *arena, const struct outbound_session *session);

#endif
