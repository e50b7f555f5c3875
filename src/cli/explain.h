/*
 * What a message means to us, as JSON for other people's scripts: docs/EXPLAIN.md lists the fields and
 * codes. The same readers as the commands have, and nothing is changed.
 */
#ifndef ROTONDE_CLI_EXPLAIN_H
#define ROTONDE_CLI_EXPLAIN_H

#include <stdint.h>

#include "base/compiler.h"
#include "people/group.h"

struct cJSON;
struct house;
struct view;

/* Where and when the message was sent. */
struct explain_place {
	const struct house *house;
	struct view *view;         /* a database that knows the groups and the budget */
	const struct group *group;
	int64_t sent_at_ms;
};

/* Any bytes will do. The caller destroys the answer. */
struct cJSON *explain_message(const struct explain_place *place, const char *text) MUST_CHECK;

#endif
