/*
 * What a server says of a device or a cross-signing key: whatever it says, only what is signed, sound and of
 * this user comes through.
 */
#include "base/json.h"
#include "crypto/curve.h"
#include "crypto/device_claim.h"
#include "fuzz/fuzz.h"

#define USER "@an:example.org"

/* The corpus's identity. */
#define MASTER       "rko/b66SnazmYyU0Q2O45n0TmgB2AeCK8soc+bxKj20"
#define SELF_SIGNING "+LbBENAjdSUP5vfpPF+M8QqvYETbgNqgai4rzxeouTo"

static void try_device(struct arena *arena, const struct cJSON *json)
{
	const struct identity identity = { .user = USER, .master = MASTER, .self_signing = SELF_SIGNING, .pinned = MASTER };
	struct device_claim claim;
	const char *why = NULL;

	if (!device_claim_parse(arena, json, USER, NULL, &identity, &claim, &why)) {
		INVARIANT(why);
		return;
	}
	INVARIANT(str_equal(json_str(json, "user_id"), USER) && str_equal(json_str(json, "device_id"), claim.device.id));
	INVARIANT(curve25519_is_sound(claim.device.curve25519) && ed25519_is_sound(claim.device.ed25519));
	INVARIANT(!claim.signed_by || str_equal(claim.signed_by, SELF_SIGNING));
	/* Of this one only, when asked for one. */
	INVARIANT(!device_claim_parse(arena, json, USER, "ANOTHER", &identity, &claim, &why) || str_equal(claim.device.id, "ANOTHER"));
}

static void try_identity(struct arena *arena, const struct cJSON *json, const char *usage, const char *master)
{
	const char *key, *why = NULL;

	if (!identity_claim_parse(arena, json, USER, usage, master, &key, &why)) {
		INVARIANT(why);
		return;
	}
	INVARIANT(str_equal(json_str(json, "user_id"), USER) && ed25519_is_sound(key));
	INVARIANT(json_first(json_object(json, "keys")) && !json_next(json_first(json_object(json, "keys"))));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA arena = arena_create(64 * 1024 * 1024);
	const struct cJSON *json = size < 64 * 1024 ? json_parse_in(arena, size ? (const char *)data : "", size) : NULL;

	if (!json)
		return 0;
	try_device(arena, json);
	try_identity(arena, json, "master", NULL);
	try_identity(arena, json, "self_signing", MASTER);
	return 0;
}
