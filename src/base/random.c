#include "base/random.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <sys/random.h>
#include <sys/types.h>

#include "base/die.h"

static bool replaying;
static struct dice replay;

void random_replay(uint64_t seed)
{
	replaying = true;
	replay = dice_seed(seed);
}

void random_bytes(void *bytes, size_t len)
{
	unsigned char *p = bytes;

	if (replaying) {
		while (len--)
			*p++ = (unsigned char)dice_between(&replay, 0, UCHAR_MAX);
		return;
	}
	while (len) {
		ssize_t got = getrandom(p, len, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			die("getrandom failed");
		p += got;
		len -= (size_t)got;
	}
}

struct dice dice_seed(uint64_t seed)
{
	return (struct dice){ seed };
}

/* Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014). */
static uint64_t dice_next(struct dice *dice)
{
	uint64_t z = dice->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

int64_t dice_between(struct dice *dice, int64_t low, int64_t high)
{
	uint64_t span, limit, value;

	INVARIANT(low <= high);
	span = (uint64_t)high - (uint64_t)low + 1;
	if (span == 0)
		return (int64_t)dice_next(dice);
	limit = UINT64_MAX - UINT64_MAX % span;
	do
		value = dice_next(dice);
	while (value >= limit);
	return (int64_t)((uint64_t)low + value % span);
}
