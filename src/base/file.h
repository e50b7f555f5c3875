/*
 * Files, the durable way: what is said to be written is on the disk, name included.
 * Functions return 0 or a negative errno.
 */
#ifndef ROTONDE_BASE_FILE_H
#define ROTONDE_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/sha256.h"

/* Add the whole file to buf; -EFBIG when it does not fit under buf's ceiling. */
int file_read(const char *path, struct buf *buf) MUST_CHECK;

/* All of the bytes, however often write() gives way. */
int file_write_all(int fd, const void *bytes, size_t len) MUST_CHECK;

/* Replace path by these bytes: temporary file beside it, fsync, rename, fsync of the folder. */
int file_write_durable(const char *path, const void *bytes, size_t len, unsigned mode) MUST_CHECK;

/* Copy a file to a new name, fsynced; an existing one is replaced. */
int file_copy_durable(const char *from, const char *to, unsigned mode) MUST_CHECK;

/* The SHA-256 of a file's bytes in hex; hex is untouched on failure. */
int file_sha256(const char *path, char hex[SHA256_HEX_SIZE]) MUST_CHECK;

/* fsync the folder that holds path, so that a rename or unlink in it lasts. */
int file_sync_folder_of(const char *path) MUST_CHECK;

/* Create the folder and its parents, mode 0700; an existing one is fine. */
int file_make_folders(const char *path) MUST_CHECK;

/* A regular file, readable and writable by its owner alone: what a secret must be. */
bool file_is_private(const char *path);

void file_close_fd(int *fd);
#define AUTO_FD CLEANUP(file_close_fd) int

#endif
