#include "crypto/crypto_internal.h"

#include "base/compiler.h"

/* Who wants what. */
static const struct {
	bool (*want)(struct crypto *crypto, struct view *view, struct want *ret_want);
	void (*reply)(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply);
} sources[WANT_KINDS] = { 0 };

const struct statements *const crypto_statements[] = {
	NULL,
};

bool crypto_want(struct crypto *crypto, struct view *view, enum want_kind kind, struct want *ret_want)
{
	if (!sources[kind].want || !sources[kind].want(crypto, view, ret_want))
		return false;
	ret_want->kind = kind;
	return true;
}

void crypto_reply(struct crypto *crypto, struct turn *turn, const struct want *want, const struct want_reply *reply)
{
	sources[want->kind].reply(crypto, turn, want, reply);
}
