#include "base/money.h"

#include <inttypes.h>
#include <string.h>

#include "base/die.h"
#include "base/str.h"

struct cents cents_from_int64(int64_t value)
{
	return (struct cents){ value };
}

int64_t cents_to_int64(struct cents cents)
{
	return cents.value_;
}

struct cents cents_add(struct cents a, struct cents b)
{
	struct cents sum;

	if (__builtin_add_overflow(a.value_, b.value_, &sum.value_))
		die("money overflow: %" PRId64 " + %" PRId64, a.value_, b.value_);
	return sum;
}

struct cents cents_sub(struct cents a, struct cents b)
{
	struct cents difference;

	if (__builtin_sub_overflow(a.value_, b.value_, &difference.value_))
		die("money overflow: %" PRId64 " - %" PRId64, a.value_, b.value_);
	return difference;
}

struct cents cents_negate(struct cents a)
{
	return cents_sub(cents_from_int64(0), a);
}

int cents_compare(struct cents a, struct cents b)
{
	return (a.value_ > b.value_) - (a.value_ < b.value_);
}

bool cents_exceeds(struct cents a, struct cents b)
{
	return a.value_ > b.value_;
}

bool cents_is_zero(struct cents a)
{
	return a.value_ == 0;
}

bool cents_is_negative(struct cents a)
{
	return a.value_ < 0;
}

int cents_percent(struct cents part, struct cents whole)
{
	int64_t hundredfold;

	if (whole.value_ <= 0 || part.value_ <= 0)
		return 0;
	if (__builtin_mul_overflow(part.value_, 100, &hundredfold))
		die("money overflow: %" PRId64 " as a percentage", part.value_);
	hundredfold /= whole.value_;
	return hundredfold > 9999 ? 9999 : (int)hundredfold;
}

struct cents cents_share(struct cents whole, int percent)
{
	int64_t hundredfold;

	INVARIANT(whole.value_ >= 0 && percent >= 0);
	if (__builtin_mul_overflow(whole.value_, percent, &hundredfold))
		die("money overflow: %d%% of %" PRId64, percent, whole.value_);
	return cents_from_int64(hundredfold / 100);
}

char *cents_format_csv(struct arena *arena, struct cents cents)
{
	int64_t euros = cents.value_ / 100, rest = cents.value_ % 100;

	if (rest < 0)
		rest = -rest;
	return arena_printf(arena, "%s%" PRId64 ",%02" PRId64, cents.value_ < 0 && euros == 0 ? "-" : "", euros, rest);
}

bool cents_parse_csv(const char *text, struct cents *ret_cents)
{
	const char *comma = strchr(text, ','), *first = text + (*text == '-');
	size_t len = strlen(text);
	char digits[24];
	int64_t value;

	if (!comma || comma <= first || len >= sizeof digits || strlen(comma) != 3 || (*first == '0' && comma != first + 1))
		return false;
	memcpy(digits, text, (size_t)(comma - text));
	memcpy(digits + (comma - text), comma + 1, 3);
	if (!parse_int64(digits, &value) || value > CENTS_TYPED_MAX || value < -CENTS_TYPED_MAX)
		return false;
	*ret_cents = cents_from_int64(value);
	return true;
}
