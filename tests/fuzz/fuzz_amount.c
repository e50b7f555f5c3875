/* Whatever stands behind !bon: an amount above zero and below the ceiling, or a question. */
#include "text/amount.h"

#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA arena = arena_create((4 << 20) + 256 * size);
	const char *text = fuzz_text(arena, data, size);
	struct amount amount;

	if (!text)
		return 0;
	if (amount_parse(arena, text, &amount) == AMOUNT_OK)
		INVARIANT(cents_to_int64(amount.amount) > 0 && cents_to_int64(amount.amount) <= CENTS_TYPED_MAX);
	INVARIANT(amount.rest && utf8_valid(amount.rest, strlen(amount.rest)));
	return 0;
}
