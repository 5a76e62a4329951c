#include "site.h"

#include <stdlib.h>
#include <string.h>

#include "front.h"
#include "gate.h"
#include "kept.h"
#include "leaf.h"
#include "place.h"
#include "roster.h"
#include "source.h"
#include "view.h"

/* The faces: of a note, LEAF_FACES, then of feeds. */
static const char *const format[SITE_FACES] = { "html", "vuldef", "csaf", "vex",
	"cve", "rss", "rss-old", "atom" };

static int
site_templates(struct site *s, const char *folder, struct fail *f)
{
	const struct {
		struct template *t;
		const char *name;
	} more[] = { { &s->list, "list.html" }, { &s->gone, "gone.html" },
		{ &s->map, "sitemap.xml" }, { &s->security, "security.txt" },
		{ &s->css, "vc.css" } };
	json_t *data = json_pack("[O, O]", s->page.label, s->page.phrase.data);
	char *label = json_dumps(data, JSON_COMPACT);
	struct hash h;
	size_t i;

	hash_open(&h);
	hash_add(&h, VC_VERSION, strlen(VC_VERSION));
	hash_add(&h, s->base.p, s->base.n);
	if (label != NULL)
		hash_add(&h, label, strlen(label));
	free(label);
	json_decref(data);
	for (i = 0; f->code == 0 && i < SITE_FACES; i++)
		if (face_load(&s->face[i], format[i], folder, f) == 0)
			template_digest(&s->face[i].template, &h);
	for (i = 0; f->code == 0 && i < sizeof more / sizeof *more; i++)
		if (template_load(more[i].t, folder, more[i].name, f) == 0)
			template_digest(more[i].t, &h);
	hash_close(&h, s->common);
	return f->code;
}

/* Who is in the public list: registered, and agrees to be named there. */
static void
site_vendors(struct site *s, const struct roster *roster)
{
	json_t *row;
	size_t i;

	for (i = 0; roster != NULL && i < roster->n; i++) {
		row = roster_new_row(roster, i);
		if (roster_registered(row) &&
		    record_has(row, "consent", "name"))
			catalog_vendor(&s->catalog,
			    source_vendor(&s->page, record_str(row, "vendor")),
			    record_str(row, "vendor"),
			    record_has(row, "consent", "window") ?
				record_str(row, "email") :
				NULL);
		json_decref(row);
	}
}

static int
site_sent(void *arg, const json_t *r, struct fail *f)
{
	return page_add(arg, r, f);
}

int
site_open(struct site *s, const char *dir, const char *base, const char *folder,
    const char *ledger, const struct roster *roster, const char *now,
    struct fail *f)
{
	const struct kept sent = { .path = ledger, .types = "sent" };

	*f = (struct fail)FAIL_INIT;
	s->done = json_object();
	s->place = json_object();
	s->feed = json_array();
	catalog_init(&s->catalog);
	if (base == NULL)
		return fail(f, EX_USAGE,
		    "a site says where it stands: give its address by -B or "
		    "VC_SITE");
	if (ledger == NULL)
		return fail(f, EX_USAGE,
		    "the ledger says what stands on a site: give it by -l or "
		    "VC_LEDGER");
	s->page.ledger = ledger;
	if (page_load(&s->page, base, f) != 0 || when_now(now, &s->now, f) != 0)
		return f->code;
	s->page.roster = roster;
	place_base(base, &s->base);
	if (site_templates(s, folder, f) != 0 ||
	    published_load(&s->published, ledger, s->now, f) != 0 ||
	    (ledger != NULL && kept_fold(&sent, site_sent, &s->page, f) != 0) ||
	    tree_open(&s->tree, dir, f) != 0)
		return f->code;
	site_vendors(s, roster);
	return 0;
}

/* The site will not change: for this reason, unless there was one before. */
static int
site_spoil(struct site *s, const struct fail *f)
{
	if (s->spoilt.code == 0)
		s->spoilt = *f;
	return f->code;
}

static const char *
site_id(const struct site *s)
{
	return record_str(s->page.case_, "id");
}

/* Keep what the newest notes are made from, for the feeds. */
static void
site_feed(struct site *s)
{
	const char *id = site_id(s), *is;
	char at[WHEN_LEN];
	when_t published = 0, updated = 0;
	json_t *v = json_object();
	size_t i;
	int cmp;

	view_times(s->page.case_, &published, &updated);
	when_format(updated, at);
	record_set(v, "at", at);
	record_set(v, "id", id);
	json_object_set(v, "case", s->page.case_);
	json_object_set(v, "status", json_object_get(s->page.status, id));
	json_object_set(v, "sent", json_object_get(s->page.sent, id));
	for (i = 0; i < json_array_size(s->feed); i++) {
		is = record_str(json_array_get(s->feed, i), "at");
		cmp = strcmp(at, is);
		if (cmp > 0 ||
		    (cmp == 0 &&
			strcmp(id,
			    record_str(json_array_get(s->feed, i), "id")) < 0))
			break;
	}
	json_array_insert_new(s->feed, i, v);
	if (json_array_size(s->feed) > SITE_FEED)
		json_array_remove(s->feed, SITE_FEED);
}

/* Is there a page of the note, whoever says so? */
static bool
site_was(struct site *s, const char *path)
{
	struct tree *t = &s->tree;

	return published_note(&s->published, site_id(s)) || tree_is(t, path);
}

static int
site_note(struct site *s, const char *path, struct fail *f)
{
	char from[HASH_LEN];
	struct hash h;
	bool was = site_was(s, path);
	bool gone = was && record_is(s->page.case_, "state", "withdrawn");

	s->page.out = was;
	if (!gone && page_may(&s->page, s->now, f) != 0)
		return was ? site_spoil(s, f) : f->code;
	hash_open(&h);
	hash_add(&h, s->common, HASH_LEN);
	source_digest(&s->page, &h);
	hash_close(&h, from);
	if (!gone) {
		catalog_add(&s->catalog, &s->page, from);
		site_feed(s);
	}
	if (published_same(&s->published, &s->tree, site_id(s), from))
		return 0;
	if (leaf_put(s, from, gone, f) != 0)
		return site_spoil(s, f);
	return 0;
}

int
site_last(struct site *s, const json_t **of, struct fail *f)
{
	const char *id = site_id(s);
	struct text path = TEXT_INIT;
	int rc = 0;

	*f = (struct fail)FAIL_INIT;
	if (id == NULL)
		return 0;
	leaf_path(s, WORDS_JA, "index.html", &path);
	if (json_object_get(s->place, path.p) != NULL)
		fail(f, EX_DATAERR, "%s would stand where %s stands", id,
		    record_str(s->place, path.p));
	else
		site_note(s, path.p, f);
	rc = f->code;
	json_object_set_new(s->done, id, json_true());
	record_set(s->place, path.p, id);
	if (rc != 0) {
		s->refused_n++;
		json_decref(s->refused);
		s->refused = json_incref(s->page.case_);
		*of = s->refused;
	}
	page_forget(&s->page);
	text_release(&path);
	return rc;
}

/* Is the record about a case that is over? */
static bool
site_late(const struct site *s, const json_t *r)
{
	const char *type = record_str(r, "type");
	const char *id =
	    record_str(r, strcmp(type, "case") == 0 ? "id" : "case");

	if (id == NULL || json_object_get(s->done, id) == NULL)
		return false;
	return strcmp(type, "status") != 0 || record_is(r, "verdict", "signed");
}

static int
site_case(struct site *s, const json_t *r, const json_t **of, struct fail *f)
{
	const char *id = record_str(r, "id");
	struct fail none = FAIL_INIT;
	bool over = gate_case_id(id) && site_id(s) != NULL &&
	    strcmp(id, site_id(s)) != 0;
	int rc = over ? site_last(s, of, f) : 0;

	if (rc != 0)
		page_take(&s->page, r, &none);
	else if ((rc = page_take(&s->page, r, f)) != 0)
		s->refused_n++;
	return rc;
}

int
site_add(struct site *s, const json_t *r, const json_t **of, struct fail *f)
{
	*of = r;
	*f = (struct fail)FAIL_INIT;
	if (site_late(s, r)) {
		fail(f, EX_DATAERR,
		    "the records of a case come together: this one is too "
		    "late");
		return site_spoil(s, f);
	}
	if (record_is(r, "type", "case"))
		return site_case(s, r, of, f);
	return page_add(&s->page, r, f) == 0 ? 0 : site_spoil(s, f);
}

int
site_commit(struct site *s, size_t refused, void (*put)(void *arg, json_t *r),
    void *arg, struct fail *f)
{
	const char *note, *line, *end;
	json_t *r;

	*f = (struct fail)FAIL_INIT;
	if (s->spoilt.code != 0) {
		*f = s->spoilt;
		return fail_in(f, "the site was left as it was");
	}
	if (refused > s->refused_n)
		return fail(f, EX_DATAERR,
		    "the site was left as it was: not all of the input could "
		    "be read");
	note = published_missing(&s->published);
	if (note != NULL)
		return fail(f, EX_DATAERR,
		    "the site was left as it was: %s stands on it and its case "
		    "was not given",
		    note);
	catalog_sort(&s->catalog);
	if (front_put(s, f) != 0 ||
	    published_sweep(&s->published, &s->tree, f) != 0 ||
	    tree_commit(&s->tree, f) != 0)
		return f->code;
	for (line = s->published.said.p; line != NULL && *line != '\0';
	     line = end + 1) {
		end = strchr(line, '\n');
		r = record_parse(line, (size_t)(end - line), f);
		if (r == NULL)
			return f->code;
		put(arg, r);
	}
	return 0;
}

void
site_release(struct site *s)
{
	size_t i;

	for (i = 0; i < SITE_FACES; i++)
		face_release(&s->face[i]);
	template_release(&s->list);
	template_release(&s->gone);
	template_release(&s->map);
	template_release(&s->security);
	template_release(&s->css);
	page_release(&s->page);
	catalog_release(&s->catalog);
	published_release(&s->published);
	tree_release(&s->tree);
	json_decref(s->done);
	json_decref(s->place);
	json_decref(s->feed);
	json_decref(s->refused);
	text_release(&s->base);
	text_release(&s->out);
	*s = (struct site)SITE_INIT;
}
