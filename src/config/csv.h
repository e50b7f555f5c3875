/*
 * Tables as a spreadsheet saves them in the Netherlands: fields between `;`, the first line names the
 * columns. A field may stand in double quotes (a quote inside is doubled), on one line. CRLF and a byte
 * order mark are fine, spaces around a field are cut off, empty lines are skipped.
 */
#ifndef ROTONDE_CONFIG_CSV_H
#define ROTONDE_CONFIG_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "config/errors.h"
#include "config/source.h"

enum {
	CSV_COLUMNS_MAX = 8,
	CSV_ROWS_MAX = 5000,
};

struct csv_field {
	const char *text; /* one line, may be empty */
	struct config_mark mark;
};

struct csv_row {
	struct csv_field fields[CSV_COLUMNS_MAX]; /* as many as there are columns */
};

struct csv {
	const struct csv_row *rows; /* without the header */
	size_t rows_len;
	bool complete;              /* no row was left out because of an error */
};

/* `header` is the whole first line as it must be: "slug;naam;gebied". False, with an error, when it is another. */
bool csv_parse(struct arena *arena, const struct source *source, const char *header, struct csv *ret_csv,
	struct config_errors *errors) MUST_CHECK;

#endif
