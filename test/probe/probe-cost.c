/*
 * probe-cost FILE COMMAND...: run COMMAND and add a line to FILE with its CPU
 * time in microseconds and its peak memory in KiB, those of all its descendants
 * included: gpgme starts gpg as a grandchild that init would inherit.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	struct rusage r;
	pid_t pid, got;
	int st, status = 0;
	FILE *to;

	if (argc < 3)
		return 64;
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	pid = fork();
	if (pid < 0)
		return 71;
	if (pid == 0) {
		execvp(argv[2], argv + 2);
		_exit(69);
	}
	while ((got = wait(&st)) > 0 || (got < 0 && errno == EINTR)) {
		if (got != pid)
			continue;
		status = WIFEXITED(st) ? WEXITSTATUS(st) : 128 + WTERMSIG(st);
		/* What is left now are grandchildren that end by themselves;
		 * an agent that stays is not waited for. */
		for (int i = 0; i < 20 && waitpid(-1, &st, WNOHANG) >= 0; i++)
			usleep(500);
		break;
	}
	getrusage(RUSAGE_CHILDREN, &r);
	to = fopen(argv[1], "a");
	if (to == NULL)
		return 73;
	fprintf(to, "%lld %ld\n",
	    (long long)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1000000 +
		r.ru_utime.tv_usec + r.ru_stime.tv_usec,
	    r.ru_maxrss);
	return fclose(to) == 0 ? status : 74;
}
