#include "folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

enum {
	FOLDER_NAME = 32, /* of a file that is not whole yet */
};

int
folder_open(struct folder *d, const char *path, struct fail *f)
{
	d->path = path;
	if (file_trusted(path, f) != 0)
		return f->code;
	d->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (d->fd < 0 && errno == ENOTDIR)
		return fail(f, EX_CONFIG, "'%s' is no folder", path);
	if (d->fd < 0)
		return fail_sys(f, EX_NOINPUT, "open", path);
	return 0;
}

static int
taken(const struct folder *d, const char *sha, struct fail *f)
{
	return fail(f, EX_CANTCREAT,
	    "'%s/%s' is there and holds something else", d->path, sha);
}

/* What has that name: is it a file of exactly these octets? */
static int
compare(const struct folder *d, const char *sha, int fd,
    const struct text *octets, struct fail *f)
{
	struct text t = TEXT_INIT;
	struct stat st;
	int code;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    (size_t)st.st_size != octets->n)
		return taken(d, sha, f);
	code = file_slurp(fd, octets->n, &t, f);
	if (code == EX_DATAERR ||
	    (code == 0 &&
		(t.n != octets->n || memcmp(t.p, octets->p, t.n) != 0)))
		code = taken(d, sha, f);
	text_wipe(&t);
	return code;
}

/* True when the name is taken; *f says when by something else. */
static bool
is_there(const struct folder *d, const char *sha, const struct text *octets,
    struct fail *f)
{
	int fd =
	    openat(d->fd, sha, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0 && errno == ENOENT)
		return false;
	if (fd < 0 && (errno == ELOOP || errno == ENXIO))
		taken(d, sha, f);
	else if (fd < 0)
		fail_sys(f, EX_CANTCREAT, "read a file in", d->path);
	else {
		compare(d, sha, fd, octets, f);
		close(fd);
	}
	return true;
}

/* A whole file under a name that is no hash. */
static int
write_new(const struct folder *d, char name[FOLDER_NAME],
    const struct text *octets, struct fail *f)
{
	unsigned long long r = 0;
	int fd;

	if (getrandom(&r, sizeof r, 0) < 0)
		return fail_sys(f, EX_IOERR, "name a file in", d->path);
	snprintf(name, FOLDER_NAME, ".new-%016llx", r);
	fd = openat(d->fd, name,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail_sys(f, EX_CANTCREAT, "make a file in", d->path);
	if (file_write(fd, octets->p, octets->n) != 0 || fsync(fd) != 0) {
		fail_sys(f, EX_IOERR, "write to", d->path);
		unlinkat(d->fd, name, 0);
	}
	if (close(fd) != 0 && f->code == 0) {
		fail_sys(f, EX_IOERR, "write to", d->path);
		unlinkat(d->fd, name, 0);
	}
	return f->code;
}

int
folder_keep(struct folder *d, const char sha[HASH_LEN],
    const struct text *octets, struct fail *f)
{
	char name[FOLDER_NAME];

	*f = (struct fail)FAIL_INIT;
	if (is_there(d, sha, octets, f) || write_new(d, name, octets, f) != 0)
		return f->code;
	if (linkat(d->fd, name, d->fd, sha, 0) != 0) {
		if (errno != EEXIST)
			fail_sys(f, EX_CANTCREAT, "make a file in", d->path);
		else if (!is_there(d, sha, octets, f))
			taken(d, sha, f);
	}
	unlinkat(d->fd, name, 0);
	return f->code;
}

int
folder_sync(const struct folder *d, struct fail *f)
{
	if (fsync(d->fd) != 0)
		return fail_sys(f, EX_IOERR, "sync", d->path);
	return 0;
}

/* The whole of the open file, if it is what SHA says. */
static int
read_checked(
    int fd, const char *sha, size_t max, struct text *out, struct fail *f)
{
	const size_t before = out->n;
	char is[HASH_LEN];
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return fail(f, EX_DATAERR, "its file is no regular file");
	if ((size_t)st.st_size > max)
		return fail(
		    f, EX_DATAERR, "its file is longer than %zu octets", max);
	if (file_slurp(fd, max, out, f) != 0)
		return fail_in(f, "its file");
	hash_sha256(out->p + before, out->n - before, is);
	if (strcmp(is, sha) != 0)
		return fail(f, EX_DATAERR,
		    "its file holds something else than its hash says");
	return 0;
}

int
folder_read(const struct folder *d, const char *sha, size_t max,
    struct text *out, struct fail *f)
{
	int fd, code;

	if (!hash_is(sha))
		return fail(f, EX_DATAERR, "its hash is none");
	fd = openat(d->fd, sha, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return fail(f, EX_NOINPUT,
		    "'%s' has no file of its hash: add it", d->path);
	if (fd < 0 && (errno == ELOOP || errno == ENXIO))
		return fail(f, EX_DATAERR, "its file is no regular file");
	if (fd < 0)
		return fail_sys(f, EX_NOINPUT, "read a file in", d->path);
	code = read_checked(fd, sha, max, out, f);
	close(fd);
	return code;
}

void
folder_release(struct folder *d)
{
	if (d->fd >= 0)
		close(d->fd);
	*d = (struct folder)FOLDER_INIT;
}
