#include "say/pace.h"

#include "base/random.h"
#include "config/config.h"

/* FNV-1a: every byte of the name counts. */
static uint64_t name_hash(const char *text)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
	return hash;
}

int64_t pace_gap_ms(const struct house *house, const char *seed)
{
	struct dice dice = dice_seed(name_hash(seed));

	return dice_between(&dice, house->config->neighbourhood.jitter_least_ms, house->config->neighbourhood.jitter_most_ms);
}
