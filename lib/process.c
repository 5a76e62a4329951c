#include "process.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "file.h"

/* Of later kernels than Debian 12's headers know. */
#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

/* Clang says so in its own way, which gcc 12 does not know. */
#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define PROCESS_SANITIZED 1
#else
#define PROCESS_SANITIZED 0
#endif

static const char *process_name = "vc";

static void
process_limit(int what, rlim_t max)
{
	struct rlimit r;

	if (getrlimit((__rlimit_resource_t)what, &r) != 0)
		return;
	if (r.rlim_max != RLIM_INFINITY && r.rlim_max < max)
		max = r.rlim_max;
	if (r.rlim_cur == RLIM_INFINITY || r.rlim_cur > max)
		r.rlim_cur = max;
	setrlimit((__rlimit_resource_t)what, &r);
}

static void
process_descriptors(void)
{
	static const char *const what[] = { "input", "output", "error" };
	int fd;

	for (fd = 2; fd >= 0; fd--)
		if (fcntl(fd, F_GETFD) < 0) {
			dprintf(2, "%s: standard %s is closed\n", process_name,
			    what[fd]);
			_exit(EX_IOERR);
		}
}

void
process_start(const char *name, unsigned may)
{
	process_name = name;
	process_descriptors();
	umask(077);
	mallopt(M_MMAP_THRESHOLD, 128 << 10); /* what is freed goes back */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGCHLD, SIG_DFL); /* ignored, no status of a child is told */
	prctl(PR_SET_DUMPABLE, PROCESS_SANITIZED);
	if ((may & PROCESS_SETID) == 0)
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	process_limit(RLIMIT_CORE, 0);
	process_limit(RLIMIT_CPU, 4 * 3600);
	process_limit(RLIMIT_FSIZE, (rlim_t)1 << 40);
	process_limit(RLIMIT_NOFILE, 256);
	if (!PROCESS_SANITIZED)
		process_limit(RLIMIT_AS, (rlim_t)4 << 30);
	setenv("TZ", "UTC0", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("PATH", "/usr/local/bin:/usr/bin:/bin", 1);
}

static void
process_allow(int rules, const char *path, __u64 access)
{
	struct landlock_path_beneath_attr beneath = { .allowed_access =
							  access };

	beneath.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (beneath.parent_fd < 0)
		return;
	syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
	    &beneath, 0);
	close(beneath.parent_fd);
}

void
process_fence(unsigned may, const char *ledger, const char *into)
{
	const __u64 read =
	    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
	const __u64 make =
	    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG;
	struct landlock_ruleset_attr attr = { 0 };
	const char *slash;
	char dir[4096];
	long abi;
	int rules;

	if ((may & (PROCESS_RUN | PROCESS_WRITE)) != 0)
		return;
	abi = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	if (abi < 1 || (abi < 2 && into != NULL))
		return;
	attr.handled_access_fs = (LANDLOCK_ACCESS_FS_REFER - 1) |
	    (abi >= 2 ? LANDLOCK_ACCESS_FS_REFER : 0) |
	    (abi >= 3 ? LANDLOCK_ACCESS_FS_TRUNCATE : 0);
	rules =
	    (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
	if (rules < 0)
		return;
	process_allow(rules, "/", read);
	if (ledger != NULL) {
		slash = strrchr(ledger, '/');
		snprintf(dir, sizeof dir, "%.*s",
		    slash == NULL ? 1 : (int)(slash - ledger) + 1,
		    slash == NULL ? "." : ledger);
		process_allow(rules, dir, read | make);
	}
	if (into != NULL)
		process_allow(rules, into,
		    read | make | LANDLOCK_ACCESS_FS_MAKE_DIR |
			LANDLOCK_ACCESS_FS_REMOVE_FILE |
			LANDLOCK_ACCESS_FS_REMOVE_DIR |
			LANDLOCK_ACCESS_FS_REFER);
	syscall(SYS_landlock_restrict_self, rules, 0);
	close(rules);
}

noreturn void
process_nomem(void)
{
	char why[128];
	int n =
	    snprintf(why, sizeof why, "%.64s: out of memory\n", process_name);

	file_write(2, why, (size_t)n);
	_exit(EX_TEMPFAIL);
}

noreturn void
process_missing(const char *what)
{
	struct fail f = FAIL_INIT;

	fail_sys(&f, EX_UNAVAILABLE, "load", what);
	dprintf(2, "%s: %s\n", process_name, f.why);
	_exit(f.code);
}

void *
process_alloc(size_t n)
{
	void *p = malloc(n > 0 ? n : 1);

	if (p == NULL)
		process_nomem();
	return p;
}

#if !PROCESS_SANITIZED /* a sanitizer allocates itself */

/*
 * What libraries ask for comes by here, too: without memory gpgme 1.18 follows
 * NULL, GLib calls itself until the stack ends, and libgcrypt aborts. It is
 * still libc's memory, so free() is libc's; dlsym() takes none when it finds.
 */
static void *(*next_malloc)(size_t);
static void *(*next_calloc)(size_t, size_t);
static void *(*next_realloc)(void *, size_t);

static void
process_next(const char *name, void *to, size_t n)
{
	void *found = dlsym(RTLD_NEXT, name);

	memcpy(to, &found, n);
}

void *
malloc(size_t n)
{
	void *p;

	if (next_malloc == NULL)
		process_next("malloc", &next_malloc, sizeof next_malloc);
	p = next_malloc(n);
	if (p == NULL && n > 0)
		process_nomem();
	return p;
}

void *
calloc(size_t k, size_t n)
{
	void *p;

	if (next_calloc == NULL)
		process_next("calloc", &next_calloc, sizeof next_calloc);
	p = next_calloc(k, n);
	if (p == NULL && k > 0 && n > 0)
		process_nomem();
	return p;
}

void *
realloc(void *old, size_t n)
{
	void *p;

	if (next_realloc == NULL)
		process_next("realloc", &next_realloc, sizeof next_realloc);
	p = next_realloc(old, n);
	if (p == NULL && n > 0)
		process_nomem();
	return p;
}

#endif

static noreturn void
process_child(const char *path, char *const argv[], int in)
{
	int null = open("/dev/null", O_RDWR);

	if (null < 0 || dup2(in, 0) < 0 || dup2(null, 1) < 0 ||
	    dup2(null, 2) < 0)
		_exit(EX_TEMPFAIL);
	close_range(3, ~0U, 0);
	signal(SIGPIPE, SIG_DFL);
	execv(path, argv);
	_exit(EX_UNAVAILABLE);
}

static int
process_wait(
    const char *path, pid_t pid, unsigned seconds, int *status, struct fail *f)
{
	int fd = (int)syscall(SYS_pidfd_open, pid, 0), code = 0;
	struct pollfd p = { .fd = fd, .events = POLLIN };
	time_t end = time(NULL) + (time_t)seconds, now;

	while (fd >= 0 && (now = time(NULL)) < end)
		if (poll(&p, 1, (int)(end - now) * 1000) > 0)
			break;
	if (fd >= 0 && time(NULL) >= end && p.revents == 0) {
		kill(pid, SIGKILL);
		code = fail(f, EX_TEMPFAIL,
		    "'%s' did not end within %u seconds", path, seconds);
	}
	while (waitpid(pid, status, 0) < 0) {
		if (errno == EINTR)
			continue;
		code = fail_sys(f, EX_TEMPFAIL, "wait for", path);
		break;
	}
	if (fd >= 0)
		close(fd);
	return code;
}

int
process_run(const char *path, char *const argv[], int in, unsigned seconds,
    int *status, struct fail *f)
{
	int st = 0;
	pid_t pid;

	if (access(path, X_OK) != 0)
		return fail_sys(f, EX_UNAVAILABLE, "run", path);
	pid = fork();
	if (pid < 0)
		return fail_sys(f, EX_TEMPFAIL, "run", path);
	if (pid == 0)
		process_child(path, argv, in);
	if (process_wait(path, pid, seconds, &st, f) != 0)
		return f->code;
	*status = WIFEXITED(st) ? WEXITSTATUS(st) : 128 + WTERMSIG(st);
	return 0;
}
