/*
 * Numbered places where a test may have the process killed, to prove that dying there loses nothing.
 * ROTONDE_CRASH_POINT names one of them, with ":N" behind it for the Nth passage.
 */
#ifndef ROTONDE_ENGINE_CRASH_H
#define ROTONDE_ENGINE_CRASH_H

enum crash_point {
	CRASH_BATCH_BEFORE_COMMIT = 1, /* all of a batch was handled, nothing is on disk */
	CRASH_BATCH_AFTER_COMMIT,      /* all is on disk, the answers are queued */
	CRASH_SEAL_BEFORE_COMMIT,
	CRASH_SEAL_AFTER_COMMIT,
	CRASH_SEND_BEFORE,             /* sealed, not a byte on its way */
	CRASH_SEND_UNDER_WAY,          /* handed to the transport, no answer yet */
	CRASH_SENT_BEFORE_COMMIT,      /* the server has it, we do not know yet */
	CRASH_SENT_AFTER_COMMIT,
	CRASH_PHOTO_FETCHED,           /* the file stands in the temporary folder */
	CRASH_PHOTO_ADOPTED,           /* the file stands among the photos, no row knows it */
	CRASH_PHOTO_AFTER_COMMIT,
	CRASH_TIMER_BEFORE_COMMIT,
	CRASH_TIMER_AFTER_COMMIT,
	CRASH_PAGE_BEFORE_COMMIT,
	CRASH_PAGE_AFTER_COMMIT,
	CRASH_CALL_UNDER_WAY,          /* a request about keys was handed to the transport, no answer yet */
	CRASH_CALL_BEFORE_COMMIT,      /* the server has it, we do not know yet */
	CRASH_CALL_AFTER_COMMIT,
	CRASH_POINT_MAX
};

/* SIGKILL to ourselves when this is the point that was asked for. */
void crash_here(enum crash_point point);

/* "seal.before_commit": what ROTONDE_CRASH_POINT takes. */
const char *crash_point_format(enum crash_point point);

#endif
