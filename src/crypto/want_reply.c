#include "crypto/want_reply.h"

#include "base/die.h"
#include "base/json.h"

enum reply_sense want_reply_sense(const struct want_reply *reply)
{
	switch (reply->outcome) {
	case OUTCOME_OK:
		return REPLY_ANSWER;
	case OUTCOME_REFUSED:
	case OUTCOME_TOO_BIG:
		return REPLY_REFUSAL;
	case OUTCOME_TROUBLE:
	case OUTCOME_LIMITED:
	case OUTCOME_SERVER:
	case OUTCOME_LOGOUT:
		return REPLY_NONE;
	}
	die("outcome %d", (int)reply->outcome);
}

const struct cJSON *want_reply_read(struct turn *turn, const struct want_reply *reply)
{
	return reply->body ? json_parse_in(turn_arena(turn), reply->body, reply->body_len) : NULL;
}
