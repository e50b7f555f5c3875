/*
 * Chance. Secrets come from the kernel; jitter and samples from a seeded generator that a test can own.
 */
#ifndef ROTONDE_BASE_RANDOM_H
#define ROTONDE_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* Fill with kernel randomness (getrandom); failure ends the process. */
void random_bytes(void *bytes, size_t len);

/* A small reproducible generator (SplitMix64). Not for secrets. */
struct dice {
	uint64_t state;
};

struct dice dice_seed(uint64_t seed);

/* Uniform in [low, high]. */
int64_t dice_between(struct dice *dice, int64_t low, int64_t high);

#endif
