/*
 * probe-kill MICROSECONDS COMMAND...: run COMMAND, end it by SIGKILL after that
 * time (0: never), and wait until all that it started has ended, too: a
 * sendmail that outlives us has its mail when this returns. The exit status is
 * that of COMMAND, 128 + signal when it was killed.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int
run(long us, char **argv)
{
	const struct timespec wait = { us / 1000000, us % 1000000 * 1000 };
	pid_t pid = fork();

	if (pid == 0) {
		execvp(argv[0], argv);
		_exit(69);
	}
	if (pid > 0 && us > 0) {
		nanosleep(&wait, NULL);
		kill(pid, SIGKILL);
	}
	return (int)pid;
}

int
main(int argc, char **argv)
{
	int st, status = 71;
	pid_t pid, got;

	if (argc < 3)
		return 64;
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	pid = run(strtol(argv[1], NULL, 10), argv + 2);
	while ((got = wait(&st)) > 0 || errno == EINTR)
		if (got == pid)
			status = WIFEXITED(st) ? WEXITSTATUS(st) :
						 128 + WTERMSIG(st);
	return status;
}
