/*
 * Photos and PDFs on disk, by the SHA-256 of their bytes: FOLDER/ab/ab12.... A file is fsynced,
 * name included, before any row speaks of it; so a row without its file is damage, and a file
 * without a row only a crash at the wrong moment (found and kept by the same photo coming again).
 */
#ifndef ROTONDE_STORE_BLOB_H
#define ROTONDE_STORE_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/sha256.h"
#include "store/turn.h"

extern const struct statements blob_statements;

struct blob {
	char hash[SHA256_HEX_SIZE];
	int64_t size;
	const char *type; /* sniffed from the first bytes: "image/jpeg", "image/png", "image/webp", "image/heic", "image/gif",
	                     "application/pdf", else "application/octet-stream" */
};

/* Move the finished file at temporary_path into folder. 0 or a negative errno; the temporary file is gone either way. */
int blob_adopt(const char *folder, const char *temporary_path, struct blob *ret_blob) MUST_CHECK;

/* Let the database know. The same bytes twice are one blob. */
void blob_record(struct turn *turn, const struct blob *blob);

/* Size and type of a recorded blob. */
bool blob_find(struct view *view, const char *hash, struct blob *ret_blob) MUST_CHECK;

/* Where the bytes of hash stand. */
char *blob_path(struct arena *arena, const char *folder, const char *hash) MUST_CHECK;

/*
 * Rows of files were taken away, and their blobs noted in blob_gone (command/memories.c): of those, the ones that another
 * row has too stay, and the others are blobs no more. Their bytes go between turns, for a rollback must not need them.
 */
void blob_let_go(struct turn *turn);

/* One whose bytes are still to be taken away, if any; and they are. */
bool blob_find_gone(struct view *view, const char **ret_hash) MUST_CHECK;
void blob_swept(struct turn *turn, const char *hash);

/* All recorded blobs together. */
int64_t blob_total_bytes(struct view *view);

/* Every recorded hash, for checking and copying. */
const char **blob_list(struct view *view, size_t *ret_len);

/* ".jpg", ".png", ".pdf", ... for a type of blob_adopt(). */
const char *blob_suffix(const char *type);

#endif
