#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"

static const struct {
	const char *word;
	const char *journal; /* sd-daemon(3) priority, read by the journal */
} levels[] = {
	[LOG_LEVEL_ERROR] = { "error", "<3>" },
	[LOG_LEVEL_WARN] = { "warn", "<4>" },
	[LOG_LEVEL_INFO] = { "info", "<6>" },
	[LOG_LEVEL_DEBUG] = { "debug", "<7>" },
};

static enum log_level threshold = LOG_LEVEL_INFO;

void log_set_level(enum log_level level)
{
	threshold = level;
}

bool log_level_parse(const char *word, enum log_level *ret_level)
{
	for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
		if (strcmp(word, levels[i].word) == 0) {
			*ret_level = (enum log_level)i;
			return true;
		}
	}
	return false;
}

/* Copy text with every control character written as \xNN; stops when out is full. Returns the length. */
static size_t escape_line(char *out, size_t size, const char *text)
{
	size_t used = 0;

	for (const unsigned char *p = (const unsigned char *)text; *p && used + 5 < size; p++) {
		if (*p >= 0x20 && *p != 0x7f)
			out[used++] = (char)*p;
		else
			used += (size_t)snprintf(out + used, size - used, "\\x%02x", *p);
	}
	out[used] = '\0';
	return used;
}

void log_write(enum log_level level, const char *event, const char *format, ...)
{
	char pairs[2048] = "";
	char line[4096];
	size_t used;

	if (level > threshold)
		return;
	if (format) {
		va_list args;

		va_start(args, format);
		(void)vsnprintf(pairs, sizeof pairs, format, args);
		va_end(args);
	}
	used = (size_t)snprintf(line, sizeof line, "%slevel=%s event=%s%s", getenv("JOURNAL_STREAM") ? levels[level].journal : "",
	                        levels[level].word, event, *pairs ? " " : "");
	used += escape_line(line + used, sizeof line - used - 1, pairs);
	line[used++] = '\n';
	/* One write(2) a line: lines of two processes never mix. A log that cannot be written is nobody's duty. */
	if (write(STDERR_FILENO, line, used) < 0)
		return;
}
