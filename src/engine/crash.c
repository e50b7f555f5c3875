#include "engine/crash.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"

static const char *const names[CRASH_POINT_MAX] = {
	[CRASH_BATCH_BEFORE_COMMIT] = "batch.before_commit",
	[CRASH_BATCH_AFTER_COMMIT] = "batch.after_commit",
	[CRASH_SEAL_BEFORE_COMMIT] = "seal.before_commit",
	[CRASH_SEAL_AFTER_COMMIT] = "seal.after_commit",
	[CRASH_SEND_BEFORE] = "send.before",
	[CRASH_SEND_UNDER_WAY] = "send.under_way",
	[CRASH_SENT_BEFORE_COMMIT] = "sent.before_commit",
	[CRASH_SENT_AFTER_COMMIT] = "sent.after_commit",
	[CRASH_PHOTO_FETCHED] = "photo.fetched",
	[CRASH_PHOTO_ADOPTED] = "photo.adopted",
	[CRASH_PHOTO_AFTER_COMMIT] = "photo.after_commit",
	[CRASH_TIMER_BEFORE_COMMIT] = "timer.before_commit",
	[CRASH_TIMER_AFTER_COMMIT] = "timer.after_commit",
	[CRASH_PAGE_BEFORE_COMMIT] = "page.before_commit",
	[CRASH_PAGE_AFTER_COMMIT] = "page.after_commit",
	[CRASH_CALL_UNDER_WAY] = "call.under_way",
	[CRASH_CALL_BEFORE_COMMIT] = "call.before_commit",
	[CRASH_CALL_AFTER_COMMIT] = "call.after_commit",
};

const char *crash_point_format(enum crash_point point)
{
	return names[point];
}

void crash_here(enum crash_point point)
{
	static int passages;
	const char *wanted = getenv("ROTONDE_CRASH_POINT");
	size_t len = strlen(names[point]);

	if (!wanted || strncmp(wanted, names[point], len) != 0 || (wanted[len] != '\0' && wanted[len] != ':'))
		return;
	if (++passages >= (wanted[len] == ':' ? (int)strtol(wanted + len + 1, NULL, 10) : 1))
		(void)kill(getpid(), SIGKILL);
}
