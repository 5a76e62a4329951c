#include "ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "hash.h"
#include "schema.h"

int
ledger_open(struct ledger *l, const char *path, struct fail *f)
{
	bool made = access(path, F_OK) != 0;
	struct stat st;

	l->path = path;
	l->end = -1;
	l->queue = json_array();
	l->fd = open(
	    path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (l->fd < 0 && (errno == EISDIR || errno == ELOOP))
		return fail(
		    f, EX_CONFIG, "ledger '%s' is no regular file", path);
	if (l->fd < 0)
		return fail_sys(f, EX_CANTCREAT, "open the ledger", path);
	if (fstat(l->fd, &st) != 0 || !S_ISREG(st.st_mode))
		return fail(
		    f, EX_CONFIG, "ledger '%s' is no regular file", path);
	if ((st.st_mode & (S_IWGRP | S_IWOTH)) != 0)
		return fail(f, EX_CONFIG,
		    "'%s' can be written by others: chmod go-w", path);
	if (made && file_sync_parent(path) != 0)
		return fail_sys(f, EX_CANTCREAT, "sync the folder of", path);
	return 0;
}

void
ledger_add(struct ledger *l, const json_t *r)
{
	json_t *fact = schema_fact(r);

	json_object_del(fact, "prev");
	json_array_append_new(l->queue, fact);
	l->queued++;
}

static int
ledger_lock(struct ledger *l, struct fail *f)
{
	const struct timespec nap = { 0, 5000000 };
	time_t end = time(NULL) + LEDGER_WAIT;

	while (flock(l->fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return fail_sys(f, EX_IOERR, "lock", l->path);
		if (time(NULL) >= end)
			return fail(f, EX_TEMPFAIL,
			    "ledger '%s' is locked by another program",
			    l->path);
		nanosleep(&nap, NULL);
	}
	return 0;
}

/* The last line of the file, without its LF. *torn: it had none. */
static int
ledger_tail(struct ledger *l, long long size, struct text *line, bool *torn,
    struct fail *f)
{
	struct text all = TEXT_INIT;
	long long from = size;
	const char *lf = NULL;
	size_t n = 0;
	char *p;

	*torn = false;
	while (from > 0 && lf == NULL) {
		from = size - from >= 65536 ? size - 2 * (size - from) - 1 :
					      size - 65536;
		from = from < 0 ? 0 : from;
		n = (size_t)(size - from);
		text_clear(&all);
		p = text_room(&all, n);
		if (pread(l->fd, p, n, (off_t)from) != (ssize_t)n) {
			text_release(&all);
			return fail_sys(f, EX_IOERR, "read", l->path);
		}
		*torn = p[n - 1] != '\n';
		n -= *torn ? 0 : 1;
		lf = memrchr(p, '\n', n);
	}
	p = all.p;
	if (size > 0 && lf != NULL)
		text_add(line, lf + 1, n - (size_t)(lf + 1 - p));
	else if (size > 0)
		text_add(line, p, n);
	text_release(&all);
	return 0;
}

/* Append a fact to the buffer as the line that follows l->prev. */
static void
ledger_chain(struct ledger *l, json_t *fact, struct text *out)
{
	size_t from = out->n;

	if (l->prev[0] != '\0')
		record_set(fact, "prev", l->prev);
	record_line(fact, out);
	hash_sha256(out->p + from, out->n - from - 1, l->prev);
}

static int
ledger_look(struct ledger *l, struct text *out, struct fail *f)
{
	struct text line = TEXT_INIT;
	struct stat st;
	json_t *mark;
	bool torn;

	if (fstat(l->fd, &st) != 0)
		return fail_sys(f, EX_IOERR, "read", l->path);
	if (st.st_size == l->end)
		return 0;
	if (ledger_tail(l, st.st_size, &line, &torn, f) != 0)
		return f->code;
	l->prev[0] = '\0';
	if (st.st_size > 0)
		hash_sha256(line.p, line.n, l->prev);
	text_release(&line);
	l->end = st.st_size;
	if (torn) {
		text_add(out, "\n", 1);
		mark = record_new("torn", NULL);
		ledger_chain(l, mark, out);
		json_decref(mark);
	}
	return 0;
}

static int
ledger_write(struct ledger *l, struct fail *f)
{
	struct text out = TEXT_INIT;
	json_t *fact;
	int rc = 0;
	size_t i;

	if (ledger_look(l, &out, f) != 0) {
		text_release(&out);
		return f->code;
	}
	json_array_foreach(l->queue, i, fact)
		ledger_chain(l, fact, &out);
	if (file_write(l->fd, out.p, out.n) != 0 || fdatasync(l->fd) != 0)
		rc = fail_sys(f, EX_IOERR, "write the ledger", l->path);
	l->end = rc == 0 ? l->end + (long long)out.n : -1;
	text_release(&out);
	return rc;
}

int
ledger_sync(struct ledger *l, struct fail *f)
{
	int rc;

	if (l->queued == 0)
		return 0;
	rc = ledger_lock(l, f);
	if (rc == 0) {
		rc = ledger_write(l, f);
		flock(l->fd, LOCK_UN);
	}
	json_array_clear(l->queue);
	l->queued = 0;
	return rc;
}

void
ledger_release(struct ledger *l)
{
	if (l->fd >= 0)
		close(l->fd);
	json_decref(l->queue);
	*l = (struct ledger)LEDGER_INIT;
}

struct view {
	const char *p;
	size_t n;
};

static int
ledger_view(const char *path, struct view *v, struct fail *f)
{
	struct stat st;
	void *p;
	int fd;

	*v = (struct view){ NULL, 0 };
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return fail_sys(f, EX_NOINPUT, "open", path);
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
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
ledger_unview(struct view *v)
{
	if (v->p != NULL)
		munmap((void *)(uintptr_t)v->p, v->n);
}

static bool
ledger_torn(const char *p, const char *end)
{
	static const char mark[] = "{\"type\":\"torn\"";

	return (size_t)(end - p) > sizeof mark &&
	    memcmp(p, mark, sizeof mark - 1) == 0;
}

/* Does the line say, where we write it, an id that is none of these? */
static bool
ledger_other(const char *at, const char *end, const json_t *ids)
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

static int
ledger_take(const char *p, size_t n, const char *types, const json_t *ids,
    int (*take)(void *, const json_t *, struct fail *), void *arg,
    struct fail *f)
{
	const char *type;
	size_t len;
	json_t *r;
	int rc;

	if (record_type(p, n, &type, &len, f) != 0)
		return f->code;
	if (!record_among(types, type, len) ||
	    ledger_other(type + len, p + n, ids))
		return 0;
	r = record_parse(p, n, f);
	if (r == NULL)
		return f->code;
	rc = take(arg, r, f);
	json_decref(r);
	return rc;
}

int
ledger_fold(const char *path, const char *types,
    int (*take)(void *arg, const json_t *r, struct fail *f), void *arg,
    struct fail *f)
{
	return ledger_find(path, types, NULL, take, arg, f);
}

int
ledger_find(const char *path, const char *types, const json_t *ids,
    int (*take)(void *arg, const json_t *r, struct fail *f), void *arg,
    struct fail *f)
{
	const char *p, *lf, *end;
	size_t line = 0;
	struct view v;
	int rc;

	rc = ledger_view(path, &v, f);
	end = v.p + v.n;
	for (p = v.p; rc == 0 && p < end; p = lf + 1) {
		line++;
		lf = memchr(p, '\n', (size_t)(end - p));
		if (lf == NULL)
			break;
		if (ledger_torn(lf + 1, end) || ledger_torn(p, end))
			continue;
		rc = ledger_take(p, (size_t)(lf - p), types, ids, take, arg, f);
	}
	if (rc != 0 && v.p != NULL)
		rc = fail_in(f, "'%s': line %zu", path, line);
	ledger_unview(&v);
	return rc;
}

/* Does the line carry PREV as its own last word on the line before it? */
static int
ledger_holds(const char *p, size_t n, const char *prev, struct fail *f)
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
ledger_verify(const char *path, size_t *lines, char last[65], struct fail *f)
{
	const char *p, *lf, *end;
	struct view v;
	int rc;

	*lines = 0;
	last[0] = '\0';
	rc = ledger_view(path, &v, f);
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
		if (!ledger_torn(lf + 1, end))
			rc = ledger_holds(p, (size_t)(lf - p), last, f);
		hash_sha256(p, (size_t)(lf - p), last);
	}
	if (rc != 0) {
		fail_in(f, "'%s': line %zu", path, *lines);
		rc = f->code = EX_NO;
	}
	ledger_unview(&v);
	return rc;
}
