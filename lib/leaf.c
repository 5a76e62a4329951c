#include "leaf.h"

#include <string.h>

#include "listing.h"
#include "place.h"
#include "site.h"
#include "view.h"

/* The files, in the order of the faces. */
static const struct {
	const char *name;
	enum {
		LEAF_HERE,
		LEAF_CSAF,
		LEAF_CVE
	} where;
	bool may_fail; /* a case may lack what the format must have */
} file_of[LEAF_FACES] = {
	{ "index.html", LEAF_HERE, false },
	{ "vuldef.xml", LEAF_HERE, false },
	{ NULL, LEAF_CSAF, false },
	{ "vex.json", LEAF_HERE, true },
	{ NULL, LEAF_CVE, true },
};

void
leaf_path(const struct site *s, enum words_lang lang, const char *file,
    struct text *t)
{
	text_clear(t);
	place_note(json_object_get(s->page.label, "series"),
	    record_str(s->page.case_, "id"), lang, t);
	text_puts(t, file);
}

/* Set what leads from a page of the note to others of the site. */
static void
leaf_menu(const struct site *s, enum words_lang lang, json_t *view)
{
	struct text path = TEXT_INIT, other = TEXT_INIT;

	leaf_path(s, lang, "index.html", &path);
	leaf_path(
	    s, lang == WORDS_JA ? WORDS_EN : WORDS_JA, "index.html", &other);
	json_object_set_new(
	    view, "nav", listing_menu(s->page.label, lang, path.p, other.p));
	text_release(&path);
	text_release(&other);
}

/* The hashes beside a document, as sha256sum(1) writes them. */
static int
leaf_hashes(struct site *s, const char *path, const char *lang, struct fail *f)
{
	const char *base = strrchr(path, '/') + 1;
	char sha[HASH_LEN], longer[HASH_LONG];
	struct text name = TEXT_INIT, line = TEXT_INIT;

	hash_sha256(s->out.p, s->out.n, sha);
	hash_sha512(s->out.p, s->out.n, longer);
	text_addf(&name, "%s.sha256", path);
	text_addf(&line, "%s  %s\n", sha, base);
	if (published_put(&s->published, &s->tree, name.p, lang, &line, f) ==
	    0) {
		name.n -= 3;
		text_puts(&name, "512");
		text_clear(&line);
		text_addf(&line, "%s  %s\n", longer, base);
		published_put(&s->published, &s->tree, name.p, lang, &line, f);
	}
	text_release(&name);
	text_release(&line);
	return f->code;
}

/* Each record of the CVE program, a line in s->out, as a file of its own. */
static int
leaf_cves(struct site *s, enum words_lang lang, struct fail *f)
{
	struct text path = TEXT_INIT, line = TEXT_INIT, name = TEXT_INIT;
	const char *p = s->out.p, *end;
	json_t *r;

	for (; f->code == 0 && *p != '\0'; p = end + 1) {
		end = strchr(p, '\n');
		r = json_loadb(p, (size_t)(end - p), 0, NULL);
		text_clear(&line);
		text_clear(&name);
		text_add(&line, p, (size_t)(end - p) + 1);
		text_addf(&name, "%s.json",
		    record_str(json_object_get(r, "cveMetadata"), "cveId"));
		leaf_path(s, lang, name.p, &path);
		published_put(&s->published, &s->tree, path.p,
		    words_lang_name[lang], &line, f);
		json_decref(r);
	}
	text_release(&path);
	text_release(&line);
	text_release(&name);
	return f->code;
}

/* What is in s->out as a file of the note. */
static int
leaf_file(struct site *s, size_t i, enum words_lang lang, const json_t *view,
    struct fail *f)
{
	const char *l = words_lang_name[lang];
	struct text path = TEXT_INIT;

	if (file_of[i].where == LEAF_CVE)
		return leaf_cves(s, lang, f);
	if (file_of[i].where == LEAF_HERE)
		leaf_path(s, lang, file_of[i].name, &path);
	else
		place_csaf(record_str(s->page.case_, "id"),
		    record_str(json_object_get(view, "published"), "utc"), lang,
		    &path);
	if (published_put(&s->published, &s->tree, path.p, l, &s->out, f) ==
		0 &&
	    file_of[i].where == LEAF_CSAF)
		leaf_hashes(s, path.p, l, f);
	text_release(&path);
	return f->code;
}

static int
leaf_face(struct site *s, size_t i, enum words_lang lang, const json_t *view,
    struct fail *f)
{
	if (file_of[i].where == LEAF_CVE &&
	    (lang != WORDS_EN || json_object_get(s->page.label, "cna") == NULL))
		return 0;
	text_clear(&s->out);
	if (face_put(&s->face[i], view, &s->out, f) == 0)
		return leaf_file(s, i, lang, view, f);
	if (file_of[i].may_fail && f->code == EX_DATAERR)
		*f = (struct fail)FAIL_INIT;
	return f->code;
}

static int
leaf_make(struct site *s, const char *from, struct fail *f)
{
	enum words_lang lang;
	json_t *view;
	size_t i;

	published_begin(&s->published, record_str(s->page.case_, "id"),
	    record_str(s->page.case_, "id"), from);
	for (lang = WORDS_JA; f->code == 0 && lang <= WORDS_EN; lang++) {
		if (page_view(&s->page, lang, s->now, false, &view, f) != 0)
			break;
		leaf_menu(s, lang, view);
		for (i = 0; f->code == 0 && i < LEAF_FACES; i++)
			leaf_face(s, i, lang, view, f);
		json_decref(view);
	}
	return f->code != 0 ? f->code :
			      published_end(&s->published, &s->tree, f);
}

/* What is said in the place of a note that was withdrawn. */
static int
leaf_gone(struct site *s, const char *from, struct fail *f)
{
	struct text path = TEXT_INIT;
	enum words_lang lang;
	json_t *view;
	when_t published, updated;

	published_begin(&s->published, record_str(s->page.case_, "id"),
	    record_str(s->page.case_, "id"), from);
	for (lang = WORDS_JA; f->code == 0 && lang <= WORDS_EN; lang++) {
		view = json_object();
		record_set(view, "id", record_str(s->page.case_, "id"));
		record_set(view, "lang", words_lang_name[lang]);
		json_object_set(view, "label", s->page.words[lang]);
		if (view_times(s->page.case_, &published, &updated))
			words_set(view, "updated", words_when(updated));
		leaf_menu(s, lang, view);
		leaf_path(s, lang, "index.html", &path);
		text_clear(&s->out);
		if (template_render(
			&s->gone, view, TEMPLATE_HTML, &s->out, f) == 0)
			published_put(&s->published, &s->tree, path.p,
			    words_lang_name[lang], &s->out, f);
		json_decref(view);
	}
	text_release(&path);
	return f->code != 0 ? f->code :
			      published_end(&s->published, &s->tree, f);
}

int
leaf_put(struct site *s, const char *from, bool gone, struct fail *f)
{
	return gone ? leaf_gone(s, from, f) : leaf_make(s, from, f);
}
