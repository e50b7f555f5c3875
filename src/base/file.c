#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void file_close_fd(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

int file_read(const char *path, struct buf *buf)
{
	AUTO_FD fd = open(path, O_RDONLY | O_CLOEXEC);
	char block[16 * 1024];

	if (fd < 0)
		return -errno;
	for (;;) {
		ssize_t got = read(fd, block, sizeof block);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0)
			return 0;
		if (!buf_add(buf, block, (size_t)got))
			return -EFBIG;
	}
}

int file_sha256(const char *path, char hex[SHA256_HEX_SIZE])
{
	AUTO_FD fd = open(path, O_RDONLY | O_CLOEXEC);
	struct sha256 *sum;
	struct sha256_sum result;
	char block[64 * 1024];
	ssize_t got;

	if (fd < 0)
		return -errno;
	sum = sha256_create();
	while ((got = read(fd, block, sizeof block)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			break;
		sha256_add(sum, block, (size_t)got);
	}
	result = sha256_finish(sum);
	sha256_destroy(sum);
	if (got < 0)
		return -errno;
	sha256_hex(&result, hex);
	return 0;
}

int file_write_all(int fd, const void *bytes, size_t len)
{
	const char *rest = bytes;

	while (len) {
		ssize_t put = write(fd, rest, len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -errno;
		rest += put;
		len -= (size_t)put;
	}
	return 0;
}

int file_sync_folder_of(const char *path)
{
	char folder[PATH_MAX];
	const char *slash = strrchr(path, '/');
	int len = slash ? (int)(slash - path) : 1;

	if ((size_t)len >= sizeof folder)
		return -ENAMETOOLONG;
	(void)snprintf(folder, sizeof folder, "%.*s", len ? len : 1, slash ? path : ".");
	AUTO_FD fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	return fsync(fd) == 0 ? 0 : -errno;
}

/* What both durable writers do around the bytes: a new file beside the old, fsync, rename, fsync of the folder. */
static int replace_durably(const char *path, unsigned mode, int (*fill)(int fd, const void *context), const void *context)
{
	char temporary[PATH_MAX];
	int error;

	if ((size_t)snprintf(temporary, sizeof temporary, "%s.new", path) >= sizeof temporary)
		return -ENAMETOOLONG;
	AUTO_FD fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
	if (fd < 0)
		return -errno;
	error = fill(fd, context);
	if (!error && fsync(fd) != 0)
		error = -errno;
	if (!error && rename(temporary, path) != 0)
		error = -errno;
	if (error) {
		(void)unlink(temporary);
		return error;
	}
	return file_sync_folder_of(path);
}

struct bytes {
	const void *bytes;
	size_t len;
};

static int fill_bytes(int fd, const void *context)
{
	const struct bytes *bytes = context;

	return file_write_all(fd, bytes->bytes, bytes->len);
}

int file_write_durable(const char *path, const void *bytes, size_t len, unsigned mode)
{
	struct bytes what = { bytes, len };

	return replace_durably(path, mode, fill_bytes, &what);
}

static int fill_copy(int fd, const void *context)
{
	const int *from = context;
	char block[64 * 1024];

	for (;;) {
		ssize_t got = read(*from, block, sizeof block);
		int error;

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got < 0 ? -errno : 0;
		error = file_write_all(fd, block, (size_t)got);
		if (error)
			return error;
	}
}

int file_copy_durable(const char *from, const char *to, unsigned mode)
{
	AUTO_FD fd = open(from, O_RDONLY | O_CLOEXEC);

	return fd < 0 ? -errno : replace_durably(to, mode, fill_copy, &fd);
}

int file_make_folders(const char *path)
{
	char partial[PATH_MAX];
	struct stat status;

	if (!*path)
		return -ENOENT;
	if ((size_t)snprintf(partial, sizeof partial, "%s", path) >= sizeof partial)
		return -ENAMETOOLONG;
	for (char *p = partial + 1;; p++) {
		char here = *p;

		if (here != '/' && here != '\0')
			continue;
		*p = '\0';
		if (mkdir(partial, 0700) != 0 && errno != EEXIST)
			return -errno;
		*p = here;
		if (here == '\0')
			break;
	}
	/* What exists may be a file. */
	if (stat(path, &status) != 0)
		return -errno;
	return S_ISDIR(status.st_mode) ? 0 : -ENOTDIR;
}

bool file_is_private(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 077) == 0;
}
