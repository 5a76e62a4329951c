/*
 * probe-cost FILE COMMAND...: run COMMAND and add a line to FILE with its CPU
 * time in microseconds and its peak memory in KiB. Counted are all descendants
 * (gpgme starts gpg as a grandchild that init would inherit) and, when
 * COST_HOME names a GnuPG home, what the agent of that home used meanwhile.
 * COST_TIMES starts it that often, each time with stdin from its beginning.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Is the process the agent of the home? Its words stand between NULs. */
static int
is_agent(const char *pid, const char *home)
{
	char path[300], line[4096] = "";
	size_t n, i;
	FILE *fp;

	snprintf(path, sizeof path, "/proc/%s/cmdline", pid);
	fp = fopen(path, "r");
	if (fp == NULL)
		return 0;
	n = fread(line, 1, sizeof line - 1, fp);
	fclose(fp);
	if (strncmp(line, "gpg-agent", 9) != 0)
		return 0;
	for (i = 0; i < n; i += strlen(line + i) + 1)
		if (strcmp(line + i, home) == 0)
			return 1;
	return 0;
}

static long long
used(const char *pid)
{
	unsigned long long user = 0, system = 0;
	char path[300];
	FILE *fp;

	snprintf(path, sizeof path, "/proc/%s/stat", pid);
	fp = fopen(path, "r");
	if (fp == NULL)
		return 0;
	if (fscanf(fp,
		"%*d %*s %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu "
		"%llu",
		&user, &system) != 2)
		user = system = 0;
	fclose(fp);
	return (long long)(user + system) * 1000000 / sysconf(_SC_CLK_TCK);
}

static long long
agent(void)
{
	const char *home = getenv("COST_HOME");
	const struct dirent *e;
	long long us = 0;
	DIR *dir;

	if (home == NULL || (dir = opendir("/proc")) == NULL)
		return 0;
	while ((e = readdir(dir)) != NULL)
		if (isdigit((unsigned char)e->d_name[0]) &&
		    is_agent(e->d_name, home))
			us += used(e->d_name);
	closedir(dir);
	return us;
}

static int
run(char **argv)
{
	int st, status = 0, i;
	pid_t pid, got;

	pid = fork();
	if (pid == 0) {
		execvp(argv[0], argv);
		_exit(69);
	}
	while ((got = wait(&st)) != pid)
		if (got < 0 && errno != EINTR)
			return 71;
	status = WIFEXITED(st) ? WEXITSTATUS(st) : 128 + WTERMSIG(st);
	/* Grandchildren end by themselves; an agent that stays does not. */
	for (i = 0; i < 20 && waitpid(-1, &st, WNOHANG) >= 0; i++)
		usleep(500);
	return status;
}

int
main(int argc, char **argv)
{
	struct rusage r;
	const char *times = getenv("COST_TIMES");
	long long before;
	int status, n;
	FILE *to;

	if (argc < 3)
		return 64;
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	before = agent();
	n = times == NULL ? 1 : (int)strtol(times, NULL, 10);
	do {
		lseek(0, 0, SEEK_SET);
		status = run(argv + 2);
	} while (--n > 0);
	getrusage(RUSAGE_CHILDREN, &r);
	to = fopen(argv[1], "a");
	if (to == NULL)
		return 73;
	fprintf(to, "%lld %ld\n",
	    (long long)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1000000 +
		r.ru_utime.tv_usec + r.ru_stime.tv_usec + agent() - before,
	    r.ru_maxrss);
	return fclose(to) == 0 ? status : 74;
}
