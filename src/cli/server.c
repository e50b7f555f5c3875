#include "cli/server.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"

bool server_options(struct arena *arena, const struct config *config, struct matrix_options *ret_options)
{
	AUTO_BUF password = { 0 };
	const char *path = NULL;
	const char *spool = arena_printf(arena, "%s/incoming", config->data);
	int error = file_make_folders(spool);

	if (error) {
		(void)fprintf(stderr, "rotonde: %s: %s\n", config->data, strerror(-error));
		return false;
	}
	buf_init(&password, 4096);
	*ret_options = (struct matrix_options){
		.homeserver = config->homeserver.url,
		.session_path = arena_printf(arena, "%s/session.json", config->data),
		.spool_folder = spool,
		.user_agent = "rotonde/" ROTONDE_VERSION,
		.private_redirects = config->homeserver.allow_private_media,
	};
	if (config_read_password(config, arena, &password, &path) == SECRET_READ)
		ret_options->password_path = path;
	explicit_bzero(password.data, password.len);
	return true;
}

/* Who decides about money and roles may compare emoji with us: their ids. */
static const char **list_verifiers(struct arena *arena, const struct config *config, size_t *ret_len)
{
	const char **ids;
	size_t len = 0;

	for (size_t i = 0; i < config->persons_len; i++)
		len += config->persons[i].ids_len;
	ids = arena_array(arena, const char *, len);
	len = 0;
	for (size_t i = 0; i < config->persons_len; i++) {
		for (size_t j = 0; config->persons[i].roles & ROLES_OF_OFFICE && j < config->persons[i].ids_len; j++)
			ids[len++] = config->persons[i].ids[j];
	}
	*ret_len = len;
	return ids;
}

struct crypto_options server_crypto_options(struct arena *arena, const struct config *config, const struct matrix_account *account)
{
	struct crypto_options options = {
		.key_path = arena_printf(arena, "%s/crypto.key", config->data),
		.user = account->user,
		.device = account->device,
		.share_with_all = config->encryption.share_with_all,
	};

	options.verifiers = list_verifiers(arena, config, &options.verifiers_len);
	return options;
}

void server_complain(const struct config *config, const struct matrix_options *options, enum matrix_verdict verdict, const char *error)
{
	static const char *const words[] = {
		[MATRIX_OK] = "",
		[MATRIX_URL_BAD] = "homeserver.url must be an https address, or http on this machine",
		[MATRIX_SESSION_MISSING] = "not logged in yet; run: rotonde login -c FILE",
		[MATRIX_SESSION_UNSAFE] = "others may read the session file; run: chmod 600 on it, then log in again",
		[MATRIX_SESSION_BROKEN] = "the session file is damaged; move it away and run: rotonde login -c FILE",
		[MATRIX_SESSION_FOREIGN] = "the session is another account's or another server's; use another data folder, or move the session file away",
		[MATRIX_DISK] = "the session file cannot be read or written",
		[MATRIX_UNREACHABLE] = "no Matrix server answers there; is homeserver.url right, and is it up?",
		[MATRIX_TOO_OLD] = "the server is too old; Matrix v1.11 or newer is needed",
		[MATRIX_NO_PASSWORDS] = "the server has no password login",
		[MATRIX_DENIED] = "the server refuses the account; are user and password right, and is it not locked?",
		[MATRIX_LIMITED] = "the server wants us to wait; try again in a few minutes",
	};

	(void)fprintf(stderr, "rotonde: %s: %s", config->homeserver.url, words[verdict]);
	if (*error)
		(void)fprintf(stderr, " (%s)", error);
	(void)fprintf(stderr, "\n");
	if (verdict >= MATRIX_SESSION_MISSING && verdict <= MATRIX_DISK)
		(void)fprintf(stderr, "  session file: %s\n", options->session_path);
}
