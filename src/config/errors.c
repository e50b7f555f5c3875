#include "config/errors.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"

enum {
	ERRORS_BYTES_MAX = 1024 * 1024,
	ERROR_BYTES_MAX = 1024,
	SHOWN_BYTES_MAX = 60,
};

void config_errors_init(struct config_errors *errors)
{
	*errors = (struct config_errors){ .arena = arena_create(ERRORS_BYTES_MAX) };
}

void config_errors_release(struct config_errors *errors)
{
	arena_destroy(errors->arena);
	*errors = (struct config_errors){ 0 };
}

/* Both in one file, and a before b. */
static bool stands_before(struct config_mark a, struct config_mark b)
{
	if (!str_equal(a.file, b.file))
		return false;
	return a.line != b.line ? a.line < b.line : a.column < b.column;
}

/* One line whatever the file holds: no control characters, and cut between characters. */
static void make_line(char *text)
{
	text[utf8_valid_prefix(text, strlen(text))] = '\0';
	for (; *text; text++) {
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			*text = ' ';
	}
}

void config_errors_add_list(struct config_errors *errors, struct config_mark at, const char *format, va_list args)
{
	char text[ERROR_BYTES_MAX];
	size_t i;

	if (errors->len == CONFIG_ERRORS_MAX) {
		errors->more++;
		return;
	}
	at.file = arena_dup(errors->arena, at.file);
	for (i = errors->len++; i && stands_before(at, errors->marks[i - 1]); i--) {
		errors->items[i] = errors->items[i - 1];
		errors->marks[i] = errors->marks[i - 1];
	}
	errors->marks[i] = at;
	(void)vsnprintf(text, sizeof text, format, args);
	make_line(text);
	errors->items[i] = arena_printf(errors->arena, "%s: %s", config_mark_format(errors->arena, at), text);
}

void config_errors_add(struct config_errors *errors, struct config_mark at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	config_errors_add_list(errors, at, format, args);
	va_end(args);
}

const char *config_shown(struct arena *arena, const char *text)
{
	return arena_printf(arena, "\"%.*s%s\"", (int)utf8_cut(text, SHOWN_BYTES_MAX), text,
		strlen(text) > SHOWN_BYTES_MAX ? "..." : "");
}

char *config_mark_format(struct arena *arena, struct config_mark at)
{
	if (!at.line)
		return arena_dup(arena, at.file);
	if (!at.column)
		return arena_printf(arena, "%s:%u", at.file, at.line);
	return arena_printf(arena, "%s:%u:%u", at.file, at.line, at.column);
}

char *config_errors_format(struct arena *arena, const struct config_errors *errors)
{
	AUTO_BUF text;

	buf_init(&text, ERRORS_BYTES_MAX);
	for (size_t i = 0; i < errors->len; i++)
		buf_printf(&text, "%s\n", errors->items[i]);
	if (errors->more)
		buf_printf(&text, "and %zu more\n", errors->more);
	return arena_dup(arena, text.data);
}
