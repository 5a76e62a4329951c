#include "letter.h"

#include <stdio.h>
#include <string.h>

#include "file.h"
#include "gate.h"
#include "words.h"

static int
letter_load(struct letter *l, enum words_lang lang, struct fail *f)
{
	static const char *const text[] = { "ja/notice.txt", "en/notice.txt" };
	static const char *const name[] = { "form/status.ja.txt",
		"form/status.en.txt" };
	struct text form = TEXT_INIT;
	int rc;

	if (l->loaded[lang])
		return 0;
	if (template_load(&l->text[lang], l->folder, text[lang], f) != 0 ||
	    file_share(name[lang], &form, f) != 0)
		return f->code;
	rc = template_read(&l->form[lang], name[lang], form.p, form.n, f);
	text_release(&form);
	l->loaded[lang] = rc == 0;
	return rc;
}

/* The blank form with the case and the vendor filled in. */
static int
letter_form(const struct template *form, const char *case_, const char *vendor,
    struct text *out, struct fail *f)
{
	json_t *view = json_object();
	int rc;

	record_set(view, "id", case_);
	record_set(view, "vendor_id", vendor);
	rc = template_render(form, view, TEMPLATE_TEXT, out, f);
	json_decref(view);
	return rc;
}

/*
 * Products that no vendor or this vendor makes: others stay unnamed. A case may
 * say whose one is by the vendor's name; then it is a reason of the notice.
 */
static bool
letter_names(
    const json_t *product, size_t i, const char *vendor, const json_t *notice)
{
	const char *of = record_str(product, "vendor");
	const json_t *why;
	char place[32];
	size_t k;

	if (of == NULL || strcmp(of, vendor) == 0)
		return true;
	snprintf(place, sizeof place, "product[%zu]", i);
	json_array_foreach(json_object_get(notice, "why"), k, why)
		if (json_is_string(why) &&
		    strcmp(json_string_value(why), place) == 0)
			return true;
	return false;
}

static json_t *
letter_products(const json_t *case_, const char *vendor, const json_t *notice,
    enum words_lang lang)
{
	json_t *view = json_array(), *v, *name, *version;
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(case_, "product"), i, one) {
		name = words_line(json_object_get(one, "name"), lang);
		if (name == NULL || !letter_names(one, i, vendor, notice)) {
			json_decref(name);
			continue;
		}
		version = words_line(json_object_get(one, "version"), lang);
		v = json_object();
		words_set(v, "product_name", name);
		words_set(v, "version", version);
		json_array_append_new(view, v);
	}
	return view;
}

/* {"red":true}: what a template asks for to say what the label means. */
static json_t *
letter_tlp(const char *tlp)
{
	json_t *v = json_object();

	json_object_set_new(v,
	    strcmp(tlp, "CLEAR") == 0	  ? "clear" :
		strcmp(tlp, "GREEN") == 0 ? "green" :
		strcmp(tlp, "AMBER") == 0 ? "amber" :
		strcmp(tlp, "RED") == 0	  ? "red" :
					    "amber_strict",
	    json_true());
	return v;
}

static void
letter_case(json_t *view, const json_t *case_, enum words_lang lang)
{
	static const char *const text[] = { "overview", "description", "impact",
		"solution" };
	const json_t *cve = json_object_get(case_, "cve");
	json_int_t revision =
	    json_integer_value(json_object_get(case_, "revision_n"));
	const char *tlp = gate_tlp(case_);
	when_t t;
	size_t i;

	record_set(view, "id", record_str(case_, "id"));
	record_set(view, "tlp", tlp);
	words_set(view, "is", letter_tlp(tlp));
	words_set(
	    view, "title", words_line(json_object_get(case_, "title"), lang));
	for (i = 0; i < sizeof text / sizeof text[0]; i++)
		record_set(view, text[i],
		    words_pick(json_object_get(case_, text[i]), lang, NULL));
	if (gate_publish_at(case_, &t))
		words_set(view, "publish", words_when(t));
	if (json_is_array(cve))
		json_object_set(view, "cve", (json_t *)(uintptr_t)cve);
	if (revision > 1)
		json_object_set_new(view, "update", json_integer(revision));
}

static json_t *
letter_view(const json_t *case_, const json_t *vendor, const json_t *notice,
    enum words_lang lang)
{
	const char *id = record_str(vendor, "vendor");
	const json_t *contact = json_object_get(vendor, "contact");
	json_t *view = json_object(), *name;

	letter_case(view, case_, lang);
	name = words_line(json_object_get(vendor, "name"), lang);
	words_set(view, "vendor_name", name == NULL ? json_string(id) : name);
	record_set(view, "vendor_id", id);
	words_set(view, "contact_name",
	    words_line(json_object_get(contact, "name"), lang));
	words_set(view, "product", letter_products(case_, id, notice, lang));
	return view;
}

/* Cut "Subject: ..." and the blank line after it off the rendered letter. */
static int
letter_split(
    json_t *notice, const struct text *s, const char *name, struct fail *f)
{
	static const char head[] = "Subject: ";
	const char *end = memchr(s->p, '\n', s->n);

	if (strncmp(s->p, head, strlen(head)) != 0 || end == NULL ||
	    end[1] != '\n')
		return fail(f, EX_CONFIG,
		    "%s:1: this is not 'Subject: ...' and a blank line", name);
	if (strncmp(end + 2, "TLP:", 4) != 0)
		return fail(f, EX_CONFIG,
		    "%s:3: the letter does not begin with its TLP label", name);
	words_set(notice, "subject",
	    json_stringn(
		s->p + strlen(head), (size_t)(end - s->p) - strlen(head)));
	words_set(notice, "text",
	    json_stringn(end + 2, (size_t)(s->p + s->n - end - 2)));
	return 0;
}

static void
letter_attach(json_t *notice, const struct text *form)
{
	json_t *all = json_array(), *one = json_object();

	record_set(one, "name", "status.txt");
	record_set(one, "media_type", "text/plain");
	words_set(one, "text", json_stringn(form->p, form->n));
	json_array_append_new(all, one);
	words_set(notice, "attachment", all);
}

int
letter_write(struct letter *l, const json_t *case_, const json_t *vendor,
    json_t *notice, struct fail *f)
{
	enum words_lang lang = words_lang(record_str(notice, "language"),
	    words_lang(record_str(vendor, "language"), WORDS_JA));
	const char *id = record_str(vendor, "vendor");
	struct text out = TEXT_INIT, form = TEXT_INIT;
	json_t *view;
	int rc;

	if (!gate_case_id(record_str(case_, "id")))
		return fail(f, EX_DATAERR, "the case has no usable id");
	if (id == NULL || !text_token(id, "._+-", 64))
		return fail(f, EX_DATAERR, "the vendor has no usable id");
	if (letter_load(l, lang, f) != 0)
		return f->code;
	view = letter_view(case_, vendor, notice, lang);
	rc = template_render(&l->text[lang], view, TEMPLATE_TEXT, &out, f);
	json_decref(view);
	if (rc == 0)
		rc = letter_form(
		    &l->form[lang], record_str(case_, "id"), id, &form, f);
	if (rc == 0)
		rc = letter_split(notice, &out,
		    lang == WORDS_JA ? "ja/notice.txt" : "en/notice.txt", f);
	if (rc == 0)
		letter_attach(notice, &form);
	text_wipe(&out);
	text_release(&form);
	return rc;
}

void
letter_release(struct letter *l)
{
	int i;

	for (i = 0; i < 2; i++) {
		template_release(&l->text[i]);
		template_release(&l->form[i]);
	}
	*l = (struct letter)LETTER_INIT;
}
