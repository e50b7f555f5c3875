#include "command/who_request.h"

#include "base/die.h"
#include "base/str.h"
#include "command/answer.h"
#include "people/name.h"

bool who_request_found(struct request *request, enum who_verdict verdict, const struct who *who, const char *how)
{
	switch (verdict) {
	case WHO_FOUND:
		return true;
	case WHO_NOBODY:
		request->answer = SAY(request->house->catalogue, turn_arena(request->turn), request->language, how);
		return false;
	case WHO_UNKNOWN:
		ANSWER(request, "who.unknown", MSG_TEXT("name", who->name ? who->name : request->text));
		return false;
	case WHO_SEVERAL:
		ANSWER(request, "who.several", MSG_TEXT("name", who->name));
		return false;
	}
	die("who_in_text");
}

const char *who_request_shown(const struct request *request, int64_t person)
{
	const char *name = name_shown(turn_view(request->turn), request->house->config, person);

	return str_empty(name) ? SAY(request->house->catalogue, turn_arena(request->turn), request->language, "who.unnamed") : name;
}
