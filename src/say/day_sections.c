#include <stddef.h>

#include "say/daypost.h"

const struct day_section day_sections[] = {
	{ NULL, NULL },
};
