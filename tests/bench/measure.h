/*
 * Readings and how they are told. A bench program prints one line a result, its columns parted by
 * tabs, which tests/bench/bench.py gathers into the table of `make bench`:
 *
 *	row(HOLDS(p50 <= 0.6), "one command per batch", "p50 <= 0.6 ms", "p50 %.2f ms", p50);
 */
#ifndef ROTONDE_TESTS_BENCH_MEASURE_H
#define ROTONDE_TESTS_BENCH_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"

/* Monotonic, for differences only. */
double now_ms(void);

/* What this process has computed so far, itself and in the kernel. */
double cpu_ms(void);

struct samples {
	double *values;
	size_t len;
	size_t size;
};

void samples_add(struct samples *samples, double value);
void samples_release(struct samples *samples);

/* The value that `percent` of 100 readings do not exceed; sorts them. At least one reading. */
double samples_percentile(struct samples *samples, double percent);

/* A field of /proc/self/status in KiB: "VmRSS", "RssAnon". */
int64_t memory_kib(const char *field);

enum verdict {
	VERDICT_HOLDS,
	VERDICT_OVER,
	VERDICT_DISK, /* over, and what is not ours leaves no room for it */
	VERDICT_TOLD, /* no goal of its own: it explains another line */
};
#define HOLDS(condition) ((condition) ? VERDICT_HOLDS : VERDICT_OVER)

void row(enum verdict verdict, const char *what, const char *goal, const char *format, ...) PRINTF_LIKE(4, 5);

#endif
