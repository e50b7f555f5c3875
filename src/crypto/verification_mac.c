#include "crypto/verification_mac.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "crypto/kdf.h"

/* A device key and a master key: nobody has more that we could check. */
enum { KEYS_MAX = 2 };

#define KEY_PREFIX "ed25519:"

struct short_code verification_code(struct arena *arena, struct sas *sas, const struct party *starter, const struct party *other,
                                    const char *transaction)
{
	unsigned char bytes[SHORT_CODE_BYTES];

	sas_bytes(sas,
	          arena_printf(arena, "MATRIX_KEY_VERIFICATION_SAS|%s|%s|%s|%s|%s|%s|%s", starter->user, starter->device, starter->ephemeral,
	                       other->user, other->device, other->ephemeral, transaction),
	          bytes, sizeof bytes);
	return short_code_of(bytes);
}

/* One direction of a verification. */
struct way {
	struct arena *arena;
	struct sas *sas;
	const char *info; /* what all its MACs have in common */
};

static struct way way_of(struct arena *arena, struct sas *sas, const struct party *from, const struct party *to, const char *transaction)
{
	return (struct way){ arena, sas,
		arena_printf(arena, "MATRIX_KEY_VERIFICATION_MAC%s%s%s%s%s", from->user, from->device, to->user, to->device, transaction) };
}

/* what: a key's id, or "KEY_IDS". */
static const char *way_mac(const struct way *way, const char *text, const char *what)
{
	return sas_mac(way->sas, text, arena_printf(way->arena, "%s%s", way->info, what));
}

static bool is_mac(const struct way *way, const char *mac, const char *text, const char *what)
{
	const char *right = way_mac(way, text, what);
	size_t len = strlen(right);

	return mac && strlen(mac) == len && equal_in_constant_time(mac, right, len);
}

static const char *key_id(struct arena *arena, const char *name)
{
	return arena_printf(arena, KEY_PREFIX "%s", name);
}

static int compare_ids(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted and comma-joined. */
static const char *join_ids(struct arena *arena, const char **ids, size_t len)
{
	const char *joined = "";

	qsort(ids, len, sizeof *ids, compare_ids);
	for (size_t i = 0; i < len; i++)
		joined = arena_printf(arena, "%s%s%s", joined, i ? "," : "", ids[i]);
	return joined;
}

struct cJSON *verification_mac_create(struct arena *arena, struct sas *sas, const struct party *us, const struct party *them,
                                      const char *transaction)
{
	struct way way = way_of(arena, sas, us, them, transaction);
	struct cJSON *content = json_object_create(), *macs = json_object_create();
	const char *ids[KEYS_MAX];
	size_t len = 0;

	ids[len] = key_id(arena, us->device);
	json_set_str(macs, ids[len], way_mac(&way, us->ed25519, ids[len]));
	len++;
	if (us->master) {
		ids[len] = key_id(arena, us->master);
		json_set_str(macs, ids[len], way_mac(&way, us->master, ids[len]));
		len++;
	}
	json_set(content, "mac", macs);
	json_set_str(content, "keys", way_mac(&way, join_ids(arena, ids, len), "KEY_IDS"));
	return content;
}

/* Theirs by that id; NULL: not one of those we fixed. */
static const char *find_key(struct arena *arena, const struct party *them, const char *id)
{
	if (str_equal(id, key_id(arena, them->device)))
		return them->ed25519;
	if (them->master && str_equal(id, key_id(arena, them->master)))
		return them->master;
	return NULL;
}

bool verification_mac_check(struct arena *arena, struct sas *sas, const struct party *them, const struct party *us, const char *transaction,
                            const struct cJSON *content, bool *ret_master)
{
	struct way way = way_of(arena, sas, them, us, transaction);
	const char *ids[KEYS_MAX];
	size_t len = 0;
	bool master = false;

	for JSON_EACH (mac, json_object(content, "mac")) {
		const char *id = json_key(mac), *key = find_key(arena, them, id);

		if (len == KEYS_MAX || !key || !is_mac(&way, json_text(mac), key, id))
			return false;
		master = master || key == them->master;
		ids[len++] = id;
	}
	if (!len || !is_mac(&way, json_str(content, "keys"), join_ids(arena, ids, len), "KEY_IDS"))
		return false;
	*ret_master = master;
	return true;
}
