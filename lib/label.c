#include "label.h"

#include <string.h>

#include "file.h"
#include "fold.h"
#include "lines.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const char *const label_kinds[] = {
	[LABEL_TEXT] = "text",
	[LABEL_PROSE] = "prose",
	[LABEL_EMAIL] = "email",
	[LABEL_PHONE] = "phone",
	[LABEL_TOKEN] = "token",
	[LABEL_URL] = "url",
	[LABEL_LIST] = "list",
	[LABEL_DATE] = "date",
};

static struct text
label_bare(const char *p, size_t n)
{
	struct text t = TEXT_INIT;

	text_puts(&t, "");
	fold_bare(&t, p, n);
	return t;
}

/* Call PUT for each spelling in ["..."] or {"ja":["..."],"en":["..."]}. */
static int
label_each(const json_t *words,
    int (*put)(
	void *arg, const char *key, const char *spelling, struct fail *f),
    void *arg, struct fail *f)
{
	struct text key;
	const json_t *e;
	const char *s, *lang;
	size_t i;
	int code;

	json_object_foreach((json_t *)words, lang, e)
		if (label_each(e, put, arg, f) != 0)
			return f->code;
	json_array_foreach(words, i, e) {
		s = json_string_value(e);
		if (s == NULL)
			return fail(f, EX_CONFIG, "a spelling is no string");
		key = label_bare(s, strlen(s));
		if (key.n == 0)
			code = fail(
			    f, EX_CONFIG, "spelling '%s' has no letter", s);
		else
			code = put(arg, key.p, s, f);
		text_release(&key);
		if (code != 0)
			return code;
	}
	return 0;
}

/* Spellings that all mean the same: a value in a map. */
struct label_put {
	json_t *map, *value;
	const struct label *label;
};

static int
label_map(void *arg, const char *key, const char *spelling, struct fail *f)
{
	struct label_put *put = arg;
	const json_t *old = json_object_get(put->map, key);

	if (old != NULL && !json_equal(old, put->value))
		return fail(
		    f, EX_CONFIG, "spelling '%s' has two meanings", spelling);
	json_object_set(put->map, key, put->value);
	return 0;
}

static int
label_hint(void *arg, const char *key, const char *spelling, struct fail *f)
{
	struct label_put *put = arg;
	size_t n = strlen(spelling);

	(void)f;
	json_object_set_new(
	    put->map, key, json_boolean(n > 0 && spelling[n - 1] == '*'));
	return 0;
}

/* One more field that this spelling means, in another section. */
static int
label_join(void *arg, const char *key, const char *spelling, struct fail *f)
{
	struct label_put *put = arg;
	const struct label *l = put->label;
	const struct label_section *s = &l->section[l->sections - 1];
	json_int_t old = json_integer_value(json_object_get(put->map, key));
	int i;

	for (i = s->first; i < l->fields - 1; i++)
		if ((old >> i & 1) != 0)
			return fail(f, EX_CONFIG,
			    "label '%s' means two fields of one section",
			    spelling);
	json_object_set_new(put->map, key,
	    json_integer(old | (json_int_t)1 << (l->fields - 1)));
	return 0;
}

static int
label_words(struct label_field *field, const json_t *words, struct fail *f)
{
	struct label_put put = { NULL, NULL, NULL };
	const char *token;
	json_t *e, *own;
	int code = 0;

	if (words == NULL)
		return 0;
	put.map = field->word = json_object();
	json_object_foreach((json_t *)words, token, e) {
		if (!text_token(token, "_", 64))
			return fail(f, EX_CONFIG, "'%s' is no token", token);
		put.value = json_string(token);
		own = json_pack("[s]", token);
		code = label_each(own, label_map, &put, f);
		if (code == 0)
			code = label_each(e, label_map, &put, f);
		json_decref(own);
		json_decref(put.value);
		if (code != 0)
			return code;
	}
	return 0;
}

/* A misspelt key would be a word that is never looked for. */
static int
label_only(const json_t *o, const char *keys, struct fail *f)
{
	const json_t *v;
	const char *key;

	if (!json_is_object(o))
		return fail(f, EX_CONFIG, "one of %s is no object", keys);
	json_object_foreach((json_t *)o, key, v)
		if (!record_among(keys, key, strlen(key)))
			return fail(
			    f, EX_CONFIG, "'%s' is none of: %s", key, keys);
	return 0;
}

static int
label_field(struct label *l, const json_t *e, struct fail *f)
{
	struct label_put put = { l->key, NULL, l };
	const char *kind = record_str(e, "kind");
	struct label_field *field;
	size_t i;

	if (l->fields == LABEL_FIELDS)
		return fail(f, EX_CONFIG, "more than %d fields", LABEL_FIELDS);
	if (label_only(e, "name kind need label word", f) != 0)
		return f->code;
	field = &l->field[l->fields++];
	field->name = record_str(e, "name");
	if (field->name == NULL || !text_token(field->name, "_", 32))
		return fail(f, EX_CONFIG, "a field has no name");
	for (i = 0; i < COUNT(label_kinds) && kind != NULL; i++)
		if (strcmp(kind, label_kinds[i]) == 0)
			break;
	if (kind == NULL || i == COUNT(label_kinds))
		return fail(
		    f, EX_CONFIG, "field '%s' has no known kind", field->name);
	field->kind = (enum label_kind)i;
	if (json_object_get(e, "label") == NULL)
		return fail(
		    f, EX_CONFIG, "field '%s' has no label", field->name);
	field->need = json_is_true(json_object_get(e, "need"));
	field->section = l->sections - 1;
	if (label_words(field, json_object_get(e, "word"), f) != 0)
		return f->code;
	return label_each(json_object_get(e, "label"), label_join, &put, f);
}

static int
label_section(struct label *l, const json_t *e, struct fail *f)
{
	struct label_put put = { l->heading, NULL, l };
	const char *name = record_str(e, "name");
	struct label_section *s;
	const json_t *field;
	size_t i;
	int code;

	if (l->sections == LABEL_SECTIONS)
		return fail(
		    f, EX_CONFIG, "more than %d sections", LABEL_SECTIONS);
	if (label_only(e, "name heading repeat field", f) != 0)
		return f->code;
	if (name == NULL || (*name != '\0' && !text_token(name, "_", 32)))
		return fail(f, EX_CONFIG, "a section has no name");
	s = &l->section[l->sections++];
	s->name = name;
	s->repeat = json_is_true(json_object_get(e, "repeat"));
	s->first = l->fields;
	put.value = json_integer(l->sections - 1);
	code = label_each(json_object_get(e, "heading"), label_map, &put, f);
	json_decref(put.value);
	json_array_foreach(json_object_get(e, "field"), i, field)
		if (code == 0)
			code = label_field(l, field, f);
	s->end = l->fields;
	if (code == 0 && s->first == s->end)
		code = fail(f, EX_CONFIG, "section '%s' has no field", name);
	return code;
}

static int
label_read(struct label *l, struct fail *f)
{
	const struct {
		const char *name;
		json_t **map;
	} lines[] = { { "ignore", &l->ignore }, { "end", &l->end },
		{ "quote", &l->quote }, { "same", &l->same } };
	struct label_put put = { NULL, json_true(), l };
	const json_t *e;
	size_t i;
	int code;

	if (label_only(l->data, "form section note ignore end quote same", f) !=
	    0)
		return f->code;
	l->name = record_str(l->data, "form");
	if (l->name == NULL || !text_token(l->name, "_", 32))
		return fail(f, EX_CONFIG, "field 'form' is missing");
	put.map = l->note;
	code = label_each(json_object_get(l->data, "note"), label_map, &put, f);
	for (i = 0; i < COUNT(lines) && code == 0; i++) {
		put.map = *lines[i].map;
		code = label_each(json_object_get(l->data, lines[i].name),
		    label_hint, &put, f);
	}
	json_array_foreach(json_object_get(l->data, "section"), i, e)
		if (code == 0)
			code = label_section(l, e, f);
	if (code == 0 && l->fields == 0)
		code = fail(f, EX_CONFIG, "no section");
	return code;
}

int
label_load(struct label *l, const char *name, struct fail *f)
{
	struct text path = TEXT_INIT, file = TEXT_INIT;
	json_error_t e;
	int code;

	if (!text_token(name, "._-", 64))
		return fail(f, EX_USAGE, "'%s' is no name of a form", name);
	text_addf(&path, "label/%s.json", name);
	code = file_share(path.p, &file, f);
	if (code == 0) {
		l->key = json_object();
		l->heading = json_object();
		l->note = json_object();
		l->ignore = json_object();
		l->end = json_object();
		l->quote = json_object();
		l->same = json_object();
		l->data =
		    json_loadb(file.p, file.n, JSON_REJECT_DUPLICATES, &e);
		if (l->data == NULL)
			code = fail(f, EX_CONFIG, "%s", e.text);
		else
			code = label_read(l, f);
		if (code != 0)
			fail_in(f, "%s", path.p);
	}
	text_release(&path);
	text_release(&file);
	return code;
}

void
label_release(struct label *l)
{
	int i;

	for (i = 0; i < l->fields; i++)
		json_decref(l->field[i].word);
	json_decref(l->key);
	json_decref(l->heading);
	json_decref(l->note);
	json_decref(l->ignore);
	json_decref(l->end);
	json_decref(l->quote);
	json_decref(l->same);
	json_decref(l->data);
	*l = (struct label)LABEL_INIT;
}
