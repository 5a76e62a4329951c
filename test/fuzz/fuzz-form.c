/* form: a text against the labels of both forms. */

#include "fuzz.h"

#include "encoded.h"
#include "envelope.h"
#include "form.h"
#include "lines.h"

static struct label label[2] = { LABEL_INIT, LABEL_INIT };

static void
load(void)
{
	static const char *const name[] = { "poc", "status" };
	struct fail f = FAIL_INIT;
	int i;

	for (i = 0; i < 2 && label[i].data == NULL; i++)
		if (label_load(&label[i], name[i], &f) != 0) {
			fprintf(stderr, "VC_SHARE: %s\n", f.why);
			exit(f.code);
		}
}

static void
check_shown(const char *s)
{
	must(s != NULL);
	for (; *s != '\0'; s++)
		must((unsigned char)*s >= ' ' || *s == '\n');
}

static void
check_value(const struct label_field *field, const json_t *v)
{
	const char *s = json_string_value(v);
	const json_t *e;
	size_t i;

	if (field->kind == LABEL_LIST) {
		must(json_array_size(v) > 0);
		json_array_foreach(v, i, e) {
			check_shown(json_string_value(e));
			must(json_string_length(e) > 0);
		}
		return;
	}
	check_shown(s);
	must(*s != '\0');
	if (field->kind != LABEL_PROSE)
		must(strchr(s, '\n') == NULL && !text_hidden(s, strlen(s)));
	if (field->kind == LABEL_EMAIL)
		must(envelope_address(s));
	if (field->kind == LABEL_DATE)
		must(strlen(s) == strlen("2026-11-30"));
	if (field->kind == LABEL_URL)
		must(strncmp(s, "http://", 7) == 0 ||
		    strncmp(s, "https://", 8) == 0);
}

static void
check_field(const struct label_field *field, const json_t *o, size_t lines)
{
	const json_t *v = json_object_get(o, "value");
	const json_t *line = json_object_get(o, "line_n");
	const char *problem = record_str(o, "problem");

	must((v == NULL) != (problem == NULL));
	if (problem != NULL && line == NULL) {
		must(strcmp(problem, "missing") == 0);
		return;
	}
	must(json_integer_value(line) > 0);
	must((size_t)json_integer_value(line) <= lines);
	check_shown(record_str(o, "raw"));
	if (v != NULL)
		check_value(field, v);
}

static void
check_fields(const struct label *l, const struct label_section *s,
    const json_t *o, size_t lines)
{
	const json_t *field;
	int i;

	must(json_is_object(o));
	for (i = s->first; i < s->end; i++) {
		field = json_object_get(o, l->field[i].name);
		must(field != NULL || !l->field[i].need);
		if (field != NULL)
			check_field(&l->field[i], field, lines);
	}
}

static void
check_form(const struct label *l, const json_t *form, size_t lines)
{
	const json_t *o, *block;
	size_t k;
	int i;

	must(record_is(form, "form", l->name));
	for (i = 0; i < l->sections; i++) {
		o = *l->section[i].name == '\0' ?
		    form :
		    json_object_get(form, l->section[i].name);
		if (!l->section[i].repeat) {
			check_fields(l, &l->section[i], o, lines);
			continue;
		}
		must(json_array_size(o) <= FORM_BLOCKS);
		json_array_foreach(o, k, block)
			check_fields(l, &l->section[i], block, lines);
	}
	json_array_foreach(json_object_get(form, "unknown"), k, o) {
		must(json_integer_value(json_object_get(o, "line_n")) > 0);
		check_shown(record_str(o, "raw"));
	}
}

/* The form as a record that another program reads. */
static void
check_record(json_t *form)
{
	json_t *r = record_new("poc", "mail/0/poc"), *again;
	struct text line = TEXT_INIT;
	struct fail f = FAIL_INIT;

	json_object_set(r, "form", form);
	record_line(r, &line);
	again = record_parse(line.p, line.n - 1, &f);
	must(again != NULL && json_equal(r, again));
	json_decref(again);
	json_decref(r);
	text_release(&line);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *in = fuzz_copy(data, n), *copy;
	struct text text = TEXT_INIT;
	size_t i, lines = 1;
	json_t *form;

	load();
	encoded_body("utf-8", in, n, &text);
	copy = fuzz_copy(text.p, text.n);
	for (i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	for (i = 0; i < 2; i++) {
		struct fail f = FAIL_INIT;

		if (form_parse(&label[i], copy, text.n,
			(enum lines_flow)(n % 3), &form, &f) != 0) {
			must(f.code == EX_DATAERR);
			continue;
		}
		must(lines <= LINES_MAX + 1);
		check_form(&label[i], form, lines);
		check_record(form);
		json_decref(form);
	}
	text_release(&text);
	free(copy);
	free(in);
	return 0;
}
