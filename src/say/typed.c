#include "say/typed.h"

#include "text/mask.h"

const char *typed_for(const struct reader *reader, int64_t group, const char *words)
{
	return group == reader->group->id ? words : mask_contacts(view_arena(reader->view), words);
}
