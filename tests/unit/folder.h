/*
 * Where a unit test keeps its files: in memory where the machine has a folder for that, because
 * every commit waits for a disk, and no test looks at what a disk adds.
 */
#ifndef ROTONDE_TESTS_FOLDER_H
#define ROTONDE_TESTS_FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/die.h"

#define TEST_FOLDER_MAX 32

/* A new folder, the caller's to remove. */
static inline void test_folder_make(char ret_folder[TEST_FOLDER_MAX])
{
	const char *where = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";

	snprintf(ret_folder, TEST_FOLDER_MAX, "%s/rotonde-XXXXXX", where);
	if (!mkdtemp(ret_folder))
		die("no temporary folder");
}

#endif
