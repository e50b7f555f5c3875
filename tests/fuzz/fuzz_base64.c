/* Bytes have one text: what decodes, encodes to what was read, padding apart. The first byte picks the form. */
#include "crypto/base64.h"

#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum base64 forms[] = { BASE64_UNPADDED, BASE64_ANY_PAD, BASE64_URL };
	AUTO_ARENA arena = arena_create(8 * size + 4096);
	const char *text = size ? fuzz_text(arena, data + 1, size - 1) : NULL;
	enum base64 form = size ? forms[data[0] % ARRAY_LEN(forms)] : BASE64_UNPADDED;
	unsigned char *bytes, exact[32];
	const char *again;
	size_t len;

	if (!text)
		return 0;
	if (!base64_decode(arena, form, text, &bytes, &len)) {
		INVARIANT(!base64_decode_exact(form, text, exact, sizeof exact));
		return 0;
	}
	again = base64_encode(arena, form == BASE64_URL ? BASE64_URL : BASE64_UNPADDED, bytes, len);
	INVARIANT(str_starts(text, again));
	INVARIANT(strspn(text + strlen(again), form == BASE64_ANY_PAD ? "=" : "") == strlen(text) - strlen(again));
	INVARIANT(base64_decode_exact(form, text, exact, sizeof exact) == (len == sizeof exact));
	return 0;
}
