#include "bench/measure.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/die.h"

static double read_ms(clockid_t clock)
{
	struct timespec now;

	if (clock_gettime(clock, &now) != 0)
		die("no clock %d", (int)clock);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

double now_ms(void)
{
	return read_ms(CLOCK_MONOTONIC);
}

double cpu_ms(void)
{
	return read_ms(CLOCK_PROCESS_CPUTIME_ID);
}

void samples_add(struct samples *samples, double value)
{
	if (samples->len == samples->size) {
		samples->size = samples->size ? 2 * samples->size : 256;
		samples->values = xrealloc(samples->values, samples->size * sizeof *samples->values);
	}
	samples->values[samples->len++] = value;
}

void samples_release(struct samples *samples)
{
	free(samples->values);
	*samples = (struct samples){ 0 };
}

static int compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

double samples_percentile(struct samples *samples, double percent)
{
	size_t at;

	INVARIANT(samples->len);
	qsort(samples->values, samples->len, sizeof *samples->values, compare);
	at = (size_t)(percent / 100 * (double)samples->len);
	return samples->values[at < samples->len ? at : samples->len - 1];
}

int64_t memory_kib(const char *field)
{
	FILE *status = fopen("/proc/self/status", "re");
	size_t field_len = strlen(field);
	long long kib = -1;
	char line[256];

	while (status && kib < 0 && fgets(line, sizeof line, status)) {
		if (strncmp(line, field, field_len) == 0 && line[field_len] == ':')
			kib = strtoll(line + field_len + 1, NULL, 10);
	}
	if (kib < 0)
		die("/proc/self/status does not tell %s", field);
	(void)fclose(status);
	return kib;
}

static const char *const verdict_words[] = {
	[VERDICT_HOLDS] = "holds",
	[VERDICT_OVER] = "over",
	[VERDICT_DISK] = "over: the disk",
	[VERDICT_TOLD] = "",
};

void row(enum verdict verdict, const char *what, const char *goal, const char *format, ...)
{
	va_list args;

	printf("%s\t%s\t", what, goal);
	va_start(args, format);
	(void)vprintf(format, args);
	va_end(args);
	printf("\t%s\n", verdict_words[verdict]);
	(void)fflush(stdout);
}
