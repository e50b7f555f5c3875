#include "crypto/signature.h"

#include <string.h>

#include "base/die.h"
#include "base/json.h"
#include "base/json_canonical.h"
#include "crypto/curve.h"

enum signature signature_verify(struct arena *arena, const struct cJSON *object, const char *user, const char *key_id,
	const char *key_base64)
{
	const char *signature = json_str(json_get(json_get(object, "signatures"), user), key_id);
	char *text;

	if (!json_is_object(object) || json_canonical_format_signed(arena, object, &text) != JSON_CANONICAL_OK)
		return SIGNATURE_UNCANONICAL;
	if (!signature)
		return SIGNATURE_ABSENT;
	if (!ed25519_is_sound(key_base64))
		return SIGNATURE_KEY_UNSOUND;
	return ed25519_verify(key_base64, text, strlen(text), signature) ? SIGNATURE_GOOD : SIGNATURE_WRONG;
}

const char *signature_word(enum signature verdict)
{
	switch (verdict) {
	case SIGNATURE_GOOD:
		return "good";
	case SIGNATURE_ABSENT:
		return "absent";
	case SIGNATURE_UNCANONICAL:
		return "uncanonical";
	case SIGNATURE_KEY_UNSOUND:
		return "key_unsound";
	case SIGNATURE_WRONG:
		return "wrong";
	}
	die("a verdict on a signature that does not exist: %d", (int)verdict);
}
