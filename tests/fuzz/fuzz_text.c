/* Whatever people type: what is cleaned stays clean, what is escaped holds no tag, nothing breaks UTF-8. */
#include "fuzz/fuzz.h"
#include "text/html.h"
#include "text/mask.h"
#include "text/unicode.h"

static const char *valid(const char *text)
{
	INVARIANT(utf8_valid(text, strlen(text)));
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA arena = arena_create((1 << 20) + 512 * size);
	const char *text = fuzz_text(arena, data, size), *clean;

	if (!text)
		return 0;
	clean = valid(unicode_clean(arena, text));
	INVARIANT(str_equal(unicode_clean(arena, clean), clean));
	clean = valid(unicode_tidy(arena, clean));
	INVARIANT(str_equal(unicode_tidy(arena, clean), clean));
	valid(unicode_fold(arena, text));
	valid(unicode_strip_markup(arena, text));
	valid(unicode_straighten_quotes(arena, text));
	valid(unicode_cut(arena, text, 1 + size / 3));
	valid(mask_contacts(arena, text));
	INVARIANT(!strpbrk(valid(html_escape(arena, text)), "<>\"'"));
	return 0;
}
