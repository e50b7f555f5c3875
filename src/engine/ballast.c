#include "engine/ballast.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"

enum { BALLAST_BYTES = 4 * 1024 * 1024 };

bool ballast_take(const char *path)
{
	AUTO_FD fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		return false;
	/* Blocks, not holes: only allocated space is space that can be given up. */
	if (posix_fallocate(fd, 0, BALLAST_BYTES) != 0) {
		(void)unlink(path);
		return false;
	}
	return true;
}

bool ballast_give_up(const char *path)
{
	return unlink(path) == 0;
}
