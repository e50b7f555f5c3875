#include "console/console.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/die.h"
#include "base/file.h"
#include "base/log.h"
#include "base/str.h"
#include "console/lines.h"
#include "console/script.h"
#include "console/transcript.h"

enum { SENDS_MAX = 8, ORDERS_MAX = 32, ARENA_MAX_BYTES = 64 * 1024 * 1024 };

struct console {
	struct console_options options;
	struct transport transport;
	struct arena *arena; /* of the line at hand */
	int64_t now_ms;
	int64_t target_ms; /* @now: where the clock is going; 0: nowhere */
	struct lines lines;
	struct transcript transcript;

	bool sync_asked;
	bool sync_answered; /* at least once by this process */
	char *since;

	struct {
		int64_t id;
		char *room;
		char *body;
	} sends[SENDS_MAX];
	size_t sends_len;

	int64_t fetch_id; /* 0: none */
	char *fetch_from, *fetch_to;
	int64_t fetch_limit;

	char *entered[ORDERS_MAX]; /* rooms of join() and leave() to answer */
	size_t entered_len;

	const char *error;
};

static const char *room_of(struct console *console, const char *group)
{
	return arena_printf(console->arena, "!%s:console", group);
}

static bool group_exists(const struct console *console, const char *group)
{
	if (*group == '@')
		return group[1] != '\0';
	for (size_t i = 0; i < console->options.groups_len; i++) {
		if (str_equal(console->options.groups[i], group))
			return true;
	}
	return false;
}

static struct media *photo(struct console *console, const char *file)
{
	struct media *media = arena_new(console->arena, struct media);
	const char *slash = strrchr(file, '/');

	media->url = *file == '/' ? file : arena_printf(console->arena, "%s/%s", console->options.folder, file);
	media->name = slash ? slash + 1 : file;
	media->mime = str_ends(file, ".pdf") ? "application/pdf" : "image/jpeg";
	return media;
}

static struct event *events_of(struct console *console, const struct script_line *line, size_t *ret_len)
{
	static const enum event_kind kinds[] = {
		[SCRIPT_MESSAGE] = EVENT_MESSAGE,
		[SCRIPT_EDIT] = EVENT_EDIT,
		[SCRIPT_DELETE] = EVENT_REDACTION,
		[SCRIPT_REACT] = EVENT_REACTION,
	};
	size_t len = line->photos_len > 1 ? line->photos_len : 1;
	struct event *events = arena_array(console->arena, struct event, len);
	const char *target = arena_dup(console->arena, transcript_event(&console->transcript, line->number));

	for (size_t i = 0; i < len; i++) {
		struct event *event = &events[i];

		event->kind = kinds[line->kind];
		event->form = FORM_TEXT;
		event->trust = line->trust;
		event->id = arena_printf(console->arena, "$%s.%zu", console->since ? console->since : "0", i + 1);
		event->room = room_of(console, line->group);
		event->sender = arena_printf(console->arena, "@%s:console", line->sender);
		event->sent_at_ms = console->now_ms;
		event->body = i == 0 ? line->text : "";
		event->target = line->kind == SCRIPT_MESSAGE ? NULL : target;
		event->reply_to = line->kind == SCRIPT_MESSAGE ? target : NULL;
		event->reaction = line->emoji ? event_plain_reaction(console->arena, line->emoji) : NULL;
		if (line->photos_len) {
			event->media = photo(console, line->photos[i]);
			event->form = str_equal(event->media->mime, "application/pdf") ? FORM_FILE : FORM_IMAGE;
		}
	}
	*ret_len = len;
	return events;
}

static const struct batch *batch_of(struct console *console, struct room_update *rooms, size_t rooms_len)
{
	struct batch *batch = arena_new(console->arena, struct batch);
	int64_t last = 0;

	if (console->since && !parse_int64(console->since, &last))
		die("console token %s", console->since);
	batch->since = arena_dup(console->arena, console->since);
	batch->next = arena_printf(console->arena, "%" PRId64, last + 1);
	batch->rooms = rooms;
	batch->rooms_len = rooms_len;
	return batch;
}

/* The first batch of a fresh database: we are in every group already. */
static const struct batch *first_batch(struct console *console)
{
	struct room_update *rooms = arena_array(console->arena, struct room_update, console->options.groups_len);

	for (size_t i = 0; i < console->options.groups_len; i++)
		rooms[i] = (struct room_update){ .room = room_of(console, console->options.groups[i]), .membership = MEMBERSHIP_JOINED };
	return batch_of(console, rooms, console->options.groups_len);
}

static const struct batch *message_batch(struct console *console, const struct script_line *line)
{
	struct room_update *room = arena_new(console->arena, struct room_update);
	struct member *member = arena_new(console->arena, struct member);
	size_t len;
	struct event *events = events_of(console, line, &len);

	*member = (struct member){ .id = events[0].sender, .membership = MEMBERSHIP_JOINED, .name = line->sender };
	*room = (struct room_update){ .room = events[0].room, .membership = MEMBERSHIP_JOINED, .members = member, .members_len = 1, .events = events, .events_len = len };
	if (*line->group == '@')
		room->direct_with = arena_printf(console->arena, "%s:console", line->group);
	transcript_say(&console->transcript, room->room, events[0].id, line->sender, line->said, false);
	return batch_of(console, room, 1);
}

static const struct batch *join_batch(struct console *console, const struct script_line *line)
{
	struct room_update *room = arena_new(console->arena, struct room_update);

	*room = (struct room_update){ .room = room_of(console, line->group), .membership = MEMBERSHIP_JOINED, .joined_now = true, .joined_at_ms = console->now_ms };
	return batch_of(console, room, 1);
}

/* NULL, or what is wrong with a line that reads well. */
static const char *what_is_wrong(struct console *console, struct script_line *line, int64_t *ret_time_ms)
{
	if (line->kind == SCRIPT_ERROR)
		return line->error;
	if (line->group && !group_exists(console, line->group))
		return "a group of this neighbourhood, or @NAME for a private room";
	if (line->number && !transcript_event(&console->transcript, line->number))
		return "the number of a message that was said before";
	if (line->time && !console->options.parse_time(console->options.context, line->time, ret_time_ms))
		return "a time like 2022-06-15T19:00";
	if (line->kind == SCRIPT_NOW && *ret_time_ms < console->now_ms)
		return "a time that is still to come";
	return NULL;
}

/* Play one line: a batch when it is one, else NULL. */
static const struct batch *play(struct console *console, const char *text)
{
	struct script_line line = script_parse(console->arena, text);
	int64_t time_ms = console->now_ms;
	const char *wrong = what_is_wrong(console, &line, &time_ms);
	const struct batch *batch;

	if (wrong) {
		/* A typing slip in the terminal is no reason to stop. */
		console->error = console->options.typed ? NULL : "the script stops here";
		(void)fprintf(stderr, "line %" PRId64 ": expected %s: %s\n", console->lines.number, wrong, text);
		return NULL;
	}
	switch (line.kind) {
	case SCRIPT_EXPECTED:
	case SCRIPT_ERROR:
		return NULL;
	case SCRIPT_NOTHING:
		transcript_note(&console->transcript, text);
		return NULL;
	case SCRIPT_NOW:
		transcript_note(&console->transcript, text);
		console->target_ms = time_ms;
		return NULL;
	case SCRIPT_CRASH:
		transcript_note(&console->transcript, text);
		transcript_save(&console->transcript, console->options.memory,
		                &(struct transcript_place){ console->now_ms, (int64_t)console->lines.offset, console->lines.number });
		console->options.crash(console->options.context);
		return NULL;
	case SCRIPT_JOIN:
		transcript_note(&console->transcript, text);
		return join_batch(console, &line);
	case SCRIPT_MESSAGE:
	case SCRIPT_EDIT:
	case SCRIPT_DELETE:
	case SCRIPT_REACT:
		break;
	}
	batch = message_batch(console, &line);
	if (line.time) {
		for (size_t i = 0; i < batch->rooms[0].events_len; i++)
			((struct event *)(uintptr_t)batch->rooms[0].events)[i].sent_at_ms = time_ms;
	}
	console->now_ms += MS_PER_SECOND;
	return batch;
}

static const char *console_own_id(void *self)
{
	(void)self;
	return "@rotonde:console";
}

static void console_sync(void *self, const char *token, int64_t idle_ms)
{
	struct console *console = self;

	(void)idle_ms;
	free(console->since);
	console->since = token ? xstrdup(token) : NULL;
	console->sync_asked = true;
}

static char *console_compose(void *self, struct arena *arena, const struct utterance *what)
{
	(void)self;
	return arena_dup(arena, what->body);
}

static bool console_reveal(void *self, struct arena *arena, const struct event *sealed, const char *type, const char *content, struct event *ret_event)
{
	(void)self, (void)arena, (void)type, (void)content, (void)ret_event;
	die("nothing is sealed on the console, but was asked to reveal %s", sealed->id);
}

static void console_send(void *self, int64_t id, const char *room, const char *type, const char *txn_id, const char *content)
{
	struct console *console = self;

	INVARIANT(!type); /* nothing but words can be shown */
	(void)txn_id;
	INVARIANT(console->sends_len < SENDS_MAX);
	console->sends[console->sends_len].id = id;
	console->sends[console->sends_len].room = xstrdup(room);
	console->sends[console->sends_len].body = xstrdup(content);
	console->sends_len++;
}

static void console_call(void *self, int64_t id, const struct call *call)
{
	(void)self, (void)id;
	die("there is no server behind the console, but was asked to call %s", call->path);
}

static void console_fetch(void *self, int64_t id, const struct media *media, int64_t limit, const char *path)
{
	struct console *console = self;

	INVARIANT(!console->fetch_id);
	console->fetch_id = id;
	console->fetch_from = xstrdup(media->url);
	console->fetch_to = xstrdup(path);
	console->fetch_limit = limit;
}

static void console_page(void *self, const char *room, const char *from, const char *to)
{
	(void)self;
	(void)from;
	(void)to;
	die("the console never leaves a gap, but was asked to page %s", room);
}

static void console_join(void *self, const char *room, const char *via)
{
	struct console *console = self;

	(void)via;
	INVARIANT(console->entered_len < ORDERS_MAX);
	console->entered[console->entered_len++] = xstrdup(room);
}

static void console_leave(void *self, const char *room)
{
	console_join(self, room, NULL);
}

static void arrive_sent(struct console *console, struct arrival *arrival)
{
	char *room = console->sends[0].room, *body = console->sends[0].body;
	const char *event = arena_printf(console->arena, "$said.%" PRId64, console->sends[0].id);

	*arrival = (struct arrival){ .kind = ARRIVAL_SENT, .outcome = OUTCOME_OK, .id = console->sends[0].id, .event_id = event, .room = arena_dup(console->arena, room) };
	transcript_say(&console->transcript, room, event, "rotonde", body, true);
	free(room);
	free(body);
	console->sends_len--;
	memmove(console->sends, console->sends + 1, console->sends_len * sizeof *console->sends);
}

static enum outcome copy_file(struct console *console)
{
	AUTO_BUF file = { 0 };
	int error;

	buf_init(&file, (size_t)console->fetch_limit);
	error = file_read(console->fetch_from, &file);
	if (error)
		return error == -EFBIG ? OUTCOME_TOO_BIG : OUTCOME_REFUSED;
	return file_write_durable(console->fetch_to, file.data, file.len, 0600) == 0 ? OUTCOME_OK : OUTCOME_TROUBLE;
}

static void arrive_file(struct console *console, struct arrival *arrival)
{
	*arrival = (struct arrival){ .kind = ARRIVAL_FILE, .outcome = copy_file(console), .id = console->fetch_id };
	free(console->fetch_from);
	free(console->fetch_to);
	console->fetch_from = console->fetch_to = NULL;
	console->fetch_id = 0;
}

static void arrive_entered(struct console *console, struct arrival *arrival)
{
	char *room = console->entered[--console->entered_len];

	*arrival = (struct arrival){ .kind = ARRIVAL_JOINED, .outcome = OUTCOME_OK, .room = arena_dup(console->arena, room) };
	free(room);
}

static void arrive_batch(struct console *console, struct arrival *arrival, const struct batch *batch)
{
	*arrival = (struct arrival){ .kind = ARRIVAL_BATCH, .outcome = OUTCOME_OK, .batch = batch };
	console->sync_asked = false;
	console->sync_answered = true;
}

static void arrive_end(struct console *console, struct arrival *arrival)
{
	*arrival = (struct arrival){ .kind = ARRIVAL_BATCH, .outcome = OUTCOME_LOGOUT, .error = console->error ? console->error : "the script is over" };
	console->sync_asked = false;
}

/* The clock goes on towards @now, but not past what the engine wants to wake up for. */
static bool move_clock(struct console *console, int64_t timeout_ms)
{
	int64_t left = console->target_ms - console->now_ms;

	if (!console->target_ms)
		return false;
	if (left <= 0) {
		console->target_ms = 0;
		return false;
	}
	console->now_ms += timeout_ms < left ? timeout_ms : left;
	return true;
}

/* Wait for standard input or the engine's own descriptors; while a person thinks, virtual time passes as real time does. */
static void wait_for_input(struct console *console, struct pollfd *fds, size_t fds_len, int64_t timeout_ms)
{
	struct pollfd *all = arena_array(console->arena, struct pollfd, fds_len + 1);
	int64_t before_ms = monotonic_ms();

	if (fds_len)
		memcpy(all, fds, fds_len * sizeof *fds);
	all[fds_len] = (struct pollfd){ .fd = STDIN_FILENO, .events = POLLIN };
	if (poll(all, (nfds_t)fds_len + 1, !console->options.typed || timeout_ms > INT32_MAX ? -1 : (int)timeout_ms) > 0 && all[fds_len].revents)
		lines_read_input(&console->lines);
	if (fds_len)
		memcpy(fds, all, fds_len * sizeof *fds);
	if (console->options.typed)
		console->now_ms += monotonic_ms() - before_ms;
}

static void console_wait(void *self, struct pollfd *fds, size_t fds_len, int64_t timeout_ms, struct arrival *ret_arrival)
{
	struct console *console = self;
	const struct batch *batch = NULL;
	const char *line;

	arena_reset(console->arena);
	*ret_arrival = (struct arrival){ .kind = ARRIVAL_NOTHING };
	if (console->sends_len) {
		arrive_sent(console, ret_arrival);
	} else if (console->fetch_id) {
		arrive_file(console, ret_arrival);
	} else if (console->entered_len) {
		arrive_entered(console, ret_arrival);
	} else if (!console->sync_asked && timeout_ms > 0) {
		console->now_ms += timeout_ms; /* the engine is waiting for time itself */
	} else if (console->sync_asked && console->since && !console->sync_answered) {
		/* A server answers the first sync after a start at once, also when nothing happened meanwhile. */
		arrive_batch(console, ret_arrival, batch_of(console, NULL, 0));
	} else if (timeout_ms <= 0 || move_clock(console, timeout_ms)) {
		return;
	} else if (!console->since) {
		arrive_batch(console, ret_arrival, first_batch(console));
	} else if ((line = lines_next(&console->lines, console->arena))) {
		batch = play(console, line);
		if (batch)
			arrive_batch(console, ret_arrival, batch);
		else if (console->error)
			arrive_end(console, ret_arrival);
	} else if (lines_ended(&console->lines)) {
		arrive_end(console, ret_arrival);
	} else {
		wait_for_input(console, fds, fds_len, timeout_ms);
	}
}

static void console_destroy(void *self)
{
	struct console *console = self;

	transcript_release(&console->transcript);
	lines_release(&console->lines);
	for (size_t i = 0; i < console->sends_len; i++) {
		free(console->sends[i].room);
		free(console->sends[i].body);
	}
	for (size_t i = 0; i < console->entered_len; i++)
		free(console->entered[i]);
	free(console->fetch_from);
	free(console->fetch_to);
	free(console->since);
	arena_destroy(console->arena);
	free(console);
}

struct console *console_open(const struct console_options *options)
{
	struct console *console = xcalloc(1, sizeof *console);
	struct transcript_place place;

	console->options = *options;
	console->arena = arena_create(ARENA_MAX_BYTES);
	console->now_ms = options->now_ms;
	lines_init(&console->lines, options->script);
	transcript_init(&console->transcript, options->out);
	console->transport = (struct transport){
		.self = console,
		.name = "console",
		.own_id = console_own_id,
		.sync = console_sync,
		.compose = console_compose,
		.reveal = console_reveal,
		.send = console_send,
		.call = console_call,
		.fetch = console_fetch,
		.page = console_page,
		.join = console_join,
		.leave = console_leave,
		.wait = console_wait,
		.destroy = console_destroy,
	};
	if (transcript_load(&console->transcript, options->memory, &place)) {
		console->now_ms = place.now_ms;
		console->lines.offset = (size_t)place.offset;
		console->lines.number = place.line_number;
	}
	return console;
}

struct transport *console_transport(struct console *console)
{
	return &console->transport;
}

static int64_t console_now_ms(void *context)
{
	const struct console *console = context;

	return console->now_ms;
}

struct clock console_clock(struct console *console)
{
	return (struct clock){ console_now_ms, console };
}

const char *console_error(const struct console *console)
{
	return console->error;
}
