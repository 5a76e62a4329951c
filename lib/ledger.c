#include "ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
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
	if (fstat(l->fd, &st) != 0)
		return fail_sys(f, EX_IOERR, "read", path);
	if (!S_ISREG(st.st_mode))
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
