/*
 * Preloaded: the MALLOC_FAILS-th allocation of the program fails, and with
 * MALLOC_DRY each one after it, too. At the end two numbers are in the file
 * MALLOC_COUNT: how many there were before umask(2), with which each program of
 * ours begins, and in all. Programs that this one starts are left alone.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t k, size_t n);
extern void *__libc_realloc(void *p, size_t n);

static long calls, before, fails;
static int started, dry;
static char count[4096];

static void
start(void)
{
	const char *at = getenv("MALLOC_FAILS"), *to = getenv("MALLOC_COUNT");
	const char *more = getenv("MALLOC_DRY");

	started = 1;
	fails = at == NULL ? 0 : strtol(at, NULL, 10);
	dry = more != NULL && *more != '\0';
	snprintf(count, sizeof count, "%s", to == NULL ? "" : to);
}

__attribute__((constructor)) static void
alone(void)
{
	unsetenv("LD_PRELOAD");
}

__attribute__((destructor)) static void
tell(void)
{
	int fd = count[0] == '\0' ? -1 : creat(count, 0600);

	if (fd >= 0)
		dprintf(fd, "%ld %ld\n", before, calls);
}

mode_t
umask(mode_t mask)
{
	before = calls;
	return (mode_t)syscall(SYS_umask, mask);
}

static int
falls(void)
{
	if (!started)
		start();
	calls++;
	if (fails == 0 || calls < fails || (calls > fails && !dry))
		return 0;
	errno = ENOMEM;
	return 1;
}

void *
malloc(size_t n)
{
	return falls() ? NULL : __libc_malloc(n);
}

void *
calloc(size_t k, size_t n)
{
	return falls() ? NULL : __libc_calloc(k, n);
}

void *
realloc(void *p, size_t n)
{
	return falls() ? NULL : __libc_realloc(p, n);
}
