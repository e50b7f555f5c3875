#include "crypto/olm.h"

#include <olm/sas.h>
#include <string.h>

#include "base/arena.h"
#include "crypto/curve.h"
#include "crypto/olm_internal.h"

struct sas {
	OlmSAS *olm;
	struct arena *arena;
};

struct sas *sas_create(struct arena *arena)
{
	struct sas *sas = arena_new(arena, struct sas);
	size_t len;

	sas->olm = olm_sas(libolm_memory(arena, olm_sas_size()));
	sas->arena = arena;
	len = olm_create_sas_random_length(sas->olm);
	(void)LIBOLM_MUST(olm_create_sas(sas->olm, libolm_random(arena, len), len));
	return sas;
}

void sas_clear(struct sas *sas)
{
	if (!sas)
		return;
	explicit_bzero(sas->olm, olm_clear_sas(sas->olm));
	sas->olm = NULL;
}

const char *sas_public_key(struct sas *sas)
{
	size_t len = olm_sas_pubkey_length(sas->olm);
	char *key = libolm_output(sas->arena, len);

	(void)LIBOLM_MUST(olm_sas_get_pubkey(sas->olm, key, len));
	return key;
}

enum sas_verdict sas_set_their_key(struct sas *sas, const char *their_key)
{
	size_t len;

	/* libolm would take both (MATRIX.md 8.12). */
	if (olm_sas_is_their_key_set(sas->olm))
		return SAS_KEY_TWICE;
	if (!curve25519_is_sound(their_key))
		return SAS_BAD_KEY;
	len = strlen(their_key);
	(void)LIBOLM_MUST(olm_sas_set_their_key(sas->olm, libolm_input(sas->arena, their_key, len), len));
	return SAS_OK;
}

void sas_bytes(struct sas *sas, const char *info, unsigned char *bytes, size_t len)
{
	(void)LIBOLM_MUST(olm_sas_generate_bytes(sas->olm, info, strlen(info), bytes, len));
}

const char *sas_mac(struct sas *sas, const char *text, const char *info)
{
	size_t len = olm_sas_mac_length(sas->olm);
	char *mac = libolm_output(sas->arena, len);

	(void)LIBOLM_MUST(olm_sas_calculate_mac_fixed_base64(sas->olm, text, strlen(text), info, strlen(info), mac, len));
	return mac;
}
