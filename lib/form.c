#include "form.h"

#include <string.h>

#include "fold.h"
#include "known.h"
#include "reader.h"
#include "value.h"

/* One line of an answer; SEP is what parts it from those before. */
static void
form_add(struct text *text, const struct label_field *field, const char *sep,
    const char *p, size_t n)
{
	bool kept = field->kind == LABEL_PROSE || field->kind == LABEL_TOKEN;

	if (!kept || text->n == 0)
		lines_lead(&p, &n, kept);
	if (text->n > 0)
		text_puts(text, sep);
	text_add(text, p, n);
}

/* What the label in line I is answered, and the lines as they came. */
static void
form_gather(
    const struct reader *r, size_t i, struct text *text, struct text *raw)
{
	const struct line *x = &r->line[i], *y;
	const struct label_field *field = &r->label->field[x->field];
	const char *soft = r->flow == LINES_DELSP ? "" : " ";
	size_t k, last = i;

	if (!value_rule(x->v, x->v_n))
		form_add(text, field, "", x->v, x->v_n);
	text_mask(raw, x->raw, x->raw_n, false);
	for (k = i + 1; k < r->lines && r->line[k].use != LINE_LABEL; k++) {
		y = &r->line[k];
		if ((y->use != LINE_VALUE && y->use != LINE_WRAPPED) ||
		    y->owner != i)
			continue;
		if (y->use == LINE_VALUE)
			form_add(text, field,
			    last + 1 == k && r->line[last].soft ? soft : "\n",
			    y->p, y->n);
		text_add(raw, "\n", 1);
		text_mask(raw, y->raw, y->raw_n, false);
		last = k;
	}
	text_puts(text, "");
}

/* The answer to the label in line I, judged, with its place. New. */
static json_t *
form_answer(const struct reader *r, size_t i)
{
	const struct line *x = &r->line[i];
	struct text text = TEXT_INIT, raw = TEXT_INIT, key = TEXT_INIT;
	json_t *v;

	form_gather(r, i, &text, &raw);
	text_puts(&key, "");
	if (text.n <= LABEL_LINE)
		fold_bare(&key, text.p, text.n);
	if (x->doubt || known_line(r->label->same, key.p, false))
		v = json_pack("{s:s}", "problem", "ambiguous");
	else
		v = value_judge(&r->label->field[x->field], text.p, text.n);
	json_object_set_new(v, "line_n", json_integer((json_int_t)i + 1));
	json_object_set_new(v, "raw", json_stringn(raw.p, raw.n));
	text_release(&text);
	text_release(&raw);
	text_release(&key);
	return v;
}

static bool
form_problem(const json_t *v, const char *problem)
{
	const char *s = record_str(v, "problem");

	return s != NULL && strcmp(s, problem) == 0;
}

/* A label stands there twice: an answer beats none, two must be the same. */
static void
form_merge(json_t *fields, const char *name, json_t *v)
{
	json_t *old = json_object_get(fields, name);
	struct text raw = TEXT_INIT;

	if (old == NULL || form_problem(old, "missing")) {
		json_object_set_new(fields, name, v);
		return;
	}
	if (!form_problem(v, "missing") && !form_problem(old, "ambiguous") &&
	    (json_object_get(v, "value") == NULL ||
		!json_equal(json_object_get(v, "value"),
		    json_object_get(old, "value")))) {
		json_object_del(old, "value");
		json_object_set_new(old, "problem", json_string("ambiguous"));
		text_addf(&raw, "%s\n%s", record_str(old, "raw"),
		    record_str(v, "raw"));
		json_object_set_new(old, "raw", json_string(raw.p));
		text_release(&raw);
	}
	json_decref(v);
}

/* The fields of a section in the order of the form; NULL: nothing answered. */
static json_t *
form_fields(const struct label *l, const struct label_section *s,
    const json_t *got, json_t *into)
{
	bool answered = false;
	json_t *v;
	int i;

	for (i = s->first; i < s->end; i++) {
		v = json_object_get(got, l->field[i].name);
		if (v != NULL && !form_problem(v, "missing"))
			answered = true;
		else if (!l->field[i].need)
			continue;
		json_object_set_new(into, l->field[i].name,
		    v != NULL ? json_incref(v) :
				json_pack("{s:s}", "problem", "missing"));
	}
	if (answered || !s->repeat)
		return into;
	json_decref(into);
	return NULL;
}

static bool
form_equal(const json_t *a, const json_t *b)
{
	return a == NULL || b == NULL ? a == b : json_equal(a, b);
}

/* Do two blocks say the same, wherever they stand? */
static bool
form_same(const json_t *a, const json_t *b)
{
	static const char *const said[] = { "value", "problem" };
	const json_t *v, *w;
	const char *name;
	size_t i;

	if (json_object_size(a) != json_object_size(b))
		return false;
	json_object_foreach((json_t *)a, name, v)
		for (w = json_object_get(b, name), i = 0; i < 2; i++)
			if (!form_equal(json_object_get(v, said[i]),
				json_object_get(w, said[i])))
				return false;
	return true;
}

/* The sections in the order of the form; got[section][block]: what it says. */
static void
form_sections(const struct label *l, json_t *const *got, json_t *form)
{
	const struct label_section *s;
	json_t *list, *one, *block;
	size_t k, m;
	int i;

	for (i = 0; i < l->sections; i++) {
		s = &l->section[i];
		if (*s->name == '\0') {
			form_fields(l, s, json_array_get(got[i], 0), form);
			continue;
		}
		if (!s->repeat) {
			json_object_set_new(form, s->name,
			    form_fields(l, s, json_array_get(got[i], 0),
				json_object()));
			continue;
		}
		list = json_array();
		json_array_foreach(got[i], k, block) {
			one = form_fields(l, s, block, json_object());
			for (m = 0; m < json_array_size(list) && one; m++)
				if (form_same(one, json_array_get(list, m))) {
					json_decref(one);
					one = NULL;
				}
			if (one != NULL)
				json_array_append_new(list, one);
		}
		json_object_set_new(form, s->name, list);
	}
}

static void
form_write(const struct reader *r, json_t *form)
{
	json_t *got[LABEL_SECTIONS], *unknown = json_array();
	struct text raw = TEXT_INIT;
	const struct line *x;
	size_t i;
	int k;

	for (k = 0; k < r->label->sections; k++)
		got[k] = json_array();
	for (i = 0; i < r->lines; i++) {
		x = &r->line[i];
		if (x->use == LINE_LABEL) {
			const struct label_field *field =
			    &r->label->field[x->field];
			json_t *blocks = got[field->section];

			while (json_array_size(blocks) <= (size_t)x->block)
				json_array_append_new(blocks, json_object());
			form_merge(json_array_get(blocks, (size_t)x->block),
			    field->name, form_answer(r, i));
		} else if (x->use == LINE_UNKNOWN) {
			text_clear(&raw);
			text_mask(&raw, x->raw, x->raw_n, false);
			json_array_append_new(unknown,
			    json_pack("{s:I,s:s%}", "line_n", (json_int_t)i + 1,
				"raw", raw.p, raw.n));
		}
	}
	form_sections(r->label, got, form);
	json_object_set_new(form, "unknown", unknown);
	for (k = 0; k < r->label->sections; k++)
		json_decref(got[k]);
	text_release(&raw);
}

int
form_parse(const struct label *l, const char *text, size_t n,
    enum lines_flow flow, json_t **form, struct fail *f)
{
	struct reader r;
	int k, code = 0;

	if (reader_read(&r, l, text, n, flow, f) != 0)
		return f->code;
	if (r.labels == 0)
		code = fail(f, EX_DATAERR,
		    "no form found in the mail: no line has a label of the"
		    " form '%s'",
		    l->name);
	for (k = 0; k < l->sections; k++)
		if (r.block[k] >= FORM_BLOCKS)
			code = fail(f, EX_DATAERR,
			    "toolarge: the form has more than %d blocks of"
			    " '%s'",
			    FORM_BLOCKS, l->section[k].name);
	if (code == 0) {
		*form = json_object();
		record_set(*form, "form", l->name);
		form_write(&r, *form);
	}
	reader_release(&r);
	return code;
}

const char *
form_value(const json_t *fields, const char *field)
{
	return record_str(json_object_get(fields, field), "value");
}
