#include "published.h"

#include <stdlib.h>
#include <string.h>

#include "kept.h"

static int
published_take(void *arg, const json_t *r, struct fail *f)
{
	struct published *p = arg;
	const char *path = record_str(r, "path");
	const char *unit = record_str(r, "note");
	const char *sha = record_str(r, "file_sha256");
	const char *from = record_str(r, "from_sha256");
	json_t *files;

	(void)f;
	if (path == NULL)
		return 0;
	if (unit == NULL)
		unit = path;
	files = json_object_get(p->unit, unit);
	if (sha == NULL || from == NULL) {
		json_object_del(files, path);
		if (json_object_size(files) == 0)
			json_object_del(p->unit, unit);
		return 0;
	}
	if (files == NULL) {
		files = json_object();
		json_object_set_new(p->unit, unit, files);
	}
	json_object_set_new(files, path,
	    json_sprintf("%lld %s %s",
		(long long)json_integer_value(json_object_get(r, "file_n")),
		sha, from));
	return 0;
}

int
published_load(
    struct published *p, const char *ledger, when_t now, struct fail *f)
{
	const struct kept all = { .path = ledger, .types = "published" };

	p->unit = json_object();
	p->now = now;
	return kept_fold(&all, published_take, p, f);
}

bool
published_note(const struct published *p, const char *note)
{
	return json_object_get(p->unit, note) != NULL;
}

bool
published_same(
    struct published *p, struct tree *t, const char *unit, const char *from)
{
	json_t *files = json_object_get(p->unit, unit);
	const json_t *one;
	const char *path, *is, *last;

	if (files == NULL)
		return false;
	json_object_foreach(files, path, one) {
		is = json_string_value(one);
		last = strrchr(is, ' ');
		if (last == NULL || strcmp(last + 1, from) != 0 ||
		    !tree_has(t, path, (size_t)strtoull(is, NULL, 10)))
			return false;
	}
	json_object_del(p->unit, unit);
	return true;
}

void
published_begin(
    struct published *p, const char *unit, const char *note, const char *from)
{
	p->old = json_incref(json_object_get(p->unit, unit));
	json_object_del(p->unit, unit);
	p->note = note;
	p->from = from;
}

/* Note a file for the ledger; IS NULL: it is gone. */
static void
published_say(struct published *p, const char *path, const char *lang,
    const char *sha, size_t n)
{
	struct text id = TEXT_INIT;
	char at[WHEN_LEN];
	json_t *r;

	text_addf(&id, "published/%s", path);
	r = record_new("published", id.p);
	text_release(&id);
	record_set(r, "path", path);
	record_set(r, "note", p->note);
	record_set(r, "language", lang);
	if (sha != NULL) {
		json_object_set_new(r, "file_n", json_integer((json_int_t)n));
		record_set(r, "file_sha256", sha);
		record_set(r, "from_sha256", p->from);
	} else
		json_object_set_new(r, "gone", json_true());
	when_format(p->now, at);
	record_set(r, "published_at", at);
	record_line(r, &p->said);
	json_decref(r);
}

int
published_put(struct published *p, struct tree *t, const char *path,
    const char *lang, const struct text *octets, struct fail *f)
{
	const char *was = json_string_value(json_object_get(p->old, path));
	struct text is = TEXT_INIT;
	char sha[HASH_LEN];
	bool put;

	if (tree_put(t, path, octets->p, octets->n, &put, f) != 0)
		return f->code;
	hash_sha256(octets->p, octets->n, sha);
	text_addf(&is, "%zu %s %s", octets->n, sha, p->from);
	if (put || was == NULL || strcmp(was, is.p) != 0)
		published_say(p, path, lang, sha, octets->n);
	text_release(&is);
	json_object_del(p->old, path);
	return 0;
}

static int
published_drop(
    struct published *p, struct tree *t, const json_t *files, struct fail *f)
{
	const char *path;
	const json_t *one;
	bool was;

	json_object_foreach((json_t *)(uintptr_t)files, path, one) {
		(void)one;
		if (tree_drop(t, path, &was, f) != 0)
			return f->code;
		published_say(p, path, NULL, NULL, 0);
	}
	return 0;
}

int
published_end(struct published *p, struct tree *t, struct fail *f)
{
	int rc = published_drop(p, t, p->old, f);

	json_decref(p->old);
	p->old = NULL;
	return rc;
}

/* Is the unit a note? An index is called by its path. */
static bool
published_is_note(const char *unit, const json_t *files)
{
	return json_object_get(files, unit) == NULL;
}

const char *
published_missing(const struct published *p)
{
	const char *unit;
	const json_t *files;

	json_object_foreach(p->unit, unit, files)
		if (published_is_note(unit, files))
			return unit;
	return NULL;
}

int
published_sweep(struct published *p, struct tree *t, struct fail *f)
{
	const char *unit;
	const json_t *files;

	p->note = NULL;
	json_object_foreach(p->unit, unit, files)
		if (published_drop(p, t, files, f) != 0)
			return f->code;
	return 0;
}

void
published_release(struct published *p)
{
	json_decref(p->unit);
	json_decref(p->old);
	text_release(&p->said);
	*p = (struct published)PUBLISHED_INIT;
}
