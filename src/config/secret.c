/*
 * Where the password comes from: systemd puts a credential into a folder only the service can read
 * (systemd.exec(5), CREDENTIALS_DIRECTORY), else it is a file that only its owner can read.
 */
#include "config/config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"

static const char *secret_path(const struct config_homeserver *homeserver, struct arena *arena)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");

	if (homeserver->password_file)
		return homeserver->password_file;
	return arena_printf(arena, "%s/%s", folder ? folder : "$CREDENTIALS_DIRECTORY", homeserver->credential);
}

static bool is_usable(const struct buf *secret)
{
	return secret->len && utf8_valid(secret->data, secret->len) && strcspn(secret->data, "\r\n") == secret->len;
}

enum secret_state config_read_password(const struct config *config, struct arena *arena, struct buf *ret_password,
	const char **ret_path)
{
	const char *path = secret_path(&config->homeserver, arena);
	int error = file_read(path, ret_password);

	*ret_path = path;
	if (error && error != -EFBIG)
		return SECRET_MISSING;
	/* systemd guards its own folder, and its files carry ACLs that look like a group's rights. */
	if (config->homeserver.password_file && !file_is_private(path))
		return SECRET_EXPOSED;
	if (str_ends(ret_password->data, "\n"))
		ret_password->data[--ret_password->len] = '\0';
	return !error && is_usable(ret_password) ? SECRET_READ : SECRET_UNUSABLE;
}
