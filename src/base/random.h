/*
 * Chance. Secrets come from the kernel; jitter and samples from a seeded generator that a test can own.
 */
#ifndef ROTONDE_BASE_RANDOM_H
#define ROTONDE_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* Fill with kernel randomness (getrandom); failure ends the process. */
void random_bytes(void *bytes, size_t len);

/*
 * For the neighbourhood in the terminal and for tests: from now on random_bytes() gives the same bytes in
 * every run. Never where anything must stay secret.
 */
void random_replay(uint64_t seed);

/* A small reproducible generator (SplitMix64). Not for secrets. */
struct dice {
	uint64_t state;
};

struct dice dice_seed(uint64_t seed);

/* Uniform in [low, high]. */
int64_t dice_between(struct dice *dice, int64_t low, int64_t high);

#endif
