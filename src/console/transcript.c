#include "console/transcript.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/die.h"
#include "base/file.h"
#include "base/json.h"

enum { SAVED_MAX_BYTES = 64 * 1024 * 1024 };

struct transcript_message {
	char *event;
};

void transcript_init(struct transcript *transcript, FILE *out)
{
	*transcript = (struct transcript){ .out = out };
}

void transcript_release(struct transcript *transcript)
{
	for (size_t i = 0; i < transcript->len; i++)
		free(transcript->messages[i].event);
	free(transcript->messages);
}

static void add(struct transcript *transcript, const char *event)
{
	if (transcript->len == transcript->size) {
		transcript->size = transcript->size ? transcript->size * 2 : 64;
		transcript->messages = xrealloc(transcript->messages, transcript->size * sizeof *transcript->messages);
	}
	transcript->messages[transcript->len++].event = xstrdup(event);
}

void transcript_say(struct transcript *transcript, const char *room, const char *event, const char *who, const char *text, bool set_in)
{
	FILE *out = transcript->out;

	add(transcript, event);
	/* "!kruitberg:console" is the group kruitberg. */
	(void)fprintf(out, "[%.*s] #%zu %s: ", (int)strcspn(room + 1, ":"), room + 1, transcript->len, who);
	for (const char *p = text; *p; p++) {
		(void)fputc(*p, out);
		if (*p == '\n' && set_in)
			(void)fputs("  ", out);
	}
	(void)fputc('\n', out);
	(void)fflush(out);
}

void transcript_note(struct transcript *transcript, const char *text)
{
	(void)fprintf(transcript->out, "%s\n", text);
	(void)fflush(transcript->out);
}

const char *transcript_event(const struct transcript *transcript, int64_t number)
{
	return number >= 1 && number <= (int64_t)transcript->len ? transcript->messages[number - 1].event : NULL;
}

void transcript_save(const struct transcript *transcript, const char *path, const struct transcript_place *place)
{
	AUTO_JSON json = json_object_create();
	AUTO_ARENA arena = arena_create(SAVED_MAX_BYTES);
	struct cJSON *events = json_array_create();
	char *text;

	for (size_t i = 0; i < transcript->len; i++)
		json_push_str(events, transcript->messages[i].event);
	json_set_int(json, "now_ms", place->now_ms);
	json_set_int(json, "offset", place->offset);
	json_set_int(json, "line_number", place->line_number);
	json_set(json, "events", events);
	text = json_print(arena, json);
	if (file_write_durable(path, text, strlen(text), 0600) != 0)
		die("cannot write %s", path);
}

bool transcript_load(struct transcript *transcript, const char *path, struct transcript_place *ret_place)
{
	AUTO_BUF file = { 0 };

	buf_init(&file, SAVED_MAX_BYTES);
	if (file_read(path, &file) != 0)
		return false;
	AUTO_JSON json = json_parse(file.data, file.len);
	if (!json || !json_int(json, "now_ms", &ret_place->now_ms) || !json_int(json, "offset", &ret_place->offset) ||
	    !json_int(json, "line_number", &ret_place->line_number))
		die("%s is not what a @crash left behind", path);
	for JSON_EACH (event, json_array(json, "events"))
		add(transcript, json_text(event));
	(void)unlink(path);
	return true;
}
