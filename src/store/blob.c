#include "store/blob.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"

enum { Q_RECORD, Q_STILL_HAD, Q_LET_GO, Q_SWEPT, Q_FIND_GONE, Q_FIND, Q_TOTAL, Q_COUNT, Q_LIST, Q_MAX };

static const char *const sql[] = {
	[Q_RECORD] = "INSERT INTO blob (hash, size, type, stored_at_ms) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (hash) DO NOTHING",
	[Q_STILL_HAD] = "DELETE FROM blob_gone WHERE EXISTS (SELECT 1 FROM media WHERE media.blob = blob_gone.hash)",
	[Q_LET_GO] = "DELETE FROM blob WHERE hash IN (SELECT hash FROM blob_gone)",
	[Q_SWEPT] = "DELETE FROM blob_gone WHERE hash = ?1",
	[Q_FIND_GONE] = "SELECT hash FROM blob_gone LIMIT 1",
	[Q_FIND] = "SELECT size, type FROM blob WHERE hash = ?1",
	[Q_TOTAL] = "SELECT ifnull(sum(size), 0) FROM blob",
	[Q_COUNT] = "SELECT count(*) FROM blob",
	[Q_LIST] = "SELECT hash FROM blob ORDER BY hash",
};
_Static_assert(sizeof sql / sizeof *sql == Q_MAX, "a statement for every name");

const struct statements blob_statements = { "blob", sql, Q_MAX };

/* File signatures: bytes at an offset. */
static const struct {
	const char *type;
	const char *suffix;
	size_t offset;
	const char *bytes;
	size_t len;
} signatures[] = {
	{ "image/jpeg", ".jpg", 0, "\xff\xd8\xff", 3 },
	{ "image/png", ".png", 0, "\x89PNG\r\n\x1a\n", 8 },
	{ "image/gif", ".gif", 0, "GIF8", 4 },
	{ "image/webp", ".webp", 8, "WEBP", 4 },
	{ "image/heic", ".heic", 4, "ftyphei", 7 },
	{ "image/heic", ".heic", 4, "ftypmif1", 8 },
	{ "application/pdf", ".pdf", 0, "%PDF-", 5 },
};

static const char *sniff(const char *head, size_t len)
{
	for (size_t i = 0; i < ARRAY_LEN(signatures); i++) {
		if (len >= signatures[i].offset + signatures[i].len &&
		    memcmp(head + signatures[i].offset, signatures[i].bytes, signatures[i].len) == 0)
			return signatures[i].type;
	}
	return "application/octet-stream";
}

const char *blob_suffix(const char *type)
{
	for (size_t i = 0; i < ARRAY_LEN(signatures); i++) {
		if (str_equal(type, signatures[i].type))
			return signatures[i].suffix;
	}
	return ".bin";
}

/* Size and kind of the file, from its first bytes. */
static int look_at(int fd, struct blob *blob)
{
	char head[64];
	struct stat status;
	ssize_t got = pread(fd, head, sizeof head, 0);

	if (got < 0 || fstat(fd, &status) != 0)
		return -errno;
	blob->size = status.st_size;
	blob->type = sniff(head, (size_t)got);
	return got == 0 ? -ENODATA : 0;
}

static int adopt(int fd, const char *folder, const char *temporary_path, struct blob *blob)
{
	AUTO_ARENA arena = arena_create(64 * 1024);
	const char *shelf, *path;
	int error = look_at(fd, blob);

	if (!error)
		error = file_sha256(temporary_path, blob->hash);
	if (error)
		return error;
	shelf = arena_printf(arena, "%s/%.2s", folder, blob->hash);
	path = blob_path(arena, folder, blob->hash);
	if (fsync(fd) != 0)
		return -errno;
	if (mkdir(shelf, 0700) == 0) {
		error = file_sync_folder_of(shelf);
		if (error)
			return error;
	} else if (errno != EEXIST) {
		return -errno;
	}
	if (rename(temporary_path, path) != 0)
		return -errno;
	return file_sync_folder_of(path);
}

int blob_adopt(const char *folder, const char *temporary_path, struct blob *ret_blob)
{
	AUTO_FD fd = open(temporary_path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct blob blob = { .type = "application/octet-stream" };
	int error = fd < 0 ? -errno : adopt(fd, folder, temporary_path, &blob);

	if (error) {
		(void)unlink(temporary_path);
		return error;
	}
	*ret_blob = blob;
	return 0;
}

void blob_record(struct turn *turn, const struct blob *blob)
{
	struct stmt *q = turn_query(turn, &blob_statements, Q_RECORD);

	stmt_bind_text(q, 1, blob->hash);
	stmt_bind_int(q, 2, blob->size);
	stmt_bind_text(q, 3, blob->type);
	stmt_bind_int(q, 4, turn_now_ms(turn));
	(void)stmt_run(q);
	blob_swept(turn, blob->hash);
}

void blob_let_go(struct turn *turn)
{
	(void)stmt_run(turn_query(turn, &blob_statements, Q_STILL_HAD));
	(void)stmt_run(turn_query(turn, &blob_statements, Q_LET_GO));
}

void blob_swept(struct turn *turn, const char *hash)
{
	struct stmt *q = turn_query(turn, &blob_statements, Q_SWEPT);

	stmt_bind_text(q, 1, hash);
	(void)stmt_run(q);
}

bool blob_find_gone(struct view *view, const char **ret_hash)
{
	struct stmt *q = view_query(view, &blob_statements, Q_FIND_GONE);

	if (!stmt_step(q))
		return false;
	*ret_hash = stmt_text(q, 0);
	stmt_reset(q);
	return true;
}

bool blob_find(struct view *view, const char *hash, struct blob *ret_blob)
{
	struct stmt *q = view_query(view, &blob_statements, Q_FIND);

	stmt_bind_text(q, 1, hash);
	if (!stmt_step(q))
		return false;
	(void)snprintf(ret_blob->hash, sizeof ret_blob->hash, "%s", hash);
	ret_blob->size = stmt_int(q, 0);
	ret_blob->type = stmt_text(q, 1);
	stmt_reset(q);
	return true;
}

char *blob_path(struct arena *arena, const char *folder, const char *hash)
{
	return arena_printf(arena, "%s/%.2s/%s", folder, hash, hash);
}

int64_t blob_total_bytes(struct view *view)
{
	return stmt_one_int(view_query(view, &blob_statements, Q_TOTAL), 0);
}

const char **blob_list(struct view *view, size_t *ret_len)
{
	size_t room = (size_t)stmt_one_int(view_query(view, &blob_statements, Q_COUNT), 0), len = 0;
	const char **list = arena_array(view_arena(view), const char *, room);
	struct stmt *q = view_query(view, &blob_statements, Q_LIST);

	while (stmt_step(q))
		list[len++] = stmt_text(q, 0);
	*ret_len = len;
	return list;
}
