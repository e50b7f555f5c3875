#include "command/core_named.h"

#include <string.h>

#include "base/str.h"
#include "text/unicode.h"

/* In bytes, folded; fewer letters are too few to know a core by. */
enum { BEGIN_LEAST = 4 };

const struct core *core_named(struct arena *arena, const struct core *cores, size_t len, const char *name)
{
	const char *meant = unicode_bare(arena, name);
	const struct core *begins = NULL;
	size_t begin = 0;

	for (size_t i = 0; i < len; i++) {
		const char *core = unicode_bare(arena, cores[i].name);

		if (str_equal(core, meant) || str_equal(unicode_bare(arena, cores[i].slug), meant))
			return &cores[i];
		if (strlen(meant) >= BEGIN_LEAST && str_starts(core, meant)) {
			begins = &cores[i];
			begin++;
		}
	}
	return begin == 1 ? begins : NULL;
}
