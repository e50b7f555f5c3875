#include "crypto/olm.h"

#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "crypto/curve.h"
#include "crypto/olm_internal.h"

_Static_assert(PAIR_MESSAGE_PRE_KEY == 0 && PAIR_MESSAGE_NORMAL == 1, "libolm's numbers are the wire's");

static struct pair_session *pair_session_open(struct arena *arena)
{
	struct pair_session *session = arena_new(arena, struct pair_session);

	session->olm = olm_session(libolm_memory(arena, olm_session_size()));
	session->arena = arena;
	return session;
}

/* Why libolm refused what another wrote. */
static enum pair_verdict judge(const struct pair_session *session)
{
	switch (olm_session_last_error_code(session->olm)) {
	case OLM_INVALID_BASE64:
	case OLM_BAD_MESSAGE_VERSION:
	case OLM_BAD_MESSAGE_FORMAT:
		return PAIR_BAD_FORMAT;
	case OLM_BAD_MESSAGE_KEY_ID:
		return PAIR_UNKNOWN_KEY;
	case OLM_BAD_MESSAGE_MAC:
		return PAIR_BAD_MAC;
	default:
		die("libolm refuses a pair session's input: %s", olm_session_last_error(session->olm));
	}
}

enum pair_verdict pair_session_create_outbound(struct arena *arena, struct account *account, const char *their_curve25519,
                                               const char *their_one_time_key, struct pair_session **ret_session)
{
	struct pair_session *session;
	size_t len;

	if (!curve25519_is_sound(their_curve25519) || !curve25519_is_sound(their_one_time_key))
		return PAIR_BAD_KEY;
	session = pair_session_open(arena);
	len = olm_create_outbound_session_random_length(session->olm);
	(void)LIBOLM_MUST(olm_create_outbound_session(session->olm, account->olm, their_curve25519, strlen(their_curve25519), their_one_time_key,
	                                              strlen(their_one_time_key), libolm_random(arena, len), len));
	*ret_session = session;
	return PAIR_OK;
}

enum pair_verdict pair_session_create_inbound(struct arena *arena, struct account *account, const char *their_curve25519,
                                              const char *body, struct pair_session **ret_session)
{
	size_t len = strlen(body);
	char *input = libolm_input(arena, body, len);
	struct pair_session *session;

	if (!curve25519_is_sound(their_curve25519))
		return PAIR_BAD_KEY;
	session = pair_session_open(arena);
	if (olm_create_inbound_session_from(session->olm, account->olm, their_curve25519, strlen(their_curve25519), input, len) == olm_error())
		return judge(session);
	*ret_session = session;
	return PAIR_OK;
}

bool pair_session_unpickle(struct arena *arena, const unsigned char key[static PICKLE_KEY_BYTES], const char *pickle,
                           struct pair_session **ret_session)
{
	struct pair_session *session = pair_session_open(arena);
	size_t len = strlen(pickle);
	char *input = libolm_input(arena, pickle, len);

	if (olm_unpickle_session(session->olm, key, PICKLE_KEY_BYTES, input, len) == olm_error())
		return false;
	*ret_session = session;
	return true;
}

const char *pair_session_pickle(struct pair_session *session, const unsigned char key[static PICKLE_KEY_BYTES])
{
	size_t len = olm_pickle_session_length(session->olm);
	char *pickle = libolm_output(session->arena, len);

	(void)LIBOLM_MUST(olm_pickle_session(session->olm, key, PICKLE_KEY_BYTES, pickle, len));
	return pickle;
}

void pair_session_clear(struct pair_session *session)
{
	if (!session)
		return;
	explicit_bzero(session->olm, olm_clear_session(session->olm));
	session->olm = NULL;
}

const char *pair_session_id(struct pair_session *session)
{
	size_t len = olm_session_id_length(session->olm);
	char *id = libolm_output(session->arena, len);

	(void)LIBOLM_MUST(olm_session_id(session->olm, id, len));
	return id;
}

bool pair_session_matches(struct pair_session *session, const char *their_curve25519, const char *body)
{
	size_t len = strlen(body);
	char *input = libolm_input(session->arena, body, len);

	return olm_matches_inbound_session_from(session->olm, their_curve25519, strlen(their_curve25519), input, len) == 1;
}

bool pair_session_has_received(const struct pair_session *session)
{
	return olm_session_has_received_message(session->olm);
}

struct pair_message pair_session_encrypt(struct pair_session *session, const void *bytes, size_t len)
{
	size_t type = LIBOLM_MUST(olm_encrypt_message_type(session->olm));
	size_t random_len = olm_encrypt_random_length(session->olm);
	size_t body_len = olm_encrypt_message_length(session->olm, len);
	char *body = libolm_output(session->arena, body_len);

	(void)LIBOLM_MUST(olm_encrypt(session->olm, bytes, len, libolm_random(session->arena, random_len), random_len, body, body_len));
	return (struct pair_message){ type == OLM_MESSAGE_TYPE_PRE_KEY ? PAIR_MESSAGE_PRE_KEY : PAIR_MESSAGE_NORMAL, body };
}

enum pair_verdict pair_session_decrypt(struct pair_session *session, const struct pair_message *message, struct plaintext *ret_plaintext)
{
	size_t len = strlen(message->body);
	char *input = libolm_input(session->arena, message->body, len);
	size_t room = olm_decrypt_max_plaintext_length(session->olm, message->type, input, len);
	char *bytes;

	if (room == olm_error())
		return judge(session);
	if (!libolm_is_whole(room))
		return PAIR_BAD_FORMAT;
	bytes = libolm_output(session->arena, room);
	memcpy(input, message->body, len);
	len = olm_decrypt(session->olm, message->type, input, len, bytes, room);
	if (len == olm_error())
		return judge(session);
	*ret_plaintext = libolm_plaintext(bytes, len);
	return PAIR_OK;
}
