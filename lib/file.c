#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int
file_write(int fd, const void *p, size_t n)
{
	const char *s = p;
	ssize_t k;

	while (n > 0) {
		k = write(fd, s, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return -1;
		s += k;
		n -= (size_t)k;
	}
	return 0;
}

int
file_slurp(int fd, size_t max, struct text *out, struct fail *f)
{
	size_t start = out->n;
	ssize_t k;

	for (;;) {
		k = read(fd, text_room(out, 64 << 10), 64 << 10);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return fail(
			    f, EX_IOERR, "cannot read: %s", strerror(errno));
		out->n += (size_t)k;
		out->p[out->n] = '\0';
		if (out->n - start > max)
			return fail(
			    f, EX_DATAERR, "longer than %zu octets", max);
		if (k == 0)
			return 0;
	}
}

/* The descriptor, or -1 with the reason in *f. */
static int
file_open(const char *path, struct stat *st, struct fail *f)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0) {
		fail_sys(f, EX_NOINPUT, "open", path);
		return -1;
	}
	if (fstat(fd, st) != 0)
		fail_sys(f, EX_NOINPUT, "read", path);
	else if (S_ISREG(st->st_mode))
		return fd;
	else
		fail(f, EX_NOINPUT, "cannot read '%s': no regular file", path);
	close(fd);
	return -1;
}

int
file_read(const char *path, size_t max, struct text *out, struct fail *f)
{
	struct stat st;
	int fd = file_open(path, &st, f), rc;

	if (fd < 0)
		return f->code;
	rc = file_slurp(fd, max, out, f);
	close(fd);
	if (rc != 0) {
		fail_in(f, "'%s'", path);
		f->code = f->code == EX_DATAERR ? EX_NOINPUT : f->code;
	}
	return rc == 0 ? 0 : f->code;
}

int
file_map(
    const char *path, size_t max, const char **p, size_t *n, struct fail *f)
{
	struct stat st;
	void *got = NULL;
	int fd = file_open(path, &st, f);

	if (fd < 0)
		return f->code;
	*n = (size_t)st.st_size;
	if (*n > 0 && *n <= max)
		got = mmap(NULL, *n, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (*n > max)
		return fail(
		    f, EX_NOINPUT, "'%s': longer than %zu octets", path, max);
	if (got == MAP_FAILED)
		return fail_sys(f, EX_NOINPUT, "read", path);
	*p = got;
	return 0;
}

void
file_unmap(const void *p, size_t n)
{
	if (p != NULL)
		munmap((void *)(uintptr_t)p, n);
}

int
file_trusted(const char *path, struct fail *f)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return fail_sys(f, EX_NOINPUT, "open", path);
	if (st.st_uid != geteuid() && st.st_uid != 0)
		return fail(f, EX_CONFIG, "'%s' belongs to another user", path);
	if ((st.st_mode & (S_IWGRP | S_IWOTH)) != 0)
		return fail(f, EX_CONFIG,
		    "'%s' can be written by others: chmod go-w", path);
	return 0;
}

int
file_sync_parent(const char *path)
{
	char dir[PATH_MAX];
	const char *slash = strrchr(path, '/');
	int fd, rc;

	if (slash == NULL)
		snprintf(dir, sizeof dir, ".");
	else
		snprintf(dir, sizeof dir, "%.*s",
		    slash == path ? 1 : (int)(slash - path), path);
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	rc = fsync(fd);
	close(fd);
	return rc;
}

int
file_put(const char *path, const void *p, size_t n, struct fail *f)
{
	char tmp[PATH_MAX];
	int fd, len;

	len = snprintf(tmp, sizeof tmp, "%s.XXXXXX", path);
	if (len < 0 || (size_t)len >= sizeof tmp)
		return fail(f, EX_CANTCREAT, "a path is too long");
	fd = mkostemp(tmp, O_CLOEXEC);
	if (fd < 0)
		return fail_sys(f, EX_CANTCREAT, "make", path);
	if (file_write(fd, p, n) != 0 || fsync(fd) != 0) {
		fail_sys(f, EX_IOERR, "write", path);
		close(fd);
		unlink(tmp);
		return f->code;
	}
	close(fd);
	if (rename(tmp, path) != 0 || file_sync_parent(path) != 0) {
		fail_sys(f, EX_CANTCREAT, "make", path);
		unlink(tmp);
		return f->code;
	}
	return 0;
}

int
file_share(const char *name, struct text *out, struct fail *f)
{
	static const char *const place[] = { "share/vc", "share" };
	const char *dir = getenv("VC_SHARE");
	char self[PATH_MAX], path[2 * PATH_MAX];
	ssize_t k;
	size_t i;

	if (dir != NULL && dir[0] != '\0') {
		snprintf(path, sizeof path, "%s/%s", dir, name);
		return file_read(path, FILE_MAX, out, f);
	}
	k = readlink("/proc/self/exe", self, sizeof self - 1);
	self[k < 0 ? 0 : k] = '\0';
	for (i = 0; i < 2 && strrchr(self, '/') != NULL; i++) {
		snprintf(path, sizeof path, "%.*s/../%s/%s",
		    (int)(strrchr(self, '/') - self), self, place[i], name);
		if (access(path, R_OK) == 0)
			return file_read(path, FILE_MAX, out, f);
	}
	return fail(f, EX_NOINPUT,
	    "cannot find the shared file '%s': set VC_SHARE", name);
}
