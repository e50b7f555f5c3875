#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"

enum { BUF_FIRST = 256 };

void buf_init(struct buf *buf, size_t ceiling)
{
	*buf = (struct buf){ .data = xmalloc(BUF_FIRST), .size = BUF_FIRST, .ceiling = ceiling };
	buf->data[0] = '\0';
}

void buf_release(struct buf *buf)
{
	free(buf->data);
	*buf = (struct buf){ 0 };
}

void buf_reset(struct buf *buf)
{
	buf->len = 0;
	buf->overflowed = false;
	buf->data[0] = '\0';
}

bool buf_add(struct buf *buf, const void *bytes, size_t len)
{
	size_t need;

	if (len > buf->ceiling - buf->len) {
		buf->overflowed = true;
		return false;
	}
	need = buf->len + len + 1;
	if (need > buf->size) {
		size_t size = buf->size;

		while (size < need)
			size *= 2;
		buf->data = xrealloc(buf->data, size);
		buf->size = size;
	}
	if (len)
		memcpy(buf->data + buf->len, bytes, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
	return true;
}

bool buf_add_text(struct buf *buf, const char *text)
{
	return buf_add(buf, text, strlen(text));
}

bool buf_printf(struct buf *buf, const char *format, ...)
{
	char *text = NULL;
	va_list args;
	int len;
	bool fits;

	va_start(args, format);
	len = vasprintf(&text, format, args);
	va_end(args);
	if (len < 0)
		die("buf_printf: no memory or a bad format");
	fits = buf_add(buf, text, (size_t)len);
	free(text);
	return fits;
}
