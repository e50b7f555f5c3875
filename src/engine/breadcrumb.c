#include "engine/breadcrumb.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/die.h"
#include "base/file.h"
#include "base/str.h"

enum { CRASHES_UNTIL_POISON = 3, SUSPECTS_MAX = 8, EVENT_SIZE = 256 };

/*
 * The file, as it is mapped. Suspects are remembered beside the event under way: a batch that crashed is
 * handled again from its first event, and the good ones before the bad one must not wipe out its count.
 */
struct crumb {
	char under_way[EVENT_SIZE]; /* "": none */
	struct {
		char event[EVENT_SIZE];
		int crashes;
	} suspects[SUSPECTS_MAX];
	unsigned next; /* place for the next suspect */
};

struct breadcrumb {
	struct crumb *crumb;
};

/* The process ended while it handled the event under way. */
static void suspect(struct crumb *crumb)
{
	for (size_t i = 0; i < SUSPECTS_MAX; i++) {
		if (str_equal(crumb->suspects[i].event, crumb->under_way)) {
			crumb->suspects[i].crashes++;
			return;
		}
	}
	crumb->next %= SUSPECTS_MAX;
	memcpy(crumb->suspects[crumb->next].event, crumb->under_way, EVENT_SIZE);
	crumb->suspects[crumb->next++].crashes = 1;
}

static struct crumb *map_crumb(const char *path)
{
	AUTO_FD fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	struct crumb *crumb;

	if (fd < 0)
		return NULL;
	/* Blocks, not a hole: writing to a mapped hole on a full disk ends the process. */
	errno = posix_fallocate(fd, 0, sizeof *crumb);
	if (errno || ftruncate(fd, sizeof *crumb) != 0)
		return NULL;
	crumb = mmap(NULL, sizeof *crumb, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	return crumb == MAP_FAILED ? NULL : crumb;
}

struct breadcrumb *breadcrumb_open(const char *path)
{
	struct crumb *crumb = map_crumb(path);
	struct breadcrumb *breadcrumb;

	if (!crumb)
		return NULL;
	breadcrumb = xcalloc(1, sizeof *breadcrumb);
	breadcrumb->crumb = crumb;
	crumb->under_way[EVENT_SIZE - 1] = '\0';
	for (size_t i = 0; i < SUSPECTS_MAX; i++)
		crumb->suspects[i].event[EVENT_SIZE - 1] = '\0';
	if (*crumb->under_way)
		suspect(crumb);
	breadcrumb_leave(breadcrumb);
	return breadcrumb;
}

void breadcrumb_close(struct breadcrumb *breadcrumb)
{
	if (!breadcrumb)
		return;
	(void)munmap(breadcrumb->crumb, sizeof *breadcrumb->crumb);
	free(breadcrumb);
}

bool breadcrumb_is_poison(const struct breadcrumb *breadcrumb, const char *event)
{
	const struct crumb *crumb = breadcrumb->crumb;

	for (size_t i = 0; i < SUSPECTS_MAX; i++) {
		if (crumb->suspects[i].crashes >= CRASHES_UNTIL_POISON && strncmp(crumb->suspects[i].event, event, EVENT_SIZE - 1) == 0)
			return true;
	}
	return false;
}

void breadcrumb_enter(struct breadcrumb *breadcrumb, const char *event)
{
	(void)snprintf(breadcrumb->crumb->under_way, EVENT_SIZE, "%s", event);
}

void breadcrumb_leave(struct breadcrumb *breadcrumb)
{
	breadcrumb->crumb->under_way[0] = '\0';
}
