#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "process.h"

enum {
	TREE_NAME = 24, /* of a file in .new */
};

/* What is to be done with a path; NUMBER 0: it goes. */
struct tree_step {
	char *path;
	size_t number;
};

static void
tree_name(size_t number, char name[TREE_NAME])
{
	snprintf(name, TREE_NAME, "%zu", number);
}

/* Names of letters, digits and "-_.+" that begin with no dot, by slashes. */
static bool
tree_path(const char *path)
{
	static const char *const known = ".well-known/";
	size_t n;

	if (strlen(path) >= TREE_PATH)
		return false;
	if (strncmp(path, known, strlen(known)) == 0)
		path += strlen(known);
	for (;; path += n + 1) {
		n = strspn(path,
		    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		    "0123456789-_.+");
		if (n == 0 || *path == '.' ||
		    (path[n] != '/' && path[n] != '\0'))
			return false;
		if (path[n] == '\0')
			return true;
	}
}

static void
tree_clean(struct tree *t)
{
	int fd = openat(
	    t->fd, ".new", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL)
		if (e->d_name[0] != '.')
			unlinkat(dirfd(d), e->d_name, 0);
	if (d != NULL)
		closedir(d);
	else if (fd >= 0)
		close(fd);
	unlinkat(t->fd, ".new", AT_REMOVEDIR);
}

int
tree_open(struct tree *t, const char *path, struct fail *f)
{
	t->path = path;
	t->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (t->fd < 0)
		return fail_sys(f, EX_CANTCREAT, "open", path);
	if (file_trusted(path, f) != 0)
		return f->code;
	if (flock(t->fd, LOCK_EX | LOCK_NB) != 0)
		return fail(f, EX_TEMPFAIL,
		    "'%s' is being written by another run: try again", path);
	tree_clean(t);
	return 0;
}

static void
tree_leave(struct tree *t)
{
	if (t->at >= 0 && t->at != t->fd)
		close(t->at);
	t->at = -1;
}

/* One name further down from t->at; no link leads out of the tree. */
static bool
tree_enter(struct tree *t, const char *name, bool make)
{
	const int how = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int next = openat(t->at, name, how);

	if (next < 0 && errno == ENOENT && make &&
	    mkdirat(t->at, name, 0755) == 0 &&
	    fchmodat(t->at, name, 0755, 0) == 0)
		next = openat(t->at, name, how);
	tree_leave(t);
	t->at = next;
	return next >= 0;
}

/*
 * Make t->at the folder of PATH, a legal one, and give its last name, or NULL
 * and errno. MAKE: what is missing is made.
 */
static const char *
tree_base(struct tree *t, const char *path, bool make)
{
	const char *slash = strrchr(path, '/'), *end;
	size_t n = slash == NULL ? 0 : (size_t)(slash - path) + 1;
	char name[TREE_PATH];

	if (t->at >= 0 && strlen(t->folder) == n &&
	    memcmp(t->folder, path, n) == 0)
		return path + n;
	tree_leave(t);
	t->at = t->fd;
	snprintf(t->folder, sizeof t->folder, "%.*s", (int)n, path);
	for (; (end = strchr(path, '/')) != NULL; path = end + 1) {
		snprintf(name, sizeof name, "%.*s", (int)(end - path), path);
		if (!tree_enter(t, name, make))
			return NULL;
	}
	return path;
}

static bool
tree_stat(struct tree *t, const char *path, struct stat *st)
{
	const char *base = tree_base(t, path, false);

	return base != NULL &&
	    fstatat(t->at, base, st, AT_SYMLINK_NOFOLLOW) == 0;
}

bool
tree_is(struct tree *t, const char *path)
{
	struct stat st;

	return tree_path(path) && tree_stat(t, path, &st) &&
	    S_ISREG(st.st_mode);
}

bool
tree_has(struct tree *t, const char *path, size_t n)
{
	struct stat st;

	return tree_path(path) && tree_stat(t, path, &st) &&
	    S_ISREG(st.st_mode) && (size_t)st.st_size == n;
}

/* Does the file hold exactly p[0..n)? */
static bool
tree_holds(struct tree *t, const char *path, const void *p, size_t n)
{
	const int how = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
	const char *base = tree_base(t, path, false);
	int fd = base == NULL ? -1 : openat(t->at, base, how);
	struct text is = TEXT_INIT;
	struct fail f = FAIL_INIT;
	struct stat st;
	bool same = false;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (size_t)st.st_size == n && file_slurp(fd, n, &is, &f) == 0)
		same = is.n == n && (n == 0 || memcmp(is.p, p, n) == 0);
	close(fd);
	text_release(&is);
	return same;
}

static void
tree_step(struct tree *t, const char *path, size_t number)
{
	struct tree_step *more;

	if (t->n == t->cap) {
		t->cap = t->cap == 0 ? 64 : 2 * t->cap;
		more = realloc(t->step, t->cap * sizeof *more);
		if (more == NULL)
			process_nomem();
		t->step = more;
	}
	t->step[t->n].path = strdup(path);
	if (t->step[t->n].path == NULL)
		process_nomem();
	t->step[t->n++].number = number;
}

static int
tree_wrong(const char *path, struct fail *f)
{
	return fail(f, EX_SOFTWARE, "'%s' is no path of a site", path);
}

/* A file of p[0..n) in .new. */
static int
tree_write(
    struct tree *t, size_t number, const void *p, size_t n, struct fail *f)
{
	char name[TREE_NAME];
	int fd;

	if (t->fresh < 0) {
		if (mkdirat(t->fd, ".new", 0700) != 0)
			return fail_sys(
			    f, EX_CANTCREAT, "make a folder in", t->path);
		t->fresh = openat(t->fd, ".new",
		    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	}
	tree_name(number, name);
	fd = openat(t->fresh, name,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail_sys(f, EX_CANTCREAT, "make a file in", t->path);
	if (file_write(fd, p, n) != 0 || fchmod(fd, 0644) != 0)
		fail_sys(f, EX_IOERR, "write to", t->path);
	if (close(fd) != 0 && f->code == 0)
		fail_sys(f, EX_IOERR, "write to", t->path);
	return f->code;
}

int
tree_put(struct tree *t, const char *path, const void *p, size_t n, bool *put,
    struct fail *f)
{
	*f = (struct fail)FAIL_INIT;
	*put = false;
	if (!tree_path(path))
		return tree_wrong(path, f);
	if (tree_holds(t, path, p, n))
		return 0;
	*put = true;
	if (tree_write(t, t->n + 1, p, n, f) == 0)
		tree_step(t, path, t->n + 1);
	return f->code;
}

int
tree_drop(struct tree *t, const char *path, bool *was, struct fail *f)
{
	struct stat st;

	if (!tree_path(path))
		return tree_wrong(path, f);
	*was = tree_stat(t, path, &st);
	if (*was)
		tree_step(t, path, 0);
	return 0;
}

static int
tree_do(struct tree *t, const struct tree_step *s, struct fail *f)
{
	const char *base = tree_base(t, s->path, s->number != 0);
	char name[TREE_NAME];

	if (s->number == 0) {
		if (base != NULL && unlinkat(t->at, base, 0) != 0)
			fail_sys(f, EX_CANTCREAT, "remove", s->path);
		return f->code;
	}
	if (base == NULL)
		return fail_sys(f, EX_CANTCREAT, "make the folder of", s->path);
	tree_name(s->number, name);
	if (renameat(t->fresh, name, t->at, base) != 0)
		fail_sys(f, EX_CANTCREAT, "put a file at", s->path);
	return f->code;
}

int
tree_commit(struct tree *t, struct fail *f)
{
	size_t i;

	*f = (struct fail)FAIL_INIT;
	if (t->n > 0 && syncfs(t->fd) != 0)
		return fail_sys(f, EX_IOERR, "sync", t->path);
	for (i = 0; i < t->n; i++)
		if (tree_do(t, &t->step[i], f) != 0)
			return f->code;
	if (t->n > 0 && syncfs(t->fd) != 0)
		return fail_sys(f, EX_IOERR, "sync", t->path);
	return 0;
}

void
tree_release(struct tree *t)
{
	size_t i;

	tree_leave(t);
	if (t->fresh >= 0) {
		close(t->fresh);
		tree_clean(t);
	}
	for (i = 0; i < t->n; i++)
		free(t->step[i].path);
	free(t->step);
	if (t->fd >= 0)
		close(t->fd);
	*t = (struct tree)TREE_INIT;
}
