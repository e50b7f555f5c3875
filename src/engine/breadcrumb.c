#include "engine/breadcrumb.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/die.h"
#include "base/file.h"

enum { CRASHES_UNTIL_POISON = 3 };

/* The file, as it is mapped. */
struct crumb {
	char event[256];
	int crashes;
	int under_way;
};

struct breadcrumb {
	struct crumb *crumb;
};

struct breadcrumb *breadcrumb_open(const char *path)
{
	AUTO_FD fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	struct breadcrumb *breadcrumb;
	void *map;

	if (fd < 0 || ftruncate(fd, sizeof(struct crumb)) != 0)
		return NULL;
	map = mmap(NULL, sizeof(struct crumb), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		return NULL;
	breadcrumb = xcalloc(1, sizeof *breadcrumb);
	breadcrumb->crumb = map;
	breadcrumb->crumb->event[sizeof breadcrumb->crumb->event - 1] = '\0';
	if (breadcrumb->crumb->under_way) {
		breadcrumb->crumb->crashes++;
		breadcrumb->crumb->under_way = 0;
	}
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
	return breadcrumb->crumb->crashes >= CRASHES_UNTIL_POISON &&
	       strncmp(breadcrumb->crumb->event, event, sizeof breadcrumb->crumb->event - 1) == 0;
}

void breadcrumb_enter(struct breadcrumb *breadcrumb, const char *event)
{
	struct crumb *crumb = breadcrumb->crumb;

	if (strncmp(crumb->event, event, sizeof crumb->event - 1) != 0) {
		crumb->crashes = 0;
		(void)snprintf(crumb->event, sizeof crumb->event, "%s", event);
	}
	crumb->under_way = 1;
}

void breadcrumb_leave(struct breadcrumb *breadcrumb)
{
	breadcrumb->crumb->under_way = 0;
}
