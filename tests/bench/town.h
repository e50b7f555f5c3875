/*
 * The residents of encrypted groups and the server that holds their keys, as far as measuring needs them: each has one
 * device, signed by its owner, one room, and one Megolm session, and reads nothing. The keys are real: so is all that
 * the engine has to do with them.
 *
 *	town = town_open(rooms, rooms_len, 40);
 *	body = town_call(town, &call);              // what the engine's transport is asked to carry; NULL: 404
 *	events = town_share(town);                  // once the engine uploaded its keys: to-device events
 *	content = town_seal(town, 7, "!budget");    // m.room.encrypted, by resident 7
 */
#ifndef ROTONDE_TESTS_BENCH_TOWN_H
#define ROTONDE_TESTS_BENCH_TOWN_H

#include <stddef.h>

#include "base/compiler.h"
#include "base/transport.h"

#define TOWN_BOT        "@rotonde:console"
#define TOWN_BOT_DEVICE "BENCH"

struct town;

/* Resident n lives in room n modulo rooms_len; the ids are kept. What is given lives as long as the town. */
struct town *town_open(const char *const *rooms, size_t rooms_len, size_t residents) MUST_CHECK;
void town_close(struct town *town);

const char *town_call(struct town *town, const struct call *call) MUST_CHECK;

/* Every resident's session key for the engine, as the members of a to_device array. */
const char *town_share(struct town *town) MUST_CHECK;

/* body: plain ASCII without quotes. */
const char *town_seal(struct town *town, size_t resident, const char *body) MUST_CHECK;

/* "@resident7:console", his room, and the session_key from index 0 on, for others who are to read the same. */
const char *town_user(const struct town *town, size_t resident);
const char *town_room(const struct town *town, size_t resident);
const char *town_session_key(const struct town *town, size_t resident);

#endif
