#include "matrix/http_sink.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/die.h"
#include "base/file.h"
#include "matrix/http.h"

void sink_init(struct sink *sink, int64_t limit, const char *spool_folder)
{
	*sink = (struct sink){ .limit = limit, .fd = -1, .spool_folder = spool_folder ? xstrdup(spool_folder) : NULL };
	buf_init(&sink->memory, HTTP_MEMORY_MAX);
}

void sink_release(struct sink *sink)
{
	if (sink->map)
		(void)munmap(sink->map, (size_t)sink->count);
	file_close_fd(&sink->fd);
	if (sink->path)
		(void)unlink(sink->path);
	free(sink->path);
	free(sink->spool_folder);
	buf_release(&sink->memory);
	*sink = (struct sink){ .fd = -1 };
}

static bool fail(struct sink *sink, enum sink_state state)
{
	sink->state = state;
	return false;
}

bool sink_to_file(struct sink *sink, const char *path, int64_t limit)
{
	sink->limit = limit;
	sink->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (sink->fd < 0)
		return fail(sink, SINK_DISK);
	sink->path = xstrdup(path);
	return true;
}

void sink_keep_file(struct sink *sink)
{
	free(sink->path);
	sink->path = NULL;
}

static bool write_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t put = write(fd, bytes, len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		bytes += put;
		len -= (size_t)put;
	}
	return true;
}

/* From memory into a file that has lost its name at once, so that nothing is left of it after a crash. */
static bool spool_begin(struct sink *sink)
{
	char path[PATH_MAX];

	if ((size_t)snprintf(path, sizeof path, "%s/answer.XXXXXX", sink->spool_folder) >= sizeof path)
		return fail(sink, SINK_DISK);
	sink->fd = mkostemp(path, O_CLOEXEC);
	if (sink->fd < 0 || unlink(path) != 0 || !write_all(sink->fd, sink->memory.data, sink->memory.len))
		return fail(sink, SINK_DISK);
	buf_release(&sink->memory);
	buf_init(&sink->memory, 0);
	return true;
}

bool sink_add(struct sink *sink, const void *bytes, size_t len)
{
	if (sink->state != SINK_OPEN || (int64_t)len > sink->limit - sink->count)
		return fail(sink, sink->state == SINK_OPEN ? SINK_TOO_BIG : sink->state);
	sink->count += (int64_t)len;
	if (sink->fd < 0 && buf_add(&sink->memory, bytes, len))
		return true;
	if (sink->fd < 0 && !sink->spool_folder)
		return fail(sink, SINK_TOO_BIG);
	if (sink->fd < 0 && !spool_begin(sink))
		return false;
	return write_all(sink->fd, bytes, len) || fail(sink, SINK_DISK);
}

bool sink_finish(struct sink *sink, const char **ret_bytes, size_t *ret_len)
{
	if (sink->fd < 0 || sink->path) {
		*ret_bytes = sink->memory.data;
		*ret_len = sink->memory.len;
		return true;
	}
	sink->map = mmap(NULL, (size_t)sink->count, PROT_READ, MAP_PRIVATE, sink->fd, 0);
	if (sink->map == MAP_FAILED) {
		sink->map = NULL;
		return fail(sink, SINK_DISK);
	}
	*ret_bytes = sink->map;
	*ret_len = (size_t)sink->count;
	return true;
}
