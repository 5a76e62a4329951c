#include "told.h"

#include <stdlib.h>
#include <string.h>

#include "gate.h"
#include "kept.h"

/* What a fold of the ledger is after. */
struct ask {
	struct told *told;
	const char *id;
	bool facts;
};

long long
told_revision(const json_t *case_)
{
	const json_t *n = json_object_get(case_, "revision_n");

	return n == NULL ? 1 : json_integer_value(n);
}

long long
told_number(const char *id, const char *case_)
{
	size_t n = strlen(case_);
	const char *last = strrchr(id, '/');
	char *end;
	long long v;

	if (strncmp(id, case_, n) != 0 || id[n] != '/' || last == id + n ||
	    last[1] < '0' || last[1] > '9')
		return -1;
	v = strtoll(last + 1, &end, 10);
	return *end == '\0' ? v : -1;
}

/* The last one of a revision counts, and of those one that names its day. */
static void
take_before(struct told *t, const json_t *r, long long n)
{
	const char *vendor = record_str(r, "vendor");
	const char *at = record_str(r, "publish_at");
	json_t *was = json_object_get(t->before, vendor);
	bool notice = record_is(r, "type", "notice");

	if (was != NULL &&
	    (n < json_integer_value(json_object_get(was, "n")) ||
		(!notice && json_object_get(was, "at") != NULL)))
		return;
	was = json_object();
	json_object_set_new(was, "n", json_integer(n));
	if (notice)
		record_set(was, "at", at == NULL ? "" : at);
	json_object_set_new(t->before, vendor, was);
}

static void
take_letter(const struct ask *a, const json_t *r)
{
	const char *at = record_str(r, "publish_at");
	struct told *t = a->told;
	long long n = told_number(record_str(r, "id"), a->id);

	json_object_set_new(t->ever, record_str(r, "vendor"), json_true());
	if (record_str(r, "tried_at") != NULL &&
	    json_object_get(t->asked, record_str(r, "vendor")) == NULL)
		record_set(t->asked, record_str(r, "vendor"),
		    record_str(r, "tried_at"));
	if (n >= 0 && n < t->n)
		take_before(t, r, n);
	if (n == t->n && record_is(r, "type", "notice") &&
	    strcmp(at == NULL ? "" : at, t->at) != 0)
		t->moved = true;
}

static int
take(void *arg, const json_t *r, struct fail *f)
{
	const struct ask *a = arg;
	const char *id = record_str(r, "id");

	(void)f;
	if (!record_is(r, "case", a->id) || id == NULL)
		return 0;
	if (record_is(r, "type", "embargo-ended")) {
		a->told->over = true;
		json_object_update(a->told->ended, a->told->ever);
		return 0;
	}
	if (record_str(r, "vendor") == NULL)
		return 0;
	if (a->facts &&
	    (record_is(r, "type", "notice") || record_is(r, "type", "route")))
		json_object_set(a->told->fact, id, (json_t *)(uintptr_t)r);
	if (!record_is(r, "type", "route"))
		take_letter(a, r);
	return 0;
}

int
told_read(struct told *t, const char *ledger, const json_t *case_, bool facts,
    struct fail *f)
{
	struct ask a = { t, record_str(case_, "id"), facts };
	struct text word = TEXT_INIT;
	struct kept k = { .path = ledger,
		.types = "notice try sent embargo-ended route" };
	when_t at;
	int code = 0;

	told_release(t);
	t->n = told_revision(case_);
	t->before = json_object();
	t->ended = json_object();
	t->ever = json_object();
	t->asked = json_object();
	t->fact = json_object();
	if (gate_publish_at(case_, &at))
		when_format(at, t->at);
	if (ledger == NULL)
		return 0;
	text_addf(&word, "\"%s\"", a.id);
	k.word = word.p;
	code = kept_fold(&k, take, &a, f);
	text_release(&word);
	if (code == 0 && t->moved)
		return fail(f, EX_DATAERR,
		    "%s: 'publish_at' is not what vendors were told in this "
		    "revision: raise 'revision_n'",
		    a.id);
	return code;
}

/* Was it told of another day? Of one that is not on file: perhaps, so yes. */
static bool
is_moved(const struct told *t, const char *vendor)
{
	const json_t *was = json_object_get(t->before, vendor);
	const char *at = record_str(was, "at");

	return was != NULL && (at == NULL || strcmp(at, t->at) != 0);
}

const char *
told_kind(const struct told *t, const char *vendor, bool published)
{
	if (published)
		return "publication";
	if (json_object_get(t->ended, vendor) != NULL)
		return "embargo-ended";
	if (is_moved(t, vendor))
		return "date-change";
	return json_object_get(t->before, vendor) != NULL ? "update" :
							    "disclosure";
}

json_t *
told_owed(const struct told *t, bool published)
{
	json_t *owed = json_object(), *v;
	const char *vendor, *kind;

	json_object_foreach(t->ever, vendor, v) {
		kind = told_kind(t, vendor, published);
		if (strcmp(kind, "update") != 0 &&
		    strcmp(kind, "disclosure") != 0)
			record_set(owed, vendor, kind);
	}
	return owed;
}

const char *
told_former(const struct told *t, const char *vendor)
{
	const char *at = record_str(json_object_get(t->before, vendor), "at");

	return at == NULL || *at == '\0' ? NULL : at;
}

const char *
told_asked(const struct told *t, const char *vendor)
{
	return record_str(t->asked, vendor);
}

void
told_release(struct told *t)
{
	json_decref(t->before);
	json_decref(t->ended);
	json_decref(t->ever);
	json_decref(t->asked);
	json_decref(t->fact);
	*t = (struct told)TOLD_INIT;
}
