#include "maildir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "file.h"

static int
maildir_folder(const char *path, const char *sub, int *fd, struct fail *f)
{
	char folder[4096];

	if (snprintf(folder, sizeof folder, "%s/%s", path, sub) >=
	    (int)sizeof folder)
		return fail(f, EX_USAGE, "the path of the Maildir is too long");
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return fail_sys(f, EX_CANTCREAT, "make", folder);
	*fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (*fd < 0)
		return fail_sys(f, EX_CANTCREAT, "open", folder);
	return 0;
}

int
maildir_open(struct maildir *m, const char *path, struct fail *f)
{
	bool made = mkdir(path, 0700) == 0;

	m->path = path;
	if (!made && errno != EEXIST)
		return fail_sys(f, EX_CANTCREAT, "make", path);
	if (maildir_folder(path, "cur", &m->cur, f) != 0 ||
	    maildir_folder(path, "tmp", &m->tmp, f) != 0 ||
	    maildir_folder(path, "new", &m->fresh, f) != 0)
		return f->code;
	if (made && file_sync_parent(path) != 0)
		return fail_sys(f, EX_CANTCREAT, "sync the folder of", path);
	return 0;
}

/* The host as the Maildir form wants it, and no file's folder. */
static void
maildir_host(char *out, size_t n)
{
	size_t i;

	if (gethostname(out, n) != 0)
		snprintf(out, n, "localhost");
	out[n - 1] = '\0';
	for (i = 0; out[i] != '\0'; i++)
		if (out[i] == '/' || out[i] == ':' || out[i] <= ' ')
			out[i] = '-';
}

static void
maildir_name(struct maildir *m, char name[MAILDIR_NAME])
{
	unsigned char r[8] = { 0 };
	struct timespec t;
	char host[64];
	unsigned long long random = 0;
	size_t i;

	clock_gettime(CLOCK_REALTIME, &t);
	if (getrandom(r, sizeof r, 0) < 0)
		r[0] = (unsigned char)t.tv_nsec;
	for (i = 0; i < sizeof r; i++)
		random = random << 8 | r[i];
	maildir_host(host, sizeof host);
	snprintf(name, MAILDIR_NAME, "%lld.M%06ldP%ldQ%luR%016llx.%s",
	    (long long)t.tv_sec, t.tv_nsec / 1000, (long)getpid(), ++m->count,
	    random, host);
}

int
maildir_write(struct maildir *m, const char *p, size_t n,
    char name[MAILDIR_NAME], struct fail *f)
{
	int fd, code = 0;

	maildir_name(m, name);
	fd =
	    openat(m->tmp, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		name[0] = '\0';
		return fail_sys(f, EX_CANTCREAT, "write to", m->path);
	}
	if (file_write(fd, p, n) != 0)
		code = fail_sys(f, EX_IOERR, "write to", m->path);
	if (close(fd) != 0 && code == 0)
		code = fail_sys(f, EX_IOERR, "write to", m->path);
	if (code != 0) {
		maildir_drop(m, name);
		name[0] = '\0';
	}
	return code;
}

static int
maildir_sync_one(struct maildir *m, const char *name)
{
	int fd = openat(m->tmp, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	int rc;

	if (fd < 0)
		return -1;
	rc = fsync(fd);
	close(fd);
	return rc;
}

int
maildir_sync(
    struct maildir *m, char (*name)[MAILDIR_NAME], size_t count, struct fail *f)
{
	size_t i;
	int rc = 0;

	if (count > MAILDIR_SYNC_EACH)
		rc = syncfs(m->tmp);
	else
		for (i = 0; i < count && rc == 0; i++)
			if (name[i][0] != '\0')
				rc = maildir_sync_one(m, name[i]);
	return rc == 0 ? 0 : fail_sys(f, EX_IOERR, "sync", m->path);
}

static void
maildir_as(const char *word, char as[MAILDIR_NAME])
{
	char host[64];

	maildir_host(host, sizeof host);
	snprintf(as, MAILDIR_NAME, "%.62s.%s", word, host);
}

/* Is a name in cur/ that is AS, alone or with a reader's marks behind it? */
static int
maildir_read(const struct maildir *m, const char *as, bool *has, struct fail *f)
{
	const size_t n = strlen(as);
	int fd = openat(m->cur, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *e = NULL;
	int code = 0;

	if (dir == NULL) {
		code = fail_sys(f, EX_IOERR, "read", m->path);
		if (fd >= 0)
			close(fd);
		return code;
	}
	errno = 0;
	while (!*has && (e = readdir(dir)) != NULL)
		*has = strncmp(e->d_name, as, n) == 0 &&
		    (e->d_name[n] == ':' || e->d_name[n] == '\0');
	if (!*has && errno != 0)
		code = fail_sys(f, EX_IOERR, "read", m->path);
	closedir(dir);
	return code;
}

int
maildir_has(
    const struct maildir *m, const char *word, bool *has, struct fail *f)
{
	char as[MAILDIR_NAME];

	maildir_as(word, as);
	*has = faccessat(m->fresh, as, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
	if (!*has && errno != ENOENT)
		return fail_sys(f, EX_IOERR, "read", m->path);
	return *has ? 0 : maildir_read(m, as, has, f);
}

int
maildir_link(
    struct maildir *m, const char *name, const char *word, struct fail *f)
{
	char as[MAILDIR_NAME];

	maildir_as(word, as);
	if (linkat(m->tmp, name, m->fresh, as, 0) != 0 && errno != EEXIST)
		return fail_sys(f, EX_IOERR, "write to", m->path);
	maildir_drop(m, name);
	return 0;
}

int
maildir_settle(struct maildir *m, struct fail *f)
{
	return fsync(m->fresh) == 0 ? 0 :
				      fail_sys(f, EX_IOERR, "sync", m->path);
}

void
maildir_drop(struct maildir *m, const char *name)
{
	unlinkat(m->tmp, name, 0);
}

void
maildir_release(struct maildir *m)
{
	if (m->tmp >= 0)
		close(m->tmp);
	if (m->fresh >= 0)
		close(m->fresh);
	if (m->cur >= 0)
		close(m->cur);
	*m = (struct maildir)MAILDIR_INIT;
}
