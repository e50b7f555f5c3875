#include "config/csv.h"

#include <string.h>

#include "base/die.h"
#include "base/str.h"

/* Where in the file the reader is. */
struct reader {
	struct arena *arena;
	const struct source *source;
	struct config_errors *errors;
	const char *at;
	const char *end; /* of the file */
	unsigned line;   /* of the line that was read last */
};

/* The next line without its end, false after the last. */
static bool next_line(struct reader *reader, const char **ret_line, size_t *ret_len)
{
	const char *stop;
	size_t len;

	if (reader->at == reader->end)
		return false;
	stop = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
	len = (size_t)((stop ? stop : reader->end) - reader->at);
	*ret_line = reader->at;
	*ret_len = len && reader->at[len - 1] == '\r' ? len - 1 : len;
	reader->at += len + (stop ? 1 : 0);
	reader->line++;
	return true;
}

static bool is_blank(const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (line[i] != ' ' && line[i] != '\t' && line[i] != ';')
			return false;
	}
	return true;
}

static struct config_mark mark_at(const struct reader *reader, const char *line, size_t offset)
{
	struct config_mark mark = { reader->source->file, reader->line, 1 };

	for (size_t i = 0; i < offset; i++)
		mark.column += ((unsigned char)line[i] & 0xc0) != 0x80;
	return mark;
}

/* A quoted field that begins at line[from]; *ret_next is behind it. NULL with an error when it does not close. */
static const char *quoted_field(struct reader *reader, const char *line, size_t len, size_t from, size_t *ret_next)
{
	char *text = arena_alloc(reader->arena, len - from + 1);
	size_t text_len = 0, i = from + 1;

	for (; i < len; i++) {
		if (line[i] == '"') {
			if (i + 1 == len || line[i + 1] != '"')
				break;
			i++;
		}
		text[text_len++] = line[i];
	}
	if (i == len) {
		config_errors_add(reader->errors, mark_at(reader, line, from),
			"found a \" that does not close, expected another before the end of the line");
		return NULL;
	}
	for (i++; i < len && (line[i] == ' ' || line[i] == '\t'); i++)
		;
	if (i < len && line[i] != ';') {
		config_errors_add(reader->errors, mark_at(reader, line, i), "found text behind a closing \", expected ; or the end of the line");
		return NULL;
	}
	*ret_next = i;
	return text;
}

static const char *bare_field(struct reader *reader, const char *line, size_t len, size_t from, size_t *ret_next)
{
	const char *stop = memchr(line + from, ';', len - from);
	size_t to = stop ? (size_t)(stop - line) : len;

	*ret_next = to;
	while (to > from && (line[to - 1] == ' ' || line[to - 1] == '\t'))
		to--;
	return arena_dup_n(reader->arena, line + from, to - from);
}

/* One field at line[*from], spaces before it skipped; moves *from behind it. False with an error. */
static bool read_field(struct reader *reader, const char *line, size_t len, size_t *from, struct csv_field *ret_field)
{
	while (*from < len && (line[*from] == ' ' || line[*from] == '\t'))
		++*from;
	ret_field->mark = mark_at(reader, line, *from);
	if (*from < len && line[*from] == '"')
		ret_field->text = quoted_field(reader, line, len, *from, from);
	else
		ret_field->text = bare_field(reader, line, len, *from, from);
	if (!ret_field->text)
		return false;
	for (const char *p = ret_field->text; *p; p++) {
		if ((unsigned char)*p < ' ' || *p == 0x7f) {
			config_errors_add(reader->errors, ret_field->mark, "found a control character, expected readable text");
			return false;
		}
	}
	return true;
}

/* False with an error when the line has another number of fields than columns, or a broken one. */
static bool read_row(struct reader *reader, const char *line, size_t len, const char *header, size_t columns,
	struct csv_row *ret_row)
{
	struct config_mark mark = { reader->source->file, reader->line, 0 };
	size_t count = 0, from = 0;

	for (;;) {
		if (count == columns) {
			config_errors_add(reader->errors, mark, "found more than %zu fields, expected %zu: %s", columns, columns, header);
			return false;
		}
		if (!read_field(reader, line, len, &from, &ret_row->fields[count]))
			return false;
		count++;
		if (from == len)
			break;
		from++;
	}
	if (count == columns)
		return true;
	config_errors_add(reader->errors, mark, "found %zu field%s, expected %zu: %s", count, count == 1 ? "" : "s", columns, header);
	return false;
}

static bool check_header(struct reader *reader, const char *header)
{
	const char *line = "", *found;
	size_t len = 0;

	while (next_line(reader, &line, &len) && is_blank(line, len))
		;
	found = arena_dup_n(reader->arena, line, len);
	if (str_equal(found, header))
		return true;
	config_errors_add(reader->errors, (struct config_mark){ reader->source->file, reader->line ? reader->line : 1, 0 },
		"found %s, expected the names of the columns: %s", config_shown(reader->arena, found), header);
	return false;
}

static size_t columns_of(const char *header)
{
	size_t columns = 1;

	for (; *header; header++)
		columns += *header == ';';
	INVARIANT(columns <= CSV_COLUMNS_MAX);
	return columns;
}

static size_t lines_left(const struct reader *reader)
{
	size_t lines = 1;

	for (const char *p = reader->at; p < reader->end; p++)
		lines += *p == '\n';
	return lines < CSV_ROWS_MAX ? lines : CSV_ROWS_MAX;
}

bool csv_parse(struct arena *arena, const struct source *source, const char *header, struct csv *ret_csv,
	struct config_errors *errors)
{
	struct reader reader = { arena, source, errors, source->bytes, source->bytes + source->len, 0 };
	size_t columns = columns_of(header), room, len;
	struct csv_row *rows;
	const char *line;

	if (!check_header(&reader, header))
		return false;
	room = lines_left(&reader);
	rows = arena_array(arena, struct csv_row, room);
	*ret_csv = (struct csv){ .rows = rows, .complete = true };
	while (next_line(&reader, &line, &len)) {
		if (is_blank(line, len))
			continue;
		if (ret_csv->rows_len == room) {
			config_errors_add(errors, (struct config_mark){ source->file, reader.line, 0 },
				"found more than %d rows, expected fewer", CSV_ROWS_MAX);
			ret_csv->complete = false;
			break;
		}
		if (read_row(&reader, line, len, header, columns, &rows[ret_csv->rows_len]))
			ret_csv->rows_len++;
		else
			ret_csv->complete = false;
	}
	return true;
}
