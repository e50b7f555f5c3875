#include "crypto/olm.h"

#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/sha256.h"
#include "crypto/olm_internal.h"

struct group_outbound {
	OlmOutboundGroupSession *olm;
	struct arena *arena;
};

struct group_inbound {
	OlmInboundGroupSession *olm;
	struct arena *arena;
};

static struct group_outbound *group_outbound_open(struct arena *arena)
{
	struct group_outbound *session = arena_new(arena, struct group_outbound);

	session->olm = olm_outbound_group_session(libolm_memory(arena, olm_outbound_group_session_size()));
	session->arena = arena;
	return session;
}

struct group_outbound *group_outbound_create(struct arena *arena)
{
	struct group_outbound *session = group_outbound_open(arena);
	size_t len = olm_init_outbound_group_session_random_length(session->olm);

	(void)LIBOLM_MUST(olm_init_outbound_group_session(session->olm, libolm_random(arena, len), len));
	return session;
}

bool group_outbound_unpickle(struct arena *arena, const unsigned char key[static PICKLE_KEY_BYTES], const char *pickle,
                             struct group_outbound **ret_session)
{
	struct group_outbound *session = group_outbound_open(arena);
	size_t len = strlen(pickle);
	char *input = libolm_input(arena, pickle, len);

	if (olm_unpickle_outbound_group_session(session->olm, key, PICKLE_KEY_BYTES, input, len) == olm_error())
		return false;
	*ret_session = session;
	return true;
}

const char *group_outbound_pickle(struct group_outbound *session, const unsigned char key[static PICKLE_KEY_BYTES])
{
	size_t len = olm_pickle_outbound_group_session_length(session->olm);
	char *pickle = libolm_output(session->arena, len);

	(void)LIBOLM_MUST(olm_pickle_outbound_group_session(session->olm, key, PICKLE_KEY_BYTES, pickle, len));
	return pickle;
}

void group_outbound_clear(struct group_outbound *session)
{
	if (!session)
		return;
	explicit_bzero(session->olm, olm_clear_outbound_group_session(session->olm));
	session->olm = NULL;
}

const char *group_outbound_id(struct group_outbound *session)
{
	size_t len = olm_outbound_group_session_id_length(session->olm);
	char *id = libolm_output(session->arena, len);

	(void)LIBOLM_MUST(olm_outbound_group_session_id(session->olm, (uint8_t *)id, len));
	return id;
}

uint32_t group_outbound_index(struct group_outbound *session)
{
	return olm_outbound_group_session_message_index(session->olm);
}

const char *group_outbound_session_key(struct group_outbound *session)
{
	size_t len = olm_outbound_group_session_key_length(session->olm);
	char *key = libolm_output(session->arena, len);

	(void)LIBOLM_MUST(olm_outbound_group_session_key(session->olm, (uint8_t *)key, len));
	return key;
}

const char *group_outbound_encrypt(struct group_outbound *session, const void *bytes, size_t len)
{
	size_t body_len = olm_group_encrypt_message_length(session->olm, len);
	char *body = libolm_output(session->arena, body_len);

	(void)LIBOLM_MUST(olm_group_encrypt(session->olm, bytes, len, (uint8_t *)body, body_len));
	return body;
}

static struct group_inbound *group_inbound_open(struct arena *arena)
{
	struct group_inbound *session = arena_new(arena, struct group_inbound);

	session->olm = olm_inbound_group_session(libolm_memory(arena, olm_inbound_group_session_size()));
	session->arena = arena;
	return session;
}

/* Why libolm refused what another wrote. */
static enum group_inbound_verdict judge(const struct group_inbound *session)
{
	switch (olm_inbound_group_session_last_error_code(session->olm)) {
	case OLM_INVALID_BASE64:
	case OLM_BAD_SESSION_KEY:
	case OLM_BAD_MESSAGE_VERSION:
	case OLM_BAD_MESSAGE_FORMAT:
		return GROUP_INBOUND_BAD_FORMAT;
	case OLM_BAD_SIGNATURE:
		return GROUP_INBOUND_BAD_SIGNATURE;
	case OLM_UNKNOWN_MESSAGE_INDEX:
		return GROUP_INBOUND_UNKNOWN_INDEX;
	case OLM_BAD_MESSAGE_MAC:
		return GROUP_INBOUND_BAD_MAC;
	default:
		die("libolm refuses a group session's input: %s", olm_inbound_group_session_last_error(session->olm));
	}
}

enum group_inbound_verdict group_inbound_create(struct arena *arena, const char *session_key, struct group_inbound **ret_session)
{
	struct group_inbound *session = group_inbound_open(arena);
	size_t len = strlen(session_key);
	const char *input = libolm_input(arena, session_key, len);

	if (olm_init_inbound_group_session(session->olm, (const uint8_t *)input, len) == olm_error())
		return judge(session);
	*ret_session = session;
	return GROUP_INBOUND_OK;
}

enum group_inbound_verdict group_inbound_import(struct arena *arena, const char *exported, struct group_inbound **ret_session)
{
	struct group_inbound *session = group_inbound_open(arena);
	size_t len = strlen(exported);
	const char *input = libolm_input(arena, exported, len);

	if (olm_import_inbound_group_session(session->olm, (const uint8_t *)input, len) == olm_error())
		return judge(session);
	*ret_session = session;
	return GROUP_INBOUND_OK;
}

bool group_inbound_unpickle(struct arena *arena, const unsigned char key[static PICKLE_KEY_BYTES], const char *pickle,
                            struct group_inbound **ret_session)
{
	struct group_inbound *session = group_inbound_open(arena);
	size_t len = strlen(pickle);
	char *input = libolm_input(arena, pickle, len);

	if (olm_unpickle_inbound_group_session(session->olm, key, PICKLE_KEY_BYTES, input, len) == olm_error())
		return false;
	*ret_session = session;
	return true;
}

const char *group_inbound_pickle(struct group_inbound *session, const unsigned char key[static PICKLE_KEY_BYTES])
{
	size_t len = olm_pickle_inbound_group_session_length(session->olm);
	char *pickle = libolm_output(session->arena, len);

	(void)LIBOLM_MUST(olm_pickle_inbound_group_session(session->olm, key, PICKLE_KEY_BYTES, pickle, len));
	return pickle;
}

void group_inbound_clear(struct group_inbound *session)
{
	if (!session)
		return;
	explicit_bzero(session->olm, olm_clear_inbound_group_session(session->olm));
	session->olm = NULL;
}

const char *group_inbound_id(struct group_inbound *session)
{
	size_t len = olm_inbound_group_session_id_length(session->olm);
	char *id = libolm_output(session->arena, len);

	(void)LIBOLM_MUST(olm_inbound_group_session_id(session->olm, (uint8_t *)id, len));
	return id;
}

uint32_t group_inbound_first_index(const struct group_inbound *session)
{
	return olm_inbound_group_session_first_known_index(session->olm);
}

bool group_inbound_is_verified(const struct group_inbound *session)
{
	return olm_inbound_group_session_is_verified(session->olm);
}

enum group_inbound_verdict group_inbound_decrypt(struct group_inbound *session, const char *body, struct plaintext *ret_plaintext,
                                                 uint32_t *ret_index)
{
	size_t len = strlen(body);
	char *input = libolm_input(session->arena, body, len);
	size_t room = olm_group_decrypt_max_plaintext_length(session->olm, (uint8_t *)input, len);
	uint32_t index = 0;
	char *bytes;

	if (room == olm_error())
		return judge(session);
	if (!libolm_is_whole(room))
		return GROUP_INBOUND_BAD_FORMAT;
	bytes = libolm_output(session->arena, room);
	memcpy(input, body, len);
	len = olm_group_decrypt(session->olm, (uint8_t *)input, len, (uint8_t *)bytes, room, &index);
	if (len == olm_error())
		return judge(session);
	*ret_plaintext = libolm_plaintext(bytes, len);
	*ret_index = index;
	return GROUP_INBOUND_OK;
}

bool group_inbound_export(struct group_inbound *session, uint32_t index, const char **ret_exported)
{
	size_t len = olm_export_inbound_group_session_length(session->olm);
	char *exported = libolm_output(session->arena, len);

	if (olm_export_inbound_group_session(session->olm, (uint8_t *)exported, len, index) == olm_error())
		return false;
	*ret_exported = exported;
	return true;
}

bool group_inbound_connects(struct group_inbound *one, struct group_inbound *other)
{
	uint32_t first = group_inbound_first_index(one);
	uint32_t other_first = group_inbound_first_index(other);
	uint32_t index = first > other_first ? first : other_first;
	const char *exported, *other_exported;
	struct sha256_sum sum, other_sum;

	if (!group_inbound_export(one, index, &exported) || !group_inbound_export(other, index, &other_exported))
		return false;
	/* Their sums are compared, so that the time it takes tells nothing about the secrets. */
	sum = sha256_of(exported, strlen(exported));
	other_sum = sha256_of(other_exported, strlen(other_exported));
	return memcmp(sum.bytes, other_sum.bytes, SHA256_BYTES) == 0;
}
