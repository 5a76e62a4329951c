#include "kept.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hash.h"

struct view {
	const char *p;
	size_t n;
};

static int
kept_view(const char *path, struct view *v, struct fail *f)
{
	struct stat st;
	void *p;
	int fd;

	*v = (struct view){ NULL, 0 };
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return fail_sys(f, EX_NOINPUT, "open", path);
	if (fstat(fd, &st) != 0) {
		fail_sys(f, EX_IOERR, "read", path);
		close(fd);
		return f->code;
	}
	if (!S_ISREG(st.st_mode)) {
		close(fd);
		return fail(
		    f, EX_CONFIG, "ledger '%s' is no regular file", path);
	}
	if (st.st_size > 0) {
		p = mmap(
		    NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (p == MAP_FAILED) {
			close(fd);
			return fail_sys(f, EX_IOERR, "read", path);
		}
		*v = (struct view){ p, (size_t)st.st_size };
	}
	close(fd);
	return 0;
}

static void
kept_unview(struct view *v)
{
	if (v->p != NULL)
		munmap((void *)(uintptr_t)v->p, v->n);
}

static bool
kept_torn(const char *p, const char *end)
{
	static const char mark[] = "{\"type\":\"torn\"";

	return (size_t)(end - p) > sizeof mark &&
	    memcmp(p, mark, sizeof mark - 1) == 0;
}

/* Does the line say, where we write it, an id that is none of these? */
static bool
kept_other(const char *at, const char *end, const json_t *ids)
{
	static const char mark[] = "\",\"id\":\"";
	const char *q;

	if (ids == NULL || (size_t)(end - at) < sizeof mark ||
	    memcmp(at, mark, sizeof mark - 1) != 0)
		return false;
	at += sizeof mark - 1;
	q = memchr(at, '"', (size_t)(end - at));
	return q != NULL && memchr(at, '\\', (size_t)(q - at)) == NULL &&
	    json_object_getn(ids, at, (size_t)(q - at)) == NULL;
}

/* The next line from P on that may be wanted, or NULL. */
static const char *
kept_next(const struct kept *k, const struct view *v, const char *p)
{
	size_t left = v->n - (size_t)(p - v->p);
	const char *at, *lf;

	if (left == 0 || k->word == NULL)
		return left == 0 ? NULL : p;
	at = memmem(p, left, k->word, strlen(k->word));
	if (at == NULL)
		return NULL;
	lf = memrchr(p, '\n', (size_t)(at - p));
	return lf == NULL ? p : lf + 1;
}

/* Its number: asked for when it is damaged only. */
static size_t
kept_line(const struct view *v, const char *p)
{
	const char *q = v->p;
	size_t n = 1;

	while ((q = memchr(q, '\n', (size_t)(p - q))) != NULL) {
		q++;
		n++;
	}
	return n;
}

static int
kept_take(const struct kept *k, const char *p, size_t n,
    int (*take)(void *, const json_t *, struct fail *), void *arg,
    struct fail *f)
{
	const char *type;
	size_t len;
	json_t *r;
	int rc;

	if (record_type(p, n, &type, &len, f) != 0)
		return f->code;
	if (!record_among(k->types, type, len) ||
	    kept_other(type + len, p + n, k->ids))
		return 0;
	r = record_parse(p, n, f);
	if (r == NULL)
		return f->code;
	rc = take(arg, r, f);
	json_decref(r);
	return rc;
}

int
kept_fold(const struct kept *k,
    int (*take)(void *arg, const json_t *r, struct fail *f), void *arg,
    struct fail *f)
{
	const char *p, *lf, *end;
	struct view v;
	int rc = 0;

	if (access(k->path, F_OK) != 0 && errno == ENOENT)
		return 0;
	if (kept_view(k->path, &v, f) != 0)
		return f->code;
	end = v.p + v.n;
	for (p = v.p; (p = kept_next(k, &v, p)) != NULL; p = lf + 1) {
		lf = memchr(p, '\n', (size_t)(end - p));
		if (lf == NULL)
			break;
		if (kept_torn(lf + 1, end) || kept_torn(p, end))
			continue;
		rc = kept_take(k, p, (size_t)(lf - p), take, arg, f);
		if (rc != 0)
			break;
	}
	if (rc != 0)
		rc = fail_in(f, "'%s': line %zu", k->path, kept_line(&v, p));
	kept_unview(&v);
	return rc;
}

/* Does the line carry PREV as its own last word on the line before it? */
static int
kept_chained(const char *p, size_t n, const char *prev, struct fail *f)
{
	const char *says;
	json_t *r;
	int rc = 0;

	r = record_parse(p, n, f);
	if (r == NULL)
		return EX_NO;
	says = record_str(r, "prev");
	if (says == NULL && prev[0] != '\0')
		rc = fail(f, EX_NO, "field 'prev' is missing");
	else if (says != NULL && strcmp(says, prev) != 0)
		rc =
		    fail(f, EX_NO, "'prev' is not the hash of the line before");
	json_decref(r);
	return rc;
}

int
kept_verify(const char *path, size_t *lines, char last[65], struct fail *f)
{
	const char *p, *lf, *end;
	struct view v;
	int rc;

	*lines = 0;
	last[0] = '\0';
	rc = kept_view(path, &v, f);
	if (rc != 0)
		return rc;
	end = v.p + v.n;
	for (p = v.p; rc == 0 && p < end; p = lf + 1) {
		++*lines;
		lf = memchr(p, '\n', (size_t)(end - p));
		if (lf == NULL) {
			rc = fail(f, EX_NO, "the last line is torn");
			break;
		}
		if (!kept_torn(lf + 1, end))
			rc = kept_chained(p, (size_t)(lf - p), last, f);
		hash_sha256(p, (size_t)(lf - p), last);
	}
	if (rc != 0) {
		fail_in(f, "'%s': line %zu", path, *lines);
		rc = f->code = EX_NO;
	}
	kept_unview(&v);
	return rc;
}
