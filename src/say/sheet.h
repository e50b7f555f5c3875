/*
 * A core's page for the learning session, to be printed or passed on: what it did, with photos, what it learned,
 * where the money went. No names of persons, no photos of receipts; phone numbers and the like are hidden.
 */
#ifndef ROTONDE_SAY_SHEET_H
#define ROTONDE_SAY_SHEET_H

#include <stddef.h>

#include "base/buf.h"
#include "people/group.h"
#include "say/reader.h"

/* A photo that stands beside the page. */
struct sheet_photo {
	const char *blob; /* store/blob.h */
	const char *name; /* as the page calls it: "kruitberg-1.jpg" */
};

struct sheet {
	struct buf html;            /* UTF-8; the caller releases it */
	struct sheet_photo *photos; /* in the view's arena */
	size_t photos_len;
};

/* reader->group does not count: the page is for everybody. */
void sheet_compose(const struct reader *reader, const struct core *core, struct sheet *ret_sheet);

#endif
