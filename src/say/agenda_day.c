#include "say/agenda_day.h"

#include <string.h>

#include "agenda/notice.h"
#include "base/arena.h"
#include "say/agenda_words.h"

const char *agenda_day_compose(const struct house *house, struct turn *turn, const struct day_post *post)
{
	const struct reader reader = { house, turn_view(turn), post->group, post->group->language };
	const char *text = NULL;
	size_t len;
	const struct agenda_notice *items = agenda_items(turn_view(turn), post->group, &len);

	for (size_t i = 0; i < len; i++) {
		const char *words = agenda_words_notice(&reader, &items[i], turn_now_ms(turn));

		/* What does not fit waits for tomorrow's post, as if this one had been missed. */
		if (text && strlen(text) + strlen(words) >= DAY_SECTION_MAX)
			break;
		text = text ? arena_printf(turn_arena(turn), "%s\n%s", text, words) : words;
		agenda_item_told(turn, post->group, &items[i]);
	}
	return text;
}
