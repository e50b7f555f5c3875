/*
 * The round in words: the question to a core, and what the coordinators read of the answers. Answers are told by core,
 * never by person, and outside the core's own groups without contact details.
 */
#ifndef ROTONDE_SAY_ROUND_WORDS_H
#define ROTONDE_SAY_ROUND_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "say/daypost.h"
#include "say/reader.h"

/* What one core answered in this round. */
char *round_words_core(const struct reader *reader, const char *round, int64_t core) MUST_CHECK;

/* Who answered, what stands in the way, of whom nothing came: as far as it fits one screen. */
char *round_words_all(const struct reader *reader, const char *round) MUST_CHECK;

/* What stands in the way, by page from 1. */
char *round_words_obstacles(const struct reader *reader, const char *round, size_t page) MUST_CHECK;

/* When the next round is; that none is planned. */
char *round_words_next(const struct reader *reader) MUST_CHECK;

/*
 * The section of the day post: a core is asked on the round's day, and once more a week later when nothing came; two weeks
 * after it began the coordinators read what came in.
 */
const char *round_day_compose(const struct house *house, struct turn *turn, const struct day_post *post);

#endif
