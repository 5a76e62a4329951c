#include "outcome.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "process.h"
#include "roster.h"
#include "view.h"

static const char *
form_text(const json_t *fields, const char *key)
{
	return record_str(json_object_get(fields, key), "value");
}

/* The tokens of VULDEF, the gravest first. */
static const char *const order[] = { "vulnerable", "vulnerable_investigating",
	"unknown", "notvulnerable_investigating", "notvulnerable" };

enum {
	ORDER_N = sizeof order / sizeof order[0],
	ORDER_UNKNOWN = 2,
};

static size_t
status_rank(const char *s)
{
	size_t i;

	for (i = 0; s != NULL && i < ORDER_N; i++)
		if (strcmp(s, order[i]) == 0)
			return i;
	return ORDER_UNKNOWN;
}

const char *
outcome_token(const json_t *form)
{
	const json_t *product = json_object_get(form, "product"), *one;
	size_t i, rank, worst = ORDER_N;

	json_array_foreach(product, i, one) {
		rank = status_rank(form_text(one, "status"));
		worst = rank < worst ? rank : worst;
	}
	return order[worst == ORDER_N ? ORDER_UNKNOWN : worst];
}

static json_t *
status_word(const struct outcome *o, const char *token)
{
	return words_line(
	    json_object_get(json_object_get(o->label, "status"), token),
	    o->lang);
}

json_t *
outcome_name(const struct outcome *o, const char *vendor)
{
	const json_t *row = NULL;
	json_t *name;

	if (o->roster != NULL)
		row = roster_vendor(o->roster, vendor);
	name = words_line(json_object_get(row, "name"), o->lang);
	return name == NULL ? json_string(vendor) : name;
}

/* Add a link once, and only one that may be followed. */
static void
add_link(json_t *link, const char *url)
{
	const json_t *one;
	size_t i;

	if (!words_url(url))
		return;
	json_array_foreach(link, i, one)
		if (strcmp(record_str(one, "text"), url) == 0)
			return;
	json_array_append_new(link, view_link(url, url));
}

static json_t *
answer_product(const struct outcome *o, const json_t *fields)
{
	static const char *const key[] = { "affected", "fixed", "workaround",
		"fix" };
	const char *name = form_text(fields, "name"), *s;
	const char *token = order[status_rank(form_text(fields, "status"))];
	json_t *v = json_object(), *ranges = NULL;
	size_t i;

	record_set(v, "product_name", name == NULL ? "" : name);
	record_set(v, "token", token);
	words_set(v, "product_status", status_word(o, token));
	for (i = 0; i < sizeof key / sizeof key[0]; i++) {
		s = form_text(fields, key[i]);
		if (s != NULL)
			record_set(v, key[i], s);
	}
	s = form_text(fields, "affected");
	if (s != NULL)
		ranges = bounds_read(o->phrase, s);
	words_set(v, "range", bounds_view(o->phrase, ranges, o->lang));
	json_decref(ranges);
	return v;
}

static json_t *
answer_items(const struct outcome *o, const json_t *form)
{
	json_t *item = json_array();
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(form, "product"), i, one)
		if (form_text(one, "name") != NULL)
			json_array_append_new(item, answer_product(o, one));
	return item;
}

/* What a vendor says in its own words, or NULL when it says no more. */
static json_t *
answer_view(const struct outcome *o, const char *id, const json_t *form)
{
	json_t *v = json_object(), *item = answer_items(o, form), *statement;

	statement = words_text(
	    json_object_get(json_object_get(form, "statement"), "value"),
	    o->lang);
	words_set(v, "vendor_name", outcome_name(o, id));
	record_set(v, "vendor_key", id);
	words_set(v, "statement", statement);
	words_set(v, "item", item);
	if (statement != NULL || json_array_size(item) > 0)
		return v;
	json_decref(v);
	return NULL;
}

static json_t *
vendor_row(const struct outcome *o, const char *id, const json_t *status)
{
	const json_t *form = json_object_get(status, "form"), *one;
	const char *token = status == NULL ? "silent" : outcome_token(form);
	json_t *v = json_object(), *link = json_array();
	when_t t;
	size_t i;

	words_set(v, "vendor_name", outcome_name(o, id));
	record_set(v, "vendor_key", id);
	record_set(v, "token", token);
	words_set(v, "status_word", status_word(o, token));
	if (status == NULL)
		json_object_set_new(v, "silent", json_true());
	words_set(v, "item", answer_items(o, form));
	if (status != NULL && when_parse(record_str(status, "at"), &t))
		words_set(v, "answered", words_when(t));
	json_array_foreach(json_object_get(form, "product"), i, one)
		add_link(link, form_text(one, "url"));
	words_set(v, "page", link);
	return v;
}

static int
by_name(const void *a, const void *b)
{
	const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
	int cmp = strcasecmp(
	    record_str(x, "vendor_name"), record_str(y, "vendor_name"));

	return cmp != 0 ?
	    cmp :
	    strcmp(record_str(x, "vendor_key"), record_str(y, "vendor_key"));
}

/* The same array, by name. Steals. */
static json_t *
sorted(json_t *a)
{
	size_t n = json_array_size(a), i;
	json_t **v, *out = json_array();

	v = process_alloc((n + 1) * sizeof *v);
	for (i = 0; i < n; i++)
		v[i] = json_array_get(a, i);
	qsort(v, n, sizeof *v, by_name);
	for (i = 0; i < n; i++)
		json_array_append(out, v[i]);
	free(v);
	json_decref(a);
	return out;
}

json_t *
outcome_table(const struct outcome *o, json_t *status, json_t *sent)
{
	json_t *row = json_array(), *one;
	const char *vendor;

	json_object_foreach(status, vendor, one)
		json_array_append_new(row, vendor_row(o, vendor, one));
	json_object_foreach(sent, vendor, one)
		if (json_object_get(status, vendor) == NULL)
			json_array_append_new(row, vendor_row(o, vendor, NULL));
	return sorted(row);
}

json_t *
outcome_answers(const struct outcome *o, json_t *status)
{
	json_t *answer = json_array(), *one, *v;
	const char *vendor;

	json_object_foreach(status, vendor, one) {
		v = answer_view(o, vendor, json_object_get(one, "form"));
		if (v != NULL)
			json_array_append_new(answer, v);
	}
	return sorted(answer);
}

void
outcome_ranges(const json_t *table, json_t *list)
{
	const json_t *vendor, *item;
	const char *token;
	size_t i, k;

	json_array_foreach(table, i, vendor)
		json_array_foreach(json_object_get(vendor, "item"), k, item) {
			token = record_str(item, "token");
			if (strncmp(token, order[0], strlen(order[0])) == 0)
				view_ranges(list,
				    json_object_get(item, "range"),
				    json_object_get(item, "product_name"),
				    json_object_get(vendor, "vendor_name"));
		}
}
