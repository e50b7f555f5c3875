#include "text/message.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/log.h"
#include "text/locale.h"

enum { CATALOGUE_BYTES_MAX = 16 * 1024 * 1024 };

struct catalogue {
	struct arena *arena;
	struct locale locales[LANGUAGE_MAX];
	struct UPluralRules *plurals[LANGUAGE_MAX];
};

static void die_of_slip(void *context, const char *file, int line, int column, const char *what)
{
	(void)context;
	die("%s:%d:%d: %s", file, line, column, what);
}

struct catalogue *catalogue_create(void)
{
	const struct locale_report report = { .add = die_of_slip };
	struct catalogue *catalogue = xcalloc(1, sizeof *catalogue);

	catalogue->arena = arena_create(CATALOGUE_BYTES_MAX);
	for (int i = 0; i < LANGUAGE_MAX; i++) {
		struct locale_text text = locale_text_get((enum language)i);

		locale_parse(catalogue->arena, &text, &report, &catalogue->locales[i]);
		catalogue->plurals[i] = plural_rules_open((enum language)i);
	}
	return catalogue;
}

void catalogue_destroy(struct catalogue *catalogue)
{
	if (!catalogue)
		return;
	for (int i = 0; i < LANGUAGE_MAX; i++)
		plural_rules_close(catalogue->plurals[i]);
	arena_destroy(catalogue->arena);
	free(catalogue);
}

/* NULL when the language has no such message or cannot say it; then the log tells. */
static char *format_in(const struct catalogue *catalogue, struct arena *arena, enum language language, const char *key,
                       const struct message_arg *args, size_t args_len)
{
	const struct pattern_voice voice = { language, catalogue->plurals[language] };
	const struct locale_message *message = locale_find(&catalogue->locales[language], key);
	const char *name;
	char *text;

	if (!message) {
		log_error("message.missing", "key=%s language=%s", key, language_format(language));
		return NULL;
	}
	text = pattern_format(message->pattern, &voice, arena, args, args_len, &name);
	if (!text)
		log_error("message.argument", "key=%s language=%s name=%s", key, language_format(language), name);
	return text;
}

char *message_format(const struct catalogue *catalogue, struct arena *arena, enum language language, const char *key,
                     const struct message_arg *args, size_t args_len)
{
	char *text = format_in(catalogue, arena, language, key, args, args_len);

	for (int i = 0; !text && i < LANGUAGE_MAX; i++) {
		if (i != (int)language)
			text = format_in(catalogue, arena, (enum language)i, key, args, args_len);
	}
	return text ? text : arena_dup(arena, key);
}
