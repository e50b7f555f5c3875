#include "crypto/device_claim.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/json_canonical.h"
#include "base/str.h"
#include "crypto/curve.h"
#include "crypto/signature.h"

enum { DEVICE_ID_BYTES_MAX = 255 };

#define ED25519_PREFIX "ed25519:"

/* Opaque to us, but it stands in logs and in the names of keys. */
static bool is_device_id(const char *id)
{
	size_t len = id ? strlen(id) : 0;

	if (len == 0 || len > DEVICE_ID_BYTES_MAX)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (id[i] <= ' ' || id[i] > '~')
			return false;
	}
	return true;
}

/* Else a signature under "ed25519:NAME" would be both the device's own and the identity's (CVE-2022-39250). */
static bool is_named_like_a_key(const char *id, const struct identity *identity)
{
	return str_equal(id, identity->master) || str_equal(id, identity->self_signing) || str_equal(id, identity->user_signing) ||
	       str_equal(id, identity->pinned);
}

static bool has_text(const struct cJSON *array, const char *text)
{
	for JSON_EACH (item, array) {
		if (str_equal(json_text(item), text))
			return true;
	}
	return false;
}

static const char *signature_key_id(struct arena *arena, const char *name)
{
	return arena_printf(arena, ED25519_PREFIX "%s", name);
}

bool device_claim_parse(struct arena *arena, const struct cJSON *device_keys, const char *user, const char *id, const struct identity *identity,
                        struct device_claim *ret_claim, const char **ret_why)
{
	const struct cJSON *keys = json_object(device_keys, "keys"), *algorithms = json_array(device_keys, "algorithms");
	struct device device = { .user = user, .id = json_str(device_keys, "device_id") };
	enum signature own, cross = SIGNATURE_ABSENT;

	*ret_why = "other-id";
	if (!str_equal(json_str(device_keys, "user_id"), user) || !is_device_id(device.id) || (id && !str_equal(device.id, id)))
		return false;
	*ret_why = "named-like-a-key";
	if (is_named_like_a_key(device.id, identity))
		return false;
	device.curve25519 = json_str(keys, arena_printf(arena, "curve25519:%s", device.id));
	device.ed25519 = json_str(keys, signature_key_id(arena, device.id));
	*ret_why = "unsound-key";
	if (!curve25519_is_sound(device.curve25519) || !ed25519_is_sound(device.ed25519))
		return false;
	own = signature_verify(arena, device_keys, user, signature_key_id(arena, device.id), device.ed25519);
	*ret_why = signature_word(own);
	if (own != SIGNATURE_GOOD)
		return false;
	if (identity->self_signing)
		cross = signature_verify(arena, device_keys, user, signature_key_id(arena, identity->self_signing), identity->self_signing);
	*ret_claim = (struct device_claim){
		.device = device,
		.reachable = has_text(algorithms, OLM_ALGORITHM) && has_text(algorithms, MEGOLM_ALGORITHM),
		.signed_by = cross == SIGNATURE_GOOD ? identity->self_signing : NULL,
	};
	return true;
}

/* The one key of the object, which is named by itself; or NULL. */
static const char *only_key(const struct cJSON *keys)
{
	const struct cJSON *item = json_first(keys);
	const char *name, *key;

	if (!item || json_next(item))
		return NULL;
	name = json_key(item);
	key = json_text(item);
	return str_starts(name, ED25519_PREFIX) && str_equal(name + strlen(ED25519_PREFIX), key) && ed25519_is_sound(key) ? key : NULL;
}

bool identity_claim_parse(struct arena *arena, const struct cJSON *object, const char *user, const char *usage, const char *master,
                          const char **ret_key, const char **ret_why)
{
	const char *key = only_key(json_object(object, "keys"));
	enum json_canonical form;
	enum signature signature;
	char *text;

	*ret_why = "other-user";
	if (!str_equal(json_str(object, "user_id"), user))
		return false;
	*ret_why = "other-usage";
	if (!has_text(json_array(object, "usage"), usage))
		return false;
	*ret_why = "unsound-key";
	if (!key)
		return false;
	form = json_canonical_format_signed(arena, object, &text);
	*ret_why = json_canonical_word(form);
	if (form != JSON_CANONICAL_OK)
		return false;
	if (master) {
		signature = signature_verify(arena, object, user, signature_key_id(arena, master), master);
		*ret_why = signature_word(signature);
		if (signature != SIGNATURE_GOOD)
			return false;
	}
	*ret_key = key;
	return true;
}
