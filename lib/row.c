#include "row.h"

#include <ctype.h>
#include <string.h>

#include "envelope.h"
#include "glance.h"
#include "items.h"
#include "schema.h"
#include "tuple.h"

enum {
	ROW_TOKEN = 64,
};

const char *const row_column[] = { "vendor", "name_ja", "name_en", "kind",
	"role", "state", "email", "phone", "address", "language", "fpr",
	"product", "keyword", "domain", "region", "consent", "paper",
	"contact_name", "contact_email", "contact_phone", "contact_title",
	"contact_affiliation", "mail", "clearance", "agreement", "direct",
	"document", "heard_at", NULL };

_Static_assert(sizeof row_column / sizeof *row_column == ROW_COLUMNS + 1,
    "a name for each column");

static const char *const lists[] = { "product", "keyword", "domain", "consent",
	"paper", "mail", "clearance", "agreement", "direct", "document" };

static const struct {
	const char *field, *least;
} leasts[] = {
	{ "kind", "individual" },
	{ "role", "vendor" },
	{ "state", "applied" },
	{ "language", "ja" },
};

static bool
is_list(const char *field)
{
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (strcmp(lists[i], field) == 0)
			return true;
	return false;
}

/* "name_ja" is name.ja: the field before '_', and the rest. */
static const char *
inner(const char *column, char field[16])
{
	bool two = strncmp(column, "name_", 5) == 0 ||
	    strncmp(column, "contact_", 8) == 0;
	size_t n = two ? strcspn(column, "_") : strlen(column);

	memcpy(field, column, n);
	field[n] = '\0';
	return two ? column + n + 1 : NULL;
}

static void
set_inner(json_t *row, const char *field, const char *key, const char *s)
{
	json_t *o = json_object_get(row, field);

	if (s == NULL || *s == '\0')
		return;
	if (o == NULL) {
		o = json_object();
		json_object_set_new(row, field, o);
	}
	record_set(o, key, s);
}

static void
set_least(json_t *row)
{
	for (size_t i = 0; i < sizeof leasts / sizeof *leasts; i++)
		if (record_str(row, leasts[i].field) == NULL)
			record_set(row, leasts[i].field, leasts[i].least);
}

/* As gpg prints it: blanks between groups, any case. */
static void
set_fpr(json_t *row, const char *s)
{
	struct text t = TEXT_INIT;

	for (; *s != '\0'; s++)
		if (*s != ' ')
			text_add(
			    &t, &(char){ (char)toupper((unsigned char)*s) }, 1);
	record_set(row, "fpr", t.p);
	text_release(&t);
}

static void
set_cell(json_t *row, const char *column, const char *cell)
{
	char field[16];
	const char *key = inner(column, field);
	const struct tuple *t = tuple_find(field);
	json_t *list;

	if (key != NULL) {
		set_inner(row, field, key, cell);
	} else if (strcmp(field, "fpr") == 0) {
		set_fpr(row, cell);
	} else if (is_list(field)) {
		list = t != NULL ? tuple_split(t, cell) : items_split(cell);
		if (json_array_size(list) > 0)
			json_object_set(row, field, list);
		json_decref(list);
	} else {
		record_set(row, field, cell);
	}
}

json_t *
row_again(const struct table_row *cells)
{
	struct text t = TEXT_INIT;
	json_t *row;

	text_addf(&t, "vendor/%s", cells->cell[ROW_VENDOR]);
	row = record_new("vendor", t.p);
	text_release(&t);
	for (size_t i = 0; i < ROW_COLUMNS; i++)
		if (cells->cell[i] != NULL && *cells->cell[i] != '\0')
			set_cell(row, row_column[i], cells->cell[i]);
	set_least(row);
	return row;
}

json_t *
row_read(const struct table_row *cells, struct fail *f)
{
	json_t *row;

	if (!text_token(cells->cell[ROW_VENDOR], "._+-", ROW_TOKEN)) {
		fail(f, EX_DATAERR,
		    "column 'vendor' is no id of letters, digits and . _ + -");
		return NULL;
	}
	row = row_again(cells);
	if (schema_check(row, f) == 0 && row_check(row, f) == 0)
		return row;
	json_decref(row);
	return NULL;
}

void
row_head(struct text *out)
{
	table_write(out, row_column, ROW_COLUMNS);
}

void
row_write(const json_t *row, struct text *out)
{
	struct text list[ROW_COLUMNS] = { { NULL, 0, 0 } };
	const char *cell[ROW_COLUMNS];
	char field[16];

	for (size_t i = 0; i < ROW_COLUMNS; i++) {
		const char *key = inner(row_column[i], field);
		const struct tuple *t = tuple_find(field);
		const json_t *v = json_object_get(row, field);

		if (json_is_array(v)) {
			json_t *texts = t != NULL ? tuple_join(t, v) :
						    json_incref((json_t *)v);

			items_join(texts, &list[i]);
			json_decref(texts);
			cell[i] = list[i].p;
		} else {
			cell[i] = key == NULL ? json_string_value(v) :
						record_str(v, key);
		}
	}
	table_write(out, cell, ROW_COLUMNS);
	for (size_t i = 0; i < ROW_COLUMNS; i++)
		text_release(&list[i]);
}

/* Fields of which a text is a word, and nothing else. */
static bool
is_word(const char *field)
{
	static const char *const words[] = { "role", "paper", "clearance",
		"agreement", "direct" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i], field) == 0)
			return true;
	return false;
}

/* What is wrong with a value, or NULL. */
static const char *
problem(const char *field, const char *s)
{
	if (s == NULL)
		return "is not text";
	if (*s == '\0')
		return NULL;
	if (glance_hidden(s, strcmp(field, "address") == 0))
		return "has a hidden character";
	if (strcmp(field, "email") == 0 && !envelope_address(s))
		return "is no mail address";
	if (strcmp(field, "domain") == 0 && !glance_domain(s))
		return "is no domain";
	if (is_word(field) && !text_token(s, "._+-", ROW_TOKEN))
		return "is no word of letters, digits and . _ + -";
	return NULL;
}

static int
check_list(const char *field, const json_t *list, struct fail *f)
{
	const struct tuple *t = tuple_find(field);
	const char *why;
	json_t *e;
	size_t i;

	json_array_foreach(list, i, e) {
		if (t != NULL && tuple_check(t, e, i, problem, f) != 0)
			return f->code;
		if (t != NULL)
			continue;
		why = problem(field, json_string_value(e));
		if (why != NULL)
			return fail(f, EX_DATAERR, "%s[%zu] %s", field, i, why);
	}
	return 0;
}

int
row_check(const json_t *r, struct fail *f)
{
	char field[16];

	for (size_t i = 0; i < ROW_COLUMNS; i++) {
		const char *key = inner(row_column[i], field);
		const json_t *v = json_object_get(r, field);
		const char *why;

		if (key != NULL)
			v = json_object_get(v, key);
		if (v == NULL)
			continue;
		if (is_list(field)) {
			if (check_list(field, v, f) != 0)
				return f->code;
			continue;
		}
		why = problem(
		    key != NULL && strcmp(key, "email") == 0 ? key : field,
		    json_string_value(v));
		if (why != NULL)
			return fail(f, EX_DATAERR, "%s%s%s %s", field,
			    key != NULL ? "." : "", key != NULL ? key : "",
			    why);
	}
	return 0;
}

static const char *
form_text(const json_t *form, const char *section, const char *field)
{
	const json_t *v =
	    json_object_get(json_object_get(form, section), field);
	const char *s = record_str(v, "value");

	return s == NULL || problem(field, s) != NULL ? NULL : s;
}

json_t *
row_apply(const json_t *step, const json_t *form)
{
	static const char *const team[] = { "email", "phone", "address" };
	static const char *const contact[] = { "name", "email", "phone",
		"title", "affiliation" };
	struct text t = TEXT_INIT;
	json_t *row;

	text_addf(&t, "vendor/%s", record_str(step, "vendor"));
	row = record_new("vendor", t.p);
	text_release(&t);
	record_set(row, "vendor", record_str(step, "vendor"));
	row_take(row, step);
	if (json_object_get(row, "name") == NULL)
		set_inner(
		    row, "name", "ja", form_text(form, "team", "organization"));
	for (size_t i = 0; i < sizeof team / sizeof *team; i++)
		record_set(row, team[i], form_text(form, "team", team[i]));
	for (size_t i = 0; i < sizeof contact / sizeof *contact; i++)
		set_inner(row, "contact", contact[i],
		    form_text(form, "primary", contact[i]));
	set_least(row);
	return row;
}

static bool
is_empty(const json_t *v)
{
	return (json_is_string(v) && json_string_length(v) == 0) ||
	    (json_is_array(v) && json_array_size(v) == 0);
}

void
row_take(json_t *row, const json_t *r)
{
	char field[16];

	for (size_t i = 1; i < ROW_COLUMNS; i++) {
		json_t *v;

		inner(row_column[i], field);
		v = json_object_get(r, field);
		if (is_empty(v))
			json_object_del(row, field);
		else if (v != NULL)
			json_object_set(row, field, v);
	}
}
