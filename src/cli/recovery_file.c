#include "cli/recovery_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/str.h"

enum { TEXT_BYTES_MAX = 1000 };

static bool complain(const char *path, const char *what)
{
	(void)fprintf(stderr, "rotonde: %s: %s\n", path, what);
	return false;
}

bool recovery_file_possible(const char *path)
{
	return path || isatty(STDOUT_FILENO);
}

/* The first line of the file, without what blanks stand around it; NULL with a message. */
static const char *read_line(struct arena *arena, const char *path)
{
	AUTO_BUF file = { 0 };
	const char *line = NULL;
	int error;

	buf_init(&file, TEXT_BYTES_MAX);
	error = file_read(path, &file);
	if (error)
		(void)complain(path, strerror(-error));
	else
		line = arena_dup_n(arena, file.data, strcspn(file.data, "\r\n"));
	explicit_bzero(file.data, file.len);
	return line;
}

bool recovery_file_give(const char *path, const char *key)
{
	AUTO_ARENA arena = arena_create_secret(16 * 1024);
	const char *line = arena_printf(arena, "%s\n", key);
	int error;

	if (!path) {
		(void)printf("\nThe recovery key, shown this once:\n\n    %s\n\nWrite it down and keep it away from this machine. It brings the bot's identity\n"
		             "back after a loss: rotonde login -c FILE --recover\n\n", key);
		return fflush(stdout) == 0;
	}
	if (access(path, F_OK) == 0) {
		const char *old = read_line(arena, path);

		return old && (str_equal(old, key) || complain(path, "this file exists; name another one for the recovery key"));
	}
	error = file_write_durable(path, line, strlen(line), 0600);
	if (error)
		return complain(path, strerror(-error));
	(void)printf("The recovery key stands in %s. Keep it away from this machine, then delete the file.\n", path);
	return true;
}

/* Typed in at the terminal, which shows nothing of it. */
static const char *ask(struct arena *arena)
{
	AUTO_FD terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
	char text[TEXT_BYTES_MAX];
	struct termios before, silent;
	const char *line;
	ssize_t len;

	if (terminal < 0 || tcgetattr(terminal, &before) != 0) {
		(void)complain("recovery key", "there is no terminal to type it in; use --recovery-key-file FILE");
		return NULL;
	}
	silent = before;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	/* Silent first: who types as soon as he is asked is not to be seen, nor to lose what he typed. */
	(void)tcsetattr(terminal, TCSAFLUSH, &silent);
	(void)dprintf(terminal, "Recovery key: ");
	len = read(terminal, text, sizeof text - 1);
	(void)tcsetattr(terminal, TCSAFLUSH, &before);
	(void)dprintf(terminal, "\n");
	if (len <= 0) {
		(void)complain("recovery key", "nothing was typed");
		return NULL;
	}
	text[len] = '\0';
	line = arena_dup_n(arena, text, strcspn(text, "\r\n"));
	explicit_bzero(text, sizeof text);
	return line;
}

const char *recovery_file_take(struct arena *arena, const char *path)
{
	if (!path)
		return ask(arena);
	if (access(path, F_OK) == 0 && !file_is_private(path)) {
		(void)complain(path, "others may read this recovery key; run: chmod 600 on it");
		return NULL;
	}
	return read_line(arena, path);
}
