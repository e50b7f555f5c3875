#include "crypto/secret.h"

#include <string.h>

#include "base/die.h"
#include "base/json.h"
#include "base/random.h"
#include "base/str.h"
#include "crypto/aes_ctr.h"
#include "crypto/base64.h"
#include "crypto/kdf.h"

static const char algorithm[] = "m.secret_storage.v1.aes-hmac-sha2";

/* Two keys out of one, another pair for each name. */
struct pair {
	unsigned char aes[AES_KEY_BYTES];
	unsigned char mac[HMAC_SHA256_BYTES];
};

static struct pair pair_derive(const unsigned char key[SECRET_KEY_BYTES], const char *name)
{
	static const unsigned char zeros[32];
	struct pair pair;

	hkdf_sha256((struct octets){ key, SECRET_KEY_BYTES }, (struct octets){ zeros, sizeof zeros },
		    (struct octets){ name, strlen(name) }, &pair, sizeof pair);
	return pair;
}

_Static_assert(sizeof(struct pair) == AES_KEY_BYTES + HMAC_SHA256_BYTES, "filled in one go");

static void encrypt(const struct pair *pair, const unsigned char iv[AES_IV_BYTES], const void *from, void *to, size_t len)
{
	AUTO_AES_CTR stream = aes_ctr_create(pair->aes, iv);

	aes_ctr_apply(stream, from, to, len);
}

/* Bit 63 is cleared for implementations that count in 64 bits only. */
static void iv_create(unsigned char iv[AES_IV_BYTES])
{
	random_bytes(iv, AES_IV_BYTES);
	iv[8] &= 0x7f;
}

static void set_base64(struct cJSON *object, const char *key, const void *bytes, size_t len)
{
	AUTO_ARENA arena = arena_create(BASE64_LEN(len) + 1);

	json_set_str(object, key, base64_encode(arena, BASE64_UNPADDED, bytes, len));
}

struct cJSON *secret_seal(const unsigned char key[SECRET_KEY_BYTES], const char *name, const char *text)
{
	size_t len = strlen(text);
	AUTO_ARENA arena = arena_create(len + 1);
	unsigned char *ciphertext = arena_alloc(arena, len), iv[AES_IV_BYTES], mac[HMAC_SHA256_BYTES];
	struct pair pair = pair_derive(key, name);
	struct cJSON *sealed = json_object_create();

	iv_create(iv);
	encrypt(&pair, iv, text, ciphertext, len);
	hmac_sha256((struct octets){ pair.mac, sizeof pair.mac }, (struct octets){ ciphertext, len }, mac);
	explicit_bzero(&pair, sizeof pair);
	set_base64(sealed, "iv", iv, sizeof iv);
	set_base64(sealed, "ciphertext", ciphertext, len);
	set_base64(sealed, "mac", mac, sizeof mac);
	return sealed;
}

enum secret secret_open(struct arena *arena, const unsigned char key[SECRET_KEY_BYTES], const char *name, const struct cJSON *sealed,
	char **ret_text)
{
	const char *ciphertext = json_str(sealed, "ciphertext");
	unsigned char iv[AES_IV_BYTES], mac[HMAC_SHA256_BYTES], expected[HMAC_SHA256_BYTES], *bytes;
	struct pair pair;
	size_t len;
	bool good;

	if (!ciphertext || !base64_decode_exact(BASE64_ANY_PAD, json_str(sealed, "iv"), iv, sizeof iv) ||
	    !base64_decode_exact(BASE64_ANY_PAD, json_str(sealed, "mac"), mac, sizeof mac) ||
	    !base64_decode(arena, BASE64_ANY_PAD, ciphertext, &bytes, &len))
		return SECRET_MALFORMED;
	pair = pair_derive(key, name);
	hmac_sha256((struct octets){ pair.mac, sizeof pair.mac }, (struct octets){ bytes, len }, expected);
	good = equal_in_constant_time(mac, expected, sizeof mac);
	if (good)
		encrypt(&pair, iv, bytes, bytes, len);
	explicit_bzero(&pair, sizeof pair);
	if (!good)
		return SECRET_WRONG;
	if (!utf8_valid((const char *)bytes, len) || memchr(bytes, '\0', len)) {
		explicit_bzero(bytes, len);
		return SECRET_MALFORMED;
	}
	*ret_text = (char *)bytes;
	return SECRET_OPENED;
}

const char *secret_word(enum secret verdict)
{
	switch (verdict) {
	case SECRET_OPENED:
		return "opened";
	case SECRET_MALFORMED:
		return "malformed";
	case SECRET_WRONG:
		return "wrong";
	}
	die("a verdict on a secret that does not exist: %d", (int)verdict);
}

/* The proof of a key: 32 zeros, encrypted under the empty name. */
static void proof_compute(const unsigned char key[SECRET_KEY_BYTES], const unsigned char iv[AES_IV_BYTES],
	unsigned char ret_mac[HMAC_SHA256_BYTES])
{
	unsigned char bytes[32] = { 0 };
	struct pair pair = pair_derive(key, "");

	encrypt(&pair, iv, bytes, bytes, sizeof bytes);
	hmac_sha256((struct octets){ pair.mac, sizeof pair.mac }, (struct octets){ bytes, sizeof bytes }, ret_mac);
	explicit_bzero(&pair, sizeof pair);
}

struct cJSON *secret_key_describe(const unsigned char key[SECRET_KEY_BYTES])
{
	unsigned char iv[AES_IV_BYTES], mac[HMAC_SHA256_BYTES];
	struct cJSON *description = json_object_create();

	iv_create(iv);
	proof_compute(key, iv, mac);
	json_set_str(description, "algorithm", algorithm);
	set_base64(description, "iv", iv, sizeof iv);
	set_base64(description, "mac", mac, sizeof mac);
	return description;
}

enum secret_key secret_key_check(const unsigned char key[SECRET_KEY_BYTES], const struct cJSON *description)
{
	unsigned char iv[AES_IV_BYTES], mac[HMAC_SHA256_BYTES], expected[HMAC_SHA256_BYTES];

	if (!str_equal(json_str(description, "algorithm"), algorithm))
		return SECRET_KEY_FOREIGN;
	/* "If the iv and mac are not present, the client should assume that the key is valid." */
	if (!json_get(description, "iv") || !json_get(description, "mac"))
		return SECRET_KEY_ASSUMED;
	if (!base64_decode_exact(BASE64_ANY_PAD, json_str(description, "iv"), iv, sizeof iv) ||
	    !base64_decode_exact(BASE64_ANY_PAD, json_str(description, "mac"), mac, sizeof mac))
		return SECRET_KEY_WRONG;
	proof_compute(key, iv, expected);
	return equal_in_constant_time(mac, expected, sizeof mac) ? SECRET_KEY_RIGHT : SECRET_KEY_WRONG;
}

const char *secret_key_word(enum secret_key verdict)
{
	switch (verdict) {
	case SECRET_KEY_RIGHT:
		return "right";
	case SECRET_KEY_ASSUMED:
		return "assumed";
	case SECRET_KEY_WRONG:
		return "wrong";
	case SECRET_KEY_FOREIGN:
		return "foreign";
	}
	die("a verdict on a key of secrets that does not exist: %d", (int)verdict);
}

bool secret_key_from_passphrase(const char *passphrase, const struct cJSON *description, unsigned char ret_key[SECRET_KEY_BYTES])
{
	const struct cJSON *recipe = json_get(description, "passphrase");
	const char *salt = json_str(recipe, "salt");
	int64_t rounds, bits = 0;

	if (!str_equal(json_str(recipe, "algorithm"), "m.pbkdf2") || !salt || !json_int(recipe, "iterations", &rounds))
		return false;
	if (json_get(recipe, "bits") && (!json_int(recipe, "bits", &bits) || bits != 8 * SECRET_KEY_BYTES))
		return false;
	return pbkdf2_sha512(passphrase, salt, rounds, ret_key, SECRET_KEY_BYTES);
}
