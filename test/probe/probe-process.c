/*
 * The hygiene of a process, seen from inside: probe-process [may] prints what
 * process_start() and process_fence() left of its rights.
 */
#include "process.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *
can_open(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
	return fd >= 0 ? "yes" : "no";
}

static void
limit(const char *name, __rlimit_resource_t what)
{
	struct rlimit r;

	getrlimit(what, &r);
	printf("%s %llu\n", name, (unsigned long long)r.rlim_cur);
}

int
main(int argc, char **argv)
{
	unsigned may =
	    argc > 1 ? PROCESS_RUN | PROCESS_WRITE | PROCESS_SETID : 0;
	char *none[] = { argv[0], NULL };
	struct fail f = FAIL_INIT;
	int status = -1;
	mode_t mask;

	printf("landlock %s\n",
	    syscall(SYS_landlock_create_ruleset, NULL, 0, 1) > 0 ? "yes" :
								   "no");
	process_start("probe-process", may);
	process_fence(may, "kept/ledger", NULL);
	mask = umask(0);
	umask(mask);
	printf("umask %03o\n", (unsigned)mask);
	printf("dumpable %d\n", prctl(PR_GET_DUMPABLE));
	printf(
	    "no new privileges %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
	limit("core", RLIMIT_CORE);
	limit("descriptors", RLIMIT_NOFILE);
	printf("LC_ALL %s, TZ %s, PATH %s\n", getenv("LC_ALL"), getenv("TZ"),
	    getenv("PATH"));
	printf("reads %s\n", can_open("file", O_RDONLY));
	printf("writes %s\n", can_open("file", O_WRONLY));
	printf("makes %s\n", can_open("made", O_WRONLY | O_CREAT));
	printf("keeps %s\n", can_open("kept/ledger", O_WRONLY | O_CREAT));
	fflush(stdout);
	process_run("/bin/true", none, 0, 5, &status, &f);
	printf("starts %s\n", status == 0 ? "yes" : "no");
	return 0;
}
