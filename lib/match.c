#include "match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "brand.h"
#include "fold.h"
#include "process.h"

typedef void fold_fn(struct text *, const char *, size_t);

/* A product by its name, or by what names it to machines. */
static void
fold_product(struct text *key, const char *s, size_t n)
{
	if (brand_is(s))
		brand_key(s, key);
	else
		fold_bare(key, s, n);
}

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
		index_add(index, "p", fold_product, json_string_value(e), row);
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
	json_t *why = json_object_get(m->hit, id), *e;
	char word[48];

	snprintf(word, sizeof word, "%s[%zu]", what, i);
	if (why == NULL) {
		why = json_array();
		json_object_set_new(m->hit, id, why);
	}
	e = json_array_get(why, json_array_size(why) - 1);
	if (e == NULL || strcmp(json_string_value(e), word) != 0)
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

static void
hit_names(struct match *m, const json_t *product, size_t i)
{
	const json_t *name = json_object_get(product, "name");
	const char *const s[] = { json_string_value(name),
		record_str(name, "ja"), record_str(name, "en"),
		record_str(product, "purl"), record_str(product, "cpe") };

	for (size_t k = 0; k < sizeof s / sizeof *s; k++)
		hit_index(m, "p", fold_product, s[k], "product", i);
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
		hit_names(m, product, i);
}

void
match_load(struct match *m, const struct roster *r)
{
	m->roster = r;
	m->index = json_object();
	m->hit = json_object();
	m->place = json_object();
	m->number = json_object();
	for (size_t i = 0; i < r->n; i++) {
		json_t *row = (json_t *)roster_row(r, i);

		index_row(m->index, row);
		json_object_set_new(m->number, record_str(row, "vendor"),
		    json_integer((json_int_t)i));
	}
}

static int
by_number(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

/* Who is hit, in the order of the roster. */
static void
settle(struct match *m)
{
	const char *vendor;
	json_t *why;

	m->n = 0;
	free(m->row);
	m->row = calloc(json_object_size(m->hit) + 1, sizeof *m->row);
	if (m->row == NULL)
		process_nomem();
	json_object_foreach(m->hit, vendor, why)
		m->row[m->n++] = (size_t)json_integer_value(
		    json_object_get(m->number, vendor));
	qsort(m->row, m->n, sizeof *m->row, by_number);
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
	settle(m);
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

void
match_release(struct match *m)
{
	json_decref(m->index);
	json_decref(m->hit);
	json_decref(m->place);
	json_decref(m->number);
	free(m->row);
	*m = (struct match)MATCH_INIT;
}
