#include "crypto/olm.h"

#include <string.h>

#include "base/arena.h"
#include "base/die.h"
#include "base/json.h"
#include "crypto/olm_internal.h"

static struct account *account_open(struct arena *arena)
{
	struct account *account = arena_new(arena, struct account);

	account->olm = olm_account(libolm_memory(arena, olm_account_size()));
	account->arena = arena;
	return account;
}

/* libolm gives keys as the JSON it once uploaded. */
static const struct cJSON *keys_parse(const struct account *account, const char *json, size_t len)
{
	const struct cJSON *keys = json_parse_in(account->arena, json, len);

	if (!keys)
		die("libolm gives keys that are no JSON");
	return keys;
}

static void read_identity(struct account *account)
{
	size_t len = olm_account_identity_keys_length(account->olm);
	char *json = libolm_output(account->arena, len);
	const struct cJSON *keys;

	len = LIBOLM_MUST(olm_account_identity_keys(account->olm, json, len));
	keys = keys_parse(account, json, len);
	account->curve25519 = json_str(keys, "curve25519");
	account->ed25519 = json_str(keys, "ed25519");
	INVARIANT(account->curve25519 && account->ed25519);
}

struct account *account_create(struct arena *arena)
{
	struct account *account = account_open(arena);
	size_t len = olm_create_account_random_length(account->olm);

	(void)LIBOLM_MUST(olm_create_account(account->olm, libolm_random(arena, len), len));
	read_identity(account);
	return account;
}

bool account_unpickle(struct arena *arena, const unsigned char key[static PICKLE_KEY_BYTES], const char *pickle, struct account **ret_account)
{
	struct account *account = account_open(arena);
	size_t len = strlen(pickle);
	char *input = libolm_input(arena, pickle, len);

	if (olm_unpickle_account(account->olm, key, PICKLE_KEY_BYTES, input, len) == olm_error())
		return false;
	read_identity(account);
	*ret_account = account;
	return true;
}

const char *account_pickle(struct account *account, const unsigned char key[static PICKLE_KEY_BYTES])
{
	size_t len = olm_pickle_account_length(account->olm);
	char *pickle = libolm_output(account->arena, len);

	(void)LIBOLM_MUST(olm_pickle_account(account->olm, key, PICKLE_KEY_BYTES, pickle, len));
	return pickle;
}

void account_clear(struct account *account)
{
	if (!account)
		return;
	explicit_bzero(account->olm, olm_clear_account(account->olm));
	account->olm = NULL;
}

const char *account_curve25519(const struct account *account)
{
	return account->curve25519;
}

const char *account_ed25519(const struct account *account)
{
	return account->ed25519;
}

const char *account_sign(struct account *account, const void *bytes, size_t len)
{
	size_t room = olm_account_signature_length(account->olm);
	char *signature = libolm_output(account->arena, room);

	(void)LIBOLM_MUST(olm_account_sign(account->olm, bytes, len, signature, room));
	return signature;
}

size_t account_key_limit(const struct account *account)
{
	return olm_account_max_number_of_one_time_keys(account->olm);
}

void account_generate_one_time_keys(struct account *account, size_t count)
{
	size_t len;

	INVARIANT(count <= account_key_limit(account));
	len = olm_account_generate_one_time_keys_random_length(account->olm, count);
	(void)LIBOLM_MUST(olm_account_generate_one_time_keys(account->olm, count, libolm_random(account->arena, len), len));
}

/* The members of {"curve25519": {id: key, ...}}. */
static size_t read_keys(struct account *account, const char *json, size_t len, const struct one_time_key **ret_keys)
{
	const struct cJSON *listed = json_object(keys_parse(account, json, len), "curve25519");
	struct one_time_key *keys;
	size_t count = 0;

	INVARIANT(listed);
	for JSON_EACH (item, listed)
		count++;
	keys = arena_array(account->arena, struct one_time_key, count);
	count = 0;
	for JSON_EACH (item, listed)
		keys[count++] = (struct one_time_key){ json_key(item), json_text(item) };
	*ret_keys = keys;
	return count;
}

size_t account_unpublished_one_time_keys(struct account *account, const struct one_time_key **ret_keys)
{
	size_t len = olm_account_one_time_keys_length(account->olm);
	char *json = libolm_output(account->arena, len);

	len = LIBOLM_MUST(olm_account_one_time_keys(account->olm, json, len));
	return read_keys(account, json, len, ret_keys);
}

void account_generate_fallback_key(struct account *account)
{
	size_t len = olm_account_generate_fallback_key_random_length(account->olm);

	(void)LIBOLM_MUST(olm_account_generate_fallback_key(account->olm, libolm_random(account->arena, len), len));
}

bool account_unpublished_fallback_key(struct account *account, struct one_time_key *ret_key)
{
	size_t len = olm_account_unpublished_fallback_key_length(account->olm);
	char *json = libolm_output(account->arena, len);
	const struct one_time_key *keys;

	len = LIBOLM_MUST(olm_account_unpublished_fallback_key(account->olm, json, len));
	if (read_keys(account, json, len, &keys) == 0)
		return false;
	*ret_key = keys[0];
	return true;
}

void account_forget_old_fallback_key(struct account *account)
{
	olm_account_forget_old_fallback_key(account->olm);
}

void account_mark_published(struct account *account)
{
	(void)LIBOLM_MUST(olm_account_mark_keys_as_published(account->olm));
}

bool account_remove_one_time_key(struct account *account, struct pair_session *session)
{
	return olm_remove_one_time_keys(account->olm, session->olm) != olm_error();
}
