/*
 * One verification, from the request to its end: what came before decides what may come next, and anything
 * else ends it with a code the other side is told. It lives in memory, in an arena of its own.
 */
#ifndef ROTONDE_CRYPTO_VERIFICATION_FLOW_H
#define ROTONDE_CRYPTO_VERIFICATION_FLOW_H

#include "crypto/verification_mac.h"
#include "crypto/verification_send.h"

enum flow_state {
	FLOW_REQUESTED, /* they ask, and no person here has answered */
	FLOW_ASKED,     /* we ask, their ready is to come */
	FLOW_READY,     /* both want; their start is to come */
	FLOW_STARTED,   /* our start is out, their accept is to come */
	FLOW_ACCEPTED,  /* our accept is out, their key is to come */
	FLOW_KEYED,     /* their accept came, our key is out, theirs is to come */
	FLOW_SHOWN,     /* the code is there, a person is to compare it */
	FLOW_CONFIRMED, /* it is the same: our MACs are out, theirs are to come */
	FLOW_DONE,
	FLOW_CANCELLED,
};

struct flow {
	struct flow *next;
	struct arena *arena; /* a secret one */
	int64_t id;             /* of its struct verification_row */
	enum flow_state state;
	enum cancellation why; /* FLOW_CANCELLED */
	struct route route;    /* device NULL until known, transaction NULL while our request is not in the room */
	int64_t request_row;   /* our request in the outbox; 0: none */
	const char *const *asked; /* our devices that got our request; NULL-closed, or NULL */
	int64_t prompt_ends_ms; /* FLOW_REQUESTED: until then a person may answer */
	int64_t ends_ms;        /* open: it times out; ended: it is forgotten */
	struct party us;
	struct party them;
	bool started_by_us;     /* whose start counts */
	const char *start;      /* its canonical content */
	const char *commitment; /* theirs, when the start is ours */
	struct sas *sas;
	struct short_code code;
	const char *macs;       /* the content of their MACs, when they came before our person's word */
};

/* Strings are copied. began_ms: when the request was made. To be destroyed. */
struct flow *flow_create(struct crypto *crypto, int64_t id, enum flow_state state, const struct route *route, int64_t began_ms) MUST_CHECK;
void flow_destroy(struct flow *flow);

bool flow_is_open(const struct flow *flow);

/* A person accepts their request. */
void flow_accept(struct crypto *crypto, struct turn *turn, struct flow *flow);

/* A person compared. Only in FLOW_SHOWN. */
void flow_confirm(struct crypto *crypto, struct turn *turn, struct flow *flow);

/* It ends, and they are told. */
void flow_cancel(struct turn *turn, struct flow *flow, enum cancellation why);

/* They go on with another device of ours. */
void flow_end_elsewhere(struct turn *turn, struct flow *flow);

/* A message of theirs for this flow; name: of its type, behind the prefix. In a room its m.relates_to stands in content. */
void flow_take(struct crypto *crypto, struct turn *turn, struct flow *flow, const char *name, const struct cJSON *content);

#endif
