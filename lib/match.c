#include "match.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "brand.h"
#include "fold.h"
#include "items.h"
#include "process.h"
#include "row.h"

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

/* What is compared with what, and how a row's words become keys. */
static const struct kind {
	char name;
	fold_fn *fold;
	bool list;
	enum row_column column[2];
} kinds[] = {
	{ 'p', fold_product, true, { ROW_PRODUCT, ROW_PRODUCT } },
	{ 'k', fold_key, true, { ROW_KEYWORD, ROW_KEYWORD } },
	{ 'n', fold_name, false, { ROW_NAME_JA, ROW_NAME_EN } },
};

enum {
	PRODUCT,
	KEYWORD,
	NAME,
	KINDS
};

/* The key of S into m->key. False: it has none. */
static bool
make_key(struct match *m, const struct kind *k, const char *s)
{
	text_clear(&m->key);
	if (s != NULL)
		k->fold(&m->key, s, strlen(s));
	return m->key.n > 0;
}

static uint32_t
hash_key(const struct match *m, const struct kind *k)
{
	return index_hash(k->name, m->key.p, m->key.n);
}

/* Step to the next key of this kind in a row, into m->key; *S is in its cell.
 */
static bool
next_key(struct match *m, const struct kind *k, const struct table_row *cells,
    size_t *column, const char **s)
{
	for (; *column < 2; ++*column, *s = NULL) {
		if (*s == NULL)
			*s = cells->cell[k->column[*column]];
		while (*s != NULL && k->list && items_next(s, &m->item))
			if (make_key(m, k, m->item.p))
				return true;
		if (k->list)
			return false;
		if (*s != NULL && **s != '\0' && make_key(m, k, *s)) {
			*s += strlen(*s);
			return true;
		}
	}
	return false;
}

static void
index_row(struct match *m, const struct table_row *cells, uint32_t number)
{
	const struct kind *k;

	for (k = kinds; k < kinds + KINDS; k++) {
		const char *s = NULL;
		size_t column = 0;

		while (next_key(m, k, cells, &column, &s))
			index_add(&m->index, hash_key(m, k), number);
	}
}

/* Has the row this key? */
static bool
has_key(struct match *m, const struct kind *k, const struct table_row *cells,
    const struct text *key)
{
	const char *s = NULL;
	size_t column = 0;

	while (next_key(m, k, cells, &column, &s))
		if (m->key.n == key->n && memcmp(m->key.p, key->p, key->n) == 0)
			return true;
	return false;
}

static void
hit_row(struct match *m, size_t number)
{
	if (m->n == m->room) {
		m->room = m->room == 0 ? 64 : 2 * m->room;
		m->row = reallocarray(m->row, m->room, sizeof *m->row);
		if (m->row == NULL)
			process_nomem();
	}
	m->row[m->n++] = number;
}

/* The vendor is meant by WHAT[I] of the case. */
static void
hit(struct match *m, size_t number, const struct table_row *cells,
    const char *what, size_t i)
{
	const char *id = cells->cell[ROW_VENDOR];
	json_t *why = json_object_get(m->hit, id), *e;
	char word[48];

	snprintf(word, sizeof word, "%s[%zu]", what, i);
	if (why == NULL) {
		why = json_array();
		json_object_set_new(m->hit, id, why);
		hit_row(m, number);
	}
	e = json_array_get(why, json_array_size(why) - 1);
	if (e == NULL || strcmp(json_string_value(e), word) != 0)
		json_array_append_new(why, json_string(word));
	json_object_set_new(m->place, word, json_true());
}

static void
hit_index(struct match *m, const struct kind *k, const char *s,
    const char *what, size_t i)
{
	struct text key = TEXT_INIT;
	const struct table_row *cells;
	uint32_t hash, number, last = UINT32_MAX;
	size_t at = 0;

	if (!make_key(m, k, s))
		return;
	text_add(&key, m->key.p, m->key.n);
	hash = hash_key(m, k);
	while (index_next(&m->index, hash, &at, &number)) {
		if (number == last)
			continue;
		last = number;
		cells = roster_cells(m->roster, number);
		if (has_key(m, k, cells, &key))
			hit(m, number, cells, what, i);
	}
	text_release(&key);
}

static void
hit_id(struct match *m, uint32_t number, const char *what, size_t i)
{
	hit(m, number, roster_cells(m->roster, number), what, i);
}

static void
hit_names(struct match *m, const json_t *product, size_t i)
{
	const json_t *name = json_object_get(product, "name");
	const char *const s[] = { json_string_value(name),
		record_str(name, "ja"), record_str(name, "en"),
		record_str(product, "purl"), record_str(product, "cpe") };

	for (size_t k = 0; k < sizeof s / sizeof *s; k++)
		hit_index(m, &kinds[PRODUCT], s[k], "product", i);
}

/* A product that says whose it is means that vendor and no other. */
static void
hit_product(struct match *m, const json_t *product, size_t i)
{
	const char *vendor = record_str(product, "vendor");
	uint32_t number;

	if (roster_find(m->roster, vendor, &number))
		hit_id(m, number, "product", i);
	else if (vendor != NULL)
		hit_index(m, &kinds[NAME], vendor, "product", i);
	else
		hit_names(m, product, i);
}

void
match_load(struct match *m, const struct roster *r)
{
	m->roster = r;
	m->hit = json_object();
	m->place = json_object();
	for (size_t i = 0; i < r->n; i++)
		index_row(m, roster_cells(r, i), (uint32_t)i);
}

static int
by_number(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

void
match_case(struct match *m, const json_t *case_)
{
	uint32_t number;
	json_t *e;
	size_t i;

	m->n = 0;
	json_object_clear(m->hit);
	json_object_clear(m->place);
	json_array_foreach(json_object_get(case_, "product"), i, e)
		hit_product(m, e, i);
	json_array_foreach(json_object_get(case_, "keyword"), i, e)
		hit_index(
		    m, &kinds[KEYWORD], json_string_value(e), "keyword", i);
	json_array_foreach(json_object_get(case_, "vendor"), i, e)
		if (roster_find(m->roster, json_string_value(e), &number))
			hit_id(m, number, "vendor", i);
	if (m->n > 1)
		qsort(m->row, m->n, sizeof *m->row, by_number);
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
	index_release(&m->index);
	text_release(&m->key);
	text_release(&m->item);
	json_decref(m->hit);
	json_decref(m->place);
	free(m->row);
	*m = (struct match)MATCH_INIT;
}
