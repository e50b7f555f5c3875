#include "bench/answer.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/die.h"
#include "base/str.h"

enum { ROOMS = 50, SENDERS = 61 };

static const char *type_of(const struct said *said)
{
	if (said->sealed)
		return "m.room.encrypted";
	return said->reaction_to ? "m.reaction" : "m.room.message";
}

static void add_event(struct buf *buf, const struct said *said)
{
	(void)buf_printf(buf, "{\"type\":\"%s\",\"sender\":\"%s\",\"content\":", type_of(said), said->sender);
	if (said->sealed)
		(void)buf_add_text(buf, said->sealed);
	else if (said->reaction_to)
		(void)buf_printf(buf, "{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"%s\",\"key\":\"%s\"}}", said->reaction_to, said->body);
	else
		(void)buf_printf(buf, "{\"body\":\"%s\",\"m.mentions\":{},\"msgtype\":\"m.text\"}", said->body);
	(void)buf_printf(buf, ",\"origin_server_ts\":%" PRId64 ",\"unsigned\":{\"membership\":\"join\",\"age\":84},\"event_id\":\"%s\"}",
	                 said->sent_at_ms, said->event);
}

static void begin(struct buf *buf, const char *next)
{
	buf_reset(buf);
	(void)buf_printf(buf, "{\"next_batch\":\"%s\",\"device_one_time_keys_count\":{\"signed_curve25519\":50},"
	                      "\"org.matrix.msc2732.device_unused_fallback_key_types\":[\"signed_curve25519\"],"
	                      "\"device_unused_fallback_key_types\":[\"signed_curve25519\"],", next);
}

static void begin_rooms(struct buf *buf, const char *next)
{
	begin(buf, next);
	(void)buf_add_text(buf, "\"rooms\":{\"join\":{");
}

static void begin_room(struct buf *buf, const char *room)
{
	(void)buf_printf(buf, "\"%s\":{\"timeline\":{\"events\":[", room);
}

static void end_room(struct buf *buf)
{
	(void)buf_add_text(buf, "],\"prev_batch\":\"s1_757284957_35_4_36_1_1_1_0_1\",\"limited\":false},\"state\":{\"events\":[]},"
	                        "\"account_data\":{\"events\":[]},\"ephemeral\":{\"events\":[]},"
	                        "\"unread_notifications\":{\"notification_count\":1,\"highlight_count\":0},\"summary\":{}}");
}

static void end(struct buf *buf)
{
	(void)buf_add_text(buf, "}}}");
	INVARIANT(!buf->overflowed);
}

void answer_said(struct buf *buf, const struct said *said, size_t said_len, const char *next)
{
	begin_rooms(buf, next);
	for (size_t i = 0; i < said_len; i++) {
		bool first = i == 0 || !str_equal(said[i].room, said[i - 1].room), last = i + 1 == said_len || !str_equal(said[i].room, said[i + 1].room);

		if (i)
			(void)buf_add_text(buf, ",");
		if (first)
			begin_room(buf, said[i].room);
		add_event(buf, &said[i]);
		if (last)
			end_room(buf);
	}
	end(buf);
}

void answer_to_device(struct buf *buf, const char *events, const char *next)
{
	begin(buf, next);
	(void)buf_printf(buf, "\"to_device\":{\"events\":[%s]}}", events);
	INVARIANT(!buf->overflowed);
}

/* A session for as long as a room can wish, so that rotation is not what is measured. */
static void add_encryption(struct buf *buf, const char *sender, size_t number)
{
	(void)buf_printf(buf, "{\"type\":\"m.room.encryption\",\"sender\":\"%s\",\"state_key\":\"\",\"content\":{\"algorithm\":\"m.megolm.v1.aes-sha2\","
	                      "\"rotation_period_msgs\":10000},\"origin_server_ts\":1,\"event_id\":\"$encryption%zu\"},"
	                      "{\"type\":\"m.room.history_visibility\",\"sender\":\"%s\",\"state_key\":\"\",\"content\":{\"history_visibility\":\"shared\"},"
	                      "\"origin_server_ts\":1,\"event_id\":\"$visibility%zu\"},",
	                 sender, number, sender, number);
}

void answer_first(struct buf *buf, const char *own_id, const char *const *rooms, size_t rooms_len, bool encrypted, int64_t now_ms, const char *next)
{
	begin_rooms(buf, next);
	for (size_t i = 0; i < rooms_len; i++) {
		if (i)
			(void)buf_add_text(buf, ",");
		begin_room(buf, rooms[i]);
		if (encrypted)
			add_encryption(buf, own_id, i);
		(void)buf_printf(buf, "{\"type\":\"m.room.member\",\"sender\":\"%s\",\"state_key\":\"%s\",\"content\":{\"membership\":\"join\","
		                      "\"displayname\":\"Rotonde\"},\"origin_server_ts\":%" PRId64 ",\"event_id\":\"$join%zu\"}",
		                 own_id, own_id, now_ms, i);
		end_room(buf);
	}
	end(buf);
}

void answer_large(struct buf *buf, size_t bytes, int64_t now_ms)
{
	size_t share = bytes / ROOMS + 1;
	int count = 0;

	begin_rooms(buf, "s2");
	for (int i = 0; i < ROOMS; i++) {
		size_t until = buf->len + share;
		char room[64];

		(void)snprintf(room, sizeof room, "!kGruitbergWestZuid%02d:example.org", i);
		if (i)
			(void)buf_add_text(buf, ",");
		begin_room(buf, room);
		for (bool first = true; first || buf->len < until; first = false) {
			char event[64], sender[64];
			struct said said = { .room = room, .sender = sender, .event = event, .sent_at_ms = now_ms + count };

			(void)snprintf(event, sizeof event, "$%043d", count);
			(void)snprintf(sender, sizeof sender, "@resident%02d:example.org", count++ % SENDERS);
			said.body = count % 5 ? "Wie komt er donderdag helpen met de tuin achter de flat? Koffie staat klaar om tien uur." :
			                        "!idee een bankje bij de ingang, daar zitten we toch al elke avond";
			if (!first)
				(void)buf_add_text(buf, ",");
			add_event(buf, &said);
		}
		end_room(buf);
	}
	end(buf);
}
