#include "config/source.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/embed.h"
#include "base/file.h"
#include "base/str.h"

static const char byte_order_mark[3] = { '\xef', '\xbb', '\xbf' };

struct config_mark source_mark(const struct source *source, size_t offset)
{
	struct config_mark mark = { source->file, 1, 1 };

	for (size_t i = 0; i < offset && i < source->len; i++) {
		if (source->bytes[i] == '\n') {
			mark.line++;
			mark.column = 1;
		} else if (((unsigned char)source->bytes[i] & 0xc0) != 0x80) {
			mark.column++;
		}
	}
	return mark;
}

bool source_check(const char *file, const char *bytes, size_t len, struct source *ret_source, struct config_errors *errors)
{
	struct source source = { file, bytes, len };
	size_t good = utf8_valid_prefix(bytes, len);
	const char *nul = memchr(bytes, '\0', good);

	if (good < len) {
		config_errors_add(errors, source_mark(&source, good),
			"found the byte 0x%02x, which is no UTF-8, expected text: save the file as UTF-8", (unsigned char)bytes[good]);
		return false;
	}
	if (nul) {
		config_errors_add(errors, source_mark(&source, (size_t)(nul - bytes)), "found a NUL character, expected readable text");
		return false;
	}
	if (len >= sizeof byte_order_mark && memcmp(bytes, byte_order_mark, sizeof byte_order_mark) == 0) {
		source.bytes += sizeof byte_order_mark;
		source.len -= sizeof byte_order_mark;
	}
	*ret_source = source;
	return true;
}

static bool read_disk(struct arena *arena, const char *path, struct source *ret_source, struct config_errors *errors)
{
	struct config_mark whole = { path, 0, 0 };
	AUTO_BUF buf;
	int error;

	buf_init(&buf, SOURCE_BYTES_MAX);
	error = file_read(path, &buf);
	if (error == -EFBIG) {
		config_errors_add(errors, whole, "found more than %d kB, expected a config file", SOURCE_BYTES_MAX / 1024);
		return false;
	}
	if (error) {
		config_errors_add(errors, whole, "cannot be read: %s", strerror(-error));
		return false;
	}
	return source_check(path, arena_dup_n(arena, buf.data, buf.len), buf.len, ret_source, errors);
}

bool source_read(struct arena *arena, const char *path, enum source_home home, struct source *ret_source,
	struct config_errors *errors)
{
	const struct embedded *embedded;

	path = arena_dup(arena, path);
	if (home == SOURCE_HOME_DISK)
		return read_disk(arena, path, ret_source, errors);
	embedded = embedded_find(path);
	if (!embedded) {
		config_errors_add(errors, (struct config_mark){ path, 0, 0 }, "is not built into this program");
		return false;
	}
	return source_check(path, embedded->data, embedded->len, ret_source, errors);
}
