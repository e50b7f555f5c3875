#include "text/bar.h"

#include "base/buf.h"

enum { BLOCKS = 10, BAR_BYTES_MAX = 64 };

char *bar_format(struct arena *arena, int percent)
{
	int shown = percent < 0 ? 0 : percent;
	int full = shown >= 100 ? BLOCKS : shown / (100 / BLOCKS);
	AUTO_BUF bar;

	if (shown > 0 && full == 0)
		full = 1;
	buf_init(&bar, BAR_BYTES_MAX);
	for (int i = 0; i < BLOCKS; i++)
		buf_add_text(&bar, i < full ? "▓" : "░");
	buf_printf(&bar, "%s %d%%", shown > 100 ? "+" : "", shown);
	return arena_dup_n(arena, bar.data, bar.len);
}
