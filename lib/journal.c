#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "kept.h"

static int
journal_open(struct journal *j, const char *path, struct fail *f)
{
	if (j->lock >= 0)
		return 0;
	j->lock = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (j->lock < 0)
		return fail_sys(f, EX_CANTCREAT, "open", path);
	return 0;
}

static int
journal_wait(struct journal *j, const char *path, struct fail *f)
{
	const struct timespec nap = { 0, 20000000 };
	time_t end = time(NULL) + JOURNAL_WAIT;

	while (flock(j->lock, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return fail_sys(f, EX_IOERR, "lock", path);
		if (time(NULL) >= end)
			return fail(f, EX_TEMPFAIL,
			    "'%s' is locked: another vc-mail is at work", path);
		nanosleep(&nap, NULL);
	}
	return 0;
}

int
journal_lock(struct journal *j, struct fail *f)
{
	struct text path = TEXT_INIT;
	int code;

	text_addf(&path, "%s.lock", j->ledger);
	code = journal_open(j, path.p, f);
	if (code == 0)
		code = journal_wait(j, path.p, f);
	text_release(&path);
	return code;
}

void
journal_unlock(struct journal *j)
{
	if (j->lock >= 0)
		flock(j->lock, LOCK_UN);
}

void
journal_clear(struct journal *j)
{
	if (j->known == NULL)
		j->known = json_object();
	json_object_clear(j->known);
}

void
journal_ask(struct journal *j, const char *id)
{
	json_object_set_new(j->known, id, json_object());
}

/* What is kept of a mail ends what was known of it before. */
static void
journal_end(json_t *known, const char *type)
{
	if (strcmp(type, "try") == 0 || strcmp(type, "sent") == 0)
		json_object_del(known, "bounce");
	if (strcmp(type, "deferred") == 0 || strcmp(type, "bounce") == 0)
		json_object_del(known, "try");
}

static int
journal_take(void *arg, const json_t *r, struct fail *f)
{
	const struct journal *j = arg;
	const char *id = record_str(r, "id"), *type = record_str(r, "type");
	json_t *known = id == NULL ? NULL : json_object_get(j->known, id);
	json_t *copy;

	(void)f;
	if (known == NULL)
		return 0;
	journal_end(known, type);
	if (strcmp(type, "try") == 0 && json_object_get(known, type) != NULL)
		return 0;
	copy = json_copy((json_t *)r);
	json_object_del(copy, "prev");
	json_object_set_new(known, type, copy);
	return 0;
}

int
journal_look(struct journal *j, struct fail *f)
{
	const struct kept tries = {
		.path = j->ledger,
		.types = "notice try deferred bounce sent",
		.ids = j->known,
	};

	return kept_fold(&tries, journal_take, j, f);
}

const json_t *
journal_of(const struct journal *j, const char *type, const char *id)
{
	return json_object_get(json_object_get(j->known, id), type);
}

void
journal_release(struct journal *j)
{
	if (j->lock >= 0)
		close(j->lock);
	json_decref(j->known);
	*j = (struct journal)JOURNAL_INIT;
}
