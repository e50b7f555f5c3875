/*
 * Give every file of a corpus to its fuzz target once. The program's name tells which: fuzz_slice reads
 * tests/fuzz/corpus/slice, and a corpus without any file is a mistake. It speaks as cmocka does, so that tools/run-tests can count.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/die.h"
#include "base/file.h"
#include "base/str.h"

enum { SEED_BYTES_MAX = 4 * 1024 * 1024 };

#define PREFIX "/fuzz_"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void replay(const char *path)
{
	AUTO_BUF seed;
	uint8_t *exact; /* so that reading past the end is seen */

	buf_init(&seed, SEED_BYTES_MAX);
	if (file_read(path, &seed) != 0)
		die("%s cannot be read", path);
	exact = xmalloc(seed.len);
	memcpy(exact, seed.data, seed.len);
	(void)LLVMFuzzerTestOneInput(exact, seed.len);
	free(exact);
	printf("[       OK ] %s\n", path);
}

int main(int argc, char **argv)
{
	AUTO_ARENA arena = arena_create(SEED_BYTES_MAX);
	const char *file = argc ? strrchr(argv[0], '/') : NULL;
	const char *folder = arena_printf(arena, "tests/fuzz/corpus/%s", file && str_starts(file, PREFIX) ? file + strlen(PREFIX) : "");
	DIR *corpus = opendir(folder);
	const struct dirent *entry;
	size_t seeds = 0;

	if (!corpus)
		die("%s: no corpus", folder);
	while ((entry = readdir(corpus)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		printf("[ RUN      ] %s/%s\n", folder, entry->d_name);
		(void)fflush(stdout);
		replay(arena_printf(arena, "%s/%s", folder, entry->d_name));
		seeds++;
	}
	(void)closedir(corpus);
	if (!seeds)
		die("%s: no seeds", folder);
	return 0;
}
