#include "command/number.h"

#include <string.h>

/* More digits are no number of ours, and a telephone number is a text. */
enum { DIGITS_MAX = 7 };

bool number_parse(const char *text, int64_t *ret_number)
{
	int64_t number = 0;
	size_t digits;

	text += strspn(text, "# ");
	digits = strspn(text, "0123456789");
	if (!digits || digits > DIGITS_MAX || text[digits + strspn(text + digits, ".?! ")] != '\0')
		return false;
	for (size_t i = 0; i < digits; i++)
		number = 10 * number + (text[i] - '0');
	if (!number)
		return false;
	*ret_number = number;
	return true;
}
