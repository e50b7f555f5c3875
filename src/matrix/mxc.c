#include "matrix/mxc.h"

#include <ctype.h>
#include <string.h>

#include "base/ident.h"
#include "base/str.h"
#include "base/url.h"

static const char scheme[] = "mxc://";

static const char *slash_of(const char *mxc)
{
	return strchr(mxc + strlen(scheme), '/');
}

static bool media_id_is_valid(const char *id)
{
	size_t len = strlen(id);

	if (len < 1 || len > 255)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (!isalnum((unsigned char)id[i]) && id[i] != '-' && id[i] != '_')
			return false;
	}
	return true;
}

bool mxc_is_valid(const char *mxc)
{
	const char *server, *slash;

	if (!mxc || !str_starts(mxc, scheme))
		return false;
	server = mxc + strlen(scheme);
	slash = slash_of(mxc);
	return slash && ident_is_server(server, (size_t)(slash - server)) && media_id_is_valid(slash + 1);
}

static char *url_format(struct arena *arena, const char *base, const char *path, const char *mxc)
{
	const char *server = mxc + strlen(scheme);
	const char *slash = slash_of(mxc);

	return arena_printf(arena, "%s%s%s/%s", base, path, url_escape(arena, arena_dup_n(arena, server, (size_t)(slash - server))),
	                    url_escape(arena, slash + 1));
}

char *mxc_url_format(struct arena *arena, const char *base, const char *mxc)
{
	return url_format(arena, base, "/_matrix/client/v1/media/download/", mxc);
}

char *mxc_old_url_format(struct arena *arena, const char *base, const char *mxc)
{
	return url_format(arena, base, "/_matrix/media/v3/download/", mxc);
}
