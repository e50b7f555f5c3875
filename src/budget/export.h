/*
 * The books for the treasurer and the audit committee: a folder with receipts.csv, ledger.csv and the
 * photos. docs/EXPORT.md describes every column. It holds names and photos of receipts: files are for their
 * owner alone (0600).
 *
 * CSV as Dutch spreadsheets read it (RFC 4180 with `;`, decimal comma, UTF-8). Free text that a spreadsheet
 * would take for a formula gets an apostrophe before it.
 */
#ifndef ROTONDE_BUDGET_EXPORT_H
#define ROTONDE_BUDGET_EXPORT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "store/turn.h"

extern const struct statements export_statements;

struct config;
struct zone;

struct export_end {
	int64_t receipts;
	int64_t entries;
	int64_t photos;
	int64_t missing;  /* photos that should stand in the blob folder and do not: the rest was exported */
	const char *path; /* what failed, in the view's arena; NULL after success */
};

/*
 * Write it all into folder, made when absent; files of the same name are replaced. 0 or a negative errno.
 * photos_folder is where store/blob.h keeps them. Memory does not grow with the books.
 */
int export_books(struct view *view, const struct config *config, const struct zone *zone, const char *photos_folder, const char *folder,
                 struct export_end *ret_end) MUST_CHECK;

/* "B-017": how a receipt is called in file names. */
char *export_receipt_name(struct arena *arena, int64_t number) MUST_CHECK;

/* One cell of free text: quoted when needed, never a formula. */
void export_cell(struct buf *buf, const char *text);

#endif
