#include "console/lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "console/script.h"

enum { INPUT_MAX_BYTES = 1024 * 1024 };

void lines_init(struct lines *lines, const char *script)
{
	*lines = (struct lines){ .script = script };
	buf_init(&lines->input, INPUT_MAX_BYTES);
}

void lines_release(struct lines *lines)
{
	buf_release(&lines->input);
}

static const char *next_of_script(struct lines *lines, struct arena *arena)
{
	const char *start = lines->script + lines->offset;
	const char *end = start;

	if (!*start)
		return NULL;
	do {
		end += strcspn(end, "\n");
		end += *end == '\n';
		lines->number++;
	} while (*end && script_continues(end));
	lines->offset = (size_t)(end - lines->script);
	return arena_dup_n(arena, start, (size_t)(end - start) - (end[-1] == '\n'));
}

static const char *next_of_input(struct lines *lines, struct arena *arena)
{
	const char *newline = memchr(lines->input.data, '\n', lines->input.len);
	size_t len = newline ? (size_t)(newline - lines->input.data) : lines->input.len;
	const char *line;

	if (!newline && !(lines->input_ended && lines->input.len))
		return NULL;
	line = arena_dup_n(arena, lines->input.data, len);
	len += newline != NULL;
	memmove(lines->input.data, lines->input.data + len, lines->input.len - len + 1);
	lines->input.len -= len;
	lines->number++;
	return line;
}

const char *lines_next(struct lines *lines, struct arena *arena)
{
	return lines->script ? next_of_script(lines, arena) : next_of_input(lines, arena);
}

bool lines_ended(const struct lines *lines)
{
	return lines->script || lines->input_ended;
}

void lines_read_input(struct lines *lines)
{
	char block[4096];
	ssize_t got = read(STDIN_FILENO, block, sizeof block);

	if (got < 0 && errno == EINTR)
		return;
	if (got <= 0 || !buf_add(&lines->input, block, (size_t)got))
		lines->input_ended = true;
}
