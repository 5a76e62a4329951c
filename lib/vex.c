#include "vex.h"

#include <stdlib.h>
#include <string.h>

#include "affects.h"
#include "view.h"

/* What to do about a product, what it is first where the page says so. */
static json_t *
vex_action(const json_t *view, const json_t *product)
{
	const json_t *column = json_object_get(
			 json_object_get(view, "label"), "column"),
		     *one;
	struct text t = TEXT_INIT;
	const char *word;
	json_t *v;
	size_t i;

	json_array_foreach(json_object_get(product, "remedy"), i, one) {
		word = NULL;
		if (record_is(one, "category", "workaround"))
			word = record_str(column, "workaround");
		else if (record_is(one, "category", "vendor_fix"))
			word = record_str(column, "fix");
		text_addf(&t, "%s%s%s%s", i > 0 ? "\n" : "",
		    word == NULL ? "" : word, word == NULL ? "" : ": ",
		    record_str(one, "details"));
	}
	v = json_string(t.n == 0 ? affects_label(view, "none") : t.p);
	text_release(&t);
	return v;
}

static const char *
vex_status(const json_t *product)
{
	static const char *const as[][2] = { { "known_affected", "affected" },
		{ "known_not_affected", "not_affected" },
		{ "fixed", "fixed" } };
	size_t i;

	for (i = 0; i < sizeof as / sizeof as[0]; i++)
		if (record_is(product, "status", as[i][0]))
			return as[i][1];
	return "under_investigation";
}

/* Name and answer: a product of OpenVEX has an address and no name. */
static json_t *
vex_notes(const json_t *product)
{
	const char *name = record_str(product, "name");
	const char *word = record_str(product, "word");

	return word == NULL ? json_string(name) :
			      json_sprintf("%s: %s", name, word);
}

/* What is said of a product, whatever the vulnerability. New. */
static json_t *
vex_statement(const json_t *view, const json_t *product)
{
	const char *status = vex_status(product);
	const char *word = record_str(product, "word");
	const char *purl = record_str(product, "purl");
	json_t *v = json_object(), *is = json_object();

	record_set(is, "@id", record_str(product, "uri"));
	if (purl != NULL)
		json_object_set_new(
		    is, "identifiers", json_pack("{s:s}", "purl", purl));
	json_object_set_new(v, "products", json_pack("[o]", is));
	record_set(v, "status", status);
	json_object_set_new(v, "status_notes", vex_notes(product));
	record_set(v, "supplier", record_str(product, "vendor_name"));
	record_set(v, "timestamp", record_str(product, "answered"));
	if (strcmp(status, "affected") == 0)
		json_object_set_new(
		    v, "action_statement", vex_action(view, product));
	if (strcmp(status, "not_affected") == 0)
		record_set(v, "impact_statement",
		    word == NULL ? affects_label(view, "none") : word);
	return v;
}

/* The names of what the statements are about. New. */
static json_t *
vex_vulnerabilities(const json_t *view)
{
	json_t *cve = affects_cves(view), *list = json_array(), *one;
	size_t i;

	json_array_foreach(cve, i, one)
		json_array_append_new(list, json_pack("{s:O}", "name", one));
	if (json_array_size(list) == 0)
		json_array_append_new(list,
		    json_pack("{s:s, s:s}", "@id",
			record_str(json_object_get(view, "site"), "page"),
			"name", record_str(view, "id")));
	json_decref(cve);
	return list;
}

static json_t *
vex_statements(const struct affects *a)
{
	json_t *list = json_array(), *what = vex_vulnerabilities(a->view), *v;
	const json_t *one;
	json_t *about;
	size_t i, k;

	json_array_foreach(what, i, about)
		json_array_foreach(a->product, k, one) {
			v = vex_statement(a->view, one);
			json_object_set(v, "vulnerability", about);
			json_array_append_new(list, v);
		}
	json_decref(what);
	return list;
}

/* The first one and each update. */
static json_t *
vex_version(const json_t *view)
{
	const json_t *one;
	json_int_t n = 1;
	size_t i;

	json_array_foreach(json_object_get(view, "history"), i, one)
		n += view_after(view, one);
	return json_integer(n);
}

static json_t *
vex_document(const struct affects *a)
{
	const json_t *view = a->view;
	json_t *v = json_object();

	record_set(v, "@context", "https://openvex.dev/ns/v0.2.0");
	words_set(v, "@id",
	    json_sprintf("%svex.json",
		record_str(json_object_get(view, "site"), "page")));
	record_set(v, "author", affects_label(view, "centre"));
	record_set(v, "role", "Coordinator");
	record_set(v, "timestamp",
	    record_str(json_object_get(view, "published"), "utc"));
	record_set(v, "last_updated",
	    record_str(json_object_get(view, "updated"), "utc"));
	json_object_set_new(v, "version", vex_version(view));
	json_object_set_new(v, "statements", vex_statements(a));
	return v;
}

int
vex_put(const json_t *view, struct text *out, struct fail *f)
{
	struct affects a = AFFECTS_INIT;
	json_t *v;
	int rc = 0;
	char *s;

	affects_read(&a, view);
	if (json_array_size(a.product) == 0) {
		rc = fail(f, EX_DATAERR,
		    "%s has no product: OpenVEX states nothing without one",
		    record_str(view, "id"));
	} else {
		v = vex_document(&a);
		s = json_dumps(v, JSON_SORT_KEYS | JSON_INDENT(2));
		text_addf(out, "%s\n", s);
		free(s);
		json_decref(v);
	}
	affects_release(&a);
	return rc;
}
