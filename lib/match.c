#include "match.h"

#include <stdio.h>
#include <string.h>

#include "fold.h"

typedef void fold_fn(struct text *, const char *, size_t);

/* "p" products, "k" keywords, "n" names: the key of S in the index. */
static bool
index_key(const char *what, fold_fn *fold, const char *s, struct text *key)
{
	size_t n;

	text_clear(key);
	text_puts(key, what);
	n = key->n;
	if (s != NULL)
		fold(key, s, strlen(s));
	return key->n > n;
}

static void
index_add(
    json_t *index, const char *what, fold_fn *fold, const char *s, json_t *row)
{
	struct text key = TEXT_INIT;
	json_t *rows;

	if (index_key(what, fold, s, &key)) {
		rows = json_object_get(index, key.p);
		if (rows == NULL) {
			rows = json_array();
			json_object_set_new(index, key.p, rows);
		}
		if (json_array_get(rows, json_array_size(rows) - 1) != row)
			json_array_append(rows, row);
	}
	text_release(&key);
}

static void
index_row(json_t *index, json_t *row)
{
	const json_t *name = json_object_get(row, "name");
	json_t *e;
	size_t i;

	json_array_foreach(json_object_get(row, "product"), i, e)
		index_add(index, "p", fold_bare, json_string_value(e), row);
	json_array_foreach(json_object_get(row, "keyword"), i, e)
		index_add(index, "k", fold_key, json_string_value(e), row);
	index_add(index, "n", fold_name, record_str(name, "ja"), row);
	index_add(index, "n", fold_name, record_str(name, "en"), row);
}

/* The vendor is meant by WHAT[I] of the case. */
static void
hit(struct match *m, const json_t *row, const char *what, size_t i)
{
	const char *id = record_str(row, "vendor");
	json_t *why = json_object_get(m->hit, id);
	char word[48];

	snprintf(word, sizeof word, "%s[%zu]", what, i);
	if (why == NULL) {
		why = json_array();
		json_object_set_new(m->hit, id, why);
	}
	json_array_append_new(why, json_string(word));
	json_object_set_new(m->place, word, json_true());
}

static void
hit_index(struct match *m, const char *kind, fold_fn *fold, const char *s,
    const char *what, size_t i)
{
	struct text key = TEXT_INIT;
	json_t *row;
	size_t k;

	if (index_key(kind, fold, s, &key))
		json_array_foreach(json_object_get(m->index, key.p), k, row)
			hit(m, row, what, i);
	text_release(&key);
}

/* A product that says whose it is means that vendor and no other. */
static void
hit_product(struct match *m, const json_t *product, size_t i)
{
	const char *vendor = record_str(product, "vendor");
	const json_t *row = roster_vendor(m->roster, vendor);

	if (row != NULL)
		hit(m, row, "product", i);
	else if (vendor != NULL)
		hit_index(m, "n", fold_name, vendor, "product", i);
	else
		hit_index(m, "p", fold_bare, record_str(product, "name"),
		    "product", i);
}

void
match_load(struct match *m, const struct roster *r)
{
	m->roster = r;
	m->index = json_object();
	m->hit = json_object();
	m->place = json_object();
	for (size_t i = 0; i < r->n; i++)
		index_row(m->index, (json_t *)roster_row(r, i));
}

void
match_case(struct match *m, const json_t *case_)
{
	const json_t *row;
	json_t *e;
	size_t i;

	json_object_clear(m->hit);
	json_object_clear(m->place);
	json_array_foreach(json_object_get(case_, "product"), i, e)
		hit_product(m, e, i);
	json_array_foreach(json_object_get(case_, "keyword"), i, e)
		hit_index(m, "k", fold_key, json_string_value(e), "keyword", i);
	json_array_foreach(json_object_get(case_, "vendor"), i, e) {
		row = roster_vendor(m->roster, json_string_value(e));
		if (row != NULL)
			hit(m, row, "vendor", i);
	}
}

json_t *
match_why(const struct match *m, const char *vendor)
{
	return json_object_get(m->hit, vendor);
}

bool
match_by(const struct match *m, const char *vendor, const char *what, size_t i)
{
	char word[48];
	json_t *e;
	size_t k;

	snprintf(word, sizeof word, "%s[%zu]", what, i);
	json_array_foreach(match_why(m, vendor), k, e)
		if (strcmp(json_string_value(e), word) == 0)
			return true;
	return false;
}

json_t *
match_view(const struct match *m, const json_t *case_, const char *vendor)
{
	json_t *view = json_copy((json_t *)case_), *list = json_array(), *e;
	char word[48];
	size_t i;

	json_array_foreach(json_object_get(case_, "product"), i, e) {
		snprintf(word, sizeof word, "product[%zu]", i);
		if (json_object_get(m->place, word) == NULL ||
		    match_by(m, vendor, "product", i))
			json_array_append(list, e);
	}
	json_object_set_new(view, "product", list);
	return view;
}

void
match_release(struct match *m)
{
	json_decref(m->index);
	json_decref(m->hit);
	json_decref(m->place);
	*m = (struct match)MATCH_INIT;
}
