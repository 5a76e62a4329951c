#include "page.h"

#include <string.h>

#include "case.h"
#include "coverage.h"
#include "cvss.h"
#include "feed.h"
#include "file.h"
#include "gate.h"
#include "outcome.h"
#include "place.h"
#include "view.h"

int
page_load(struct page *p, const char *site, struct fail *f)
{
	struct text label = TEXT_INIT;
	json_error_t e;

	if (site != NULL && !place_site(site))
		return fail(f, EX_USAGE,
		    "a site is not at '%s': give an address such as "
		    "https://jvn.example/",
		    site);
	p->site = site;
	if (phrase_load(&p->phrase, f) != 0 ||
	    file_share("label/page.json", &label, f) != 0)
		return f->code;
	p->label = json_loadb(label.p, label.n, JSON_REJECT_DUPLICATES, &e);
	text_release(&label);
	if (!json_is_object(p->label))
		return fail(f, EX_CONFIG,
		    "label/page.json:%d: this is no JSON object", e.line);
	p->words[WORDS_JA] = words_table(p->label, WORDS_JA);
	p->words[WORDS_EN] = words_table(p->label, WORDS_EN);
	p->status = json_object();
	p->sent = json_object();
	return standing_load(&p->standing, p->ledger, f);
}

/* Keep V as the one of its case and vendor; an older or equal one goes. */
static int
page_keep(
    struct page *p, json_t *of, const json_t *r, json_t *v, struct fail *f)
{
	const char *case_ = record_str(r, "case");
	const char *vendor = record_str(r, "vendor"), *at = record_str(v, "at");
	json_t *group;
	const json_t *old;
	int cmp;

	if (case_ == NULL || vendor == NULL || at == NULL ||
	    !text_token(vendor, "._+-", 64)) {
		json_decref(v);
		return fail(f, EX_DATAERR,
		    "a signed status needs 'case', 'vendor' and 'signed_at'");
	}
	group = json_object_get(of, case_);
	if (group == NULL) {
		group = json_object();
		json_object_set_new(of, case_, group);
	}
	old = json_object_get(group, vendor);
	cmp = old == NULL ? 1 : strcmp(at, record_str(old, "at"));
	if (cmp == 0)
		cmp = strcmp(record_str(v, "id"), record_str(old, "id"));
	if (cmp <= 0) {
		json_decref(v);
		return 0;
	}
	if (old == NULL && ++p->kept > PAGE_RECORDS) {
		json_decref(v);
		return fail(f, EX_DATAERR,
		    "more than %d vendors on the input: give the records of "
		    "one case",
		    PAGE_RECORDS);
	}
	json_object_set_new(group, vendor, v);
	return 0;
}

/* What is not for everybody is for no page, nor is it in a draft. */
static void
page_keep_out(json_t *case_)
{
	json_t *kept = json_incref(json_object_get(case_, "restriction"));
	const json_t *word;
	const char *field;

	json_object_foreach(kept, field, word)
		if (strcmp(field, "id") != 0)
			json_object_del(case_, field);
	json_decref(kept);
}

int
page_take(struct page *p, const json_t *case_, struct fail *f)
{
	if (!gate_case_id(record_str(case_, "id")))
		return fail(f, EX_DATAERR, "the case has no usable id");
	json_decref(p->case_);
	p->case_ = json_deep_copy(case_);
	page_keep_out(p->case_);
	standing_take(&p->standing, case_);
	return 0;
}

void
page_forget(struct page *p)
{
	const char *id = record_str(p->case_, "id");

	if (id == NULL)
		return;
	p->kept -= json_object_size(json_object_get(p->status, id)) +
	    json_object_size(json_object_get(p->sent, id));
	json_object_del(p->status, id);
	json_object_del(p->sent, id);
	json_decref(p->case_);
	p->case_ = NULL;
}

static int
page_add_case(struct page *p, const json_t *r, struct fail *f)
{
	if (p->case_ == NULL)
		return page_take(p, r, f);
	p->spoilt = true;
	return fail(
	    f, EX_DATAERR, "this is the second case: one run makes one page");
}

static int
page_add_status(struct page *p, const json_t *r, struct fail *f)
{
	const char *verdict = record_str(r, "verdict");
	json_t *v;

	if (verdict == NULL || strcmp(verdict, "signed") != 0)
		return 0;
	v = json_object();
	record_set(v, "id", record_str(r, "id"));
	record_set(v, "at", record_str(r, "signed_at"));
	words_set(v, "form",
	    json_incref(json_object_get(json_object_get(r, "signed"), "form")));
	return page_keep(p, p->status, r, v, f);
}

static int
page_add_one(struct page *p, const json_t *r, struct fail *f)
{
	const char *type = record_str(r, "type");
	json_t *v;

	if (strcmp(type, "case") == 0)
		return page_add_case(p, r, f);
	if (strcmp(type, "status") == 0)
		return page_add_status(p, r, f);
	if (strcmp(type, "sent") != 0)
		return 0;
	v = json_object();
	record_set(v, "id", record_str(r, "id"));
	record_set(v, "at", record_str(r, "sent_at"));
	return page_keep(p, p->sent, r, v, f);
}

int
page_add(struct page *p, const json_t *r, struct fail *f)
{
	if (page_add_one(p, r, f) != 0)
		return f->code;
	if (!record_is(r, "type", "case"))
		standing_take(&p->standing, r);
	return 0;
}

static void
page_links(const struct outcome *o, json_t *view)
{
	json_t *one;
	const char *id, *last = "";
	size_t i;

	json_array_foreach(json_object_get(view, "link"), i, one) {
		id = record_str(one, "vendor_id");
		words_set(one, "link_name",
		    strcmp(id, last) == 0 ? json_string("") :
					    outcome_name(o, id));
		last = id;
	}
	if (json_array_size(json_object_get(view, "link")) > 0 ||
	    json_array_size(json_object_get(view, "vendor")) == 0)
		json_object_set_new(view, "link_table", json_true());
	if (json_array_size(json_object_get(view, "vendor")) > 0)
		json_object_set_new(view, "vendor_table", json_true());
}

/* Lists that a format with a fixed tree must not open for nothing. */
static void
page_has(json_t *view)
{
	static const char *const related[] = { "link", "cve", "reference",
		"cwe" };
	const json_t *vendor = json_object_get(view, "vendor"), *one;
	size_t i, n = 0;

	for (i = 0; i < sizeof related / sizeof related[0]; i++)
		n += json_array_size(json_object_get(view, related[i]));
	json_array_foreach(vendor, i, one)
		n += json_array_size(json_object_get(one, "page"));
	if (n > 0)
		json_object_set_new(view, "has_related", json_true());
	n = json_array_size(json_object_get(view, "product"));
	if (n + json_array_size(vendor) > 0)
		json_object_set_new(view, "has_affected", json_true());
}

static json_t *
page_context(const struct page *p, enum words_lang lang, bool draft)
{
	const struct view w = { p->words[lang], &p->phrase, lang };
	const struct outcome o = { p->roster, p->label, &p->phrase, lang };
	json_t *view = view_case(&w, p->case_);
	const char *id = record_str(p->case_, "id");
	json_t *status = json_object_get(p->status, id);

	record_set(view, "lang", words_lang_name[lang]);
	json_object_set(view, "label", p->words[lang]);
	words_set(view, "cvss",
	    cvss_view(json_object_get(p->case_, "cvss"),
		json_object_get(p->label, "cvss"), lang));
	if (draft)
		json_object_set_new(view, "draft", json_true());
	words_set(view, "vendor",
	    outcome_table(&o, status, json_object_get(p->sent, id)));
	outcome_ranges(
	    json_object_get(view, "vendor"), json_object_get(view, "range"));
	words_set(view, "answer", outcome_answers(&o, status));
	page_links(&o, view);
	page_has(view);
	if (p->site != NULL)
		words_set(view, "site",
		    place_view(p->site, json_object_get(p->label, "series"), id,
			record_str(json_object_get(view, "published"), "utc"),
			lang));
	return view;
}

static int
page_one(const struct page *p, struct fail *f)
{
	if (p->spoilt)
		return fail(f, EX_DATAERR,
		    "more than one case on the input: nothing was made");
	return p->case_ != NULL ? 0 :
				  fail(f, EX_DATAERR, "no case on the input");
}

int
page_may(const struct page *p, when_t now, struct fail *f)
{
	if (page_one(p, f) != 0 || gate_publish(p->case_, now, f) != 0)
		return f->code;
	if (case_check(p->case_, f) != 0 || p->out)
		return f->code;
	return coverage_check(&p->standing, p->case_, f);
}

int
page_view(const struct page *p, enum words_lang lang, when_t now, bool draft,
    json_t **view, struct fail *f)
{
	if (draft ? page_one(p, f) != 0 : page_may(p, now, f) != 0)
		return f->code;
	*view = page_context(p, lang, draft);
	return 0;
}

static int
page_face(
    const struct page *p, const struct face *face, bool draft, struct fail *f)
{
	if (p->site == NULL && face->format->placed)
		return fail(f, EX_USAGE,
		    "format '%s' says where the page stands: give the address "
		    "of the site by -B or VC_SITE",
		    face->format->name);
	if (draft && face->format->machine)
		return fail(f, EX_USAGE,
		    "a program does not see that '%s' is a draft: give html or "
		    "text",
		    face->format->name);
	return 0;
}

int
page_render(const struct page *p, const struct face *face, const char *lang,
    const char *now, bool draft, struct text *out, struct fail *f)
{
	enum words_lang l = words_lang(lang, WORDS_JA);
	json_t *view = NULL;
	when_t t;
	int rc;

	if (strcmp(lang, words_lang_name[l]) != 0)
		return fail(f, EX_USAGE, "language is 'ja' or 'en'");
	if (page_face(p, face, draft, f) != 0 || when_now(now, &t, f) != 0 ||
	    page_view(p, l, t, draft, &view, f) != 0)
		return f->code;
	if (face->format->feed)
		view = feed_context(p, l, json_pack("[o]", view));
	rc = face_put(face, view, out, f);
	json_decref(view);
	return rc;
}

void
page_release(struct page *p)
{
	standing_release(&p->standing);
	phrase_release(&p->phrase);
	json_decref(p->label);
	json_decref(p->words[WORDS_JA]);
	json_decref(p->words[WORDS_EN]);
	json_decref(p->case_);
	json_decref(p->status);
	json_decref(p->sent);
	*p = (struct page)PAGE_INIT;
}
