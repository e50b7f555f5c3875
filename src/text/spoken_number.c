#include "text/spoken_number.h"

#include <inttypes.h>
#include <stdbool.h>

struct marks {
	char thousands;
	char decimal;
};

static const struct marks marks_of[] = {
	[LANGUAGE_NL] = { '.', ',' },
	[LANGUAGE_EN] = { ',', '.' },
};
_Static_assert(ARRAY_LEN(marks_of) == LANGUAGE_MAX, "marks for every language");

/* 18446744073709551615 with six marks and a NUL. */
enum { GROUPED_SIZE = 27 };

/* Write the digits of number from the end of out backwards, a mark before each three; returns where they start. */
static const char *grouped(char out[GROUPED_SIZE], uint64_t number, char mark)
{
	char *p = out + GROUPED_SIZE - 1;
	int digits = 0;

	*p = '\0';
	do {
		if (digits && digits % 3 == 0)
			*--p = mark;
		*--p = (char)('0' + number % 10);
		number /= 10;
		digits++;
	} while (number);
	return p;
}

/* |number|, also of INT64_MIN. */
static uint64_t magnitude(int64_t number)
{
	return number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
}

char *number_spoken(struct arena *arena, enum language language, int64_t number)
{
	char out[GROUPED_SIZE];

	return arena_printf(arena, "%s%s", number < 0 ? "-" : "",
	                    grouped(out, magnitude(number), marks_of[language].thousands));
}

char *cents_spoken(struct arena *arena, enum language language, struct cents cents)
{
	uint64_t size = magnitude(cents_to_int64(cents));
	const struct marks *marks = &marks_of[language];
	char out[GROUPED_SIZE];

	return arena_printf(arena, "%s€%s%c%02" PRIu64, cents_is_negative(cents) ? "-" : "",
	                    grouped(out, size / 100, marks->thousands), marks->decimal, size % 100);
}
