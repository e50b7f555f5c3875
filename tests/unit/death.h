/*
 * A bug ends the process: run the misdeed in a child and see that it does.
 */
#ifndef ROTONDE_TESTS_UNIT_DEATH_H
#define ROTONDE_TESTS_UNIT_DEATH_H

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit/cmocka_all.h"

static inline void expect_death(void (*misdeed)(void))
{
	const struct rlimit no_core = { 0, 0 };
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		int quiet = open("/dev/null", O_WRONLY | O_CLOEXEC);

		(void)signal(SIGABRT, SIG_DFL);
		(void)setrlimit(RLIMIT_CORE, &no_core);
		(void)dup2(quiet, STDERR_FILENO);
		misdeed();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

#endif
