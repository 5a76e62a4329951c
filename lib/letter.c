#include "letter.h"

#include <stdio.h>
#include <string.h>

#include "content.h"
#include "enclosure.h"
#include "file.h"
#include "gate.h"

enum {
	ABOUT = 1, /* about a case */
	FORM = 2,  /* with the answer form */
	DATA = 4,  /* with the case as data */
	FILES = 8, /* with the files of the case */
};

static const struct {
	const char *name;
	unsigned is;
} kinds[LETTER_KINDS] = {
	{ "disclosure", ABOUT | FORM | DATA | FILES },
	{ "update", ABOUT | FORM | DATA | FILES },
	{ "date-change", ABOUT | DATA },
	{ "reminder", ABOUT | FORM },
	{ "publication", ABOUT | FORM },
	{ "embargo-ended", ABOUT | FORM },
	{ "papers", 0 },
	{ "meeting", 0 },
	{ "registered", 0 },
	{ "key", 0 },
	{ "announcement", 0 },
};

/* What is written now. */
struct writing {
	size_t kind;
	enum words_lang lang;
	const json_t *about, *vendor;
	json_t *notice;
};

static int
load_label(struct letter *l, struct fail *f)
{
	struct text t = TEXT_INIT;
	json_error_t e;

	if (l->label != NULL)
		return 0;
	if (file_share("label/letter.json", &t, f) != 0)
		return f->code;
	l->label = json_loadb(t.p, t.n, JSON_REJECT_DUPLICATES, &e);
	text_release(&t);
	if (!json_is_object(l->label))
		return fail(f, EX_CONFIG,
		    "label/letter.json:%d: this is no JSON object", e.line);
	return 0;
}

static int
load_form(struct letter *l, enum words_lang lang, struct fail *f)
{
	static const char *const name[] = { "form/status.ja.txt",
		"form/status.en.txt" };
	struct text form = TEXT_INIT;
	int rc;

	if (l->form[lang].part_n > 0)
		return 0;
	rc = file_share(name[lang], &form, f);
	if (rc == 0)
		rc = template_read(
		    &l->form[lang], name[lang], form.p, form.n, f);
	text_release(&form);
	return rc;
}

/* The name of a template: "ja/disclosure.txt". */
static const char *
file_of(const struct writing *w, char name[48])
{
	snprintf(name, 48, "%s/%s.txt", words_lang_name[w->lang],
	    kinds[w->kind].name);
	return name;
}

static int
load(struct letter *l, const struct writing *w, struct fail *f)
{
	struct template *t = &l->text[w->kind][w->lang];
	char name[48];

	if (t->part_n == 0 &&
	    template_load(t, l->folder, file_of(w, name), f) != 0)
		return f->code;
	if (!(kinds[w->kind].is & ABOUT))
		return load_label(l, f);
	return kinds[w->kind].is & FORM ? load_form(l, w->lang, f) : 0;
}

/* Cut "Subject: ..." and the blank line after it off the rendered letter. */
static int
split(json_t *notice, const struct text *s, const char *name, struct fail *f)
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

static int
write_text(struct letter *l, const struct writing *w, struct fail *f)
{
	struct text out = TEXT_INIT;
	json_t *view = kinds[w->kind].is & ABOUT ?
	    content_case(w->about, w->vendor, w->lang) :
	    content_about(w->about, w->vendor, w->notice, l->label, w->lang);
	char name[48];
	int rc = template_render(
	    &l->text[w->kind][w->lang], view, TEMPLATE_TEXT, &out, f);

	json_decref(view);
	if (rc == 0)
		rc = split(w->notice, &out, file_of(w, name), f);
	text_wipe(&out);
	return rc;
}

static void
attach(json_t *list, const char *name, const char *type, const struct text *t)
{
	json_t *one = json_object();

	record_set(one, "name", name);
	record_set(one, "media_type", type);
	words_set(one, "text", json_stringn(t->p, t->n));
	json_array_append_new(list, one);
}

/* The blank form with the case and the vendor filled in. */
static int
attach_form(
    struct letter *l, const struct writing *w, json_t *list, struct fail *f)
{
	struct text out = TEXT_INIT;
	json_t *view = json_object();
	int rc;

	record_set(view, "id", record_str(w->about, "id"));
	record_set(view, "vendor_id", record_str(w->vendor, "vendor"));
	rc = template_render(&l->form[w->lang], view, TEMPLATE_TEXT, &out, f);
	if (rc == 0)
		attach(list, "status.txt", "text/plain", &out);
	json_decref(view);
	text_release(&out);
	return rc;
}

static void
attach_data(const struct writing *w, json_t *list)
{
	struct text out = TEXT_INIT;

	record_line(w->about, &out);
	attach(list, "case.json", "application/json", &out);
	text_wipe(&out);
}

/* Only what they are: the octets are read when the letter is sealed. */
static int
attach_files(const struct writing *w, json_t *list, struct fail *f)
{
	static const char *const field[] = { "name", "media_type", "sha256" };
	const json_t *e;
	json_t *one;
	size_t i, k;

	json_array_foreach(json_object_get(w->about, "attachment"), i, e) {
		one = json_object();
		for (k = 0; k < sizeof field / sizeof *field; k++)
			record_set(one, field[k], record_str(e, field[k]));
		json_array_append_new(list, one);
	}
	return enclosure_check(list, f);
}

static int
write_all(struct letter *l, const struct writing *w, struct fail *f)
{
	json_t *list = json_array();
	int rc = write_text(l, w, f);

	if (rc == 0 && (kinds[w->kind].is & FORM))
		rc = attach_form(l, w, list, f);
	if (rc == 0 && (kinds[w->kind].is & DATA))
		attach_data(w, list);
	if (rc == 0 && (kinds[w->kind].is & FILES))
		rc = attach_files(w, list, f);
	if (rc == 0 && json_array_size(list) > 0)
		json_object_set(w->notice, "attachment", list);
	json_decref(list);
	return rc;
}

static size_t
kind_find(const char *name)
{
	size_t i;

	for (i = 0; i < LETTER_KINDS; i++)
		if (strcmp(kinds[i].name, name) == 0)
			break;
	return i;
}

int
letter_write(struct letter *l, const char *kind, const json_t *about,
    const json_t *vendor, json_t *notice, struct fail *f)
{
	struct writing w = { .kind = kind_find(kind),
		.lang = words_lang(record_str(notice, "language"),
		    words_lang(record_str(vendor, "language"), WORDS_JA)),
		.about = about,
		.vendor = vendor,
		.notice = notice };
	const char *id = record_str(vendor, "vendor");

	if (w.kind == LETTER_KINDS)
		return fail(f, EX_SOFTWARE, "there is no letter '%s'", kind);
	if ((kinds[w.kind].is & ABOUT) &&
	    !gate_case_id(record_str(about, "id")))
		return fail(f, EX_DATAERR, "the case has no usable id");
	if (id == NULL || !text_token(id, "._+-", 64))
		return fail(f, EX_DATAERR, "the vendor has no usable id");
	record_set(notice, "kind", kind);
	return load(l, &w, f) != 0 ? f->code : write_all(l, &w, f);
}

void
letter_release(struct letter *l)
{
	size_t i, k;

	for (k = 0; k < 2; k++) {
		for (i = 0; i < LETTER_KINDS; i++)
			template_release(&l->text[i][k]);
		template_release(&l->form[k]);
	}
	json_decref(l->label);
	*l = (struct letter)LETTER_INIT;
}
