#include "say/applause_words.h"

#include "base/arena.h"
#include "base/str.h"
#include "people/name.h"

const char *applause_words_whom(const struct reader *reader, const struct applause *applause)
{
	if (applause->quiet)
		return "";
	return applause->person ? name_shown(reader->view, reader->house->config, applause->person) : applause->called;
}

char *applause_words_given(const struct reader *reader, const struct applause *applause)
{
	const char *whom = applause_words_whom(reader, applause);

	if (str_empty(whom))
		return SAY_TO(reader, "applause.quietly");
	if (str_empty(applause->why))
		return SAY_TO(reader, "applause.given", MSG_TEXT("name", whom));
	return SAY_TO(reader, "applause.given_why", MSG_TEXT("name", whom), MSG_TEXT("why", applause->why));
}
