/*
 * What a phrase says about time, as separate facts in the order they stand: a day, a clock time, a
 * part of the day, "all day", a recurrence. Each knows its words. Readings that are only perhaps
 * about time ("do", "12.50", "om 8") stay when their neighbours are about time too.
 */
#ifndef ROTONDE_TEXT_WHEN_FACT_H
#define ROTONDE_TEXT_WHEN_FACT_H

#include <stdbool.h>
#include <stddef.h>

#include "text/when/day.h"
#include "text/when/daytime.h"
#include "text/when/repeat.h"
#include "text/when/token.h"

enum { FACTS_MAX = 40 };

enum fact_kind { FACT_DAY, FACT_DAYTIME, FACT_PART, FACT_ALL_DAY, FACT_REPEAT };

struct fact {
	enum fact_kind kind;
	enum lead lead;
	enum strength strength;
	size_t first; /* tokens: the first, its lead included, and the one after the last */
	size_t after;
	bool paired;  /* the beginning of a range whose end is the next fact: they were read together and stay together */
	bool used;    /* left to whoever picks from the facts */
	union {
		struct day day;
		struct daytime daytime;
		enum part part;
		struct repeat repeat;
	};
};

struct facts {
	struct fact list[FACTS_MAX];
	size_t len;
};

/* All that can be read, what is too weak left out. What comes after FACTS_MAX facts is not looked at. */
void facts_read(const struct phrase *phrase, struct facts *ret_facts);

/* Nothing but marks stands between them. */
bool facts_touch(const struct phrase *phrase, const struct fact *before, const struct fact *after);

/* The fact is the end of something that begins before it: after "tot", or a dash right behind one of its kind. */
bool fact_is_end(const struct phrase *phrase, const struct facts *facts, size_t i);

#endif
